import fc from "fast-check";
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";
import { beforeAll, describe, expect, it } from "vitest";
import type { Content } from "../../../functions/domain/content.ts";
import type { Composition } from "../../../functions/mail/compose/composition.ts";
import { composeLesson } from "../../../functions/mail/compose/lesson.ts";
import { mimeMessage } from "../../../functions/mail/mime/mime.ts";
import { shippedContent } from "../composition.ts";
import { counting, DANA, lessonTo, readerCalled } from "./spliced.ts";

/** This many code points lie together: few scripts share a stretch, and large ones fill hundreds. */
const STRETCH = 128;
const LAST = 0x10ffff;

/** All letters of Unicode, with the marks that stand on them, by the stretch they lie in: so every script has some. */
function lettersByStretch(): string[][] {
  const stretches = new Map<number, string[]>();
  for (let code = 0; code <= LAST; code++) {
    const letter = String.fromCodePoint(code);
    if (!/[\p{L}\p{M}]/u.test(letter)) continue;
    const stretch = Math.floor(code / STRETCH);
    stretches.set(stretch, [...(stretches.get(stretch) ?? []), letter]);
  }
  return [...stretches.values()];
}
const STRETCHES = lettersByStretch();

/** One or two words, as a form would take them. */
function namesIn(letters: string[]): fc.Arbitrary<string> {
  const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 });
  return fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(" "));
}
/** A stretch that is full is one of the many of a large script: of each four that follow each other one is looked at. */
const namesFrom = ({ length }: string[], at: number): number => {
  if (length < STRETCH) return 3;
  return at % 4 === 0 ? 1 : 0;
};
const LESSONS = [0, 3, 7, 11];

/** What a mail says, by a parser that is not ours; the boundary of its parts is not said. */
async function said(raw: Uint8Array) {
  const { headers, from, to, replyTo, subject, text, html } = await PostalMime.parse(raw);
  const head = headers.filter(({ key }) => key !== "content-type");
  return { head, from, to, replyTo, subject, text, html };
}

describe("a spliced mail, read by another's parser", () => {
  let content: Content;
  beforeAll(async () => {
    content = await shippedContent();
  });

  const composedFor = (mail: Composition) => mimeMessage(composeLesson(mail));

  it("says what a mail that was composed for its reader says, with a name in any script", async () => {
    const { calls, write } = counting();
    let read = 0;
    for (const [at, letters] of STRETCHES.entries()) {
      const numRuns = namesFrom(letters, at);
      if (numRuns === 0) continue;
      const property = fc.asyncProperty(readerCalled(namesIn(letters)), async (who) => {
        const mail = lessonTo(content, who, LESSONS[read++ % LESSONS.length]);
        const spliced = await said(write(mail).raw);
        expect(spliced).toEqual(await said(composedFor(mail)));
        expect(spliced.to).toEqual([{ name: who.name, address: mail.subscriber.address }]);
        expect(spliced.replyTo?.[0]?.address).toBe(mail.links.replyAddress);
        expect(spliced.html).toContain(who.reader);
        expect(spliced.text).toContain(who.leave);
      });
      await fc.assert(property, { numRuns });
    }
    // How many letters there are depends on the Unicode of the Node that runs this.
    expect(read).toBeGreaterThan(750);
    expect(calls.count).toBe(2 * LESSONS.length);
  });

  it("says so to a second parser as well", async () => {
    const { write } = counting();
    const property = fc.asyncProperty(
      readerCalled(fc.constantFrom(...STRETCHES).chain(namesIn)),
      async (who) => {
        const mail = lessonTo(content, who, 11);
        const [spliced, composed] = await Promise.all(
          [write(mail).raw, composedFor(mail)].map((raw) => simpleParser(Buffer.from(raw))),
        );
        for (const part of ["subject", "text", "html", "to", "from", "replyTo"] as const)
          expect(spliced?.[part]).toEqual(composed?.[part]);
        expect(spliced?.html).toContain(who.reader);
        expect(spliced?.text).toContain(who.leave);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it.each(["reader", "leave", "reply", "name"] as const)(
    "control: is found out where a single slot is one byte off: %s",
    async (slot) => {
      const { write } = counting();
      const mail = lessonTo(content, { ...DANA, name: "Zoë Ελένη", reader: "k5nbw".repeat(11) });
      const raw = Buffer.from(write(mail).raw);
      const shown = { ...DANA, reader: "k5nbw", name: "=?UTF-8?Q?Zo" }[slot];
      const at = raw.indexOf(shown);
      expect(at).toBeGreaterThan(0);
      raw.copyWithin(at + 1, at, at + shown.length);
      expect(await said(raw)).not.toEqual(await said(composedFor(mail)));
    },
  );
});
