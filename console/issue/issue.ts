import { basename } from "node:path";
import { checkIssue } from "../../authoring/checks/check-content.ts";
import { printed } from "../../authoring/checks/finding.ts";
import { issueProblems, issuesHere, outlineHere } from "../../authoring/content-here.ts";
import { ArgumentError, type Flags, type Given, readMoment } from "../../cli/arguments.ts";
import { ROOT } from "../../cli/root.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { When } from "../../functions/domain/newsletter/broadcast.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import { iso } from "../../functions/domain/time.ts";
import { type Group, verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, STAGE_FLAG } from "../connect.ts";
import { ENCODINGS, readEncoding } from "../import/decode.ts";
import { readAudience, SELECTION_FORM } from "./audience.ts";
import { forecast } from "./foreseen.ts";
import { readListFile } from "./list-file.ts";
import { previewIssue } from "./preview.ts";
import {
  cancelBroadcast,
  makeRevision,
  pauseBroadcast,
  resumeBroadcast,
  startBroadcast,
} from "./start-broadcast.ts";
import { countBroadcast, statusJson, statusText } from "./status.ts";
import { testIssue } from "./test.ts";

const SEND_FLAGS = {
  ...REACH_FLAGS,
  at: {
    value: "MOMENT",
    says: "from then on, for example 2026-03-24T07:30, by the clock of the stage's zone, or 2026-03-24T07:30Z; now otherwise",
  },
  local: { value: "HH:MM", says: "when each reader's clock first shows this" },
  audience: { value: "EXPR", says: `only some: ${SELECTION_FORM}` },
  list: { value: "FILE", says: "only these: addresses or ids, one a line or a CSV" },
  encoding: { value: ENCODINGS.join("|"), says: "of the list, where it cannot be told" },
  include: { value: "mid-course", says: "those in mid-course as well" },
  changed: { says: "the file was changed after the start, for those who have not got it" },
  "dry-run": { says: "say whom it would go to, how long it takes and what it costs" },
} as const;
export type IssueFlags = Given<typeof SEND_FLAGS> & { json?: boolean; to?: string };

/** Issues of the newsletter, from the check of the file to the last reader. */
export const ISSUE: Group = {
  says: "issues of the newsletter: check one, mail it to yourself, send it to an audience, see how far it has come",
  otherwise: "list",
  verbs: {
    list: verb({
      says: "the issues in content/newsletter",
      flags: {},
      run: async () => listed(await outlineHere()),
    }),
    check: verb({
      takes: ["SLUG"],
      says: "what the content checks say of one",
      flags: {},
      async run({ words: [slug = ""] }) {
        findIssue(await outlineHere(), slug);
        return checked(slug);
      },
    }),
    preview: verb({
      takes: ["SLUG"],
      says: "write its mail to out/issue, to be opened in a browser",
      flags: {},
      async run({ words: [slug = ""] }) {
        const content = await issuesHere();
        return previewIssue(ROOT, content, findIssue(content, slug));
      },
    }),
    test: findVerb("test", "mail it to yourself, or to an address that you name", {
      ...REACH_FLAGS,
      to: { value: "ADDRESS", says: "to this address instead; its owner should know" },
    }),
    send: findVerb(
      "send",
      "send it to its audience: how many they are, how long it takes, then the question",
      SEND_FLAGS,
    ),
    pause: findVerb("pause", "nothing of it leaves within the minute", REACH_FLAGS),
    resume: findVerb("resume", "go on with one that was paused", REACH_FLAGS),
    cancel: findVerb("cancel", "never send it to those who have not got it", REACH_FLAGS),
    status: findVerb("status", "how far it has come: sent, delivered, left, replied, per zone and hour", {
      ...STAGE_FLAG,
      json: { says: "as JSON" },
    }),
  },
};

/** Verbs that need the words of the issue; the others know it by its broadcast, whatever stands in content. */
const CONTENT_FOR: Partial<Record<Verb, () => Promise<Content>>> = { test: issuesHere, send: outlineHere };
type Verb = "test" | "send" | keyof typeof STEER | "status";

function findVerb(name: Verb, says: string, flags: Flags) {
  return verb({
    takes: ["SLUG"],
    says,
    flags,
    async run({ words: [slug = ""], flags, reach, tell }) {
      const content = await CONTENT_FOR[name]?.();
      if (content) findIssue(content, slug);
      return runIssue(name, slug, await reach(content), flags as IssueFlags, (count) =>
        tell("readers", count),
      );
    },
  });
}

/** What the verb did, or says. `tell` is told how many readers are gathered, while they are. */
export async function runIssue(
  verb: Verb,
  slug: string,
  deployment: Deployment,
  flags: IssueFlags = {},
  tell: (gathered: number) => void = () => {},
): Promise<string> {
  switch (verb) {
    case "test":
      return testIssue(findIssue(deployment.services.content, slug), deployment, flags);
    case "send":
      return send(slug, deployment, flags, tell);
    case "status":
      return status(slug, deployment, flags.json);
    default:
      return steer(verb, slug, deployment, flags);
  }
}

const listSlugs = ({ issues = [] }: Content): string => issues.map(({ slug }) => slug).join(", ");

function listed({ issues = [] }: Content): string {
  if (issues.length === 0) return "There is no issue. Write one: content/newsletter/SLUG.md.";
  return issues.map(({ slug, subject }) => `${slug.padEnd(40)} ${subject}`).join("\n");
}

function findIssue(content: Content, slug: string): Issue {
  const found = content.issues?.find((one) => one.slug === slug);
  const unreadable = found ? undefined : issueProblems(slug);
  if (unreadable) throw new ArgumentError(unreadable);
  if (!found)
    throw new ArgumentError(`There is no issue "${slug}"; content/newsletter has ${listSlugs(content)}.`);
  return found;
}

/** What is said against it, a line each. Throws an ArgumentError if any of it is an error. */
async function checked(slug: string): Promise<string> {
  const findings = await checkIssue(ROOT, slug);
  const says = findings.map(printed).join("\n");
  if (findings.some(({ severity }) => severity === "error")) throw new ArgumentError(says);
  return says || `${slug}: nothing to say against it.`;
}

async function send(
  slug: string,
  deployment: Deployment,
  flags: IssueFlags,
  tell: (gathered: number) => void,
): Promise<string> {
  const { services } = deployment;
  const found = findIssue(services.content, slug);
  const when = readWhen(flags, services.clock.now(), services.settings.defaultZone);
  const list =
    flags.list === undefined
      ? undefined
      : await readListFile(deployment, flags.list, readEncoding(flags.encoding));
  const narrowed = readAudience(flags.audience, flags.include, services.content.courses);
  const audience = list ? { ...narrowed, ids: list.ids } : narrowed;
  await checked(slug);
  const running = await services.broadcasts.broadcast(slug);
  if (running?.status === "cancelled") throw new ArgumentError(cancelledAlready(slug));
  if (running && flags.at !== undefined && running.when.from !== when.from)
    throw new ArgumentError(
      `${slug} was sent already, to leave from ${iso(running.when.from)}. That was not changed; leave --at out to go on.`,
    );
  if (running && running.revision !== makeRevision(found) && !flags.changed)
    throw new ArgumentError(changedSince(slug));
  const { count, says: foretold } = await forecast(deployment, audience, when);
  const says = [...(list?.leftOut ?? []), foretold].join("\n");
  if (flags["dry-run"]) return says;
  // An issue has one broadcast, ever: an empty one would use it up.
  if (count === 0 && !running)
    throw new ArgumentError(`Nobody on ${deployment.place} is in this audience, so ${slug} was not sent.`);
  const asks = running ? `Go on sending ${slug}` : `${says}\nSend ${slug} to them`;
  if (!(await isAllowed(asks, deployment, flags.yes))) return "Nothing was changed.";
  const only = flags.list && `of the list ${basename(flags.list)}`;
  const asked = [flags.audience ?? "everybody", only, flags.include && `and ${flags.include}`]
    .filter(Boolean)
    .join(" ");
  const start = { issue: found, audience, asked, when, isChangeMeant: flags.changed === true };
  const { outcome } = await startBroadcast({ ...services, allPeople: deployment.allPeople }, start, tell);
  if (outcome === "changed") throw new ArgumentError(changedSince(slug));
  if (outcome === "cancelled") throw new ArgumentError(cancelledAlready(slug));
  return status(slug, deployment);
}

const cancelledAlready = (slug: string): string =>
  `${slug} was cancelled, and is not sent again. Give it another slug.`;

const changedSince = (slug: string): string =>
  `content/newsletter/${slug}.md has changed since its sending began. Add --changed to send the new words to those who wait.`;

/** @param zone of the stage: a moment without one is meant there */
function readWhen({ at, local }: IssueFlags, now: number, zone: string): When {
  const from = at === undefined ? now : readMoment("at", at, zone);
  if (from < now)
    throw new ArgumentError(`--at ${at} is in the past: it is ${iso(now)}. Leave it out to send now.`);
  if (local === undefined) return { from };
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(local))
    throw new ArgumentError(`--local ${local} is not a time. Write 24 hours, for example 08:00.`);
  return { from, local };
}

const STEER = {
  pause: {
    apply: pauseBroadcast,
    asks: "Pause",
    is: "paused",
    did: "is paused: nothing of it leaves within the minute",
  },
  resume: { apply: resumeBroadcast, asks: "Resume", is: "sending", did: "goes on" },
  cancel: {
    apply: cancelBroadcast,
    asks: "Cancel for good",
    is: "cancelled",
    did: "is cancelled: who has not got it never will",
  },
} as const;

async function steer(
  verb: keyof typeof STEER,
  slug: string,
  deployment: Deployment,
  { yes }: IssueFlags,
): Promise<string> {
  const { broadcasts } = deployment.services;
  if (!(await broadcasts.broadcast(slug))) throw new ArgumentError(neverSent(slug, deployment));
  const { apply, asks, is, did } = STEER[verb];
  if (!(await isAllowed(`${asks} ${slug}`, deployment, yes))) return "Nothing was changed.";
  const broadcast = await apply(broadcasts, slug);
  return broadcast?.status === is ? `${slug} ${did}.` : `${slug} was ${broadcast?.status} already.`;
}

async function status(slug: string, deployment: Deployment, asJson = false): Promise<string> {
  const { services, allPeople } = deployment;
  const broadcast = await services.broadcasts.broadcast(slug);
  if (!broadcast) throw new ArgumentError(neverSent(slug, deployment));
  return (asJson ? statusJson : statusText)(broadcast, await countBroadcast(services, allPeople, slug));
}

const neverSent = (slug: string, { place }: Deployment): string =>
  `${slug} was never sent from ${place}. Send it with: npm run console -- issue send ${slug}`;
