import { STAGES } from "../../infra/stages.ts";
import { headerOf } from "../headers.ts";
import type { SentMail } from "../ses.ts";
import type { Counted, Counts, Violation } from "./counts.ts";
import type { Edition, Editions } from "./editions.ts";
import { type Owed, Promises, type Reply } from "./model.ts";
import type { Sight } from "./sight.ts";
import type { Wishes } from "./timetable.ts";
import type { Trace } from "./trace.ts";

const OWNER = STAGES.local.ownerMailbox;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** Two minutes of virtual time, whatever else is going on. */
const PATIENCE = 2 * MINUTE;
/** A claim lives for a minute: what was claimed before somebody left may still leave within it. */
const CLAIM_LIFE = MINUTE;
/** Which of SES's mails a doubt is about is known after its claim's death and a quarter of an hour. */
const GRACE = 15 * MINUTE;
/** An instance at work when a new edition is deployed ends its run with the old one. */
const OLD_EDITION_LIVES = 12 * MINUTE;

export interface OracleOptions {
  now: () => number;
  editions: Editions;
  counts: Counts;
  trace: Trace;
  sight: Sight;
  /** The most that two clocks may differ. */
  skew: number;
  rate: () => number;
}

/** Somebody who was promised something. */
export interface Watched {
  address: string;
  name: string;
  promises: Promises;
}

interface Taken {
  at: number;
  messageId: string;
}

/**
 * Holds every mail against what its reader was promised. It knows the people's acts and SES's answers; of the
 * product's own writings it reads only what excuses a fault needs: claims, ledger entries, and what is parked.
 */
export class Oracle {
  readonly #options: OracleOptions;
  readonly #watched = new Map<string, Watched>();
  readonly #taken = new Map<string, Taken>();
  /** When SES took each mail. */
  readonly #times: number[] = [];
  readonly #editions: { from: number; edition: Edition }[];

  constructor(options: OracleOptions) {
    this.#options = options;
    this.#editions = [{ from: 0, edition: options.editions.before }];
  }

  watch(address: string, name: string, wishes: Wishes): Watched {
    const { originalOf } = this.#options.editions;
    const promises = new Promises(wishes, originalOf, () => this.edition());
    const watched = { address, name, promises };
    this.#watched.set(address, watched);
    return watched;
  }

  edition(): Edition {
    return (this.#editions.at(-1) as { edition: Edition }).edition;
  }

  deployed(edition: Edition) {
    this.#editions.push({ from: this.#options.now(), edition });
    for (const { promises } of this.readers()) promises.isTaughtOtherwise();
  }

  readers(): Iterable<Watched> {
    return this.#watched.values();
  }

  // Mails -----------------------------------------------------------------------------------------------------

  /** SES has taken a mail. */
  sends(mail: SentMail) {
    const { now, counts, trace } = this.#options;
    const address = mail.destinations[0] as string;
    const id = mail.tags.dispatch?.[0] ?? "";
    const reader = this.#watched.get(address);
    trace.tell(address, "mail", { dispatch: withoutPerson(id), messageId: mail.messageId.slice(-24) });
    this.#times.push(mail.at);
    counts.count("mails");
    if (address === OWNER && !reader) return this.#tellsOwner(id, mail);
    if (!reader) return this.#breaks("unaccounted", address, `a mail to somebody who never signed up: ${id}`);
    const [, , , kind = "", slug = ""] = id.split("_");
    this.#passPauses(reader, now());
    if (!this.#isFirst(this.#sameMail(reader, id), id, mail)) return;
    this.#isWanted(reader, id, kind);
    this.#judge(reader, kind, slug, mail, id);
  }

  /** A reader's question, or the day's digest, passed on to the owner: once, as everything. */
  #tellsOwner(id: string, mail: SentMail) {
    this.#options.counts.count("relayed");
    this.#isFirst(id, id, mail);
  }

  /** False for one that came before: once is enough, unless SES's answer was lost and no event came. */
  #isFirst(key: string, id: string, mail: SentMail): boolean {
    const before = this.#taken.get(key);
    this.#taken.set(key, { at: mail.at, messageId: mail.messageId });
    if (!before) return true;
    const { sight, counts } = this.#options;
    const isExcused = mail.at - before.at >= GRACE && sight.wasLost(before.messageId, id, before.at, mail.at);
    if (isExcused) counts.count("twice-by-lost-answer");
    else
      this.#breaks(
        "duplicated",
        mail.destinations[0] as string,
        `${withoutPerson(id)} was sent ${ago(mail.at - before.at)} before`,
      );
    return false;
  }

  /** The same lesson under its new name is the same mail. */
  #sameMail({ address }: Watched, id: string): string {
    const [, list, run, kind, slug = ""] = id.split("_");
    return [address, list, run, kind, this.#options.editions.originalOf(slug)].join(" ");
  }

  #isWanted(reader: Watched, id: string, kind: string) {
    const { now, sight } = this.#options;
    const { promises } = reader;
    if (promises.isOpenFor(kind)) return;
    const claimedAt = sight.claimedAt(id);
    const isInTime =
      claimedAt !== undefined && claimedAt <= promises.closedAt && now() <= promises.closedAt + CLAIM_LIFE;
    const isAnswering = promises.closedAt > now();
    if (isInTime || isAnswering) return;
    const how = `${kind}, the course is ${promises.course}, the account ${promises.account}`;
    this.#breaks(
      promises.course === "paused" && promises.account === "in" ? "early" : "mailed-after-leaving",
      reader.address,
      how,
    );
  }

  #judge(reader: Watched, kind: string, slug: string, mail: SentMail, id: string) {
    const { promises } = reader;
    const { counts } = this.#options;
    switch (kind) {
      case "lesson":
        counts.count("lessons");
        return this.#judgeLesson(reader, slug, mail.at, id);
      case "prompt":
        counts.count("answers");
        return this.#judgePrompt(reader, mail);
      case "look-back":
        counts.count("look-backs");
        return this.#judgeOwed(reader, `look-back ${slug}`, mail.at);
      case "completion":
        counts.count("completed");
        this.#judgeOwed(reader, "completion", mail.at);
        return promises.isCompleted(mail.at, this.edition());
      case "confirmation":
      case "welcome":
        return this.#judgeOwed(reader, kind, mail.at);
      default:
        return;
    }
  }

  #judgeLesson(reader: Watched, slug: string, at: number, id: string) {
    const { editions, sight } = this.#options;
    const { promises } = reader;
    const name = editions.originalOf(slug);
    const living = this.#editions.filter(
      (_, place) =>
        (this.#editions[place + 1]?.from ?? at) >=
        Math.min(at, sight.claimedAt(id) ?? at) - OLD_EDITION_LIVES,
    );
    const edition = living.findLast((each) => promises.nextLesson(each.edition) === name)?.edition;
    if (!edition) {
      const expected = promises.nextLesson(this.edition());
      this.#breaks("out-of-order", reader.address, `${slug} came; ${expected ?? "no lesson"} was next`);
    }
    this.#judgeOwed(reader, "lesson", at);
    promises.hasLesson(name, at, edition ?? this.edition());
  }

  #judgePrompt(reader: Watched, mail: SentMail) {
    const { promises, address } = reader;
    const answers = headerOf(mail.headers, "in-reply-to") ?? "";
    const reply = promises.replies.find(({ messageId }) => messageId === answers);
    if (!reply)
      return this.#breaks("unaccounted", address, `an answer to a mail that nobody wrote: ${answers}`);
    if (!reply.isHuman) this.#breaks("answered-a-machine", address, answers);
    const before = promises.answers.get(answers) ?? 0;
    if (before > 0) this.#breaks("second-answer", address, answers);
    promises.answers.set(answers, before + 1);
    const key = `prompt ${answers}`;
    // Answered before the course had said that it was done with the reply.
    if (!promises.owed.has(key)) {
      const earliest = reply.deliveredAt + 10 * MINUTE - this.#options.skew;
      if (mail.at < earliest) this.#breaks("early", address, `answered ${ago(earliest - mail.at)} too early`);
      return;
    }
    this.#judgeOwed(reader, key, mail.at);
  }

  #judgeOwed(reader: Watched, what: string, at: number) {
    const { promises, address } = reader;
    const owed = promises.owed.get(what);
    promises.owed.delete(what);
    if (!owed)
      return promises.closedAt >= at - CLAIM_LIFE
        ? undefined
        : this.#breaks("unaccounted", address, `${what}: nobody was owed it now`);
    if (at < owed.from - this.#options.skew)
      this.#breaks("early", address, `${what}: ${ago(owed.from - at)} before ${iso(owed.from)}`);
    const late = at - this.#latest(reader, owed, at);
    if (late > 0)
      this.#breaks("late", address, `${what}: due ${iso(owed.by)}, ${ago(late)} beyond all that excuses it`);
  }

  /** The latest moment for what is due: behind the mails that left meanwhile, and the waits that faults called for. */
  #latest({ address }: Watched, { by }: Owed, now: number): number {
    const { sight, rate } = this.#options;
    const ahead = countSince(this.#times, by);
    return by + (ahead / rate()) * SECOND + PATIENCE + sight.excuse(address, by, now);
  }

  // What did not happen ---------------------------------------------------------------------------------------

  /** Looks for mails that are owed and have not come. */
  sweep(now: number) {
    for (const reader of this.#watched.values()) {
      this.#passPauses(reader, now);
      const { promises } = reader;
      if (promises.isHeld) continue;
      for (const [what, owed] of promises.owed) {
        const kind = what.split(" ")[0] as string;
        if (!promises.isOpenFor(kind) || now <= this.#latest(reader, owed, now) + 10 * MINUTE) continue;
        promises.owed.delete(what);
        if (kind === "lesson") promises.isHeld = true;
        this.#breaks("lost", reader.address, `${what}: due ${iso(owed.by)}, and it has not come`);
      }
    }
  }

  /** A dispatch was set aside. It needs two injected doubts, or a rejection. */
  parks(address: string, id: string) {
    const { sight } = this.#options;
    const reader = this.#watched.get(address);
    if (!reader || reader.promises.isHeld) return;
    const why: Counted | undefined = sight.wasRejected(id)
      ? "parked-by-rejection"
      : sight.doubtsOf(address) >= 2
        ? "parked-by-two-doubts"
        : undefined;
    reader.promises.isHeld = true;
    if (why) this.#options.counts.count(why);
    else this.#breaks("lost", address, `${withoutPerson(id)} was parked, and no fault was injected twice`);
  }

  hears(address: string, messageId: string, reply: Omit<Reply, "messageId">) {
    this.#watched.get(address)?.promises.replies.push({ messageId, ...reply });
  }

  #passPauses({ promises, address }: Watched, now: number) {
    const until = promises.resumesAt?.from;
    if (until === undefined) return;
    promises.passes(now, PATIENCE + this.#options.sight.excuse(address, until, now));
  }

  breaks(violation: Violation, address: string, how: string) {
    this.#breaks(violation, address, how);
  }

  #breaks(violation: Violation, address: string, how: string) {
    this.#options.counts.violations[violation]++;
    this.#options.trace.breaks(violation, address, how);
  }
}

/** How many of ascending times are not before `since`. */
function countSince(times: number[], since: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < since) low = middle + 1;
    else high = middle;
  }
  return times.length - low;
}

/** A dispatch's id without the random id of its person. */
export const withoutPerson = (id: string): string => id.slice(id.indexOf("_") + 1);

const iso = (at: number): string => (Number.isFinite(at) ? new Date(at).toISOString() : "an open request");
const ago = (ms: number): string =>
  ms >= DAY ? `${(ms / DAY).toFixed(1)} days` : `${(ms / SECOND).toFixed(1)} s`;
