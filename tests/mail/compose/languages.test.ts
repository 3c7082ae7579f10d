import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkMail } from "../../../authoring/checks/mail.ts";
import { loadContent } from "../../../authoring/compile/compile.ts";
import { samplePages } from "../../../authoring/preview/sample-pages.ts";
import { composeSample, makeSamples, SAMPLE_READERS, type Sample } from "../../../authoring/samples.ts";
import { ROOT } from "../../../cli/root.ts";
import type { Content } from "../../../functions/domain/content.ts";
import {
  agreementText,
  CONSENT_TEXTS,
  type ConsentText,
} from "../../../functions/domain/people/consent-texts.ts";
import { type Asked, readAsks } from "../../../functions/domain/replies/asks/asks.ts";
import type { Text, Words } from "../../../functions/domain/words/words.ts";
import { htmlText } from "../../../functions/mail/inbound/html-text.ts";
import { englishPieces, LANGUAGES, wordsFileOf, wordsOf } from "../../support/words.ts";

/** Written beside English and German, which have tests of their own. */
const MORE = ["es", "fr", "nl", "pt-BR"];
const FIXTURE = join(ROOT, "tests/fixtures/german-course");
const COURSE = "vier-tage-brot";
const TO_THE_OWNER: readonly string[] = ["relay", "digest", "report"];

/** The fixture's course once in each language: what stands around its words is what is looked at. */
let content: Content;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "coursepost-languages-"));
  cpSync(join(FIXTURE, "newsletter"), join(folder, "newsletter"), { recursive: true });
  for (const language of MORE) {
    const course = join(folder, "courses", `bread-${language.toLowerCase()}`);
    cpSync(join(FIXTURE, "courses", COURSE), course, { recursive: true });
    speak(join(course, "course.yaml"), language);
  }
  content = await loadContent(ROOT, relative(ROOT, folder));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const speak = (file: string, language: string): void =>
  writeFileSync(file, readFileSync(file, "utf8").replace("language: de", `language: ${language}`));

/** As an owner has it who speaks this language alone. */
function contentIn(language: string): Content {
  const courses = content.courses.filter((course) => course.language === language);
  const newsletter = content.newsletter && { ...content.newsletter, language };
  const { [language]: spoken } = content.languages;
  if (!newsletter || !spoken) throw new Error(`${language} is not spoken`);
  return { ...content, courses, newsletter, languages: { [language]: spoken } };
}

it("there are the words of six languages", () => {
  expect(LANGUAGES).toEqual(["de", "en", "es", "fr", "nl", "pt-BR"]);
});

describe.each(MORE)("a course in %s", (language) => {
  const pieces = englishPieces(language);
  const left = (text: string): string[] => {
    const plain = text.replace(/\s+/g, " ");
    return pieces.filter((piece) => plain.includes(piece));
  };
  const samples = (): Sample[] =>
    makeSamples(contentIn(language)).filter(({ kind }) => !TO_THE_OWNER.includes(kind));

  it("has mails that the checks pass, which say their language, without a word of the English file", () => {
    expect(samples().length).toBeGreaterThan(40);
    for (const sample of samples()) {
      const mail = composeSample(sample);
      const errors = checkMail(sample, mail).filter(({ severity }) => severity === "error");
      expect([sample.name, errors]).toEqual([sample.name, []]);
      expect([sample.name, left(`${htmlText(mail.html)} ${mail.text} ${mail.subject}`)]).toEqual([
        sample.name,
        [],
      ]);
      expect(mail.headers).toContainEqual(["Content-Language", language]);
    }
  });

  it("has pages without a word of the English file, which say their language", async () => {
    const pages = await samplePages(contentIn(language), SAMPLE_READERS[0]);
    expect(pages.size).toBeGreaterThan(40);
    for (const [name, { html }] of pages) {
      if (!html.startsWith("<!doctype")) continue;
      expect([name, left(htmlText(html.replace(/<style[\s\S]*?<\/style>/g, "")))]).toEqual([name, []]);
      expect([name, html.includes(`<html lang="${language}">`)]).toEqual([name, true]);
    }
  });

  it("has each text that is agreed to in its own words, with the same to be filled in as the English one", () => {
    const named = (tag: string): ConsentText[] => {
      const { newsletterAlone, ...texts } = agreementText(tag);
      return [...Object.values(texts), ...Object.values(newsletterAlone)];
    };
    expect(named(language)).toEqual(named("en").map((name) => `${name}-${language}`));
    const slots = (name: ConsentText) => (CONSENT_TEXTS[name].match(/\[\w+\]/g) ?? []).toSorted();
    expect(named(language).map(slots)).toEqual(named("en").map(slots));
    expect(new Set(named(language).map((name) => CONSENT_TEXTS[name])).size).toBe(10);
  });
});

// ---- What a mail names is understood ----

const QUOTED = /„[^“]+“|«[^»]+»|“[^”]+”/g;
const quotations = (text: Text | undefined): string[] =>
  Object.values(typeof text === "object" ? text : { text: text ?? "" }).flatMap((form) =>
    [...form.matchAll(QUOTED)].map(([said]) => said.slice(1, -1).trim()).filter((said) => !/[{}]/.test(said)),
  );

/** What each word in quotation marks of a sentence would do, as the answer to the mail that it stands in. */
function deeds(words: Words, key: string, text: Text | undefined): string[] {
  const asked: Omit<Asked, "ownWords"> = {
    ...{ ownSubject: undefined, commands: words.commands, grave: words.grave },
    received: { receivedAt: Date.UTC(2026, 11, 1), zone: "Europe/Berlin" },
    mailAsked: {
      isToFarewell: /left/.test(key),
      asksForMove: /move/i.test(key),
      isAboutLetters: /letter|later/.test(key),
      ...(/voices|offered/.test(key) && { voiceAsked: { mayOffer: true, mayTakeBack: true } }),
    },
  };
  return quotations(text).map((ownWords) => {
    const { leave, commands, unclear } = readAsks({ ...asked, ownWords });
    return JSON.stringify({ leave: leave?.isExact, commands, unclear });
  });
}

/** Quoted, and no command. */
const NO_COMMANDS = /^(?:kept|judgeVoice|acts|messages\.formWithoutAddress)\./;
const NAMING = [...wordsFileOf("en").texts].filter(
  ([key, text]) => quotations(text).length > 0 && !NO_COMMANDS.test(key),
);

/** Where a language's mails name nothing, or something that is not read as what the English ones name there. */
const misread = (language: string, edit: (text: Text | undefined) => Text | undefined = (text) => text) =>
  NAMING.filter(([key, text]) => {
    const own = deeds(wordsOf(language), key, edit(wordsFileOf(language).texts.get(key)));
    const theirs = deeds(wordsOf("en"), key, text);
    return own.length === 0 || own.some((deed) => !theirs.includes(deed));
  }).map(([key]) => key);

describe("each word that a mail tells its reader to reply", () => {
  it("is there to be looked at", () => {
    expect(NAMING.length).toBeGreaterThan(20);
    const all = NAMING.flatMap(([key, text]) => deeds(wordsOf("en"), key, text));
    expect(new Set(all).size).toBeGreaterThan(13);
    expect(all.filter((deed) => deed.includes('"commands":[],"') || deed === '{"commands":[]}')).toEqual([]);
  });

  it.each(LANGUAGES)("is understood as it is meant: %s", (language) => {
    expect(misread(language)).toEqual([]);
  });

  it("control: one that would be read as a wish to leave is told by name", () => {
    const edit = (text: Text | undefined) =>
      typeof text === "string" ? text.replace("no mostrar más", "retirar") : text;
    expect(misread("es", edit)).toEqual(["notices.offered.undo"]);
  });
});

describe("the heading of a mail", () => {
  const LONGEST = 45;
  it.each(LANGUAGES)("is short enough for the subject that it is: %s", (language) => {
    const headings = [...wordsFileOf(language).texts].filter(([key]) =>
      /^(?:notices|address|newsletterAlone)\..*(?:heading|subject)$/.test(key),
    );
    expect(headings.length).toBeGreaterThan(30);
    expect(headings.filter(([, text]) => [...String(text)].length > LONGEST)).toEqual([]);
  });
});
