import { outlineHere } from "../../authoring/content-here.ts";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { iso } from "../../functions/domain/time.ts";
import { courseState, isSelected } from "../audience.ts";
import { verb, type Watching } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import { readSelection, SELECTION_FORM } from "../issue/audience.ts";
import { addressShown, countInWords, JSON_FLAG, SHOW_FLAG } from "../shown.ts";
import type { Person } from "../table/people.ts";

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
  says: "who is on the list: by a part of their address, their status, course, zone, tags",
  flags: FLAGS,
  async *run({ words: [part], flags, reach, tell }) {
    if (flags.status !== undefined && !STATUSES.some((one) => one === flags.status))
      throw new ArgumentError(`--status ${flags.status}? It is one of ${STATUSES.join(", ")}.`);
    yield* find(await reach(() => outlineHere()), part, flags, tell);
  },
});

/** A line each, then how many they are. */
async function* find(
  { allPeople, services, place }: Deployment,
  part: string | undefined,
  flags: Given<typeof FLAGS>,
  tell: Watching["tell"] = () => {},
): AsyncGenerator<string> {
  const { courses } = services.content;
  const selection = readSelection("where", flags.where, courses, services.settings.defaultZone);
  const wanted = part?.toLowerCase();
  let looked = 0;
  let found = 0;
  for await (const person of allPeople.people()) {
    tell("looked at", ++looked);
    const { subscriber } = person;
    if (subscriber.erasedAt !== undefined) continue;
    if (wanted !== undefined && !subscriber.address.toLowerCase().includes(wanted)) continue;
    if (flags.status !== undefined && subscriber.status !== flags.status) continue;
    if (flags.newsletter && !(subscriber.newsletter && subscriber.status === "active")) continue;
    if (!isSelected(selection, person, courses)) continue;
    found++;
    yield flags.json ? asJson(person, flags["show-addresses"]) : asLine(person, flags["show-addresses"]);
  }
  if (!flags.json) yield `${countInWords(found, "subscriber")} (${place})`;
}

function asLine(person: Person, inFull: true | undefined): string {
  const { subscriber, enrolments } = person;
  const { id, address, status, zone, newsletter, tags = [] } = subscriber;
  const courses = enrolments.map((one) => `${one.course} ${one.status} ${one.done.length} had`);
  return [
    id,
    addressShown(address, inFull),
    status,
    zone,
    courses.join(", ") || "in no course",
    ...(newsletter ? ["newsletter"] : []),
    ...(tags.length > 0 ? [`tags ${tags.join(", ")}`] : []),
  ].join("  ");
}

const asJson = (person: Person, inFull: true | undefined): string =>
  JSON.stringify({
    id: person.subscriber.id,
    address: addressShown(person.subscriber.address, inFull),
    status: person.subscriber.status,
    stoppedBy: person.subscriber.stoppedBy,
    zone: person.subscriber.zone,
    newsletter: person.subscriber.newsletter,
    tags: person.subscriber.tags ?? [],
    joined: iso(person.subscriber.createdAt),
    state: courseState(person.enrolments),
    courses: person.enrolments.map(({ course, status, run, done }) => ({ course, status, run, done })),
  });
