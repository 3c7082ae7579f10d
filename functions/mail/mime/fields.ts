import type { Course } from "../../domain/course/course.ts";
import type { Reflection } from "../../domain/replies/reflection.ts";
import type { Settings } from "../../domain/settings.ts";

type FieldLines = [name: string, value: string][];

interface OnList {
  course: Course;
  settings: Settings;
  links: { unsubscribeUrl: string; unsubscribeMailto: string };
}

/**
 * Lessons and what belongs to them. Out-of-office answers are not suppressed, as `Precedence: bulk` would do:
 * they tell that a reader is away.
 */
export function lessonHeaders(mail: OnList): FieldLines {
  return [...listHeaders(mail), ["X-Auto-Response-Suppress", "DR, RN, NRN"]];
}

/** The first mail of a list, sent the moment someone confirms. */
export function welcomeHeaders(mail: OnList): FieldLines {
  return [...automaticHeaders(), ...listHeaders(mail)];
}

/** Mail that a machine sends of its own accord (RFC 3834 §5.2) and that no machine should answer. */
export function automaticHeaders(): FieldLines {
  return [
    ["Auto-Submitted", "auto-generated"],
    ["X-Auto-Response-Suppress", "All"],
  ];
}

/** A machine's answer to a person's mail: in its thread (RFC 5322 §3.6.4), and marked as what it is (RFC 3834). It is no mail of a list, so it has none of a list's fields. */
export function answerHeaders(reflection: Reflection): FieldLines {
  return [
    ["Auto-Submitted", "auto-replied"],
    ["X-Auto-Response-Suppress", "All"],
    ...threadHeaders(reflection),
  ];
}

/** How to leave (RFC 8058, RFC 2369), which list it is (RFC 2919), and that a reply does not go to the list. */
function listHeaders({ course, settings, links }: OnList): FieldLines {
  return [
    ...leaveHeaders(links),
    ["List-Id", `${asciiPhrase(course.title)} <${course.slug}.${settings.mailDomain}>`.trim()],
    ["List-Post", "NO"],
  ];
}

const leaveHeaders = ({ unsubscribeUrl, unsubscribeMailto }: OnList["links"]): FieldLines => [
  ["List-Unsubscribe", `<${unsubscribeUrl}>, <${unsubscribeMailto}>`],
  ["List-Unsubscribe-Post", "List-Unsubscribe=One-Click"],
];

/** A phrase that needs no quotation marks: some senders and readers destroy quoted ones. */
const asciiPhrase = (title: string): string =>
  title
    .replace(/[^A-Za-z0-9 ]/g, "")
    .replace(/ +/g, " ")
    .trim()
    .slice(0, 60);

const MESSAGE_ID = /<[^<>\s@]+@[^<>\s@]+>/g;
const LONGEST_MESSAGE_ID = 250;
const MOST_REFERENCES = 20;
const LONGEST_REFERENCES = 2_000;

/** Of an answer that a person wrote there is nothing more to say: it stands in the thread of the mail it answers. */
export function threadHeaders({ messageId, references }: Reflection): FieldLines {
  const parent = findIds([messageId])[0];
  if (!parent) return [];
  const ancestors = findIds(references).filter((id) => id !== parent);
  return [
    ["In-Reply-To", parent],
    ["References", limitIds([...ancestors, parent]).join(" ")],
  ];
}

/** In the thread of our own earlier mails, the latest last; the first of a thread begins it. */
export function relayThreadHeaders(ids: readonly string[]): FieldLines {
  const parent = ids.at(-1);
  return parent === undefined
    ? []
    : [
        ["In-Reply-To", parent],
        ["References", limitIds([...ids]).join(" ")],
      ];
}

/** Ids out of a stranger's mail: only what has the form of one, in printable ASCII, each once. */
function findIds(values: string[]): string[] {
  const ids = values.flatMap((value) => value.match(MESSAGE_ID) ?? []);
  return [...new Set(ids)].filter((id) => id.length <= LONGEST_MESSAGE_ID && /^[\x21-\x7e]+$/.test(id));
}

/** The thread's first id and as many of its last ones as fit. */
function limitIds(ids: string[]): string[] {
  const kept =
    ids.length > MOST_REFERENCES ? [ids[0] as string, ...ids.slice(1 - MOST_REFERENCES)] : [...ids];
  while (kept.length > 1 && kept.join(" ").length > LONGEST_REFERENCES)
    kept.splice(Math.min(1, kept.length - 2), 1);
  return kept;
}

/** `Re:` in the languages that mail programs write it in, numbered or not. */
const REPLY_MARKS =
  /^(?:\s*(?:re|aw|antw|sv|vs|odp|rif|r|ref|res|ynt|yn|vá|atb|回复|答复|回覆|返信)\s*(?:\[\d+\]|\(\d+\))?\s*[:：])+\s*/iu;
const LONGEST_SUBJECT = 150;

/** `Re:` once, before the subject of the mail that is answered; before the lesson's if that one had none. */
export function replySubject(theirs: string, lessons: string): string {
  const bare = theirs
    .replace(/[\0-\x20\x7f\u2028\u2029]+/g, " ")
    .replace(REPLY_MARKS, "")
    .trim();
  return `Re: ${[...(bare || lessons)].slice(0, LONGEST_SUBJECT).join("")}`;
}
