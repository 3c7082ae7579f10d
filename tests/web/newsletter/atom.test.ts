import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { iso } from "../../../functions/domain/time.ts";
import { atomFeed, type Feed } from "../../../functions/web/newsletter/atom.ts";
import { atomProblems, readFeed } from "../../support/atom.ts";

const ENTRY: Feed["entries"][number] = {
  url: "https://web.example/newsletter/one",
  title: "One",
  summary: "The first",
  author: "Ada",
  publishedAt: Date.UTC(2026, 10, 24, 9),
  updatedAt: Date.UTC(2026, 10, 24, 10),
  html: "<p>One &amp; only</p>",
};
const FEED: Feed = {
  url: "https://web.example/newsletter",
  selfUrl: "https://web.example/newsletter/feed.xml",
  language: "en",
  subtitle: "By email: https://x.example/subscribe",
  title: "Notes",
  author: "Ada",
  updatedAt: ENTRY.updatedAt,
  entries: [ENTRY],
};

describe("an Atom feed", () => {
  it("keeps the rules and says what was meant, whatever stands in the words", () => {
    // Line ends are the parser's to mend (XML 1.0 §2.11); an empty text is no text to it.
    const words = fc
      .string({ unit: "binary", minLength: 1 })
      .map((text) => `a${text.replace(/[\r\n\t\p{Zs}]+/gu, " ")}z`);
    fc.assert(
      fc.property(words, words, words, (title, summary, html) => {
        const document = atomFeed({
          ...FEED,
          entries: [{ ...ENTRY, title, summary, html: `<p>${html}</p>` }],
        });
        expect(atomProblems(document)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("is read back as it was written", () => {
    const hard = {
      title: `<b>"A & B" ]]> 'c'</b>`,
      summary: "5 < 6 &amp; 7",
      html: "<p>1 &lt; 2 &amp;amp; 3</p>",
    };
    const document = atomFeed({ ...FEED, entries: [{ ...ENTRY, ...hard }] });
    const [read] = readFeed(document).entries ?? [];
    expect(read?.content?.value).toBe(hard.html);
    expect(read?.title?.value).toBe(hard.title);
    expect(read).toMatchObject({ id: ENTRY.url, updated: iso(ENTRY.updatedAt), authors: [{ name: "Ada" }] });
  });

  it("leaves out what XML has no place for", () => {
    const document = atomFeed({ ...FEED, title: "a\u0000b\u000bc\ud800d\uffffe" });
    expect(document).toContain("<title>abcde</title>");
  });

  it.each([
    ["an id", (feed: string) => feed.replace(/<id>[^<]*<\/id>/, ""), "feed: needs one id"],
    [
      "a link to itself",
      (feed: string) => feed.replace(/<link rel="self"[^>]*>/, ""),
      "feed: should have one link",
    ],
    ["a date", (feed: string) => feed.replace(/T\d\d:\d\d:\d\d.000Z/, ""), "feed: updated is no date"],
    [
      "an author",
      (feed: string) => feed.replaceAll(/<author>.*<\/author>\n/g, ""),
      "entry 0: nobody is its author",
    ],
    ["its end", (feed: string) => feed.replace("</feed>", ""), "not well-formed"],
    [
      "its namespace",
      (feed: string) => feed.replace("2005/Atom", "1999/xhtml"),
      "is not in Atom's namespace",
    ],
  ])("control: the rules miss %s", (_, spoilt, says) => {
    expect(atomProblems(spoilt(atomFeed(FEED))).join("; ")).toContain(says);
  });
});
