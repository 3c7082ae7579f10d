import type { RowsWanted } from "../../functions/aws/desk-rows.ts";
import { findCourse } from "../../functions/domain/content.ts";
import { lessonBySlug } from "../../functions/domain/course/course.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { toSearchable } from "../../functions/domain/desk-place.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Deployment } from "../connect.ts";
import { requireOwnerIndex } from "../desk-index.ts";
import type { OwnerIndex } from "../table/owner-index.ts";
import type { Person } from "../table/people.ts";
import { findReader } from "./reader.ts";

/** Which readers are looked for. All that is given must hold. */
export interface ReadersWanted {
  /** A part of their name or address, or a whole id; accents and capitals do not matter. */
  part?: string | undefined;
  status?: Subscriber["status"] | undefined;
  /** They get the newsletter. */
  isOnNewsletter?: true | undefined;
  tag?: string | undefined;
  /** They are, or were, in this course… */
  course?: string | undefined;
  /** …and it is so with them there… */
  courseStatus?: Enrolment["status"] | undefined;
  /** …and this lesson is the last that they had. */
  lesson?: string | undefined;
  limit?: number;
  /** Where the page before ended. */
  before?: string | undefined;
}

export interface ReadersPage {
  /** Who signed up last comes first; where only their course is asked for, who began it last. */
  people: Person[];
  /** For the next page; none is behind this one without it. */
  before?: string;
}

const A_PAGE = 50;
/** Side by side, so that a page takes as long as its slowest call. */
const MOST_AT_ONCE = 25;

/** A page of the readers that are looked for, as their own items are now. */
export async function findReaders(deployment: Deployment, wanted: ReadersWanted): Promise<ReadersPage> {
  const index = await requireOwnerIndex(deployment);
  const { rows, before } = await findRows(deployment, index, wanted);
  const people = await loadPeople(deployment, rows);
  const named = wanted.before === undefined ? await findNamed(deployment, wanted.part) : [];
  const others = people.filter(({ subscriber }) => !named.some((one) => one.subscriber.id === subscriber.id));
  return { people: [...named, ...others], ...(before !== undefined && { before }) };
}

interface FoundRows {
  rows: string[];
  before?: string | undefined;
}

async function findRows(
  deployment: Deployment,
  index: OwnerIndex,
  wanted: ReadersWanted,
): Promise<FoundRows> {
  const limit = wanted.limit ?? A_PAGE;
  if (asksOfCourse(wanted) && isOfCourseAlone(deployment, wanted)) {
    const asked = { ...courseRows(deployment, wanted), ...ofPage(wanted) };
    const { rows, before } = await index.page("courses", asked, limit);
    return { rows: [...new Set(rows.map(({ subscriber }) => subscriber))], before };
  }
  if (asksOfCourse(wanted)) {
    const all = await findInCourse(deployment, index, wanted);
    const rest = all.filter(({ order }) => wanted.before === undefined || order < wanted.before);
    const shown = rest.slice(0, limit);
    const before = rest.length > limit ? shown.at(-1)?.order : undefined;
    return { rows: shown.map(({ subscriber }) => subscriber), before };
  }
  const { rows, before } = await index.page("people", { ...personRows(wanted), ...ofPage(wanted) }, limit);
  return { rows: rows.map(({ subscriber }) => subscriber), before };
}

const ofPage = ({ before }: ReadersWanted): Pick<RowsWanted, "before"> =>
  before === undefined ? {} : { before };

const asksOfCourse = ({ course, courseStatus, lesson }: ReadersWanted): boolean =>
  course !== undefined || courseStatus !== undefined || lesson !== undefined;

/** Nothing is asked of the person: who began last comes first, and a page is read, not everybody. With two courses, one must be meant, or readers came twice. */
const isOfCourseAlone = (
  { services }: Deployment,
  { course, part, status, isOnNewsletter, tag }: ReadersWanted,
): boolean =>
  (course !== undefined || services.content.courses.length === 1) &&
  [part?.trim() || undefined, status, isOnNewsletter, tag].every((asked) => asked === undefined);

/** Those in a course who are also what else is asked: both sides are read as keys alone. Newest first. */
async function findInCourse(deployment: Deployment, index: OwnerIndex, wanted: ReadersWanted) {
  const [courses, people] = await Promise.all([
    index.all("courses", courseRows(deployment, wanted)),
    index.all("people", personRows(wanted)),
  ]);
  const inCourse = new Set(courses.map(({ subscriber }) => subscriber));
  return people
    .filter(({ subscriber }) => inCourse.has(subscriber))
    .sort((one, other) => (one.order < other.order ? 1 : -1));
}

function personRows({ part, status, isOnNewsletter, tag }: ReadersWanted): RowsWanted {
  const searched = toSearchable(part?.trim() ?? "");
  const asked = isOnNewsletter ? "active" : undefined;
  const wants = status ?? asked;
  return {
    equals: {
      ...(wants !== undefined && { status: wants }),
      ...(isOnNewsletter && { newsletter: true }),
    },
    contains: {
      ...(searched !== "" && { deskFind: searched }),
      ...(tag !== undefined && { tags: tag }),
    },
  };
}

/** A lesson is found by its earlier slugs too: who had it before it was renamed had it. */
function courseRows({ services }: Deployment, { course, courseStatus, lesson }: ReadersWanted): RowsWanted {
  const known = course === undefined ? undefined : findCourse(services, course);
  const found = known && lesson !== undefined ? lessonBySlug(known, lesson) : undefined;
  const slugs = found ? [found.slug, ...found.was] : lesson === undefined ? [] : [lesson];
  return {
    equals: {
      ...(course !== undefined && { course }),
      ...(courseStatus !== undefined && { status: courseStatus }),
    },
    ...(slugs.length > 0 && { oneOf: { attribute: "deskLesson", values: slugs } }),
  };
}

/** A whole id or address is found without the index. */
async function findNamed(deployment: Deployment, part: string | undefined): Promise<Person[]> {
  if (part === undefined || !/^[a-z2-7]{16}$/.test(part.trim())) return [];
  const subscriber = await findReader(deployment, part.trim());
  if (!subscriber) return [];
  return [{ subscriber, enrolments: await deployment.services.store.enrolments(subscriber.id) }];
}

/** In the order of the ids; without those who are gone. */
async function loadPeople(
  { allPeople, services }: Pick<Deployment, "allPeople" | "services">,
  ids: readonly string[],
): Promise<Person[]> {
  const subscribers = await allPeople.subscribers(ids);
  const byId = new Map(subscribers.map((one) => [one.id, one]));
  const people: Person[] = [];
  for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
    const some = ids.slice(from, from + MOST_AT_ONCE).flatMap((id) => byId.get(id) ?? []);
    const loaded = some.map(async (subscriber) => ({
      subscriber,
      enrolments: await services.store.enrolments(subscriber.id),
    }));
    people.push(...(await Promise.all(loaded)));
  }
  return people;
}
