import { hasDate } from "./dates.ts";
import { FIELDS, type HeaderField } from "./header-words.ts";
import { ASCII, type Line } from "./lines.ts";
import { namesUs, type Sent, withoutSpaces } from "./sent-mail.ts";

const HEADER_BLOCK_LINES = 16;
const LONGEST_FIELD_NAME = 26;
const NO_FIELDS: ReadonlySet<HeaderField> = new Set();

/**
 * Where a block of header fields that is about our mail ends, if one begins at `index`: with colons or without, a
 * field a line, a name and its value on two lines, or all on one line. A reader who writes "From: …, To: …" of their
 * own names neither us nor our subject.
 */
export function headerBlockEnd(lines: Line[], index: number, sent: Sent): number | undefined {
  const { fields, isFromUs, end } = readBlock(lines, index, sent) ?? {
    fields: NO_FIELDS,
    isFromUs: false,
    end: index,
  };
  const isComplete = fields.has("from") && (fields.has("date") || fields.has("subject") || fields.has("to"));
  const unnamed = unnamedBlockEnd(lines, index, sent);
  return isFromUs && isComplete ? Math.max(end, unnamed ?? end) : unnamed;
}

/** In a language whose names of fields are not known: a field of our name, others below it, one of our subject. */
function unnamedBlockEnd(lines: Line[], index: number, sent: Sent): number | undefined {
  const first = lines[index] as Line;
  const from = fieldValue(first);
  if (sent.subject === "" || from === undefined || !isOurName(withoutSpaces(from), sent)) return undefined;
  let subjectAt: number | undefined;
  let end = index + 1;
  while (end < Math.min(lines.length, index + HEADER_BLOCK_LINES)) {
    const value = fieldValue(lines[end] as Line);
    if (value === undefined) break;
    if (withoutSpaces(value).endsWith(sent.subject)) subjectAt = end;
    end++;
  }
  return subjectAt !== undefined && end - index >= 3 ? subjectAt + 1 : undefined;
}

/** What stands behind a field's colon. */
const fieldValue = (line: Line): string | undefined =>
  line.isQuoted ? undefined : FIELD_VALUE.exec(line.plain.slice(0, 300))?.[1];
const FIELD_VALUE = /^[|*_\s]{0,6}[\p{L}][\p{L}\p{M}’' .-]{0,25}? ?[*_]{0,2} ?[:：][*_]{0,2} ?(\S.*)$/u;

/** Our name, our address, or both: nothing else. */
const isOurName = (compact: string, sent: Sent): boolean =>
  namesUs(compact, sent) &&
  (sent.name === "" || compact.startsWith(sent.name) || /^[<"']?\S+@/.test(compact));

/** The same about anybody's mail: below ours, an older mail of the thread begins. */
export function isHeaderBlock(lines: Line[], index: number, sent: Sent): boolean {
  const fields = readBlock(lines, index, sent)?.fields ?? NO_FIELDS;
  return fields.has("from") && fields.has("date") && (fields.has("to") || fields.has("subject"));
}

/** Where a block ends that is about a mail to us: the reader's own earlier one. */
export function earlierReplyEnd(lines: Line[], index: number, sent: Sent): number | undefined {
  const block = readBlock(lines, index, sent);
  if (!block?.isAboutUs || block.isFromUs) return undefined;
  const { fields } = block;
  return fields.has("from") && fields.has("date") && fields.has("to") ? block.end : undefined;
}

/** Where the fields end that stand below the line of our name, if some do: Notes puts a name and its value on two lines. */
export function fieldsEnd(lines: Line[], index: number, sent: Sent): number | undefined {
  const block = index < lines.length ? readBlock(lines, index, sent) : undefined;
  return block && block.fields.size >= 2 && block.isAboutUs ? block.end : undefined;
}

interface HeaderBlock {
  end: number;
  fields: Set<HeaderField>;
  /** It names us, or our subject. */
  isAboutUs: boolean;
  /** Its sender is us; or, where clients hide the sender, no other is named and the subject is ours. */
  isFromUs: boolean;
}

function readBlock(lines: Line[], index: number, sent: Sent): HeaderBlock | undefined {
  const first = lines[index] as Line;
  if (first.isQuoted) return undefined;
  const inOne = readOneLine(first, sent);
  if (inOne) return { ...inOne, end: index + 1 };
  if (meaning(first, sent).size === 0) return undefined;
  const block: HeaderBlock = { end: index, fields: new Set(), isAboutUs: false, isFromUs: false };
  let isContiguous = true;
  let last: ReadonlySet<HeaderField> = NO_FIELDS;
  const about = { from: false, to: false, other: false };
  for (let at = index; at < Math.min(lines.length, index + HEADER_BLOCK_LINES); at++) {
    const line = lines[at] as Line;
    if (line.isQuoted) break;
    if (line.isBlank) {
      isContiguous = false;
      continue;
    }
    const fields = meaning(line, sent);
    if (fields.size === 0 && !(isContiguous && continuesField(lines, at, sent))) break;
    for (const field of fields) block.fields.add(field);
    last = fields.size > 0 ? fields : last;
    if (isAboutUs(line, sent)) about[last.has("from") ? "from" : last.has("to") ? "to" : "other"] = true;
    block.end = at + 1;
    isContiguous = true;
  }
  block.isAboutUs = about.from || about.to || about.other;
  block.isFromUs = about.from || (about.other && !about.to);
  return block;
}

const isAboutUs = ({ unspaced }: Line, sent: Sent): boolean =>
  namesUs(unspaced, sent) || (sent.subject !== "" && unspaced.includes(sent.subject));

/** `-------- Original message --------From: … Date: … To: … Subject: …`, as Samsung's mail writes it. */
function readOneLine(line: Line, sent: Sent): Omit<HeaderBlock, "end"> | undefined {
  if (!isAboutUs(line, sent)) return undefined;
  const names = line.text.matchAll(/(?:^|[\s\-|>])([\p{L}\p{M}]{1,20}(?: [\p{L}\p{M}]{1,12})?) ?[:：]/gu);
  const fields = new Set([...names].flatMap(([, name = ""]) => [...namedField(name)]));
  fields.delete("other");
  return fields.size >= 3 ? { fields, isAboutUs: true, isFromUs: true } : undefined;
}

/** The last word of the name counts too: "message From". */
function namedField(name: string): ReadonlySet<HeaderField> {
  const folded = foldName(name);
  return FIELDS.get(folded) ?? FIELDS.get(folded.slice(folded.indexOf(" ") + 1)) ?? NO_FIELDS;
}

const foldName = (name: string): string => {
  const lower = name.toLowerCase();
  const joined = ASCII.test(lower) ? lower : lower.replace(SPACE_IN_DENSE, "");
  return joined.replace(/ {2,}/g, " ").trim();
};
const SPACE_IN_DENSE = /(?<=[\p{sc=Han}\p{sc=Hangul}]) (?=[\p{sc=Han}])/gu;

const FIELD = /^[|*_\s]{0,6}([\p{L}][\p{L}\p{M}’' .-]{0,25}?) ?[*_]{0,2} ?[:：]/u;

/** What a line of a block is about; nothing for a line that does not belong to one. */
function meaning(line: Line, sent: Sent): ReadonlySet<HeaderField> {
  const plain = line.plain.slice(0, 300);
  const [, name] = FIELD.exec(plain) ?? [];
  const named = name === undefined ? undefined : FIELDS.get(foldName(name));
  return named ?? withoutColon(plain, sent) ?? NO_FIELDS;
}

/** A field with its colon and something behind it. */
export function isField({ plain }: Line): boolean {
  const [, name] = FIELD.exec(plain.slice(0, 60)) ?? [];
  const fields = name === undefined ? undefined : FIELDS.get(foldName(name));
  return (
    fields !== undefined &&
    ["from", "date", "to", "subject"].some((field) => fields.has(field as HeaderField))
  );
}

/** `From "Managing Up" <…>`, `| From | … |`, and a name alone on its line: the value must tell that it is a field. */
function withoutColon(plain: string, sent: Sent): ReadonlySet<HeaderField> | undefined {
  const cells = plain.replace(/^[|\s]+|[|\s]+$/g, "");
  const alone = cells.length <= LONGEST_FIELD_NAME ? FIELDS.get(foldName(cells)) : undefined;
  if (alone) return alone;
  const space = cells.indexOf(" ");
  const name = cells.slice(0, Math.max(0, cells.includes("|") ? cells.indexOf("|") : space));
  const fields = name === "" || name.length > LONGEST_FIELD_NAME ? undefined : FIELDS.get(foldName(name));
  if (!fields) return undefined;
  const value = cells.slice(name.length).replace(/^[\s|]+/, "");
  return isValue(value, fields, sent) ? fields : undefined;
}

function isValue(value: string, fields: ReadonlySet<HeaderField>, sent: Sent): boolean {
  const compact = withoutSpaces(value);
  if (fields.has("from") && (namesUs(compact, sent) || isAddress(value))) return true;
  if (fields.has("to") && isAddress(value)) return true;
  if (fields.has("date") && value.length < 60 && hasDate(value)) return true;
  return fields.has("subject") && sent.subject !== "" && compact.endsWith(sent.subject);
}

const isAddress = (value: string): boolean => /^[^.!?]{0,60}?["'<(]?\S{1,100}@\S{1,200}$/.test(value);

/** The rest of a field that was broken over lines, and what stands between two fields. */
function continuesField(lines: Line[], at: number, sent: Sent): boolean {
  const { plain, text } = lines[at] as Line;
  if (isAddress(plain)) return true;
  if (/^<[^\s<>]{1,100}@[^\s<>]{1,200}>[;,]/.test(plain)) return true;
  if (plain.length < 60 && hasDate(plain) && /^[\d\s.,:/apmAPMuhrUhr()+-]+$/.test(plain)) return true;
  const compact = withoutSpaces(plain);
  if (sent.subject !== "" && compact.length > 3 && sent.subject.endsWith(compact)) return true;
  if (sent.subject !== "" && compact.includes(sent.subject)) return true;
  const next = lines[at + 1];
  const isBeforeField = next !== undefined && !next.isBlank && meaning(next, sent).size > 0;
  return isBeforeField && (FIELD.test(plain) || /^\s/.test(text) || /[;,]$/.test(plain) || plain.length < 80);
}
