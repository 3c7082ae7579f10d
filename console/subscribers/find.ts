import { outlineHere } from "../../authoring/content-here.ts";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { searchedText, toSearchable } from "../../functions/domain/desk-place.ts";
import { iso } from "../../functions/domain/time.ts";
import { courseState, isSelected } from "../audience.ts";
import { verb, type Watching } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import { isIndexReady } from "../desk-index.ts";
import { readSelection, SELECTION_FORM } from "../issue/audience.ts";
import { addressShown, countInWords, JSON_FLAG, SHOW_FLAG, safe, shownAsJson } from "../shown.ts";
import type { Person } from "../table/people.ts";
import { findReaders, type ReadersWanted } from "./find-readers.ts";

const STATUSES = ["unconfirmed", "active", "stopped"] as const;
const FLAGS = {
  ...STAGE_FLAG,
  status: { value: STATUSES.join("|"), says: "only those" },
  where: { value: "EXPR", says: `only some: ${SELECTION_FORM}` },
  newsletter: { says: "only those who get the newsletter" },
  ...SHOW_FLAG,
  ...JSON_FLAG,
} as const;

export const FIND = verb({
  takes: ["[PART]"],
  says: "who is on the list: by a part of their name or address, their status, course, zone, tags",
  onlyReads: true,
  flags: FLAGS,
  async *run({ words: [part], flags, reach, tell }) {
    if (flags.status !== undefined && !STATUSES.some((one) => one === flags.status))
      throw new ArgumentError(`--status ${flags.status}? It is one of ${STATUSES.join(", ")}.`);
    yield* find(await reach(() => outlineHere()), part, flags, tell);
  },
});

/** A line each, then how many they are. */
async function* find(
  deployment: Deployment,
  part: string | undefined,
  flags: Given<typeof FLAGS>,
  tell: Watching["tell"] = () => {},
): AsyncGenerator<string> {
  const { services, place } = deployment;
  const { courses } = services.content;
  const selection = readSelection("where", flags.where, courses, services.settings.defaultZone);
  let found = 0;
  for await (const person of candidates(deployment, part, flags, tell)) {
    const { subscriber } = person;
    if (subscriber.erasedAt !== undefined) continue;
    if (flags.status !== undefined && subscriber.status !== flags.status) continue;
    if (flags.newsletter && !(subscriber.newsletter && subscriber.status === "active")) continue;
    if (!isSelected(selection, person, courses)) continue;
    found++;
    yield flags.json ? asJson(person, flags["show-addresses"]) : asLine(person, flags["show-addresses"]);
  }
  if (!flags.json) yield `${countInWords(found, "subscriber")} (${place})`;
}

/** Those whom a part of a name is about come from the owner's index; everybody is read where it is not filled yet. */
async function* candidates(
  deployment: Deployment,
  part: string | undefined,
  { status, newsletter }: Given<typeof FLAGS>,
  tell: Watching["tell"],
): AsyncGenerator<Person> {
  const { allPeople } = deployment;
  if (part !== undefined && (await isIndexReady(deployment))) {
    const asked = { part, status: STATUSES.find((one) => one === status), isOnNewsletter: newsletter };
    return yield* eachReader(deployment, asked);
  }
  const wanted = toSearchable(part ?? "");
  let looked = 0;
  for await (const person of allPeople.people()) {
    tell("looked at", ++looked);
    if (searchedText(person.subscriber).includes(wanted)) yield person;
  }
}

async function* eachReader(deployment: Deployment, wanted: ReadersWanted): AsyncGenerator<Person> {
  let before: string | undefined;
  do {
    const page = await findReaders(deployment, { ...wanted, before });
    yield* page.people;
    before = page.before;
  } while (before !== undefined);
}

function asLine(person: Person, inFull: true | undefined): string {
  const { subscriber, enrolments } = person;
  const { id, address, firstName, status, zone, newsletter, tags = [] } = subscriber;
  const courses = enrolments.map((one) => `${one.course} ${one.status} ${one.done.length} had`);
  return [
    id,
    addressShown(address, inFull),
    ...(inFull && firstName ? [safe(firstName)] : []),
    status,
    zone,
    courses.join(", ") || "in no course",
    ...(newsletter ? ["newsletter"] : []),
    ...(tags.length > 0 ? [`tags ${tags.join(", ")}`] : []),
  ].join("  ");
}

const asJson = (person: Person, inFull: true | undefined): string =>
  shownAsJson({
    id: person.subscriber.id,
    address: addressShown(person.subscriber.address, inFull),
    ...(inFull && { name: person.subscriber.firstName }),
    status: person.subscriber.status,
    stoppedBy: person.subscriber.stoppedBy,
    liftedFrom: person.subscriber.liftedFrom,
    zone: person.subscriber.zone,
    newsletter: person.subscriber.newsletter,
    tags: person.subscriber.tags ?? [],
    joined: iso(person.subscriber.createdAt),
    state: courseState(person.enrolments),
    courses: person.enrolments.map(({ course, status, run, done }) => ({ course, status, run, done })),
  });
