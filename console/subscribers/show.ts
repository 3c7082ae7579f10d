import { outlineHere } from "../../authoring/content-here.ts";
import type { Given } from "../../cli/arguments.ts";
import { heading } from "../../cli/terminal.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { parkedKeys } from "../../functions/domain/sending/agenda.ts";
import { type Holder, mayAct } from "../../functions/domain/sending/holder.ts";
import { iso } from "../../functions/domain/time.ts";
import { answersShown } from "../answers.ts";
import { verb } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import { addressShown, JSON_FLAG, momentShown, SHOW_FLAG, safe, shownAsJson } from "../shown.ts";
import { requireReader } from "./reader.ts";
import { place } from "./steer.ts";
import { STOPPED, stopInWords } from "./stop.ts";
import { type PersonHistory, tellStory } from "./story.ts";

const FLAGS = {
  ...STAGE_FLAG,
  ...SHOW_FLAG,
  words: { says: "what they wrote as well" },
  ...JSON_FLAG,
} as const;

export const SHOW = verb({
  takes: ["READER"],
  says: "one reader's whole story in order: sign-up, each mail and what became of it, replies, leaving",
  onlyReads: true,
  flags: FLAGS,
  async *run({ words: [reader = ""], reach, flags }) {
    yield* show(await reach(() => outlineHere()), reader, flags);
  },
});

/** How they stand, then what happened, on their own clock and in UTC. */
async function* show(
  deployment: Deployment,
  word: string,
  flags: Given<typeof FLAGS>,
): AsyncGenerator<string> {
  const { store } = deployment.services;
  const subscriber = await requireReader(deployment, word);
  const [enrolments, ledger, reflections] = await Promise.all([
    store.enrolments(subscriber.id),
    store.ledger(subscriber.id),
    store.reflections(subscriber.id),
  ]);
  const kept = { subscriber, enrolments, ledger, reflections };
  if (flags.json) return yield* storyJson(kept, flags);
  yield* await standing(deployment, kept, flags);
  yield "";
  yield heading("What happened");
  for (const { at, says, words } of tellStory(kept)) {
    yield `${momentShown(at, subscriber.zone)}  ${safe(says)}`;
    if (flags.words && words) yield* words.split("\n").map((line) => `    | ${safe(line)}`);
  }
  const coming = [subscriber, ...enrolments].flatMap(listAgenda);
  if (coming.length === 0) return;
  yield "";
  yield heading("What is planned");
  for (const { at, says } of coming.sort((one, other) => one.at - other.at))
    yield `${momentShown(at, subscriber.zone)}  ${says}`;
}

async function standing(
  deployment: Deployment,
  { subscriber, enrolments }: PersonHistory,
  flags: Given<typeof FLAGS>,
): Promise<string[]> {
  const { id, address, firstName, status, zone, newsletter, tags = [] } = subscriber;
  const suppression = await deployment.services.store.suppression(subscriber.addressHash);
  const inFull = flags["show-addresses"];
  const rows = [
    ["Subscriber", `${id} (${deployment.place})`],
    ["Address", addressShown(address, inFull)],
    ["Name", inFull ? safe(firstName ?? "") : ""],
    ["Status", [status, stopInWords(subscriber)].filter(Boolean).join(": ")],
    [
      "Suppressed",
      suppression ? `since ${momentShown(suppression.at, zone)}: ${STOPPED[suppression.reason]}` : "",
    ],
    ["Zone", zone],
    ["Newsletter", newsletter ? "yes" : "no"],
    ["Tags", tags.join(", ")],
    ...enrolments.map((enrolment) => [
      "Course",
      place(deployment, subscriber, enrolment).slice(`${id}: `.length),
    ]),
    ...enrolments
      .flatMap((enrolment) => answersShown(deployment.services.content.courses, enrolment))
      .map(({ question, answer, isText }) => [
        "Answer",
        `${safe(question)} ${isText && !flags.words ? "(written; --words shows it)" : safe(answer)}`,
      ]),
  ];
  return rows.filter(([, says]) => says !== "").map(([name = "", says = ""]) => `${name.padEnd(12)} ${says}`);
}

/** Why what stands on a course's agenda does not leave. */
const RESTS: Partial<Record<Enrolment["status"], string>> = {
  left: "they left",
  paused: "the course is paused",
};

export function listAgenda(holder: Holder): { at: number; says: string }[] {
  const list = holder.kind === "enrolment" ? ` of ${holder.course}` : "";
  const rests = holder.kind === "enrolment" ? RESTS[holder.status] : undefined;
  const parked = parkedKeys(holder.agenda);
  const state = (key: string) => {
    if (parked.includes(key)) return ", parked";
    return rests === undefined || mayAct(holder, key) ? "" : `, which rests: ${rests}`;
  };
  return Object.entries(holder.agenda).map(([key, { dueAt }]) => ({
    at: dueAt,
    says: `${key.replace("_", " ")}${list}${state(key)}`,
  }));
}

function* storyJson(kept: PersonHistory, flags: Given<typeof FLAGS>): Generator<string> {
  const { id, address, status, zone, newsletter, tags = [] } = kept.subscriber;
  const shown = addressShown(address, flags["show-addresses"]);
  yield shownAsJson({ subscriber: id, address: shown, status, zone, newsletter, tags });
  for (const { at, says, words } of tellStory(kept))
    yield shownAsJson({ at: iso(at), says, ...(flags.words && words && { words }) });
}
