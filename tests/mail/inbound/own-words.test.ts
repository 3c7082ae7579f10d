import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OwnWords, ownWords } from "../../../functions/mail/inbound/own-words.ts";
import { accuracyOfOwnWords, NOTHING_KNOWN, type Sample, SENT, samples } from "../../bench/replies.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/replies");
const read = (name: string): string => readFileSync(join(FOLDER, name), "utf8");
const cases = (): Sample[] => samples("first");
/** Figures of the half that was counted first and read later: they may rise, and must not fall. */
const HELD_BACK = { known: 0.99, unknown: 0.96 };

describe("a reader's own words in the first collection of replies", () => {
  it.each(cases())("are told apart: $name", ({ own, reply }) => {
    expect(ownWords(reply).text).toBe(own);
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
    expect(leaked).toEqual(["copied-question-above-answer"]);
    expect(exact / replies).toBeGreaterThan(0.95);
  });

  it("are the same with line ends as mail has them", () => {
    for (const { own, reply } of cases()) {
      if (reply.text !== undefined)
        expect(ownWords({ ...reply, text: reply.text.replace(/\r?\n/g, "\r\n") }).text).toBe(own);
    }
  });

  it("control: without our address, name and text, quotations do leak", () => {
    const { exact, leaked } = accuracyOfOwnWords({ addresses: [], name: "", subject: "", text: "" });
    expect(leaked.length).toBeGreaterThan(20);
    expect(exact).toBeLessThan(60);
  });
});

describe("a reader's own words in replies that were written without a look at the parser", () => {
  it("are exact in the half that mended it, and nothing is lost", () => {
    const { replies, exact, lost, leaked } = accuracyOfOwnWords(SENT, "working half");
    expect(replies).toBeGreaterThan(200);
    expect({ lost, leaked }).toEqual({ lost: [], leaked: [] });
    expect(exact).toBe(replies);
  });

  it("are exact in nearly all of the half that was held back at first, and none is lost of a mail that is known", () => {
    const known = accuracyOfOwnWords(SENT, "held-back half");
    const unknown = accuracyOfOwnWords(NOTHING_KNOWN, "held-back half");
    expect(known.replies).toBeGreaterThan(200);
    expect(known.lost).toEqual([]);
    expect(known.exact / known.replies).toBeGreaterThanOrEqual(HELD_BACK.known);
    expect(unknown.exact / unknown.replies).toBeGreaterThanOrEqual(HELD_BACK.unknown);
  });
});

const ADDRESS = "reply+aeagcyltmvzxi2lom52ha43ume4tsmzqgezdgnbvgy3tqojqgez@in.course.example";
const ANSWER = "A second estimator. The brewery waited five weeks for a quote.\n\nThanks, Dana";
const blocks = (name: string): string[] => read(name).trimEnd().split("\n%%\n");
const lines = (name: string): string[] => read(name).trimEnd().split("\n");
const QUOTED = SENT.text
  .split("\n")
  .map((line) => `> ${line}`.trimEnd())
  .join("\n");
const FLAT = SENT.text.replace(/([^\n])\n([^\n])/g, "$1 $2");
const written = (text: string, sent = SENT): string =>
  ownWords({ text, html: undefined, writer: "Dana Doe", sent }).text;

describe("an introduction of our mail", () => {
  const introductions = blocks("introductions.txt").map((block) =>
    block.trimEnd().replaceAll("ADDRESS", ADDRESS),
  );

  it("is known in the languages and forms of at least 90 clients", () => {
    expect(introductions.length).toBeGreaterThan(90);
  });

  it.each(introductions)("ends the words above it, and those below our mail are kept: %s", (introduction) => {
    for (const mail of [QUOTED, FLAT]) {
      expect(written(`${ANSWER}\n\n${introduction}\n\n${mail}\n`)).toBe(ANSWER);
      expect(written(`${ANSWER}\n${introduction}\n${mail}\n`)).toBe(ANSWER);
      expect(written(`${introduction}\n\n${mail}\n\n${ANSWER}\n`)).toBe(ANSWER);
    }
    expect(written(`${introduction}\n\n${ANSWER}\n`)).toBe(ANSWER);
  });
});

describe("an answer before, behind and between what is ours", () => {
  const FROM = `Managing Up, Leading Down <${ADDRESS}>`;

  it.each([
    `2026年11月24日(火) 7:30 ${FROM}:`,
    `24.11.2026, 07:30, "Managing Up, Leading Down" <${ADDRESS}>:`,
    `W dniu 24.11.2026 o 07:30, ${FROM} pisze:`,
    `On Tue, Nov 24, 2026 at 7:30 AM ${FROM} wrote:`,
  ])("is kept where it stands on the line of an introduction: %s", (introduction) => {
    for (const answer of ["A second estimator.", "No", "A van; the old one died", "もう一人の見積もり。"]) {
      expect(written(`${answer} ${introduction}\n\n${QUOTED}`)).toBe(answer);
      expect(written(`${answer} ${introduction} ${SENT.text.replace(/\s+/g, " ")}`)).toBe(answer);
    }
  });

  it.each([
    `wt., 24 lis 2026 o 07:30 ${FROM} napisał(a):`,
    `út 24. 11. 2026 v 7:30 odesílatel ${FROM} napsal:`,
    `вт, 24 нояб. 2026 г. в 07:30, ${FROM}:`,
    `24 Kas 2026 Sal 07:30 tarihinde ${FROM} şunu yazdı:`,
    `2026년 11월 24일 (화) 오전 7:30, ${FROM}님이 작성:`,
    `ti 24. marrask. 2026 klo 7.30 ${FROM} kirjoitti:`,
    `Den tis 24 nov. 2026 kl 07:30 skrev ${FROM}:`,
  ])("is kept above an introduction without a blank line, or on its line: %s", (introduction) => {
    for (const answer of ["A second estimator.", "Zwei Wagen, bitte.", "Je veux un devis de plus.", "No."]) {
      expect(written(`${answer}\n${introduction}\n${QUOTED}`)).toBe(answer);
      expect(written(`${answer} ${introduction}\n\n${QUOTED}`)).toBe(answer);
      expect(written(`${introduction}\n${QUOTED}\n${answer}`)).toBe(answer);
    }
  });

  it("is kept where it begins as a ticket system's entry does", () => {
    const words = "Dana Doe at the press\nNov 24, 2026, 07:30\nI want a van.";
    expect(written(words)).toBe(words);
  });

  it("is kept below an introduction of a mail that is not known, with a link or before the marked lines", () => {
    const answer = "A van, as in https://reader.example/van";
    for (const introduction of [
      `On Tue, Nov 24, 2026 at 7:30 AM ${FROM} wrote:`,
      `24.11.2026, 07:30, ${FROM}:`,
    ]) {
      expect(written(`${introduction}\n\n${answer}`, NOTHING_KNOWN)).toBe(answer);
      expect(written(`${introduction}\n\n${answer}\n\n${QUOTED}`, NOTHING_KNOWN)).toBe(answer);
    }
  });

  it.each(["[DD] Guilty.", "DD: Guilty.", "[Dana] Guilty.", "Dana: Guilty."])(
    "is kept inside a mail that is not known where it bears the reader's initials or name: %s",
    (answer) => {
      const header = `From: ${FROM}\nSent: Tuesday, November 24, 2026 7:30 AM\nTo: Dana\nSubject: ${SENT.subject}`;
      const mail = FLAT.replace("The question", `${answer}\n\nThe question`);
      expect(written(`See below.\n\n${header}\n\n${mail}`, NOTHING_KNOWN).split("\n\n")).toContain(answer);
      expect(
        written(`See below.\n\n${header}\n\n${mail.replace(answer, "XY: Guilty.")}`, NOTHING_KNOWN),
      ).toBe("See below.");
    },
  );

  it("is kept between lines of two dashes, and a signature below the last of them goes", () => {
    const answers = "Two things.\n--\nA second estimator.\n--\nA phone that rings. I heard it.";
    expect(written(answers)).toBe(answers);
    expect(written(`${answers}\n-- \nDana Doe\n+49 30 1234567`)).toBe(answers);
  });

  it.each([
    ["> View it (https://course.example/lessons/example", "_nonce=3dd518)"],
    ["> View it <https://course.example/lessons/example", "?from=mail> >"],
    ["> All lessons:", " (https://course.example/lessons) >"],
  ])("is kept without the rest of our link that a client broke out of its quotation: %s", (above, rest) => {
    const introduction = `On Tue, Nov 24, 2026 at 7:30 AM ${FROM} wrote:`;
    const quoted = (between: string) =>
      `${ANSWER}\n\n${introduction}\n\n> A lesson.\n>\n${above}\n${between}\n>\n> Reply to it.`;
    expect(written(quoted(rest), NOTHING_KNOWN)).toBe(ANSWER);
    for (const answer of ["A van.", "(as in https://reader.example/van)", "https://reader.example/van"])
      expect(written(quoted(answer), NOTHING_KNOWN).split("\n")).toContain(answer);
  });

  it.each([
    [
      "on a line of its own that names no hour",
      `On 24 November 2026 Managing Up, Leading Down wrote:\n\n${FLAT}`,
    ],
    ["over two lines, of which the first begins with the date", `24.11.2026, 07:30,\n${FROM}:\n\n${QUOTED}`],
    [
      "and begins our mail on its second line",
      `On Tue, Nov 24, 2026\nat 7:30 AM Managing Up, Leading Down\nwrote: ${FLAT.split("\n")[5]}`,
    ],
  ])("is kept above an introduction that stands %s", (_, ours) => {
    expect(written(`A car.\n\n${ours}`)).toBe("A car.");
  });

  it("is kept behind the colon of an introduction of two lines", () => {
    const introduction = `On Tue, Nov 24, 2026 at 7:30 AM\n${FROM} wrote:`;
    expect(written(`${introduction} A second estimator.\n\n${QUOTED}`).trim()).toBe("A second estimator.");
  });

  it("is kept where it names a day above an older mail of ours, and a short one without its day is ours", () => {
    const ours = `On Tue, Nov 24, 2026 at 7:30 AM ${FROM} wrote:\n\n${FLAT}`;
    const answer = "We have had a second estimator since 24 November 2026, and quotes take two days.";
    expect(written(`${ours}\n\n${answer}\n${ours}`)).toBe(answer);
    expect(written(`${ours}\n\n24.11.2026, 07:30\n${ours}`)).toBe("");
  });

  it("is kept where it is one word, which our mail goes on with as well", () => {
    const introduction = `On Tue, Nov 24, 2026 at 7:30 AM ${FROM} wrote:`;
    const [before = ""] = FLAT.split(" No names needed.");
    expect(FLAT).not.toBe(before);
    expect(written(`${introduction}\n\n${before}\n\nNo\n\nNo names needed.`)).toBe("No");
    expect(written(`${introduction}\n\n${before}\n\nNo`)).toBe("No");
    expect(written(`${introduction}\n\n${before}\n\nNo\n\nnames needed. Just reply to this email.`)).toBe("");
  });

  it("is kept in a quotation of our mail where it has a colon, or ends with one above somebody's name and a date", () => {
    const introduction = `On Tue, Nov 24, 2026 at 7:30 AM ${FROM} wrote:`;
    const [above, below] = [QUOTED.split("\n").slice(0, 20), QUOTED.split("\n").slice(20)];
    const inside = (...answer: string[]) =>
      written([introduction, "", ...above, ...answer.map((line) => `> ${line}`), ...below].join("\n"));
    expect(inside("Yes, a car.", "> An older line of the thread")).toBe("Yes, a car.");
    expect(inside("Yes: a car", "> An older line of the thread")).toBe("Yes: a car");
    expect(
      inside("A car:", "On Mon, Nov 23, 2026 at 7:30 AM Anna <anna@x.example> wrote:", "Old."),
    ).toContain("A car:");
    expect(inside("Hi,", "On Mon, Nov 23, 2026 at 7:30 AM Anna <anna@x.example> wrote:", "> Old.")).toBe("");
  });

  it("is kept without a greeting of ours that another client put above our mail", () => {
    const introduction = `On Tue, Nov 24, 2026 at 7:30 AM ${FROM} wrote:`;
    expect(written(`A car.\n\n${introduction}\n\nHi Dana,\n\n${FLAT}`)).toBe("A car.");
  });

  it("is kept above fields of our mail in a language that nobody knows, and fields of its own stay", () => {
    const fields = `* Kto: ${FROM}\n* Kedy: 24.11.2026\n* Komu: Dana\n* Vec: ${SENT.subject}`;
    expect(written(`A car.\n\n${fields}\n\nA lesson.`, NOTHING_KNOWN)).toBe("A car.");
    const list = "Who: Managing Up, Leading Down\nWhere: here\nWhen: now\nWhat: a car\n\nThat is all.";
    expect(written(list, { ...NOTHING_KNOWN, subject: "" })).toBe(list);
  });

  it.each(["Forwarded message:", "---------- Forwarded message---------", "转发邮件:"])(
    "is kept above a mail that is passed on: %s",
    (mark) => {
      const mail = "From: Anna <anna@x.example>\nDate: 24 Nov 2026\nSubject: Cars\n\nCars are cheap.";
      expect(written(`A car.\n\n${mark}\n${mail}`)).toBe("A car.");
    },
  );

  it.each(["-----Original Message-----", "-----Ursprüngliche Nachricht-----"])(
    "is kept above an older mail behind its mark: %s",
    (mark) => {
      expect(written(`A car.\n\n${mark}\nCars are cheap.`)).toBe("A car.");
    },
  );

  it("is kept below The Bat!'s introduction where initials and a bracket stand within its line", () => {
    const words = "Tuesday, 7:30, you wrote:\n\nA car (VP> CEO) it is.";
    expect(written(words, NOTHING_KNOWN)).toBe(words);
    expect(written("A car.\n\nTuesday, 7:30, you wrote:\n\nMU> A lesson.", NOTHING_KNOWN)).toBe("A car.");
  });

  it("is kept without what a ticket system writes around it", () => {
    const ticket =
      "##- Please type your reply above this line -##\n\nDana Doe (Labels)\nNov 30, 2026, 13:02 GMT+1";
    expect(
      written(`${ticket}\n\n${ANSWER}\n\nManaging Up, Leading Down\nNov 24, 2026, 07:30 GMT+1\n\n${FLAT}`),
    ).toBe(ANSWER);
  });
});

describe("what stands above a reader's words", () => {
  const WORDS = "A second estimator. The brewery waited five weeks for a quote.";

  it.each(blocks("banners.txt"))("is a mail server's warning, and goes: %s", (banner) => {
    expect(written(`${banner}\n\n${WORDS}\n`)).toBe(WORDS);
    expect(written(`${banner}\n${WORDS}\n`)).toBe(WORDS);
  });

  it("is two warnings, or a warning and a mark on the words, and all go", () => {
    const banner = "CAUTION: This email originated from outside of the organization.";
    const note = "You don't often get email from dana@reader.example. Learn why this is important";
    expect(written(`${banner}\n\n[EXTERNAL] ${WORDS}`)).toBe(WORDS);
    expect(written(`${banner}\n\n${note}\n\n${WORDS}`)).toBe(WORDS);
  });

  it.each([
    "Caution: my boss never reads mail from outside.",
    "Attention to the customer is what I want.",
    "External sales need a van.",
    "[Draft] A van.",
  ])("is a sentence of theirs that begins like a warning, and stays: %s", (sentence) => {
    expect(written(sentence)).toBe(sentence);
  });
});

describe("what stands below a reader's words", () => {
  const WORDS = "A second estimator. The brewery waited five weeks for a quote.";
  const introduced = `On Tue, Nov 24, 2026 at 7:30 AM Managing Up, Leading Down <${ADDRESS}> wrote:\n\n${QUOTED}`;

  it.each(lines("footers.txt"))("is an app's line, and goes: %s", (footer) => {
    expect(written(`${WORDS}\n\n${footer}\n`)).toBe(WORDS);
  });

  it.each(lines("sentences.txt"))(
    "is a sentence of theirs that begins like an app's line, and stays: %s",
    (sentence) => {
      expect(written(sentence)).toBe(sentence);
      expect(written(`${WORDS}\n\n${sentence}`)).toBe(`${WORDS}\n\n${sentence}`);
    },
  );

  it.each(blocks("tails.txt"))("is a disclaimer, a scanner's line or a signature, and goes: %s", (tail) => {
    expect(written(`${WORDS}\n\n${tail}\n`)).toBe(WORDS);
    expect(written(`${WORDS}\n${tail}\n\n${introduced}`)).toBe(WORDS);
    expect(written(`${WORDS}\n\n${introduced}\n\n${tail}\n`)).toBe(WORDS);
    expect(written(`${introduced}\n\n${WORDS}\n\n${tail}`)).toBe(WORDS);
  });

  it("is NetEase's card or its line alone, and goes, without the words directly above", () => {
    expect(written(`${WORDS}\n签名由网易邮箱大师定制`)).toBe(WORDS);
    expect(written(`${WORDS}\n| |\n达娜\n|\n签名由网易邮箱大师定制`)).toBe(WORDS);
    expect(written(`${WORDS}\n|\nA bar.\niPhoneから送信`)).toBe(`${WORDS}\n|\nA bar.`);
  });

  it("is kept where only some of its words sound like a disclaimer's", () => {
    const words = "My boss asked me to keep the offer confidential.\n\nThe recipient got it by mistake.";
    expect(written(words)).toBe(words);
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
    expect(of("a word\n".repeat(2_000)).wasCut).toBe(false);
    expect(of("a word\n".repeat(4_001)).wasCut).toBe(true);
    expect(of("a word\n".repeat(3_000)).wasCut).toBe(true);
    expect(of("a word ".repeat(20_000)).wasCut).toBe(true);
  });

  it("are pieces of the reply's lines, in their order, whatever the reply", () => {
    fc.assert(
      fc.property(hostileReplies(), (text) => {
        const found = of(text);
        let at = 0;
        for (const { start, end } of found.lines) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(found.body.slice(start, end)).not.toContain("\n");
          at = end;
        }
        expect(found.lines.map(({ start, end }) => found.body.slice(start, end)).join("\n")).toBe(found.text);
      }),
    );
  });

  it("below a thread of any length are read: its end is read as well as its beginning", () => {
    const thread = "> an older line of the thread\n".repeat(40_000);
    const introduction = `On Tue, Nov 24, 2026 at 7:30 AM Managing Up <${ADDRESS}> wrote:`;
    const found = of(`Above.\n\n${introduction}\n\n${thread}\nBelow.`);
    expect(found.text.split("\n").filter(Boolean)).toEqual(["Above.", "Below."]);
    expect(found.wasCut).toBe(true);
  });

  it("come from the HTML where the text part shows nothing, or only tells to look at the HTML", () => {
    const html = "<p>A second estimator.</p>";
    for (const text of ["\u200b\r\n", "Please view this message in an HTML compatible mail reader."])
      expect(ownWords({ text, html, sent: SENT })).toMatchObject({
        text: "A second estimator.",
        from: "html",
      });
  });

  it("come from a text part that says use or HTML, and not both", () => {
    const html = "<p>A second estimator.</p>";
    for (const text of ["A car. I use it daily.", "A page of HTML."])
      expect(ownWords({ text, html, sent: SENT })).toMatchObject({ text, from: "text" });
  });

  it("do not change when they are read once more", () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases()), ({ reply }) => {
        const once = ownWords(reply).text;
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

  it("that our mail had quoted are no new ones in a quotation of it, and theirs again where they write them", () => {
    const earlier = "I have seen the third customer leave because of a late offer.";
    const sent = { ...SENT, quoted: earlier };
    const quoted = [...QUOTED.split("\n").slice(0, 12), `> ${earlier}`, ...QUOTED.split("\n").slice(12)].join(
      "\n",
    );
    const introduction = `On Tue, Nov 24, 2026 at 7:30 AM Managing Up, Leading Down <${ADDRESS}> wrote:`;
    expect(written(`New words.\n\n${introduction}\n\n${quoted}`, sent)).toBe("New words.");
    expect(written(`${earlier}\n\n${introduction}\n\n${QUOTED}`, sent)).toBe(earlier);
    expect(written(`New words.\n\n${introduction}\n\n${quoted}`)).toContain(earlier);
  });

  it("typed at the end of a line of ours, or behind its mark, are kept without them", () => {
    const introduction = `On Tue, Nov 24, 2026 at 7:30 AM Managing Up, Leading Down <${ADDRESS}> wrote:`;
    const quoted = QUOTED.replace("> reply to this email.", "> reply to this email. A van that starts.");
    expect(written(`${introduction}\n\n${quoted}`)).toBe("A van that starts.");
    const behind = QUOTED.replace("> The question", "> A van that starts every day.\n> The question");
    expect(written(`${introduction}\n\n${behind}`)).toBe("A van that starts every day.");
  });

  it("come from behind and between nested quotations of HTML", () => {
    const html =
      "<blockquote>a<blockquote>b</blockquote>c<div><div>d</div></div></blockquote>Mine.<blockquote>e</blockquote>Too.";
    expect(ownWords({ text: undefined, html, sent: SENT }).body).toBe(
      "> a\n>> b\n> c\n> d\nMine.\n> e\nToo.",
    );
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
        fc.constantFrom(...cases().map(({ reply }) => reply.text ?? reply.html ?? "")),
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
