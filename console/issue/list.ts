import { checkIssues } from "../../authoring/checks/check-content.ts";
import { CONTENT, openSources } from "../../authoring/compile/sources.ts";
import { findFields, splitFrontMatter } from "../../authoring/compile/yaml.ts";
import { ArgumentError } from "../../cli/arguments.ts";
import { inZone, zoneName } from "../../cli/time-in-words.ts";
import { type Broadcast, batchDue, isOfPlan } from "../../functions/domain/newsletter/broadcast.ts";
import type { Instant } from "../../functions/domain/time.ts";
import type { Deployment } from "../connect.ts";
import { safe } from "../shown.ts";
import { type BroadcastStage, broadcastStage } from "./status.ts";

/** `draft`: the checks find an error in its file; `checked`: they find none, and it was never sent. */
type IssueState = "draft" | "checked" | BroadcastStage;

export interface IssueRow {
  slug: string;
  state: IssueState;
  /** When the first of its readers is due, was, or would have been. */
  leaves?: Instant;
  subject: string;
  /** Kept out of the archive. */
  isPrivate: boolean;
}

/**
 * Every issue, by its file or its broadcast, a line each, with where it stands. Where no stage can be reached, what its
 * files tell is all there is, and that is said.
 * @param isStageNamed then it must be reached
 */
export async function listIssues(
  root: string,
  reach: () => Promise<Deployment>,
  isStageNamed: boolean,
): Promise<string> {
  const deployment = await reach().catch((error: unknown) => {
    if (isStageNamed || !(error instanceof ArgumentError)) throw error;
    return error.message;
  });
  const rows = await readIssueRows(root, typeof deployment === "string" ? undefined : deployment);
  if (rows.length === 0) return "There is no issue. Write one: content/newsletter/SLUG.md.";
  const zone = typeof deployment === "string" ? "UTC" : deployment.services.settings.defaultZone;
  const lines = rows.map((row) => line(row, zone));
  if (typeof deployment === "string")
    return [...lines, `What was sent or is scheduled is not known here. ${deployment}`].join("\n");
  return [...lines, `Moments by the clock of ${zone} (${deployment.place}).`].join("\n");
}

/** Every issue by its slug: of those that were never sent, what their files tell. */
export async function readIssueRows(root: string, deployment: Deployment | undefined): Promise<IssueRow[]> {
  const written = await readFiles(root);
  const known = deployment ? await readBroadcasts(deployment) : [];
  const rows = [
    ...written.filter(({ slug }) => !known.some((one) => one.slug === slug)),
    ...known.map((row) => ({
      ...row,
      subject: written.find(({ slug }) => slug === row.slug)?.subject ?? row.subject,
    })),
  ];
  return rows.sort((one, other) => (one.slug < other.slug ? -1 : 1));
}

/** Of the files, whether they can be sent. A file that cannot be read is a draft too. */
async function readFiles(root: string): Promise<IssueRow[]> {
  const sources = openSources(root);
  const folder = `${CONTENT}/newsletter`;
  const slugs = sources.names(folder, ".md");
  const findings = await checkIssues(root, slugs);
  return slugs.map((slug) => {
    const isDraft = findings.get(slug)?.some(({ severity }) => severity === "error") ?? false;
    const yaml = splitFrontMatter(sources.text(`${folder}/${slug}.md`) ?? "")?.yaml ?? "";
    const { subject, archive } = findFields(yaml)?.value ?? {};
    return {
      slug,
      state: isDraft ? "draft" : "checked",
      subject: typeof subject === "string" ? subject : "",
      isPrivate: archive === "private",
    };
  });
}

async function readBroadcasts({ services: { broadcasts, clock } }: Deployment): Promise<IssueRow[]> {
  const all = await broadcasts.broadcasts();
  return Promise.all(
    all.map(async (broadcast): Promise<IssueRow> => {
      const { slug, when, publishedAt = when.from, title } = broadcast;
      const isWaiting = await mayBeWaiting(broadcast, () => broadcasts.batches(slug));
      return {
        slug,
        state: broadcastStage(broadcast, isWaiting, clock.now()),
        leaves: publishedAt,
        subject: title,
        isPrivate: broadcast.isPrivate ?? false,
      };
    }),
  );
}

async function mayBeWaiting(
  broadcast: Broadcast,
  batches: () => ReturnType<Deployment["services"]["broadcasts"]["batches"]>,
): Promise<boolean> {
  if (broadcast.status !== "sending" || !broadcast.gathered) return true;
  return (await batches()).some(
    (batch) => isOfPlan(broadcast, batch.number) && batchDue(batch) !== undefined,
  );
}

const SLUG_WIDTH = 40;
const STATE_WIDTH = "cancelled".length;
const MOMENT_WIDTH = "Tue 31 Mar 2026, 07:30 GMT+5:30".length;

function line({ slug, state, leaves, subject, isPrivate }: IssueRow, zone: string): string {
  const moment = leaves === undefined ? "" : `${inZone(leaves, zone)} ${zoneName(leaves, zone)}`;
  return [
    slug.padEnd(SLUG_WIDTH),
    state.padEnd(STATE_WIDTH),
    moment.padEnd(MOMENT_WIDTH),
    `${safe(subject)}${isPrivate ? " (private)" : ""}`,
  ]
    .join("  ")
    .trimEnd();
}
