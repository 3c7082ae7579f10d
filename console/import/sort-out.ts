import type { Keys } from "../../functions/domain/keys.ts";
import { isAtMailDomain } from "../../functions/domain/people/address.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Instant } from "../../functions/domain/time.ts";
import { addressHash } from "../../functions/links/links.ts";
import type { AllPeople, PersonStanding } from "../table/people.ts";

import { type Candidate, type Reject, readRow } from "./candidate.ts";
import type { Columns } from "./columns.ts";
import { type Evidence, type ImportAim, type Imported, isOfImport } from "./imported.ts";
import { readLanguageCell } from "./language-cell.ts";
import type { CsvRow } from "./read-csv.ts";
import { Seen } from "./seen.ts";

/** What holds for all rows of a file. */
export interface ImportTerms {
  columns: Columns;
  evidence: Evidence;
  aim: ImportAim;
  /** When they agreed, where the row does not say. */
  date: Instant;
  /** Whether the evidence covers the newsletter, where the row does not say. */
  newsletter: boolean;
  /** The course that the import is for; an own export names the reader's own. */
  course: string;
  /** Courses of the stage. */
  courses: readonly string[];
  /** Where the row names no zone that is known. */
  defaultZone: string;
  /** That the courses of the stage speak. */
  languages: readonly string[];
  /** Nobody's address is there. */
  mailDomain: string;
}

/** What a row comes to. `before`: this import has added them already, in an earlier run. */
export type Sorted =
  | { is: "new"; person: Imported; candidate: Candidate }
  | { is: "before"; person: Imported; candidate: Candidate; subscriber: Subscriber }
  | { is: "rejected"; reject: Reject };

/** How many rows are looked up at once. */
const BATCH = 50;

/**
 * Which addresses have left by some row of a file, and in which line that is said. Lists that were joined, or that have
 * a row for each list, name a person more than once: wherever the row stands that says so, it counts.
 */
export async function findGone(
  rows: AsyncIterable<CsvRow>,
  columns: Columns,
  { keys, now }: { keys: Keys; now: Instant },
): Promise<Seen> {
  const gone = new Seen();
  for await (const row of rows) {
    const read = readRow(row, columns, now);
    const address = "reason" in read ? read.gone : read.stoppedBy && read.canonical;
    if (address !== undefined) gone.firstLine(addressHash(keys, address), row.line);
  }
  return gone;
}

/** Sorts the rows of a file out, in their order and in bounded memory: who is new, who is not, and why not. */
export async function* sortOut(
  rows: AsyncIterable<CsvRow>,
  terms: ImportTerms,
  { allPeople, keys, now, gone }: Lookups,
): AsyncGenerator<Sorted> {
  const seen = new Seen();
  let batch: (Reject | LookedUp)[] = [];
  const settle = async function* () {
    const hashes = batch.flatMap((one) => ("person" in one ? [one.person.addressHash] : []));
    const standings =
      hashes.length > 0 ? await allPeople.standings(hashes) : new Map<string, PersonStanding>();
    for (const one of batch) {
      yield "person" in one
        ? judgeStanding(one, standings.get(one.person.addressHash), terms)
        : toRejected(one);
    }
    batch = [];
  };
  for await (const row of rows) {
    batch.push(look(readRow(row, terms.columns, now), terms, { keys, gone, seen }));
    if (batch.length === BATCH) yield* settle();
  }
  yield* settle();
}

/** What the rows are looked up in. */
interface Lookups {
  allPeople: Pick<AllPeople, "standings">;
  keys: Keys;
  now: Instant;
  gone: Seen;
}

interface LookedUp {
  candidate: Candidate;
  person: Imported;
}

const toRejected = (reject: Reject): Sorted => ({ is: "rejected", reject });

function look(
  read: Candidate | Reject,
  terms: ImportTerms,
  { keys, gone, seen }: { keys: Keys; gone: Seen; seen: Seen },
): Reject | LookedUp {
  if ("reason" in read) return read;
  if (isAtMailDomain(read.canonical, terms.mailDomain))
    return because(read, "ours", `mail to ${terms.mailDomain} comes back to the course`);
  const hash = addressHash(keys, read.canonical);
  const leftIn = gone.findLine(hash);
  if (leftIn !== undefined && !read.stoppedBy)
    return because(read, "gone", `the same address stands in line ${leftIn}, which says that it left there`);
  const first = seen.firstLine(hash, read.line);
  if (first !== undefined)
    return because(read, "doubled", `the same address stands in line ${first}; that row counts`);
  const newsletter = read.newsletter ?? terms.newsletter;
  const isOwn = terms.columns.form === "Coursepost";
  if (terms.aim === "list" && !newsletter && !isOwn)
    return because(read, "nothing", "the newsletter is not for them, and no course begins");
  const course =
    read.course !== undefined && terms.courses.includes(read.course) ? read.course : terms.course;
  const { address, firstName, tags, stoppedBy } = read;
  const language = readLanguageCell(read.language, terms.languages);
  const person: Imported = {
    address,
    addressHash: hash,
    ...(firstName !== undefined && { firstName }),
    zone: read.zone ?? terms.defaultZone,
    ...(language !== undefined && { language }),
    tags,
    joinedAt: read.joinedAt ?? terms.date,
    newsletter,
    course: terms.aim === "course" ? terms.course : course,
    ...(stoppedBy && { stoppedBy }),
    ...(read.answers && course === terms.course && { answers: read.answers }),
  };
  return { candidate: read, person };
}

function judgeStanding(
  { candidate, person }: LookedUp,
  standing: PersonStanding | undefined,
  { evidence }: Pick<ImportTerms, "evidence">,
): Sorted {
  const { subscriber, suppression } = standing ?? {};
  if (subscriber && isOfImport(subscriber, evidence)) return { is: "before", person, candidate, subscriber };
  if (suppression || subscriber?.status === "stopped") {
    const by = suppression?.reason ?? subscriber?.stoppedBy ?? "owner";
    return toRejected(because(candidate, "suppressed", `nothing may be mailed to it (${by})`));
  }
  if (subscriber) return toRejected(because(candidate, "known", `it is in the list, ${subscriber.status}`));
  return { is: "new", person, candidate };
}

const because = ({ line, given }: Candidate, reason: Reject["reason"], says: string): Reject => ({
  line,
  given,
  reason,
  says,
});
