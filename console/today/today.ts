import { outlineHere } from "../../authoring/content-here.ts";
import type { Given } from "../../cli/arguments.ts";
import { heading } from "../../cli/terminal.ts";
import { lengthInWords } from "../../cli/time-in-words.ts";
import { findCourse } from "../../functions/domain/content.ts";
import { verb } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import { placeInWords } from "../replies/list.ts";
import { addressShown, JSON_FLAG, momentShown, SHOW_FLAG, safe, shownAsJson } from "../shown.ts";
import type { LeavesNext } from "./leaves-next.ts";
import { monthInWords } from "./month-cost.ts";
import { readToday, type WeekSoFar } from "./read-today.ts";
import type { WaitingThing } from "./waiting-things.ts";

const FLAGS = { ...STAGE_FLAG, ...SHOW_FLAG, ...JSON_FLAG } as const;

export const TODAY = verb({
  onlyReads: true,
  flags: FLAGS,
  async *run({ reach, flags }) {
    yield* today(await reach(() => outlineHere()), flags);
  },
});

async function* today(deployment: Deployment, flags: Given<typeof FLAGS>): AsyncGenerator<string> {
  const { waiting, hasMore, week, lastWeek, next, month } = await readToday(deployment);
  const { clock, settings } = deployment.services;
  if (flags.json)
    return yield shownAsJson({ waiting: waiting.map(asJson), hasMore, week, lastWeek, next, month });
  yield heading(waiting.length === 0 ? "Nothing waits for you." : `Waiting for you: ${waiting.length}`);
  for (const thing of waiting) yield* thingLines(deployment, thing, flags["show-addresses"]);
  if (hasMore) yield 'More waits than is shown: "replies list --waiting" has it.';
  yield "";
  yield heading("This week, and the whole of the last");
  yield* weekLines(week, lastWeek);
  yield monthInWords(month);
  yield "";
  yield heading("What leaves next");
  if (next.length === 0) yield "Nothing within thirty days.";
  for (const one of next) yield nextLine(one, clock.now(), settings.defaultZone);
}

function* thingLines(
  deployment: Deployment,
  { since, says, reply, act }: WaitingThing,
  inFull: true | undefined,
): Generator<string> {
  const { services } = deployment;
  const age = since === undefined ? "" : ` (${lengthInWords(services.clock.now() - since)})`;
  const who = reply
    ? `${addressShown(reply.reader.address, inFull)}, ${placeInWords(findCourse(services, reply.reply.course), reply.reply)}: `
    : "";
  yield `  ${who}${safe(says)}${age}`;
  yield `      ${act}`;
}

function* weekLines(week: WeekSoFar, last: WeekSoFar): Generator<string> {
  const row = (name: string, now: number, before: number) =>
    `  ${name.padEnd(28)}${String(now).padStart(6)}${String(before).padStart(6)}`;
  yield row("Signed up", week.signedUp, last.signedUp);
  yield row("…and are active", week.active, last.active);
  yield row("Replies", week.replies, last.replies);
}

function nextLine({ at, what, list, subscriber }: LeavesNext, now: number, zone: string): string {
  const whose = [what, list && `of ${list}`, subscriber && `for ${subscriber}`].filter(Boolean).join(" ");
  return `  ${at <= now ? "now" : momentShown(at, zone)}  ${whose}`;
}

const asJson = ({ reply, ...thing }: WaitingThing) => ({ ...thing, ...(reply && { reply: reply.name }) });
