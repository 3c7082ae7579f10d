import fc from "fast-check";
import { simpleParser } from "mailparser";
import { beforeAll, describe, expect, it } from "vitest";
import { sampleReflection } from "../../../authoring/samples.ts";
import type { Content } from "../../../functions/domain/content.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { silenceToTell } from "../../../functions/domain/course/silence.ts";
import type { Composition } from "../../../functions/mail/compose/composition.ts";
import { composeLesson } from "../../../functions/mail/compose/lesson.ts";
import { mimeMessage } from "../../../functions/mail/mime/mime.ts";
import { shippedContent, TUESDAY, theCourse } from "../composition.ts";
import { bytes, counting, DANA, lessonTo, readerCalled, type Who } from "./spliced.ts";

/** Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai, Han, Hangul, signs beyond the first plane, and anything. */
const name = fc.oneof(
  fc.constantFrom(
    "Zoë",
    "Ελένη",
    "Łukasz Żółć",
    "Юлия",
    "محمد",
    "יעל",
    "प्रिया",
    "สมชาย",
    "美咲",
    "지우",
    "𝒜da 👩🏽‍💻",
  ),
  fc.constantFrom(
    "",
    "O'Neil, Jr.",
    '"quoted" \\ name',
    "=?UTF-8?Q?=41?=",
    "a\r\nBcc: x@y.example",
    "x".repeat(200),
  ),
  fc.string({ unit: "grapheme", maxLength: 40 }),
);
const anyReader = readerCalled(name);

describe("a spliced mail", () => {
  let content: Content;
  beforeAll(async () => {
    content = await shippedContent();
  });

  const mailTo = (who: Who, lesson?: number) => lessonTo(content, who, lesson);

  it("is the very mail that composing it would have made, for every reader", () => {
    const { calls, write } = counting();
    const lessons = theCourse(content).lessons.length;
    const property = fc.property(anyReader, fc.nat(lessons - 1), (who, lesson) => {
      const mail = mailTo(who, lesson);
      expect(bytes(write(mail).raw)).toBe(bytes(mimeMessage(composeLesson(mail))));
    });
    fc.assert(property, { numRuns: 400 });
    expect(calls.count).toBe(2 * lessons);
  });

  it("that asks a silent reader whether it is useful goes to those of whom nothing is heard, and to no other", () => {
    const { write } = counting();
    const text = (who: Who, silent: number | undefined) => {
      const mail = mailTo(who);
      const enrolment = { ...mail.enrolment, silent } as Enrolment;
      const silence = silenceToTell(enrolment, mail.settings);
      return Buffer.from(write({ ...mail, enrolment, silence }).raw).toString("latin1");
    };
    const others = ["d", "e", "f"].map((letter) => ({ ...DANA, reader: letter.repeat(52) }));
    expect(text(DANA, 6)).toContain("Still useful?");
    expect(others.map((who) => text(who, 6).includes("Still useful?"))).toEqual([true, true, true]);
    expect(others.map((who) => text(who, undefined).includes("Still useful?"))).toEqual([
      false,
      false,
      false,
    ]);
    expect(others.map((who) => text(who, 5).includes("Still useful?"))).toEqual([false, false, false]);
  });

  it("is not made of another's that differs in more than the reader", () => {
    const { write } = counting();
    const first = mailTo(DANA);
    const later = { ...first, now: TUESDAY + 86_400_000 };
    const elsewhere = {
      ...first,
      enrolment: { ...first.enrolment, cadence: { ...first.enrolment?.cadence, time: "19:15" } },
    } as Composition;
    for (const mail of [first, later, elsewhere])
      expect(bytes(write(mail).raw)).toBe(bytes(mimeMessage(composeLesson(mail))));
  });

  describe("of a lesson that may quote its reader", () => {
    /** The first lesson of the second part, to readers who are alike but for what they wrote. */
    const quoting = (words?: string) => {
      const { slug, lessons } = theCourse(content);
      const written = { run: 1, course: slug, ownWords: words ?? "" };
      const lesson = lessons[0]?.slug ?? "";
      const journal = words ? [sampleReflection(theCourse(content), lesson, written)] : [];
      return { ...mailTo(DANA, 6), journal };
    };
    const textOf = async (raw: Uint8Array) => (await simpleParser(Buffer.from(raw))).text ?? "";
    const A = "The Lyon order waited for three signatures in May.";
    const B = "My own boss had never seen the press run.";

    it("never hands one reader's words to another", async () => {
      const { write } = counting();
      for (const words of [A, A, B, undefined, B]) {
        const text = await textOf(write(quoting(words)).raw);
        for (const other of [A, B])
          expect(text.replace(/\s+/g, " ").includes(other), `${other} to the reader of ${words}`).toBe(
            other === words,
          );
      }
    });

    it("is shared by those who wrote nothing", () => {
      const { calls, write } = counting();
      for (let reader = 0; reader < 5; reader++) write(quoting());
      expect(calls.count).toBe(2);
    });
  });

  it("tells of a hold the reader whose course waited, and no other", async () => {
    const { write } = counting();
    const mail = mailTo(DANA);
    const hold = { until: TUESDAY - 86_400_000, since: TUESDAY - 5 * 86_400_000 };
    const held = { ...mail, enrolment: { ...mail.enrolment, hold } } as Composition;
    for (const each of [held, mail, held])
      expect(bytes(write(each).raw)).toBe(bytes(mimeMessage(composeLesson(each))));
    expect(bytes(write(held).raw)).not.toBe(bytes(write(mail).raw));
  });

  it("is never made where a composer says more of the reader than their tokens", () => {
    const greets = (mail: Composition) => ({
      ...composeLesson(mail),
      subject: `${mail.subscriber.firstName}, lesson 4`,
    });
    const { calls, write } = counting(greets);
    for (const name of ["Dana", "Noor", "Noor"])
      expect(bytes(write(mailTo({ ...DANA, name })).raw)).toContain(`Subject: ${name}, lesson 4`);
    // Both invented readers, of whom it says different things, and then each reader's own.
    expect(calls.count).toBe(2 + 3);
  });

  it("is composed anew for a token of another length", () => {
    const { write } = counting();
    write(mailTo(DANA));
    const mail = mailTo({ ...DANA, reply: "d".repeat(44) });
    expect(bytes(write(mail).raw)).toBe(bytes(mimeMessage(composeLesson(mail))));
  });
});
