import { beforeAll, describe, expect, it } from "vitest";
import { EMAILS, type EmailName } from "../../../functions/domain/content.ts";
import { COMPOSE } from "../../../functions/mail/compose/compose.ts";
import type { Composed } from "../../../functions/mail/compose/composition.ts";
import { COLUMNS } from "../../../functions/mail/mime/plain-text.ts";
import { makeComposition, settings, shippedContent, theCourse } from "../composition.ts";

const mails = new Map<string, Composed>();

/** One mail of each kind, and every lesson. */
beforeAll(async () => {
  const content = await shippedContent();
  const { lessons } = theCourse(content);
  const add = (kind: EmailName, slug: string): void => {
    mails.set(`${kind} ${slug}`, COMPOSE[kind](makeComposition(content, kind, slug)));
  };
  for (const { slug } of lessons) add("lesson", slug);
  // What only some readers see stands in the layout of every mail.
  const lesson = makeComposition(content, "lesson", lessons[1]?.slug ?? "");
  const hold = { until: lesson.now - 1, since: 0 };
  const waited = { ...lesson, enrolment: lesson.enrolment && { ...lesson.enrolment, hold } };
  mails.set("lesson after a wait", COMPOSE.lesson(waited));
  for (const kind of EMAILS) {
    const slugs: Partial<Record<EmailName, string>> = {
      lesson: lessons[0]?.slug,
      prompt: lessons[0]?.slug,
      notice: "personal-1",
      address: "new-1",
      letter: theCourse(content).letters?.[0]?.slug,
    };
    add(kind, slugs[kind] ?? kind);
  }
});

describe("the HTML of every mail", () => {
  it("is small enough for Gmail to show it whole, in UTF-8 without needless entities", () => {
    for (const [name, { html }] of mails) {
      expect(Buffer.byteLength(html), name).toBeLessThan(70_000);
      expect(html, name).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#x?[\da-f]{2};)[#\w]+;/i);
    }
  });

  it("says its language, its title and its preview, and has one first heading or is a short answer", () => {
    for (const [name, { html, subject }] of mails) {
      expect(html, name).toContain('<html lang="en"');
      expect(html, name).toMatch(/<title>[^<]+<\/title>/);
      expect(html, name).toMatch(/display:none[^>]*>[^<]{20,}/);
      expect(html.match(/<h1/g) ?? [], `${name}: ${subject}`).toHaveLength(
        /^(prompt|answer)/.test(name) ? 0 : 1,
      );
    }
  });

  it("fetches nothing from anywhere but the stage's pictures: no font, no script", () => {
    const ours = /\bsrc="https:\/\/pictures\.course\.example\/pictures\/[0-9a-f]{32}\.png"/g;
    for (const [name, { html }] of mails) {
      expect(html.replace(ours, ""), name).not.toMatch(/<script|<link|@import|url\(|\bsrc=/i);
    }
  });

  it("names the owner's postal address, and how to leave if it is on a list", () => {
    for (const [name, { html, text }] of mails) {
      expect(html, name).toContain(settings.postalAddress);
      expect(text, name).toContain(settings.postalAddress);
      const leaves = html.includes("/unsubscribe/") && text.includes("/unsubscribe/");
      expect(leaves, name).toBe(!/^(confirmation|address|relay|digest|report)/.test(name));
    }
  });

  it("sets no text smaller than 16 pixels but what is hidden", () => {
    for (const [name, { html }] of mails) {
      const sizes = [...html.matchAll(/font-size:(\d+)px/g)].map(([, size]) => Number(size));
      expect(
        sizes.filter((size) => size > 1 && size < 16),
        name,
      ).toEqual([]);
    }
  });

  it("is a whole page for Word, which renders mail for Outlook and reads the conditional comments", () => {
    for (const [name, { html }] of mails) expect(wronglyNested(forWord(html)), name).toEqual([]);
  });

  it("leaves no word of Handlebars behind", () => {
    for (const [name, { html, text }] of mails)
      expect(html + text, name).not.toMatch(/\{\{|\}\}|undefined|\[object/);
  });
});

describe("the plain text of every mail", () => {
  it("keeps to 72 columns but for an address, which stays whole", () => {
    for (const [name, { text }] of mails) {
      const long = text
        .split("\n")
        .filter((line) => line.length > COLUMNS && !/^(\[\d+\] )?https:\S+$/.test(line));
      expect(long, name).toEqual([]);
    }
  });

  it("has no markup, and a footnote for every number", () => {
    for (const [name, { text }] of mails) {
      expect(text, name).not.toMatch(/<\/?[a-z]|&[a-z]+;|&#/i);
      for (const [note] of text.matchAll(/(?<!^)\[\d+\]/gm))
        expect(text, name).toContain(`\n${note} https://`);
    }
  });
});

/** What Word sees: the insides of its own comments, and not what is kept from it. */
const forWord = (html: string): string =>
  html
    .slice(html.indexOf("<body"))
    .replace(/<!--\[if !mso[^>]*><!-->[\s\S]*?<!--<!\[endif\]-->/g, "")
    .replace(/<!--\[if [^\]]*\]>|<!\[endif\]-->/g, "");

const MAY_STAND_IN: Record<string, string[]> = { td: ["tr"], tr: ["table", "tbody"], tbody: ["table"] };

/** Tables, rows, cells and blocks that are closed by another's tag, stand in the wrong one, or stay open. */
function wronglyNested(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, closes, tag = ""] of html.matchAll(/<(\/?)(table|tbody|tr|td|div)\b/g)) {
    const around = open.at(-1) ?? "body";
    if (closes && open.pop() !== tag) wrong.push(`${around} closed by ${tag}`);
    if (closes) continue;
    if (MAY_STAND_IN[tag] && !MAY_STAND_IN[tag]?.includes(around)) wrong.push(`${tag} in ${around}`);
    open.push(tag);
  }
  return [...wrong, ...open];
}
