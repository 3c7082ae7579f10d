import type { Content } from "../../functions/domain/content.ts";
import type { Composed } from "../../functions/mail/compose/composition.ts";
import { checkSample } from "../checks/check-content.ts";
import { type Finding, formatFinding } from "../checks/finding.ts";
import { withInlinePictures } from "../inline-pictures.ts";
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
  readonly #pages = new Map<string, Promise<ReadonlyMap<string, Looked>>>();

  constructor(content: Content) {
    this.#content = content;
  }

  /** Mails in the order of a course, then the pages. Throws what rendering a page throws. */
  async exhibits(): Promise<Exhibit[]> {
    const mails = makeSamples(this.#content).map(({ name, kind }) => ({
      id: `mail/${name}`,
      group: kind,
      name: name === kind ? name : name.slice(kind.length + 1),
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
    const sample = makeSamples(this.#content).find((one) => one.name === name);
    return sample && composeSample(sample, reader);
  }

  /**
   * What the checks say of a mail and of the file that its words come from, and whether a mail or a page shows what
   * its name says, a line each; undefined if there is no such exhibit. @param findings of the whole content
   */
  async verdict(
    id: string,
    reader: SampleReader,
    findings: readonly Finding[],
  ): Promise<string[] | undefined> {
    const [sort, name = ""] = id.split("/");
    const page = sort === "page" && (await this.#makePages(reader)).get(name);
    return page ? sampleFaults(new Map([[name, page]])) : this.#verdictOnMail(id, reader, findings);
  }

  #verdictOnMail(id: string, reader: SampleReader, findings: readonly Finding[]): string[] | undefined {
    const sample = makeSamples(this.#content).find(({ name }) => id === `mail/${name}`);
    const ofWords = findings.filter(({ file }) => sample && isSource(sample, file));
    if (!sample) return undefined;
    const faults = sampleFaults(new Map([[sample.name, lookAtSample(sample, reader)]]));
    return [...faults, ...[...checkSample(sample, reader), ...ofWords].map(formatFinding)];
  }

  #makePages(reader: SampleReader): Promise<ReadonlyMap<string, Looked>> {
    const known = this.#pages.get(reader.name) ?? samplePages(this.#content, reader);
    this.#pages.set(reader.name, known);
    return known;
  }
}

/** Lessons, texts and issues are files named by their slugs; a look-back's name ends with its lesson's. */
function isSource({ kind, slug, name, list }: Sample, file: string): boolean {
  if (file.includes("/courses/") && !file.includes(`/courses/${list}/`)) return false;
  const words = [kind, slug, name.slice(kind.length + 1).replace(/@.*/, "")];
  return words.some((word) => word !== "" && file.endsWith(`/${word}.md`));
}
