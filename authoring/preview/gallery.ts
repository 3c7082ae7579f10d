import type { Content } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import { isFor } from "../../functions/domain/course/whom.ts";
import type { Composed } from "../../functions/mail/compose/composition.ts";
import { checkSample } from "../checks/check-content.ts";
import { type Finding, formatFinding } from "../checks/finding.ts";
import { whenInWords } from "../compile/when-in-words.ts";
import { withInlinePictures } from "../inline-pictures.ts";
import { isTheirs } from "../known-reader.ts";
import { type Looked, sampleFaults } from "../sample-faults.ts";
import {
  composeSample,
  lookAtSample,
  makeSamples,
  SAMPLE_READERS,
  type Sample,
  type SampleReader,
} from "../samples.ts";
import { samplePages } from "./sample-pages.ts";

/** Something that can be looked at, by its address in the gallery: `mail/welcome`, `page/landing`. */
export interface Exhibit {
  id: string;
  /** Under which it is listed: the kind of mail, or `page`. */
  group: string;
  name: string;
  /** A lesson that this reader does not get. */
  isForOthers?: true;
}

/** For whom a lesson is, and each of its passages for some. */
export interface ForWhom {
  /** As its author would write it. */
  says: string;
  /** Whether the reader to whom it is shown gets it. */
  isTheirs: boolean;
  passages: { says: string; isShown: boolean }[];
}

/** What is seen of it. A page has no text part and no subject. */
export interface View {
  html: string;
  text?: string;
  subject?: string;
}

/** One version of the content, to be looked at by every sample reader. Rendered when asked for, once. */
export class Gallery {
  readonly #content: Content;
  readonly #samples: ReadonlyMap<string, Sample>;
  readonly #pages = new Map<string, Promise<ReadonlyMap<string, Looked>>>();

  constructor(content: Content) {
    this.#content = content;
    this.#samples = new Map(makeSamples(content).map((sample) => [`mail/${sample.name}`, sample]));
  }

  /**
   * Mails in the order of a course, then the pages. Throws what rendering a page throws.
   * @param reader of whom something is known gets each lesson once, with the passages that are theirs
   */
  async exhibits(reader: SampleReader = SAMPLE_READERS[0]): Promise<Exhibit[]> {
    const samples = [...this.#samples].filter(([, { isPassage }]) => !(isPassage && reader.factsIn));
    const mails = samples.map(([id, sample]) => ({
      id,
      group: sample.kind,
      name: sample.name === sample.kind ? sample.name : sample.name.slice(sample.kind.length + 1),
      ...(!this.#isTheirs(id, reader) && { isForOthers: true as const }),
    }));
    const pages = [...(await this.#makePages(SAMPLE_READERS[0])).keys()];
    return [...mails, ...pages.map((name) => ({ id: `page/${name}`, group: "page", name }))];
  }

  /** Undefined if there is no such exhibit. Throws what rendering it throws. */
  async view(id: string, reader: SampleReader): Promise<View | undefined> {
    const [sort, name = ""] = id.split("/");
    const { pictures } = this.#content;
    const mail = sort === "mail" ? this.mail(name, reader) : undefined;
    if (mail) return { ...mail, html: withInlinePictures(mail.html, pictures) };
    const page = sort === "mail" ? undefined : (await this.#makePages(reader)).get(name);
    return page && { html: withInlinePictures(page.html, pictures) };
  }

  mail(name: string, reader: SampleReader): Composed | undefined {
    const sample = this.#samples.get(`mail/${name}`);
    return sample && composeSample(sample, reader);
  }

  /**
   * What the checks say of a mail and of the file that its words come from, and whether a mail or a page shows what
   * its name says, a line each; undefined if there is no such exhibit. That is said of the reader that a sample is made up
   * for, not of one who was chosen. @param findings of the whole content
   */
  async verdict(
    id: string,
    reader: SampleReader,
    findings: readonly Finding[],
  ): Promise<string[] | undefined> {
    const [sort, name = ""] = id.split("/");
    if (sort === "page" && reader.factsIn) return undefined;
    const page = sort === "page" && (await this.#makePages(reader)).get(name);
    return page ? sampleFaults(new Map([[name, page]])) : this.#verdictOnMail(id, reader, findings);
  }

  /** The course that an exhibit is about; undefined of the newsletter's. Pages are about the first. */
  courseOf(id: string): Course | undefined {
    const { courses } = this.#content;
    const sample = this.#samples.get(id);
    return id.startsWith("mail/") ? courses.find(({ slug }) => slug === sample?.list) : courses[0];
  }

  /** Undefined of all but lessons. */
  forWhom(id: string, reader: SampleReader): ForWhom | undefined {
    const sample = this.#samples.get(id);
    const lesson =
      sample?.kind === "lesson" && this.courseOf(id)?.lessons.find(({ slug }) => slug === sample.slug);
    if (!sample || !lesson) return undefined;
    const { facts } = sample.makeComposition(reader);
    return {
      says: whenInWords(lesson.when),
      isTheirs: this.#isTheirs(id, reader),
      passages: (lesson.passages ?? []).map((passage) => ({
        says: whenInWords(passage.when),
        isShown: facts !== undefined && isFor(passage, facts),
      })),
    };
  }

  #isTheirs(id: string, { factsIn }: SampleReader): boolean {
    const sample = this.#samples.get(id);
    const course = this.courseOf(id);
    return sample?.kind !== "lesson" || !course || !factsIn || isTheirs(course, sample.slug, factsIn(course));
  }

  #verdictOnMail(id: string, reader: SampleReader, findings: readonly Finding[]): string[] | undefined {
    const sample = this.#samples.get(id);
    const ofWords = findings.filter(({ file }) => sample && isSource(sample, file));
    if (!sample) return undefined;
    const looked = new Map([[sample.name, lookAtSample(sample, reader)]]);
    const faults = reader.factsIn ? [] : sampleFaults(looked);
    return [...faults, ...[...checkSample(sample, reader), ...ofWords].map(formatFinding)];
  }

  #makePages(reader: SampleReader): Promise<ReadonlyMap<string, Looked>> {
    const [course] = this.#content.courses;
    const facts = course && reader.factsIn?.(course);
    const name = facts ? `${reader.name} ${JSON.stringify(facts)}` : reader.name;
    const known = this.#pages.get(name) ?? samplePages(this.#content, reader);
    this.#pages.delete(name);
    this.#pages.set(name, known);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > MOST_READERS_KEPT && oldest !== undefined) this.#pages.delete(oldest);
    return known;
  }
}

/** A walk through all pages takes a moment, and some megabytes. */
const MOST_READERS_KEPT = 8;

/** Lessons, texts and issues are files named by their slugs; a look-back's name ends with its lesson's. */
function isSource({ kind, slug, name, list }: Sample, file: string): boolean {
  if (file.includes("/courses/") && !file.includes(`/courses/${list}/`)) return false;
  const words = [kind, slug, name.slice(kind.length + 1).replace(/@.*/, "")];
  return words.some((word) => word !== "" && file.endsWith(`/${word}.md`));
}
