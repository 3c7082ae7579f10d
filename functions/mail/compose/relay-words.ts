import { type Course, lessonBySlug, lessonNumber } from "../../domain/course/course.ts";
import { bringsGraveNews, type Reflection } from "../../domain/replies/reflection.ts";

/** Who wrote, and how the owner finds them: an address is never told whole, as mails to the owner are passed on too. */
export interface WhoWrote {
  /** The reader's id. */
  id: string;
  /** `j•••@acme.example`. */
  masked: string;
  /** Where the commands that are named are to be run. */
  stage: string;
}

/** What is true of a relay beside the words that it brings. */
export interface RelayFacts {
  who: WhoWrote;
  /** Message-IDs of what the owner got about this reader before, the latest last: all of it is one thread. */
  thread?: string[];
  /** The reader's first name, if they gave one. */
  name: string | undefined;
  /** An automatic answer has gone to them, or is about to. */
  isPrompted: boolean;
  /** A reply to the relay reaches them. */
  canAnswer: boolean;
  /** They are on the course, or were to its end; else they have left. */
  isHere: boolean;
  /** The reader is asked whether it was them. */
  isReaderAsked?: boolean;
  /** Title of the issue that was replied to, if it was one. */
  issue?: string | undefined;
}

const BYTES_IN_KB = 1024;
/** A longer name would push the rest out of what a phone shows of a subject. */
const LONGEST_NAME_IN_SUBJECT = 20;

/** The sentences around the words of a reader, or of the owner where their answer could not be sent. */
export function relayWords(course: Course, reflection: Reflection, facts: RelayFacts) {
  return {
    subject: relaySubject(reflection, facts),
    preview: previewInWords(course, reflection, facts),
    heading: relayHeading(reflection, facts),
    place: placeInWords(course, reflection, facts),
    who: `${readerName(facts)} · ${facts.who.masked} · ${facts.who.id}`,
    said: whoWrote(reflection, facts),
    notes: [
      ...listNotes(reflection, facts),
      ...listAttachments(reflection),
      ...listCommands(reflection, facts.who, facts.canAnswer),
    ],
  };
}

/** Who uses a foreign address need not be the reader. */
function whoWrote({ replyKind }: Reflection, facts: RelayFacts): string {
  if (replyKind === "owner-answer") return "You wrote:";
  return replyKind === "foreign-sender" ? "It says:" : `${readerName(facts)} wrote:`;
}

const readerName = ({ name }: RelayFacts): string => name ?? "A reader";

function relayHeading(reflection: Reflection, facts: RelayFacts): string {
  const { replyKind } = reflection;
  if (bringsGraveNews(reflection)) return `Grave news from ${facts.name ?? "a reader"}`;
  if (replyKind === "unclear-leaving") return `${readerName(facts)} may want to leave`;
  if (replyKind === "unparsed") return "A reply without words that could be read";
  if (replyKind === "owner-answer") return "Your answer was not sent";
  if (replyKind === "foreign-sender") return "A reply from another address";
  return replyKind === "question" ? `${readerName(facts)} asks` : `${readerName(facts)} wrote back`;
}

/**
 * The same for all that is about a reader: a mail program that goes by the subject as well shows one thread then. What must
 * not be missed stands out, and so does what they may not have written.
 */
function relaySubject(reflection: Reflection, facts: RelayFacts): string {
  const { name = "", who } = facts;
  const short = name !== "" && name.length <= LONGEST_NAME_IN_SUBJECT ? name : "A reader";
  if (reflection.replyKind === "foreign-sender") return `A reply from another address (${who.masked})`;
  if (bringsGraveNews(reflection)) return `Grave news from ${short} (${who.masked})`;
  if (reflection.replyKind === "owner-answer") return `Your answer was not sent (${who.masked})`;
  return `${short} (${who.masked}) wrote to you`;
}

/** What a list of mails shows behind the subject. */
function previewInWords(course: Course, reflection: Reflection, facts: RelayFacts): string {
  const heading = relayHeading(reflection, facts);
  const lesson = lessonBySlug(course, reflection.lesson);
  if (facts.issue !== undefined) return `${heading}: ${facts.issue}`;
  return lesson ? `${heading}: Lesson ${lessonNumber(course, lesson)}` : heading;
}

/** How to go on at the console, for whom it is about and for what they wrote. */
function listCommands({ id, replyKind }: Reflection, who: WhoWrote, canAnswer: boolean): string[] {
  const run = (command: string) => `npm run console -- ${command} --stage ${who.stage}`;
  const reader = `All about them: ${run(`subscribers show ${who.id}`)}`;
  if (replyKind === "owner-answer") return [reader];
  const act = canAnswer ? "Dealt with without an answer" : "Dealt with";
  return [
    `The whole conversation: ${run(`replies show ${who.id}/${id}`)}`,
    `${act}: ${run(`replies done ${who.id}/${id}`)}`,
    reader,
  ];
}

function placeInWords(course: Course, { lesson: slug }: Reflection, { issue }: RelayFacts): string {
  if (issue !== undefined) return `The newsletter \u00b7 ${issue}`;
  const lesson = lessonBySlug(course, slug);
  return lesson ? `Lesson ${lessonNumber(course, lesson)} \u00b7 ${lesson.title}` : course.title;
}

/** What a machine has told the reader: they get one mail at most. */
function whatWasAnswered(reflection: Reflection, isPrompted: boolean): string {
  const { replyKind, asked = [] } = reflection;
  const wasAsked = asked.length > 0;
  if (bringsGraveNews(reflection))
    return wasAsked
      ? "No automatic answer was sent but one line that says what was done for them."
      : "No automatic answer was sent.";
  if (replyKind === "unclear-leaving")
    return "They get one email that shows the button to leave. Nothing was changed.";
  if (replyKind === "unclear-command") return "They get one email that says what a reply can ask for.";
  if (wasAsked) return "What they asked for was done, and they are told so.";
  return isPrompted
    ? "An automatic answer goes to them, unless yours comes first."
    : "Nothing was answered automatically.";
}

function listNotes(reflection: Reflection, facts: RelayFacts): string[] {
  const { replyKind, reason, ownWords } = reflection;
  const { isPrompted, canAnswer, isHere } = facts;
  if (replyKind === "owner-answer")
    return [
      ownWords.trim() === ""
        ? "No words of yours were found in it, so nothing went to the reader. Answer the email that brought the question once more, above the quotation."
        : "The reader has left. Nothing is sent to them any more.",
    ];
  if (replyKind === "foreign-sender")
    return [
      `${reason}. It may be the same person with a second address, or somebody to whom the email was forwarded. ${whatWasAsked(facts)}`,
      "A reply to this email comes back to you: nobody at that address has asked for email. If the words ask to leave: the link in that email works for whoever has it.",
    ];
  return [
    ...(reflection.isFromPage ? [FROM_PAGE] : []),
    whatWasAnswered(reflection, isPrompted),
    ...(canAnswer
      ? [
          "Reply to this email, and your words reach them in their own thread. Neither of you sees the other’s address.",
        ]
      : []),
    ...(isHere ? [] : ["They have left, so no answer can be sent to them."]),
  ];
}

/** Nobody proves who has a link. */
const FROM_PAGE =
  "Written on the page of the lesson, not by email: by the reader, or by somebody to whom they passed an email on. Your answer goes to the reader.";

/** A second address is asked about once, at the first. */
const whatWasAsked = ({ isReaderAsked }: RelayFacts): string =>
  isReaderAsked
    ? "Nothing was answered. The reader is asked, at the address that we know, whether it was them: if they say yes, it counts as theirs."
    : "Nothing was answered.";

function listAttachments({ attachments }: Reflection): string[] {
  if (attachments.length === 0) return [];
  const listed = attachments.map(
    ({ name, type, size }) => `${name || "unnamed"} (${type}, ${Math.ceil(size / BYTES_IN_KB)} KB)`,
  );
  return [`Attached to it, and not passed on: ${listed.join("; ")}.`];
}

/** What the owner is told who wrote to an address that leads to nobody. */
export const howToAnswerWords = (stage: string) => ({
  subject: "Your email reached nobody: how to answer a reader",
  preview: "Each reader has an address of their own to answer",
  heading: "Your email reached nobody",
  place: "How to answer a reader",
  who: "",
  said: "To answer what a reader wrote:",
  says: [
    "Reply to the email that brought it, if it came by itself, as questions do.",
    "Or write to the address that stands below it in the digest; the button “Answer” opens an email to it.",
    `Or at the console: npm run console -- replies list --stage ${stage}, then replies answer. It does for all replies, old ones too.`,
  ].join("\n\n"),
  notes: ["Nothing was sent to anybody. Your own email is where your mail program keeps what you sent."],
});
