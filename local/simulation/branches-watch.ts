import { findHeader } from "../aws/mail-headers.ts";
import type { SentMail } from "../aws/ses-events.ts";
import { countsPossible, judge, type Known } from "./authors-branches.ts";
import type { CountedEvent, Violation } from "./counts.ts";
import type { EditedLesson, Edition } from "./editions.ts";
import { NEWSLETTER, type Promises } from "./model.ts";

const MINUTE = 60_000;
/** The person is read before the claim, which may wait for its slot. */
const READ_BEFORE = 2 * MINUTE;

/** A lesson's place, in the languages of which it is known how they say it. */
const PLACE = /\b(?:Lesson|Lektion|Lección|Leçon|Lição|Les) (\d+)(?: (?:of|von|de|sur|van) (\d+))?/;
const OF_THE_COURSE = ["lesson", "welcome", "prompt", "look-back", "completion", "letter"];

/** Whose mail it is. */
interface Watched {
  address: string;
  promises: Promises;
}

interface Options {
  breaks: (violation: Violation, address: string, how: string) => void;
  counts: (event: CountedEvent) => void;
  originalOf: (slug: string) => string;
}

/** A mail of the course, and the span in which its reader may have been looked at for it. */
export interface SeenMail {
  mail: SentMail;
  from: number;
  to: number;
}

/** Holds lessons and passages against for whom their author meant them, and what a mail says of how many there are. */
export class BranchesWatch {
  readonly #options: Options;
  /** So many lessons were said to be all of a run. */
  readonly #totals = new Map<Promises, { run: number; edition: Edition; total: number }[]>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** A lesson came that none of these editions has next. */
  judgeOther(
    { promises, address }: Watched,
    slug: string,
    { from, to }: SeenMail,
    living: readonly Edition[],
  ) {
    const { breaks, originalOf } = this.#options;
    const name = originalOf(slug);
    const [expected] = living.flatMap((edition) => promises.ahead(edition, from, to).names);
    const how = `${slug} came; ${expected ?? "no lesson"} was next`;
    const lessons = living.flatMap((edition) =>
      edition.lessons
        .filter((lesson) => originalOf(lesson.slug) === name)
        .map(({ when }) => judge(when, promises.knownBetween(edition, from, to))),
    );
    if (lessons.length > 0 && lessons.every((verdict) => verdict === "no"))
      return breaks("lesson-for-others", address, how);
    const isPassed = living.every((edition) => this.#isPassedOver(promises, edition, expected, name));
    breaks(isPassed ? "lesson-passed-over" : "out-of-order", address, how);
  }

  /** It is for some, and the one that came lies behind it. */
  #isPassedOver(promises: Promises, edition: Edition, expected: string | undefined, name: string): boolean {
    const { originalOf } = this.#options;
    const behind = promises.lessonsBehind(edition);
    const place = (one: string | undefined) => behind.findIndex(({ slug }) => originalOf(slug) === one);
    return behind[place(expected)]?.when !== undefined && place(name) > place(expected);
  }

  /** What a lesson shows and says of its place. @param promises with this lesson among those that were had */
  judgeLesson(reader: Watched, slug: string, seen: SeenMail, edition: Edition) {
    const lesson = edition.lessons.find((one) => one.slug === slug);
    if (!lesson || isTheSameForAll(edition)) return;
    if (lesson.when) this.#options.counts("lessons-for-some");
    const known = reader.promises.knownBetween(edition, seen.from, seen.to);
    const words = readWords(seen.mail);
    const languages = this.#languages(reader, edition, seen);
    if (languages.length === 1) this.#judgePassages(reader, lesson, languages[0] ?? "", known, words);
    this.#judgePlace(reader, edition, words);
  }

  #judgePassages(
    { address }: Watched,
    { slug, words }: EditedLesson,
    language: string,
    known: Known,
    seen: string,
  ) {
    const { breaks, counts } = this.#options;
    const own = words[language] ?? Object.values(words)[0];
    const count = (mark: string) => (mark === "" ? 2 : seen.split(mark).length - 1);
    if (own && count(own.mark) < 2) breaks("other-language", address, `${slug} is not in ${language}`);
    for (const { when, mark } of own?.passages ?? []) {
      const verdict = judge(when, known);
      const found = mark === "" ? undefined : count(mark);
      if (found === 2) counts("passages-for-some");
      if (verdict === "no" && found) breaks("passage-for-others", address, `${slug}: “${mark}”`);
      if (found === 1 || (verdict === "yes" && found === 0))
        breaks("passage-kept-back", address, `${slug}: “${mark}” stands in ${found} of 2 parts`);
    }
  }

  /** "Lesson 4 of 12": only where no answer can change how many come. */
  #judgePlace({ promises, address }: Watched, edition: Edition, words: string) {
    const { breaks, counts, originalOf } = this.#options;
    const [said, , of] = PLACE.exec(words) ?? [];
    if (said === undefined) return;
    if (of === undefined) return counts("places-without-total");
    const total = Number(of);
    const isHad = ({ slug }: EditedLesson) => promises.had.includes(originalOf(slug));
    const behind = promises.lessonsBehind(edition);
    const isPassedBy = (lesson: EditedLesson) => !lesson.when && !isHad(lesson) && !behind.includes(lesson);
    if (edition.lessons.some(isPassedBy)) return;
    const whens = behind.flatMap(({ when }) => when ?? []);
    const sure = edition.lessons.filter(isHad).length + behind.length - whens.length;
    const possible = countsPossible(whens, edition.branches.questions, promises.run > 1);
    const totals = possible && [...possible].map((count) => sure + count);
    if (totals && totals.join() !== `${total}`)
      breaks("false-total", address, `${said}: by their answers it may be ${totals.join(" or ")}`);
    const before = this.#totals.get(promises) ?? [];
    this.#totals.set(promises, [...before, { run: promises.run, edition, total }]);
  }

  /** The course ended for them: all that was theirs has come, and as many as were said. @param living since the last lesson */
  judgeEnd({ promises, address }: Watched, at: number, [edition, ...others]: readonly Edition[]) {
    const { breaks, originalOf } = this.#options;
    const totals = this.#totals.get(promises) ?? [];
    this.#totals.delete(promises);
    // What was planned by an edition before stays.
    if (!edition || others.length > 0 || isTheSameForAll(edition)) return;
    const { names, mayEnd } = promises.ahead(edition, promises.lastLessonAt ?? at, at);
    if (!mayEnd) breaks("lesson-passed-over", address, `the course ended before ${names.at(-1)}`);
    // One that they had, and that is gone since, is counted no more.
    const count = edition.lessons.filter(({ slug }) => promises.had.includes(originalOf(slug))).length;
    for (const { run, total } of totals.filter((said) => said.edition === edition))
      if (run === promises.run && total !== count)
        breaks("false-total", address, `of ${total} was said, and ${count} came`);
  }

  /** All mails of a course are in the language that its reader chose. */
  judgeLanguage(reader: Watched, kind: string, list: string, seen: SeenMail, edition: Edition) {
    if (!OF_THE_COURSE.includes(kind) || list === NEWSLETTER || edition.branches.languages.length < 2) return;
    const { breaks, counts } = this.#options;
    const languages = this.#languages(reader, edition, seen);
    const language = findHeader(seen.mail.headers, "content-language") ?? "";
    if (!languages.includes(language))
      breaks(
        "other-language",
        reader.address,
        `${kind} in ${language}, for who chose ${languages.join(" or ")}`,
      );
    if (language !== edition.branches.languages[0]) counts("mails-in-other-languages");
  }

  #languages({ promises }: Watched, { branches: { languages } }: Edition, { from, to }: SeenMail): string[] {
    const said = promises.said.between(LANGUAGE, from - READ_BEFORE, to);
    return [...new Set(said.map((one) => one ?? (languages[0] as string)))];
  }
}

/** What a reader says of it stands beside their answers: no question is called so. */
export const LANGUAGE = "their language";

/** Nothing of it hangs on who reads it. */
const isTheSameForAll = ({ lessons, branches }: Edition): boolean =>
  branches.languages.length < 2 &&
  lessons.every(
    ({ when, words }) => !when && Object.values(words).every(({ passages }) => passages.length === 0),
  );

/** A mail's words in both parts, one after the other, in one line. */
function readWords({ raw }: SentMail): string {
  const bytes = Buffer.from(raw)
    .toString("latin1")
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1")
    .toString("utf8")
    .replace(/\r?\n(?:> ?)*/g, " ")
    .replace(/\s+/g, " ");
}
