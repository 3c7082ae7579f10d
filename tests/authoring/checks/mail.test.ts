import { beforeAll, describe, expect, it } from "vitest";
import { checkMail } from "../../../authoring/checks/mail.ts";
import {
  composeSample,
  makeSamples,
  SAMPLE_READERS,
  type Sample,
  sampleSettings,
} from "../../../authoring/samples.ts";
import type { Composed } from "../../../functions/mail/compose/composition.ts";
import { shippedContent } from "../../mail/composition.ts";

let samples: Sample[];
let lesson: Sample;
beforeAll(async () => {
  samples = makeSamples(await shippedContent());
  lesson = samples.find(({ name }) => name === "lesson-bring-the-example") as Sample;
});

const unsubscribe = /https:\/\/learn\.course\.example\/unsubscribe\/[a-z2-7]+/g;
const inHtml = (change: (html: string) => string) => (mail: Composed) => ({
  ...mail,
  html: change(mail.html),
});
const inText = (change: (text: string) => string) => (mail: Composed) => ({
  ...mail,
  text: change(mail.text),
});
const beforeBodyEnds = (more: string) => inHtml((html) => html.replace("</body>", `${more}</body>`));

const MJML = "templates/emails/lesson.mjml";
const LESSON = "content/courses/managing-up-leading-down/lessons/bring-the-example.md";
const TWIN = "templates/emails/lesson.txt.hbs";

describe("a mail", () => {
  it("of any kind that ships has nothing wrong with it, for every reader", () => {
    for (const reader of SAMPLE_READERS) {
      for (const sample of samples)
        expect(checkMail(sample, composeSample(sample, reader)), `${sample.name}, ${reader.name}`).toEqual(
          [],
        );
    }
  });

  it.each<[rule: string, file: string, tells: string, change: (mail: Composed) => Composed]>([
    ["no-text-part", TWIN, "no plain-text part", inText(() => "")],
    [
      "no-postal-address",
      MJML,
      "postal address",
      inHtml((html) => html.replaceAll(sampleSettings.postalAddress, "")),
    ],
    [
      "no-postal-address",
      TWIN,
      "postal address",
      inText((text) => text.replaceAll(sampleSettings.postalAddress, "")),
    ],
    [
      "no-unsubscribe-link",
      MJML,
      "unsubscribe",
      inHtml((html) => html.replace(unsubscribe, "https://a.example/")),
    ],
    ["no-unsubscribe-link", TWIN, "unsubscribe", inText((text) => text.replace(unsubscribe, ""))],
    ["no-lang", MJML, "language", inHtml((html) => html.replace(/ lang="en"/, ""))],
    [
      "no-preheader",
      MJML,
      "preheader",
      inHtml((html) => html.replace(/(<body[\s\S]*?display:\s*none[^>]*>)[^<]*/, "$1")),
    ],
    ["no-alt", MJML, "has no alt", beforeBodyEnds('<img src="https://a.example/a.png">')],
    ["dead-link", MJML, 'The link "x" leads nowhere', beforeBodyEnds('<a href="x">x</a>')],
    [
      "dead-link",
      MJML,
      "nothing at /pause",
      beforeBodyEnds('<a href="https://learn.course.example/pause">x</a>'),
    ],
    ["unfilled-field", MJML, '"{{name}}" is left', beforeBodyEnds("Dear {{name}}")],
    ["unfilled-field", TWIN, '"[object Object]" is left', inText((text) => `[object Object] ${text}`)],
    ["subject-length", MJML, "has 46 characters", (mail) => ({ ...mail, subject: "x".repeat(46) })],
    ["html-size", LESSON, "more than 95", beforeBodyEnds("ж".repeat(47_500))],
  ])("with a fault is told: %s in %s", (rule, file, tells, change) => {
    const faulty = checkMail(lesson, change(composeSample(lesson)));
    expect(faulty).toContainEqual(expect.objectContaining({ rule, file, line: 1, severity: "error" }));
    expect(faulty.find((one) => one.rule === rule)?.says).toContain(tells);
    expect(new Set(faulty.map((one) => one.rule))).toEqual(new Set([rule]));
  });

  it("of more than 75 KB is warned of, and of more than 95 KB is refused", () => {
    const mail = composeSample(lesson);
    const sized = (bytes: number) => ({
      ...mail,
      html: mail.html + "x".repeat(bytes - Buffer.byteLength(mail.html)),
    });
    const severities = (bytes: number) => checkMail(lesson, sized(bytes)).map(({ severity }) => severity);
    expect([75_000, 75_001, 95_000, 95_001].map(severities)).toEqual([
      [],
      ["warning"],
      ["warning"],
      ["error"],
    ]);
  });

  it("that confirms an address needs no link to unsubscribe, since there is no list to leave", () => {
    const confirmation = samples.find(({ kind }) => kind === "confirmation") as Sample;
    const mail = composeSample(confirmation);
    expect(mail.html).not.toMatch(unsubscribe);
    expect(checkMail(confirmation, mail)).toEqual([]);
  });
});
