import { limitConcurrency } from "../../functions/deliver/concurrency.ts";
import { HOUR, type Instant, iso } from "../../functions/domain/time.ts";
import type { Watching } from "../command.ts";
import { type Deployment, isAllowed } from "../connect.ts";
import { decodeFile, type Encoding } from "./decode.ts";
import { type Import, importPerson } from "./import-person.ts";
import { confirmationTime } from "./imported.ts";
import { type CsvRow, readCsv } from "./read-csv.ts";
import type { Rejects } from "./rejects.ts";
import { findGone, type ImportTerms, type Sorted, sortOut } from "./sort-out.ts";
import { count, emptyTally, forecast, type ImportTally, number } from "./tally.ts";
import type { TextFile } from "./text-file.ts";

/** A file that is to be imported, and how. */
export interface ImportOrder {
  file: TextFile;
  encoding: Encoding | undefined;
  terms: ImportTerms;
  import: Import;
  /** Opens the list of those who are not added, anew. */
  rejects(): Rejects;
  /** Confirmations an hour. */
  perHour: number;
  dryRun: boolean;
  yes: true | undefined;
}

/** How many people are written at once. */
const AT_ONCE = 16;

/** A dry run, the question, then the same rows once more and for good. Returns what is to be printed. */
export async function runOrder(
  order: ImportOrder,
  deployment: Deployment,
  watching: Watching,
): Promise<string> {
  const before = await foresee(order, deployment, watching);
  if (order.dryRun || watching.signal.aborted) return before.says;
  const open = before.tally.new + before.unfinished;
  if (open === 0) return `${before.says}\nThere is nobody to add: nothing was changed.`;
  const asks = `${before.says}\nAdd ${people(open)}`;
  if (!(await isAllowed(asks, deployment, order.yes))) return "Nothing was changed.";
  const done = await carryOut(order, deployment, watching, { open, askFrom: before.askFrom });
  // The person who was asked has read it.
  const says = [...(order.yes ? [before.says] : []), `Added        ${people(done.added)}`];
  if (done.others > 0)
    says.push(
      `Not added    ${people(done.others)}: they came or were suppressed meanwhile, and stay as they are`,
    );
  return says.join("\n");
}

interface Foreseen {
  says: string;
  tally: ImportTally;
  /** Added by an earlier run, but not to the end. */
  unfinished: number;
  askFrom: Instant;
  rejects: string | undefined;
}

async function foresee(
  order: ImportOrder,
  deployment: Deployment,
  { tell, signal }: Watching,
): Promise<Foreseen> {
  const { terms } = order;
  const now = deployment.services.clock.now();
  const tally = emptyTally();
  const rejects = order.rejects();
  let unfinished = 0;
  let askFrom = now;
  for await (const sorted of sortPeople(order, deployment, now)) {
    count(tally, sorted);
    if (sorted.is === "rejected") await rejects.add(sorted.reject);
    if (isUnfinished(sorted, terms)) unfinished++;
    if (sorted.is === "before")
      askFrom = Math.max(askFrom, (confirmationTime(sorted.subscriber) ?? 0) + HOUR / order.perHour);
    tell("rows read", tally.rows);
    if (signal.aborted) break;
  }
  const listed = await rejects.finish();
  const mail = mailSays(order, tally.new + unfinished, askFrom);
  const around = { file: order.file.name, place: deployment.place, rejects: listed, mail };
  return { says: forecast(tally, terms, around), tally, unfinished, askFrom, rejects: listed };
}

async function carryOut(
  order: ImportOrder,
  { services, allPeople }: Deployment,
  { tell, signal }: Watching,
  { open, askFrom }: { open: number; askFrom: Instant },
): Promise<{ added: number; others: number }> {
  const flow = limitConcurrency(AT_ONCE);
  const done = { added: 0, others: 0 };
  let askAt = askFrom;
  for await (const sorted of sortPeople(order, { services, allPeople }, services.clock.now())) {
    if (signal.aborted) break;
    if (sorted.is !== "new" && !isUnfinished(sorted, order.terms)) continue;
    const { person } = sorted as Exclude<Sorted, { is: "rejected" }>;
    const at = askAt;
    askAt += HOUR / order.perHour;
    await flow.begin(async () => {
      const outcome = await importPerson(services, person, order.import, at);
      done[outcome === "added" ? "added" : "others"]++;
      tell("people", done.added + done.others, open);
    });
  }
  await flow.finish();
  return done;
}

async function* sortPeople(
  { file, encoding, terms }: ImportOrder,
  { services, allPeople }: Pick<Deployment, "services" | "allPeople">,
  now: Instant,
): AsyncGenerator<Sorted> {
  const keys = await services.keyring.keys();
  const rows = () => withoutHeading(readCsv(file.name, decodeFile(file, encoding)));
  const gone = await findGone(rows(), terms.columns, { keys, now });
  yield* sortOut(rows(), terms, { allPeople, keys, now, gone });
}

async function* withoutHeading(rows: AsyncIterable<CsvRow>): AsyncGenerator<CsvRow> {
  let isFirst = true;
  for await (const row of rows) {
    if (!isFirst) yield row;
    isFirst = false;
  }
}

/** A run was cut off behind the first write about them; whether they are in the course only the table can tell. */
function isUnfinished(sorted: Sorted, { aim }: ImportTerms): boolean {
  if (sorted.is !== "before") return false;
  const { subscriber, person } = sorted;
  if (person.stoppedBy) return subscriber.status !== "stopped";
  const isInert = subscriber.status === "unconfirmed" && subscriber.requests === 0;
  return isInert || (aim === "course" && subscriber.status === "active");
}

const people = (count: number): string => `${number(count)} ${count === 1 ? "person" : "people"}`;

function mailSays(
  { terms, perHour, import: { course } }: ImportOrder,
  people: number,
  from: Instant,
): string {
  if (terms.aim === "list") return "none leaves because of this";
  if (terms.aim === "course")
    return `the welcome to “${course.title}” at once, lesson 1 on the next working day at ${course.defaults.time}`;
  const last = from + (Math.max(1, people) - 1) * (HOUR / perHour);
  return `a confirmation each, ${perHour} an hour, the last at ${iso(last)}; who presses its button begins “${course.title}”`;
}
