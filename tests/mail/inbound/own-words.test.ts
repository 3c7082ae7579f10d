import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reply } from "../../../functions/mail/inbound/own-words/sent-mail.ts";
import { type OwnWords, ownWords } from "../../../functions/mail/inbound/own-words.ts";
import { accuracyOfOwnWords, SENT, timeOfHostileReplies } from "../../bench/replies.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/replies");
const read = (name: string): string => readFileSync(join(FOLDER, name), "utf8");
const NOTHING_KNOWN: Reply["sent"] = { ...SENT, text: "" };

interface Case {
  name: string;
  text: string | undefined;
  html: string | undefined;
  own: string;
}

function cases(): Case[] {
  return readdirSync(FOLDER)
    .filter((file) => file.includes(".reply."))
    .map((file) => {
      const name = file.split(".")[0] as string;
      const body = read(file);
      const isHtml = file.endsWith(".html");
      const own = read(`${name}.own.txt`).trimEnd();
      return { name, own, text: isHtml ? undefined : body, html: isHtml ? body : undefined };
    });
}

describe("a reader's own words in the collection of replies", () => {
  it.each(cases())("are told apart: $name", ({ own, text, html }) => {
    expect(ownWords({ text, html, sent: SENT }).text).toBe(own);
  });

  it("are exact in all of at least 84 replies; nothing is lost and nothing leaks", () => {
    const { replies, exact, lost, leaked } = accuracyOfOwnWords(SENT);
    expect({ lost, leaked }).toEqual({ lost: [], leaked: [] });
    expect(replies).toBeGreaterThanOrEqual(84);
    expect(exact).toBe(replies);
  });

  it("are still found in nearly all of them when the mail that we sent is not known", () => {
    const { replies, exact, lost, leaked } = accuracyOfOwnWords(NOTHING_KNOWN);
    expect(lost).toEqual(["outlook-answers-inside-original"]);
    expect(leaked).toEqual([
      "apple-mail-de-inline",
      "copied-question-above-answer",
      "html-thunderbird-inline",
    ]);
    expect(exact / replies).toBeGreaterThan(0.95);
  });

  it("are the same with line ends as mail has them", () => {
    for (const { own, text } of cases()) {
      if (text !== undefined)
        expect(ownWords({ text: text.replace(/\r?\n/g, "\r\n"), html: undefined, sent: SENT }).text).toBe(
          own,
        );
    }
  });

  it("control: without our address, name and text, quotations do leak", () => {
    const { exact, leaked } = accuracyOfOwnWords({ addresses: [], name: "", subject: "", text: "" });
    expect(leaked.length).toBeGreaterThan(20);
    expect(exact).toBeLessThan(40);
  });
});

describe("own words", () => {
  const of = (text: string): OwnWords => ownWords({ text, html: undefined, sent: SENT });

  it("come with the places of their lines in the reply", () => {
    const found = of("One.\r\n\r\nTwo.\r\n\r\n> Picture a regional manager at a label printer.\r\n");
    expect(found.text).toBe("One.\n\nTwo.");
    expect(found.lines.map(({ start, end }) => found.body.slice(start, end)).join("\n")).toBe(found.text);
  });

  it("come from the HTML only where the text part is missing or blank", () => {
    const html = "<p>From the HTML.</p>";
    expect(ownWords({ text: " \n", html, sent: SENT })).toMatchObject({
      text: "From the HTML.",
      from: "html",
    });
    expect(ownWords({ text: "From the text.", html, sent: SENT })).toMatchObject({ from: "text" });
  });

  it("keep a paragraph that is one line of many thousand characters whole", () => {
    const paragraph = "It took a month. ".repeat(900).trim();
    expect(of(`${paragraph}\n\n> Picture a regional manager at a label printer.`).text).toBe(paragraph);
  });

  it("say so when a reply is longer than what is read of it", () => {
    expect(of("a word\n".repeat(499)).wasCut).toBe(false);
    expect(of("a word\n".repeat(501)).wasCut).toBe(true);
    expect(of("a word ".repeat(5_000)).wasCut).toBe(true);
  });

  it("are a subsequence of the reply's lines, whatever the reply", () => {
    fc.assert(
      fc.property(hostileReplies(), (text) => {
        const found = of(text);
        const body = found.body.split("\n");
        let at = 0;
        for (const line of found.text === "" ? [] : found.text.split("\n")) {
          at = body.indexOf(line, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("do not change when they are read once more", () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases()), ({ text, html }) => {
        const once = ownWords({ text, html, sent: SENT }).text;
        expect(of(once).text).toBe(once);
      }),
    );
  });

  it("are found in hostile HTML without an exception", () => {
    fc.assert(
      fc.property(hostileHtml(), (html) => {
        expect(ownWords({ text: undefined, html, sent: SENT }).text).toBeTypeOf("string");
      }),
    );
  });

  it("come from behind and between nested quotations of HTML", () => {
    const html =
      "<blockquote>a<blockquote>b</blockquote>c<div><div>d</div></div></blockquote>Mine.<blockquote>e</blockquote>Too.";
    expect(ownWords({ text: undefined, html, sent: SENT }).body).toBe(
      "> a\n>> b\n> c\n> d\nMine.\n> e\nToo.",
    );
  });

  it("take no time that grows with the square of a hostile reply", () => {
    expect(timeOfHostileReplies(1).worstMs).toBeLessThan(500);
  });

  it.each([
    ["one letter", "a".repeat(50_000)],
    ["spaces", " ".repeat(50_000)],
    ["spaces and line ends", " \n".repeat(25_000)],
    ["On a b", "On a b ".repeat(7_000)],
    ["dashes", `${"-".repeat(40_000)}x`],
    ["many rules", `${"-- a ".repeat(20)}\n`.repeat(400)],
    ["colons", ":".repeat(50_000)],
    ["quotes", "> ".repeat(25_000)],
    ["field names", "From: Sent: To: \n".repeat(500)],
    ["angle brackets", `Sent from my ${"<".repeat(20_000)}`],
    ["times", "7:30 ".repeat(9_000)],
    ["attribution that never ends", "On 24/11/2026 Managing Up, Leading Down\n".repeat(500)],
  ])("stay within their limits on a reply of %s", (_, text) => {
    expect(of(text).text.length).toBeLessThanOrEqual(20_000);
    expect(ownWords({ text: undefined, html: `<p>${text}`, sent: SENT }).text.length).toBeLessThanOrEqual(
      20_000,
    );
  });
});

/** Replies put together of what parsers trip over. */
const hostileReplies = () =>
  fc
    .array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(...cases().map((each) => each.text ?? each.html ?? "")),
        fc.constantFrom(
          "> ",
          "-- ",
          "---",
          "From: x",
          "On 1/1/2026, Managing Up, Leading Down wrote:",
          "\r",
          "",
        ),
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join("\n"));

const hostileHtml = () =>
  fc
    .array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          "<blockquote>",
          "</blockquote>",
          "<div class='gmail_attr'>",
          "</div>",
          "<pre>",
          "</pre>",
        ),
        fc.constantFrom(
          "<!--",
          "-->",
          "<style>",
          "</style>",
          "<",
          "&",
          "&#xffffff;",
          "&#0;",
          "&nbsp;",
          "<br>",
        ),
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces.join(""));
