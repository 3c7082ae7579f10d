import { formatFinding } from "../../authoring/checks/finding.ts";
import { issueProblems, issuesHere, outlineHere } from "../../authoring/content-here.ts";
import { ArgumentError, type Flags } from "../../cli/arguments.ts";
import { ROOT } from "../../cli/root.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import { type Group, verb } from "../command.ts";
import { type Deployment, isAllowed, REACH_FLAGS, requireStage, STAGE_FLAG } from "../connect.ts";
import { SEND_FLAGS, type SendFlags, sendIssue } from "./send.ts";
import { cancelBroadcast, pauseBroadcast, resumeBroadcast } from "./start-broadcast.ts";
import { countBroadcast, statusJson, statusText } from "./status.ts";
import { testIssue } from "./test.ts";

export type IssueFlags = SendFlags & { json?: boolean; to?: string };

/** Issues of the newsletter, from the check of the file to the last reader. */
export const ISSUE: Group = {
  otherwise: "list",
  verbs: {
    list: verb({
      says: "the issues in content/newsletter and those that were sent: draft, checked, scheduled, sending, paused, sent or cancelled",
      onlyReads: true,
      flags: { ...STAGE_FLAG },
      async run({ flags: { stage }, reach }) {
        const { listIssues } = await import("./list.ts");
        return listIssues(ROOT, () => reach(), stage !== undefined);
      },
    }),
    check: verb({
      takes: ["SLUG"],
      says: "what the content checks say of one",
      onlyReads: true,
      flags: {},
      async run({ words: [slug = ""] }) {
        await findIssue(await outlineHere(), slug);
        return checkMails(slug);
      },
    }),
    preview: verb({
      takes: ["SLUG"],
      says: "write its mail to out/issue, to be opened in a browser",
      flags: STAGE_FLAG,
      async run({ words: [slug = ""], flags }) {
        const stage = requireStage(flags.stage ?? "local");
        const { previewIssue } = await import("./preview.ts");
        const content = await issuesHere();
        return previewIssue(ROOT, content, await findIssue(content, slug), stage);
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
    cancel: findVerb("cancel", "do not send it to those who have not got it", REACH_FLAGS),
    status: {
      ...findVerb("status", "how far it has come: sent, delivered, left, replied, per zone and hour", {
        ...STAGE_FLAG,
        json: { says: "as JSON" },
      }),
      onlyReads: true,
    },
  },
};

/** Verbs that need the words of the issue; the others know it by its broadcast, whatever stands in content. */
const CONTENT_FOR: Partial<Record<IssueVerb, () => Promise<Content>>> = {
  test: issuesHere,
  send: issuesHere,
};
type IssueVerb = "test" | "send" | keyof typeof STEER | "status";

function findVerb(name: IssueVerb, says: string, flags: Flags) {
  return verb({
    takes: ["SLUG"],
    says,
    flags,
    async run({ words: [slug = ""], flags, reach, tell }) {
      const content = await CONTENT_FOR[name]?.();
      if (content) await findIssue(content, slug);
      return runIssue(name, slug, await reach(content), flags as IssueFlags, (count) =>
        tell("readers", count),
      );
    },
  });
}

/** What the verb did, or says. `tell` is told how many readers are gathered, while they are. */
export async function runIssue(
  verb: IssueVerb,
  slug: string,
  deployment: Deployment,
  flags: IssueFlags = {},
  tell: (gathered: number) => void = () => {},
): Promise<string> {
  switch (verb) {
    case "test":
      return testIssue(await findIssue(deployment.services.content, slug), deployment, flags);
    case "send":
      return send(slug, deployment, flags, tell);
    case "status":
      return status(slug, deployment, flags.json);
    default:
      return steer(verb, slug, deployment, flags);
  }
}

const listSlugs = ({ issues = [] }: Content): string => issues.map(({ slug }) => slug).join(", ");

export async function findIssue(content: Content, slug: string): Promise<Issue> {
  const found = content.issues?.find((one) => one.slug === slug);
  const unreadable = found ? undefined : await issueProblems(slug);
  if (unreadable) throw new ArgumentError(unreadable);
  if (!found)
    throw new ArgumentError(`There is no issue "${slug}"; content/newsletter has ${listSlugs(content)}.`);
  return found;
}

/** What is said against it, a line each. Throws an ArgumentError if any of it is an error. */
async function checkMails(slug: string): Promise<string> {
  // The checks render the mail, with all that it takes.
  const { checkIssue } = await import("../../authoring/checks/check-content.ts");
  const findings = await checkIssue(ROOT, slug);
  const says = findings.map(formatFinding).join("\n");
  if (findings.some(({ severity }) => severity === "error")) throw new ArgumentError(says);
  return says || `${slug}: nothing to say against it.`;
}

async function send(
  slug: string,
  deployment: Deployment,
  flags: IssueFlags,
  tell: (gathered: number) => void,
): Promise<string> {
  const issue = await findIssue(deployment.services.content, slug);
  await checkMails(slug);
  const { isStarted, says } = await sendIssue(issue, deployment, flags, tell);
  return isStarted ? [...says, await status(slug, deployment)].join("\n") : says.join("\n");
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
    did: "is cancelled: who has not got it never will, unless nobody has and it is sent anew",
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
  const progress = await countBroadcast(services, allPeople, broadcast);
  const { clock, settings } = services;
  return asJson
    ? statusJson(broadcast, progress, clock.now())
    : statusText(broadcast, progress, { now: clock.now(), zone: settings.defaultZone });
}

const neverSent = (slug: string, { place }: Deployment): string =>
  `${slug} was never sent from ${place}. Send it with: npm run console -- issue send ${slug}`;
