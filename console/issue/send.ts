import { createHash } from "node:crypto";
import { basename } from "node:path";
import { ArgumentError, type Given, namesZone, readMoment } from "../../cli/arguments.ts";
import type { AudienceAsked, Broadcast, When } from "../../functions/domain/newsletter/broadcast.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import type { Instant } from "../../functions/domain/time.ts";
import { type Audience, COURSE_STATES } from "../audience.ts";
import { type Deployment, isAllowed, REACH_FLAGS } from "../connect.ts";
import { ENCODINGS, readEncoding } from "../import/decode.ts";
import { putPictures } from "../pictures.ts";
import { momentShown } from "../shown.ts";
import { EVERYBODY, readAudience, SELECTION_FORM } from "./audience.ts";
import { forecast } from "./foreseen.ts";
import { readListFile } from "./list-file.ts";
import { gatheredIds, isAnybodyMailed, planAnew } from "./plan-anew.ts";
import { makeRevision, type Start, startBroadcast } from "./start-broadcast.ts";

export const SEND_FLAGS = {
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
  archive: {
    value: "public|private",
    says: "whether it stands in the public archive; a segment's does not unless it, or the file, says so",
  },
  "per-day": { value: "N", says: "no more than these in 24 hours: portions, for a young domain" },
  changed: { says: "the file was changed after the start, for those who have not got it" },
  "dry-run": { says: "say whom it would go to, how long it takes and what it costs" },
} as const;
export type SendFlags = Given<typeof SEND_FLAGS>;

/** Whom and when an issue goes to, as the flags say it or as its broadcast has it. */
interface SendPlan {
  asks: AudienceAsked;
  audience: Audience;
  when: When;
  manner: NonNullable<Start["manner"]>;
  /** Lines of a list that name no reader. */
  leftOut: string[];
}

/**
 * Starts sending an issue, goes on with a start that was cut off, or plans it anew: another moment or audience, or once
 * more after it was cancelled, as long as nobody was mailed. What the flags do not name stays as it was.
 * Says who is left out, and how moments were understood. Throws an ArgumentError for what cannot be done.
 * @param tell how many readers are gathered so far
 */
export async function sendIssue(
  issue: Issue,
  deployment: Deployment,
  flags: SendFlags,
  tell: (gathered: number) => void,
): Promise<{ isStarted: boolean; says: string[] }> {
  const { services, place } = deployment;
  const { slug } = issue;
  const running = await services.broadcasts.broadcast(slug);
  const plan = await readPlan(deployment, issue, flags, running);
  const isAnew = running !== undefined && isOtherPlan(running, plan);
  if (isAnew) await refuseIfMailed(deployment, running);
  else refuseOtherWords(issue, running, flags);
  const foretold = await forecast(deployment, plan);
  const says = [...plan.leftOut, ...foretold.says, ...archiveInWords(deployment, plan, running)];
  const asUnderstood = understood(flags, plan, services.settings.defaultZone);
  if (flags["dry-run"]) return { isStarted: false, says: [...says, ...asUnderstood] };
  // An issue has one broadcast, ever: an empty one would use it up.
  if (foretold.count === 0 && (!running || isAnew))
    throw new ArgumentError(nobody(slug, place, [...plan.leftOut, ...foretold.leftOut]));
  const sends = [
    ...says,
    ...asUnderstood,
    `Send ${slug} to them${instead(running, services.settings.defaultZone)}`,
  ].join("\n");
  const asks = running && !isAnew ? `Go on sending ${slug}` : sends;
  if (!(await isAllowed(asks, deployment, flags.yes)))
    return { isStarted: false, says: ["Nothing was changed."] };
  await start(deployment, { plan, issue, isAnew, isChangeMeant: flags.changed === true }, tell);
  return { isStarted: true, says: [...asUnderstood, ...plan.leftOut, ...foretold.leftOut] };
}

async function start(
  deployment: Deployment,
  {
    plan,
    issue,
    isAnew,
    isChangeMeant,
  }: { plan: SendPlan; issue: Issue; isAnew: boolean; isChangeMeant: boolean },
  tell: (gathered: number) => void,
): Promise<void> {
  const { services, allPeople } = deployment;
  const { asks, audience, when, manner } = plan;
  const asked: Start = { issue, audience, asked: askedInWords(asks), asks, when, manner, isChangeMeant };
  const all = { ...services, allPeople };
  await putPictures(deployment, [issue.body.html, issue.newsletter.logo ?? ""]);
  if (isAnew && !(await planAnew(all, asked))) throw new ArgumentError(mailedMeanwhile(issue.slug));
  const { outcome } = await startBroadcast(all, asked, tell);
  if (outcome === "changed") throw new ArgumentError(changedSince(issue.slug));
  if (outcome === "cancelled") throw new ArgumentError(`${issue.slug} was cancelled meanwhile.`);
}

async function readPlan(
  deployment: Deployment,
  issue: Issue,
  flags: SendFlags,
  running: Broadcast | undefined,
): Promise<SendPlan> {
  const { services } = deployment;
  const zone = services.settings.defaultZone;
  // Of what was cancelled nothing is kept: it is sent as if it had never been.
  const kept = running?.status === "cancelled" ? undefined : running;
  const when = readWhen(flags, services.clock.now(), zone, kept?.when);
  const isNamed = flags.audience !== undefined || flags.include !== undefined || flags.list !== undefined;
  if (kept && !isNamed) {
    const { asks, audience } = await keptAudience(deployment, kept);
    return { asks, audience, when, manner: readManner(flags, issue, asks, kept), leftOut: [] };
  }
  const list =
    flags.list === undefined
      ? undefined
      : await readListFile(deployment, flags.list, readEncoding(flags.encoding));
  const narrowed = readAudience(flags.audience, flags.include, services.content.courses, zone);
  const asks = {
    ...(flags.audience !== undefined && { audience: flags.audience }),
    ...(flags.include !== undefined && { include: flags.include }),
    ...(list && { list: { name: basename(flags.list ?? ""), names: fingerprint(list.ids) } }),
  };
  return {
    asks,
    audience: list ? { ...narrowed, ids: list.ids } : narrowed,
    when,
    manner: readManner(flags, issue, asks, kept),
    leftOut: list?.leftOut ?? [],
  };
}

/**
 * In the archive by the flag, else by the file, else as it stands, where it is the same audience; an issue to a
 * segment is private. A portion that is not named stays as it was.
 */
function readManner(
  flags: SendFlags,
  issue: Issue,
  asks: AudienceAsked,
  kept: Broadcast | undefined,
): NonNullable<Start["manner"]> {
  const { archive, "per-day": perDay } = flags;
  if (archive !== undefined && archive !== "public" && archive !== "private")
    throw new ArgumentError(`--archive ${archive}? It takes public or private.`);
  const said = archive ?? issue.archive;
  const isSame = kept !== undefined && isSameAudience(kept.asks, asks);
  const isPrivate = said === undefined ? (isSame ? kept.isPrivate : isSegment(asks)) : said === "private";
  const portion = perDay === undefined ? kept?.perDay : readPerDay(perDay);
  return {
    ...(isPrivate !== undefined && { isPrivate }),
    ...(portion !== undefined && { perDay: portion }),
  };
}

/** True where conditions or a list name only some of those who get the newsletter. */
const isSegment = ({ audience, list }: AudienceAsked): boolean =>
  list !== undefined || !["", EVERYBODY].includes((audience ?? "").trim().toLowerCase());

const MOST_PER_DAY = 1_000_000;

function readPerDay(typed: string): number {
  const number = /^\d{1,7}$/.test(typed) ? Number(typed) : 0;
  if (number < 1 || number > MOST_PER_DAY)
    throw new ArgumentError(`--per-day ${typed} is not a number of readers. Write 1 to ${MOST_PER_DAY}.`);
  return number;
}

/** Where the issue is to be read by everybody, or is not; a stage without an archive says nothing of it. */
function archiveInWords(
  { services: { settings } }: Deployment,
  { manner: { isPrivate }, asks }: SendPlan,
  running: Broadcast | undefined,
): string[] {
  if (!settings.archive) return [];
  if (isPrivate) {
    const why = isSegment(asks) ? ": it goes to a segment; --archive public shows it to everybody" : "";
    return [`Archive      private${why}`];
  }
  return running?.isPrivate || isSegment(asks) ? ["Archive      public: everybody can read it"] : [];
}

/** The audience of a broadcast once more. Whom a list named, or what is not kept as it was typed, its batches know. */
async function keptAudience(
  { services }: Deployment,
  running: Broadcast,
): Promise<Pick<SendPlan, "asks" | "audience">> {
  const { asks, slug, audience: inWords, gathered } = running;
  const isTyped = asks !== undefined && !asks.list;
  if (!isTyped && !gathered)
    throw new ArgumentError(
      `The audience of ${slug} (${inWords}) was not gathered to the end: name it again, with --audience, --include or --list.`,
    );
  const { defaultZone } = services.settings;
  const narrowed = readAudience(asks?.audience, asks?.include, services.content.courses, defaultZone);
  if (isTyped) return { asks, audience: narrowed };
  const states = asks ? narrowed.states : [...COURSE_STATES];
  const ids = await gatheredIds(services, running);
  return { asks: asks ?? {}, audience: { ...narrowed, ...(states && { states }), ids } };
}

const fingerprint = (ids: ReadonlySet<string>): string =>
  createHash("sha256")
    .update([...ids].sort().join())
    .digest("hex")
    .slice(0, 16);

/** True for a running broadcast that is to leave otherwise, and for a cancelled one. */
function isOtherPlan({ status, when, asks = {} }: Broadcast, plan: SendPlan): boolean {
  if (status === "cancelled" || when.from !== plan.when.from || when.local !== plan.when.local) return true;
  return !isSameAudience(asks, plan.asks);
}

const isSameAudience = (one: AudienceAsked = {}, other: AudienceAsked): boolean =>
  one.audience === other.audience && one.include === other.include && one.list?.names === other.list?.names;

async function refuseIfMailed({ services, allPeople }: Deployment, running: Broadcast): Promise<void> {
  if (!(await isAnybodyMailed({ ...services, allPeople }, running))) return;
  const { slug, status, audience, when } = running;
  throw new ArgumentError(
    status === "cancelled"
      ? `${slug} was cancelled when some had been mailed, and is not sent again. Give it another slug.`
      : `${slug} has been mailed to some already, so its plan stands: ${audience}, from ${momentShown(when.from, services.settings.defaultZone)}. Leave --at, --local, --audience, --include and --list out to go on.`,
  );
}

function refuseOtherWords(issue: Issue, running: Broadcast | undefined, { changed }: SendFlags): void {
  if (running && running.revision !== makeRevision(issue) && !changed)
    throw new ArgumentError(changedSince(issue.slug));
}

const changedSince = (slug: string): string =>
  `content/newsletter/${slug}.md has changed since its sending began. Add --changed to send the new words to those who wait.`;

const mailedMeanwhile = (slug: string): string =>
  `${slug} has been mailed to some meanwhile, so nothing was changed. See how far it has come: npm run console -- issue status ${slug}`;

const nobody = (slug: string, place: string, leftOut: readonly string[]): string =>
  [`Nobody on ${place} is in this audience, so ${slug} was not sent.`, ...leftOut].join("\n");

/** What a new plan takes the place of. */
function instead(running: Broadcast | undefined, zone: string): string {
  if (!running) return "";
  if (running.status === "cancelled") return ", though it was cancelled: nobody had been mailed";
  return `, instead of ${running.audience} from ${momentShown(running.when.from, zone)}`;
}

function askedInWords({ audience, include, list }: AudienceAsked): string {
  return [audience ?? "everybody", list && `of the list ${list.name}`, include && `and ${include}`]
    .filter(Boolean)
    .join(" ");
}

/** How a moment without a zone was understood. */
function understood({ at }: SendFlags, { when }: SendPlan, zone: string): string[] {
  if (at === undefined || namesZone(at)) return [];
  return [`By the clock of ${zone}, ${at} is ${momentShown(when.from, zone)}.`];
}

/**
 * @param zone of the stage: a moment without one is meant there
 * @param kept what holds where the flags say nothing
 */
function readWhen({ at, local }: SendFlags, now: Instant, zone: string, kept: When | undefined): When {
  if (local !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(local))
    throw new ArgumentError(`--local ${local} is not a time. Write 24 hours, for example 08:00.`);
  if (at === undefined && kept && (local === undefined || local === kept.local)) return kept;
  const from = at === undefined ? now : readMoment("at", at, zone);
  if (from < now && from !== kept?.from)
    throw new ArgumentError(
      `--at ${at} is in the past: it is ${momentShown(now, zone)}. Leave it out to send now.`,
    );
  return { from, ...(local !== undefined && { local }) };
}
