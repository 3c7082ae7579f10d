import { outlineHere } from "../../authoring/content-here.ts";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { findCourse } from "../../functions/domain/content.ts";
import { type Course, lessonBySlug, lessonNumber } from "../../functions/domain/course/course.ts";
import { FOLLOWS } from "../../functions/domain/replies/follows.ts";
import type { Reflection, ReplyKind } from "../../functions/domain/replies/reflection.ts";
import { iso } from "../../functions/domain/time.ts";
import { excerpt } from "../../functions/mail/compose/excerpt.ts";
import { verb } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import {
  addressShown,
  countInWords,
  JSON_FLAG,
  momentShown,
  SHOW_FLAG,
  safe,
  shownAsJson,
} from "../shown.ts";
import { findId } from "../subscribers/reader.ts";
import { type ListedReply, listReplies, type RepliesWanted } from "./list-replies.ts";

const KINDS = Object.keys(FOLLOWS).filter((kind) => kind !== "owner-answer" && kind !== "unmatched");
const FLAGS = {
  ...STAGE_FLAG,
  course: { value: "SLUG", says: "only of this course, or of the newsletter" },
  lesson: { value: "SLUG", says: "only to this lesson or issue" },
  kind: { value: "KIND", says: `one of ${KINDS.join(", ")}; whatever a person wrote otherwise` },
  reader: { value: "READER", says: "only of one reader" },
  unanswered: { says: "only those that you have neither answered nor put aside" },
  waiting: { says: "only those that a person must see, and nobody has dealt with" },
  limit: { value: "N", says: "how many; 25 otherwise" },
  before: { value: "PAGE", says: "the next page, by what stands below the one before" },
  ...SHOW_FLAG,
  ...JSON_FLAG,
} as const;

/** More in one answer would be read by nobody, and held in memory. */
const MOST = 500;
const LETTERS_SHOWN = 160;

export const LIST_REPLIES = verb({
  says: "what readers wrote, newest first: whose it is, to which lesson, how it begins",
  onlyReads: true,
  flags: FLAGS,
  async *run({ reach, flags }) {
    const limit = readLimit(flags.limit);
    const kind = readKind(flags.kind);
    yield* list(await reach(() => outlineHere()), flags, { limit, kind });
  },
});

function readLimit(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new ArgumentError(`--limit ${given}? It is a number from 1 to ${MOST}.`);
  return limit;
}

function readKind(given: string | undefined): ReplyKind | undefined {
  if (given !== undefined && !KINDS.includes(given))
    throw new ArgumentError(`--kind ${given}? It is one of ${KINDS.join(", ")}.`);
  return given as ReplyKind | undefined;
}

async function* list(
  deployment: Deployment,
  flags: Given<typeof FLAGS>,
  { limit, kind }: { limit: number | undefined; kind: ReplyKind | undefined },
): AsyncGenerator<string> {
  const wanted: RepliesWanted = {
    course: flags.course,
    lesson: flags.lesson,
    kind,
    isUnanswered: flags.unanswered,
    isWaiting: flags.waiting,
    subscriber: await findOne(deployment, flags.reader),
    before: flags.before,
    ...(limit !== undefined && { limit }),
  };
  const { replies, before } = await listReplies(deployment, wanted);
  for (const reply of replies)
    yield flags.json
      ? asJson(reply, flags["show-addresses"])
      : asLines(deployment, reply, flags["show-addresses"]);
  if (flags.json) return;
  const more = before === undefined ? "" : `; older ones: --before "${before}"`;
  yield `${countInWords(replies.length, "reply", "replies")} (${deployment.place})${more}`;
}

async function findOne(deployment: Deployment, reader: string | undefined): Promise<string | undefined> {
  if (reader === undefined) return undefined;
  const id = await findId(deployment, reader);
  if (id === undefined) throw new ArgumentError(`There is no subscriber "${reader}" on ${deployment.place}.`);
  return id;
}

function asLines({ services }: Deployment, listed: ListedReply, inFull: true | undefined): string {
  const { name, reply, reader } = listed;
  const words = safe(reply.ownWords.replace(/\s+/g, " ").trim());
  const who = [
    inFull && reader.firstName ? safe(reader.firstName) : "",
    addressShown(reader.address, inFull),
  ];
  const head = [
    name,
    who.filter(Boolean).join(" "),
    momentShown(reply.receivedAt, services.settings.defaultZone),
    `${reply.replyKind}, to ${placeInWords(findCourse(services, reply.course), reply)}`,
    standing(listed),
  ];
  return `${head.filter(Boolean).join("  ")}\n    ${excerpt(words, LETTERS_SHOWN) || "(no words)"}`;
}

/** `lesson 3 of course`, or the slug of what else was replied to. */
export function placeInWords(course: Course | undefined, { course: list, lesson: slug }: Reflection): string {
  const lesson = course && lessonBySlug(course, slug);
  return course && lesson ? `lesson ${lessonNumber(course, lesson)} of ${list}` : `${slug} of ${list}`;
}

function standing({ reply, isWaiting }: ListedReply): string {
  if (reply.answeredAt !== undefined) return "answered";
  if (reply.doneAt !== undefined) return "done";
  return isWaiting ? "waits for you" : "";
}

const asJson = ({ name, reply, reader, isWaiting }: ListedReply, inFull: true | undefined): string =>
  shownAsJson({
    name,
    reader: reader.id,
    address: addressShown(reader.address, inFull),
    ...(inFull && { firstName: reader.firstName }),
    receivedAt: iso(reply.receivedAt),
    course: reply.course,
    lesson: reply.lesson,
    kind: reply.replyKind,
    reason: reply.reason,
    words: reply.ownWords,
    isWaiting,
    ...(reply.answeredAt !== undefined && { answeredAt: iso(reply.answeredAt) }),
    ...(reply.doneAt !== undefined && { doneAt: iso(reply.doneAt) }),
  });
