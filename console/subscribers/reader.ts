import { inEnglish } from "../../authoring/in-english.ts";
import { ArgumentError } from "../../cli/arguments.ts";
import { findCourse } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import { readAddress } from "../../functions/domain/people/address.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { addressHash } from "../../functions/links/links.ts";
import type { Deployment } from "../connect.ts";

/** An address as the table knows it. Throws an ArgumentError for what is none. */
export async function hashOfAddress({ services }: Deployment, typed: string): Promise<string> {
  const address = readAddress(typed);
  if ("problem" in address)
    throw new ArgumentError(`"${typed}" is no address. ${inEnglish(address.problem)}`);
  return addressHash(await services.keyring.keys(), address.canonical);
}

/** The id that an address or an id means, whether or not there is anybody. */
export async function findId(deployment: Deployment, word: string): Promise<string | undefined> {
  if (word.includes("@"))
    return deployment.services.store.findSubscriber(await hashOfAddress(deployment, word));
  // Random ids are a-z and 2-7: nothing else can be one, and nothing else is asked for.
  return /^[a-z2-7]{1,60}$/.test(word) ? word : undefined;
}

/** The subscriber that is meant by an address or an id; undefined if there is none. */
export async function findReader(deployment: Deployment, word: string): Promise<Subscriber | undefined> {
  const id = await findId(deployment, word);
  return id === undefined ? undefined : deployment.services.store.subscriber(id);
}

/** As findReader. Throws an ArgumentError if there is none. */
export async function requireReader(deployment: Deployment, word: string): Promise<Subscriber> {
  const found = await findReader(deployment, word);
  if (!found)
    throw new ArgumentError(
      `There is no subscriber "${word}" on ${deployment.place}; "subscribers find" looks for one.`,
    );
  return found;
}

/** Flag of the verbs that concern one course. */
export const COURSE_FLAG = {
  course: { value: "SLUG", says: "which course, for somebody who is in several" },
} as const;

/** The reader's enrolment in the course that is named, or in the only one they have. */
export async function findEnrolment(
  { services }: Deployment,
  { id }: Subscriber,
  course: string | undefined,
): Promise<Enrolment> {
  const enrolments = await services.store.enrolments(id);
  const found = course === undefined ? enrolments : enrolments.filter((one) => one.course === course);
  const slugs = enrolments.map((one) => one.course).join(", ");
  const [only] = found;
  if (!only && course !== undefined && slugs !== "")
    throw new ArgumentError(`${id} is not in "${course}", but in ${slugs}: name that one with --course.`);
  if (!only) throw new ArgumentError(`${id} is in no course.`);
  if (found.length > 1) throw new ArgumentError(`${id} is in ${slugs}: choose one with --course.`);
  return only;
}

/** The words of an enrolment's course, as the working tree has them. */
export function requireCourse({ services }: Deployment, slug: string): Course {
  const course = findCourse(services, slug);
  if (!course)
    throw new ArgumentError(
      `There is no course "${slug}"; content/courses has ${services.content.courses.map((one) => one.slug).join(", ")}.`,
    );
  return course;
}

/** Why the owner does something, for the record. */
export const BECAUSE_FLAG = {
  because: { value: "TEXT", says: "why, for the record: one line, such as “asked on the phone, 3 March”" },
} as const;

const LONGEST_BECAUSE = 500;

/** Throws an ArgumentError if it is not given, or is more than a record keeps. */
export function because(given: string | undefined, what: string): string {
  const text = given?.replace(/\s+/g, " ").trim() ?? "";
  if (text === "")
    throw new ArgumentError(
      `${what} needs a reason for the record: --because "asked on the phone, 3 March".`,
    );
  if (text.length > LONGEST_BECAUSE)
    throw new ArgumentError(
      `--because is ${text.length} characters long; a record keeps ${LONGEST_BECAUSE}.`,
    );
  return text;
}
