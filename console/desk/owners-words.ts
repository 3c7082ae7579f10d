import type { Content } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { ReplyKind } from "../../functions/domain/replies/reflection.ts";
import type { Instant } from "../../functions/domain/time.ts";
import { KIND_IN_WORDS } from "../replies/kind-in-words.ts";
import { momentShown } from "../shown.ts";

/** `Tue 31 Mar 2026, 07:30 CEST`: a command adds the moment in UTC. */
export const deskMoment = (at: Instant, zone: string): string => withoutUtc(momentShown(at, zone));

/** A command's sentence without the moments in UTC that stand behind those of a clock. */
export const withoutUtc = (says: string): string =>
  says.replaceAll(/ \(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z\)/g, "");

/** How a command begins, about a mail or a reply, and how an owner says it. */
const BEGINNINGS: readonly (readonly [begins: RegExp, says: string])[] = [
  [/^[✉↩] /, ""],
  [/^replied \(([a-z-]+): [^)]*\), to /, "wrote, to "],
  [/^lesson /, "Lesson "],
  [/^relay\b/, "What they wrote, passed on to you,"],
  [/^answer\b/, "Your answer"],
  [/^prompt\b/, "The automatic answer to"],
  [/^notice ([a-z]+)-?/, "A notice ($1)"],
  [/^look-back\b/, "The look-back"],
  [/^letter\b/, "The letter after the course,"],
  [/^confirmation\b/, "The email that asks to confirm"],
  [/^resume\b/, "The pause ends"],
];

/**
 * What a command says of a reader, with titles for slugs and without what only a program asks for: moments in UTC, and the
 * names of single mails.
 */
export function inOwnersWords(says: string, content: Pick<Content, "courses" | "issues">): string {
  const kind = /^↩ replied \(([a-z-]+):/.exec(says)?.[1] as ReplyKind | undefined;
  const plain = withoutUtc(says).replaceAll(/[ -]?\b[0-9a-f]{20}\b/g, "");
  const begun = BEGINNINGS.reduce((text, [begins, words]) => text.replace(begins, words), plain);
  return `${withTitles(begun, content)}${kind && KIND_IN_WORDS[kind] ? `: ${KIND_IN_WORDS[kind]}` : ""}`;
}

/** Titles for slugs. */
export function withTitles(
  says: string,
  { courses, issues = [] }: Pick<Content, "courses" | "issues">,
): string {
  const titles = new Map(
    [...issues, ...courses.flatMap(listNamed), ...courses].map(({ slug, title }) => [slug, title] as const),
  );
  return says
    .replaceAll(/[a-z0-9-]+ \((“[^”]+”)\)/g, "$1")
    .replaceAll(/[a-z0-9]+(?:-[a-z0-9]+)+/g, (word) => (titles.has(word) ? `“${titles.get(word)}”` : word));
}

/** What of a course is named by a slug. */
const listNamed = ({ lessons, parts, letters = [] }: Course): { slug: string; title: string }[] => [
  ...parts,
  ...lessons,
  ...letters.map(({ slug, subject }) => ({ slug, title: subject })),
];
