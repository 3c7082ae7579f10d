import fc from "fast-check";
import PostalMime from "postal-mime";
import { beforeAll, describe, expect, it } from "vitest";
import { sampleComposition } from "../../../authoring/samples.ts";
import type { Content } from "../../../functions/domain/content.ts";
import type { Course, Lesson } from "../../../functions/domain/course/course.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { silenceToTell } from "../../../functions/domain/course/silence.ts";
import { COMPOSE } from "../../../functions/mail/compose/compose.ts";
import type { Composed } from "../../../functions/mail/compose/composition.ts";
import { composePrompt } from "../../../functions/mail/compose/conversation.ts";
import {
  composeCompletion,
  composeJournal,
  composeLookBack,
} from "../../../functions/mail/compose/journal.ts";
import { composeLesson } from "../../../functions/mail/compose/lesson.ts";
import { composeNotice } from "../../../functions/mail/compose/notice.ts";
import {
  isMailedLink,
  isOwnReplyQuestion,
  NOTICE_OCCASIONS,
} from "../../../functions/mail/compose/notices.ts";
import { composeConfirmation, composeWelcome } from "../../../functions/mail/compose/sign-up.ts";
import { replySubject } from "../../../functions/mail/mime/fields.ts";
import { mimeMessage } from "../../../functions/mail/mime/mime.ts";
import { makeComposition, reflectionOn, shippedContent, TUESDAY, theCourse } from "../composition.ts";

let content: Content;
let course: Course;
beforeAll(async () => {
  content = await shippedContent();
  course = theCourse(content);
});

const slugAt = (place: number): string => course.lessons[place]?.slug ?? "";
const header = (mail: Composed, name: string): string | undefined =>
  mail.headers.find(([key]) => key === name)?.[1];

/** Where a sample about a change of address goes: not to its reader. */
const ELSEWHERE = "dana@paper.example";

describe("every mail", () => {
  const slugs: Record<string, string> = {
    lesson: "bring-the-example",
    prompt: "bring-the-example",
    notice: "personal-1",
    address: "new-1",
    letter: "a-year-later",
  };
  const all = (): Composed[] =>
    Object.entries(COMPOSE).map(([kind, compose]) =>
      compose(makeComposition(content, kind as keyof typeof COMPOSE, slugs[kind] ?? kind)),
    );

  it("comes from the course and takes replies at an address of its own", () => {
    for (const mail of all()) {
      expect(mail.from).toEqual({ name: "Managing Up, Leading Down", address: "lessons@course.example" });
      expect(mail.replyTo.address).toMatch(/^reply\+[a-z2-7]+@course\.example$/);
      expect(["dana@printer.example", ELSEWHERE]).toContain(mail.to.address);
    }
    const elsewhere = all().filter(({ to }) => to.address === ELSEWHERE);
    expect(elsewhere.map(({ subject }) => subject)).toEqual(["Shall your emails come to this address?"]);
  });

  it("has each header field once, never Precedence, never an id of our own", () => {
    for (const mail of all()) {
      const names = mail.headers.map(([name]) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      expect(names).not.toContain("precedence");
      expect(names).not.toContain("message-id");
    }
  });

  it("makes the same bytes from the same parts, which a parser reads back", async () => {
    for (const mail of all()) {
      expect(mimeMessage(mail)).toEqual(mimeMessage(mail));
      const parsed = await PostalMime.parse(mimeMessage(mail));
      expect(parsed.subject).toBe(mail.subject);
      expect(parsed.html?.trim()).toBe(mail.html.trim());
      expect(parsed.text?.trim()).toBe(mail.text.trim());
    }
  });
});

describe("an issue of the newsletter", () => {
  const issue = () => content.issues?.find(({ slug }) => slug === "the-roads-to-ceo");
  const mail = () => COMPOSE.issue(makeComposition(content, "issue", "the-roads-to-ceo", { issue: issue() }));

  it("is on the newsletter's list, which is left by one click of its own", () => {
    expect(header(mail(), "List-Id")).toBe(
      "Notes on managing up and leading down <newsletter.course.example>",
    );
    expect(header(mail(), "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
    expect(header(mail(), "Auto-Submitted")).toBeUndefined();
    expect(mail().html).toContain("You get this because you asked for the newsletter Notes on");
  });

  it("offers in its foot what a reader of the newsletter alone has: their page and their data, no pause and no hour", () => {
    for (const part of [mail().html, mail().text]) {
      expect(part).toContain("Your page and your data");
      expect(part).not.toMatch(/Pause|change the hour|journal/);
    }
  });

  it("shows the paths to CEO as a table and as a band, without an image", () => {
    const { html, text } = mail();
    expect(html).toContain('<table class="data"');
    expect(html.match(/class="had" width="14"/g)).toHaveLength(4);
    expect(html).not.toContain("<img");
    expect(text).toContain("  |  The 1980s and 1990s\n  |  Finance");
  });
});

describe("the confirmation", () => {
  it("echoes nothing of the form but the address it goes to", () => {
    const subscriber = { address: "dana@printer.example", firstName: "Win $500 at casino-dot-example" };
    const mail = composeConfirmation(makeComposition(content, "confirmation", "1", { subscriber }));
    expect(JSON.stringify(mail)).not.toContain("casino");
    expect(mail.to).toEqual({ address: "dana@printer.example" });
  });

  it("is marked as a machine's, offers its link in both parts, and no list to leave", () => {
    const mail = composeConfirmation(makeComposition(content, "confirmation", "1", { enrolment: undefined }));
    expect(header(mail, "Auto-Submitted")).toBe("auto-generated");
    expect(header(mail, "List-Unsubscribe")).toBeUndefined();
    for (const part of [mail.html, mail.text]) {
      expect(part).toContain("https://learn.course.example/confirm/");
      expect(part).not.toContain("/unsubscribe/");
    }
  });
});

describe("the welcome", () => {
  it("says when lesson 1 comes, and offers it at once and the rating on the reader's page", () => {
    const mail = composeWelcome(makeComposition(content, "welcome", "welcome"));
    expect(mail.text).toContain("Lesson 1 comes on Wednesday, 07:30.");
    expect(mail.html).toContain("?do&#x3D;next-lesson");
    expect(mail.html).toContain("?do&#x3D;rating&amp;rating&#x3D;5");
    expect(mail.html).toContain("Welcome, Dana");
    expect(header(mail, "Auto-Submitted")).toBe("auto-generated");
    expect(header(mail, "X-Auto-Response-Suppress")).toBe("All");
  });

  it("offers no lesson once lesson 1 has left, and does not take lesson 2's day for its own", () => {
    const { enrolment } = makeComposition(content, "lesson", course.lessons[0]?.slug ?? "");
    const done = course.lessons.slice(0, 1).map(({ slug }) => slug);
    const agenda = { lesson: { dueAt: Date.UTC(2026, 11, 1, 12, 30), doubts: 0 } };
    const mail = composeWelcome(
      makeComposition(content, "welcome", "welcome", {
        enrolment: { ...(enrolment as Enrolment), agenda, done },
      }),
    );
    expect(mail.text).toContain("Lesson 1 is on its way.");
    expect(mail.text).not.toContain("Tuesday, 07:30");
    for (const part of [mail.text, mail.html]) expect(part).not.toContain("Send lesson 1 now");
  });

  it("shows a first name as words, never as HTML", () => {
    const subscriber = { address: "dana@printer.example", firstName: "<b>Dana</b>" };
    const mail = composeWelcome(makeComposition(content, "welcome", "welcome", { subscriber }));
    expect(mail.html).not.toContain("<b>Dana");
    expect(mail.html).toContain("Welcome, &lt;b&gt;Dana");
  });
});

describe("a lesson", () => {
  it("has its own subject, its place, its move, its question, and what comes next and when", () => {
    const lesson = course.lessons[3];
    const mail = composeLesson(makeComposition(content, "lesson", slugAt(3)));
    expect(mail.subject).toBe(lesson?.subject);
    expect(mail.text).toContain("Lesson 4 of 12 · Managing up");
    expect(unwrapped(mail.text)).toContain(lesson?.move);
    expect(unwrapped(mail.text)).toContain(lesson?.question);
    expect(mail.text).toContain("One line is enough. Just reply. No names needed.");
    expect(unwrapped(mail.text)).toContain("Mark Pomerantz and the person who runs this system read it");
    expect(unwrapped(mail.text)).toContain("Next Wednesday, 07:30".replace("Wednesday", "Tuesday"));
  });

  it("has its number before the words of its preview, by its place in the course", () => {
    const moved = { ...course, lessons: [...course.lessons].reverse() };
    for (const [on, number] of [[course, 1] as const, [moved, 12] as const]) {
      const mail = composeLesson(makeComposition(content, "lesson", slugAt(0), { course: on }));
      const preview = course.lessons[0]?.preview.slice(0, 20);
      expect(mail.html).toContain(`Lesson ${number} of 12. ${preview}`);
    }
  });

  it("shows the move and the words to use below headings, behind the opening and before the rest", () => {
    const lesson = { ...(course.lessons[3] as Lesson), wordsToUse: ["One line.", "<b>Another</b>"] };
    const own = { ...course, lessons: course.lessons.with(3, lesson) };
    const { html, text } = composeLesson(makeComposition(content, "lesson", lesson.slug, { course: own }));
    const [opening = "", second = ""] = lesson.body.text.split("\n\n").map((block) => block.slice(0, 30));
    const inOrder = [
      opening,
      "THIS WEEK’S MOVE",
      lesson.move.slice(0, 30),
      "WORDS TO USE",
      "One line.",
      second,
    ];
    const places = [...inOrder, "THE QUESTION"].map((words) => text.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(html.match(/<h2[^>]*>[^<]*/g)?.map((heading) => heading.replace(/.*>/, ""))).toEqual([
      "This week’s move",
      "Words to use",
      "The question",
    ]);
    expect(html).toContain("&lt;b&gt;Another");
  });

  it("without words to use or a pull-quote leaves no place for them", () => {
    const lesson = { ...(course.lessons[3] as Lesson), wordsToUse: [], pullQuote: "" };
    const own = { ...course, lessons: course.lessons.with(3, lesson) };
    const { html, text } = composeLesson(makeComposition(content, "lesson", lesson.slug, { course: own }));
    for (const part of [html, text]) expect(part).not.toMatch(/words to use|“”/i);
    expect(html).not.toContain('class="pull"');
  });

  it("draws as many cells of progress as the reader has had lessons", () => {
    const { html } = composeLesson(makeComposition(content, "lesson", slugAt(3)));
    expect(html.match(/<td class="had"/g)).toHaveLength(4);
    expect(html.match(/<td class="ahead"/g)).toHaveLength(8);
  });

  it("can be left with one click, and starts a thread of its own", () => {
    const mail = composeLesson(makeComposition(content, "lesson", slugAt(0)));
    expect(header(mail, "List-Unsubscribe")).toMatch(
      /^<https:\/\/learn\.course\.example\/unsubscribe\/[a-z2-7]+>, <mailto:unsubscribe\+[a-z2-7]+@course\.example\?subject=unsubscribe>$/,
    );
    expect(header(mail, "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
    expect(header(mail, "List-Id")).toBe(
      "Managing Up Leading Down <managing-up-leading-down.course.example>",
    );
    expect(header(mail, "List-Post")).toBe("NO");
    expect(header(mail, "X-Auto-Response-Suppress")).toBe("DR, RN, NRN");
    expect(header(mail, "Auto-Submitted")).toBeUndefined();
    expect(header(mail, "References")).toBeUndefined();
  });

  it("opens a new part with what the one before held, and only there", () => {
    const recap = "Six lessons on managing up are behind you";
    expect(composeLesson(makeComposition(content, "lesson", slugAt(6))).text).toContain(recap);
    expect(composeLesson(makeComposition(content, "lesson", slugAt(7))).text).not.toContain(recap);
  });

  it("asks for the second rating when it is the last, and announces the journal", () => {
    const mail = composeLesson(makeComposition(content, "lesson", slugAt(11)));
    expect(mail.html).toContain("?do&#x3D;rating&amp;rating&#x3D;1");
    expect(mail.text).toContain("Your journal");
    expect(composeLesson(makeComposition(content, "lesson", slugAt(10))).html).not.toContain("rating&#x3D;1");
  });

  it("that opens a part recalls the part before it, with a sentence of the reader's own if there is one", () => {
    const best =
      "We lost the carton job because finance wanted a third signature on a price <b> agreed in May.";
    const journal = [
      reflectionOn(course, slugAt(0), { ownWords: `${best} It cost us two weeks.` }),
      reflectionOn(course, slugAt(1), { ownWords: "Sales, and it shows in every question." }),
      reflectionOn(course, slugAt(6), {
        ownWords: `${best} But this is a longer one of the next part, by far.`,
      }),
    ];
    const seventh = composeLesson(makeComposition(content, "lesson", slugAt(6), { journal }));
    expect(unwrapped(seventh.text)).toContain(`In your own words: “${best}”`);
    expect(seventh.html).not.toContain("<b> agreed");
    expect(seventh.subject + seventh.html.slice(0, seventh.html.indexOf("</div>"))).not.toContain("carton");
    for (const place of [0, 7])
      expect(
        composeLesson(makeComposition(content, "lesson", slugAt(place), { journal })).text,
      ).not.toContain("In your own words");
    expect(composeLesson(makeComposition(content, "lesson", slugAt(6), { journal: [] })).text).not.toContain(
      "In your own words",
    );
  });

  it("that the course does not have is an error that names it", () => {
    expect(() => composeLesson(makeComposition(content, "lesson", "gone"))).toThrow('the lesson "gone"');
  });
});

describe("an answer to a reply", () => {
  const answerTo = (answers: "substantial" | "very-short" | "question", changes = {}) =>
    composePrompt(
      makeComposition(content, "prompt", slugAt(0), {
        entry: { dueAt: 0, doubts: 0, reflection: "r", answers },
        ...changes,
      }),
    );

  it("stands in the thread of the reader's mail and is marked as automatic", () => {
    const mail = answerTo("substantial");
    expect(mail.subject).toBe("Re: Where your hardest headwind can come from");
    expect(header(mail, "Auto-Submitted")).toBe("auto-replied");
    expect(header(mail, "In-Reply-To")).toBe("<CAF0x-19a@mail.printer.example>");
    expect(header(mail, "References")).toBe(
      "<0100019abc-000000@email.amazonses.com> <CAF0x-19a@mail.printer.example>",
    );
  });

  it("to what was written on the page says so, and leads to its removal; to a mail it does neither", () => {
    const first = makeComposition(content, "prompt", slugAt(0));
    const written = composePrompt({
      ...first,
      reflection: first.reflection && { ...first.reflection, isFromPage: true },
    });
    for (const part of [unwrapped(written.text), written.html]) {
      expect(part).toContain("This was written on the page of the lesson.");
      expect(part).toContain("Was this not you? Remove it.");
      expect(part).toContain("/remove-answer/");
    }
    const { text, html } = composePrompt(first);
    expect(text + html).not.toMatch(/remove-answer|on the page/);
  });

  it("says of each kind only what is true of every reply of that kind", () => {
    const first = course.lessons[0];
    const substantial = unwrapped(answerTo("substantial").text);
    expect(substantial).toContain("Kept in your journal, word for word. If you have another minute:");
    expect(substantial).toContain(first?.prompts.substantial);
    expect(unwrapped(answerTo("very-short").text)).toContain("Kept. One detail would help you later");
    const answering = answerTo("question", { course: { ...course, answersQuestions: true } });
    expect(unwrapped(answering.text)).toContain("Your question has gone to Mark");
  });

  it("promises no answer by the author where the author gives none", () => {
    const silent = { ...course, answersQuestions: false };
    const { text, html } = answerTo("question", { course: silent });
    expect(text + html).not.toContain("has gone to Mark");
    expect(unwrapped(text)).toContain(course.lessons[0]?.prompts.substantial);
  });

  it("says that it is automatic and who reads, and repeats none of the reader's words", () => {
    for (const kind of ["substantial", "very-short", "question"] as const) {
      const mail = answerTo(kind);
      expect(unwrapped(mail.text)).toContain("This answer is automatic.");
      expect(unwrapped(mail.text)).toContain("read by Mark Pomerantz and the person who runs this system");
      expect(mail.text + mail.html).not.toContain("carton job");
    }
  });

  it("takes no header field from a stranger's ids, and few of a long thread's", () => {
    const ids = Array.from({ length: 60 }, (_, index) => `<${index}.${"x".repeat(80)}@mail.example>`);
    const references = ["<a@b>\r\nBcc: <victim@example.com", ...ids, "nonsense"];
    const mail = answerTo("substantial", { reflection: reflectionOn(course, slugAt(0), { references }) });
    const value = header(mail, "References") ?? "";
    expect(value).toMatch(/^(<[^<>\s]+@[^<>\s]+>( |$))+$/);
    expect(value.split(" ").length).toBeLessThanOrEqual(20);
    expect(value.length).toBeLessThanOrEqual(2_000);
    expect(value.startsWith("<a@b> ")).toBe(true);
    expect(value.endsWith("<CAF0x-19a@mail.printer.example>")).toBe(true);
  });

  it("has one Re:, whatever language the reader's mail program speaks", () => {
    expect(replySubject("AW: Re: RE[2]: 回复：Sv: A price", "L")).toBe("Re: A price");
    expect(replySubject("Reprint: the price", "L")).toBe("Re: Reprint: the price");
    expect(replySubject(" \r\n ", "The lesson's")).toBe("Re: The lesson's");
    fc.assert(fc.property(fc.string(), (subject) => !/^Re: re:/i.test(replySubject(subject, "L"))));
  });
});

describe("a look-back", () => {
  it("quotes the reader in its body and nowhere that a shared screen would show", () => {
    const mail = composeLookBack(makeComposition(content, "look-back", "up"));
    expect(mail.subject).toBe("Two weeks on");
    expect(mail.text).toContain("> It cost us two weeks, and the buyer's patience.\n> - Next time");
    expect(mail.html.slice(0, mail.html.indexOf("</div>"))).not.toContain("carton");
    expect(mail.text).toContain("On 4 November 2026 you wrote:");
    expect(unwrapped(mail.text)).toContain(course.lessons[0]?.lookBack);
  });

  it("quotes 600 characters at the most, to the end of a sentence, and says where the rest is", () => {
    const sentence = "Finance wanted a third signature on a price that we had agreed in May.";
    const reflection = reflectionOn(course, slugAt(0), { ownWords: `${sentence} `.repeat(30) });
    const { text } = composeLookBack(makeComposition(content, "look-back", "up", { reflection }));
    const quoted = text.split("\n").filter((line) => line.startsWith("> "));
    expect(unwrapped(quoted.join(" ").replaceAll("> ", ""))).toBe(`${`${sentence} `.repeat(8)}…`);
    expect(text).toContain("The rest is in your journal");
  });

  it("leaves out the signature that ends two of the reader's replies", () => {
    const journal = [0, 1].map((place) => {
      const ownWords = `What I wrote about lesson ${place + 1}.\n\nDana Riva\nACME Cartons`;
      return reflectionOn(course, slugAt(place), { ownWords });
    });
    const changes = { reflection: journal[0], journal };
    const { text, html } = composeLookBack(makeComposition(content, "look-back", "up", changes));
    expect(text).toContain("> What I wrote about lesson 1.");
    expect(text + html).not.toContain("ACME");
    const completion = composeCompletion(makeComposition(content, "completion", "completion", { journal }));
    expect(completion.text).toContain("> What I wrote about lesson 2.");
    expect(completion.text + completion.html).not.toContain("ACME");
    const alone = composeLookBack(makeComposition(content, "look-back", "up", { ...changes, journal: [] }));
    expect(alone.text).toContain("> ACME Cartons");
  });

  it("shows a reader's markup as they typed it", () => {
    const reflection = reflectionOn(course, slugAt(0), {
      ownWords: '<img src=x onerror="alert(1)"> {{postalAddress}}',
    });
    const { html } = composeLookBack(makeComposition(content, "look-back", "up", { reflection }));
    expect(html).not.toContain("<img src=x");
    expect(html).toContain("{{postalAddress}}");
  });
});

describe("the journal", () => {
  const withJournal = (journal: ReturnType<typeof reflectionOn>[], changes = {}) =>
    composeCompletion(makeComposition(content, "completion", "completion", { journal, ...changes }));

  it("of a completion quotes no grave news; the journal that its reader asks for does", () => {
    const journal = [
      reflectionOn(course, slugAt(0), { ownWords: "I asked first." }),
      reflectionOn(course, slugAt(1), { ownWords: "My father died on Sunday.", replyKind: "grave" }),
      reflectionOn(course, slugAt(2), { ownWords: "My mother is in hospital.", isGrave: true }),
    ];
    const { text, html } = withJournal(journal);
    expect(text).toContain("> I asked first.");
    expect(text + html).not.toMatch(/died|hospital/);
    expect(withJournal(journal.slice(1)).text).not.toContain("> ");
    expect(composeJournal(makeComposition(content, "completion", "completion", { journal })).text).toContain(
      "> My father died on Sunday.",
    );
  });

  it("holds every reflection of this run, lesson by lesson, however they are given", () => {
    const { text } = withJournal([
      reflectionOn(course, slugAt(2), { ownWords: "third" }),
      reflectionOn(course, "up", { ownWords: "looking back" }),
      reflectionOn(course, slugAt(0), { ownWords: "first", receivedAt: 2 }),
      reflectionOn(course, slugAt(0), { ownWords: "before that", receivedAt: 1 }),
      reflectionOn(course, slugAt(1), { ownWords: "of another run", run: 2 }),
      reflectionOn(course, slugAt(1), { ownWords: "out of office", replyKind: "out-of-office" }),
    ]);
    const places = ["> before that", "> first", "> third", "> looking back"].map((words) =>
      text.indexOf(words),
    );
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
    expect(text).not.toContain("another run");
    expect(text).not.toContain("out of office");
  });

  it("shows both ratings or none", () => {
    const { enrolment } = makeComposition(content, "completion", "completion");
    const rated = (ratings: object) => withJournal([], { enrolment: { ...enrolment, ratings } }).text;
    expect(rated({ before: 2, after: 4 })).toContain("Before: 2 of 5");
    expect(rated({ before: 2 })).not.toContain("Before:");
  });

  it("stays below the size at which Gmail cuts a mail off, whatever readers write", () => {
    const ownWords = `"&<${"é\\n\\n👍".repeat(5_000)}`;
    const long = course.lessons.map(({ slug }) => reflectionOn(course, slug, { ownWords }));
    const mail = withJournal(Array.from({ length: 20 }, () => long).flat());
    expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000);
    expect(mail.html).toContain("Your page leads to the rest");
    expect(mail.text).toContain("There is more than an email can hold.");
  });

  it("says so when it is empty", () => {
    expect(withJournal([]).text).toContain("Nothing stands in your journal yet.");
  });
});

describe("a reader whose course waited while they were away", () => {
  const waited = (kind: "lesson" | "prompt" | "look-back" | "completion" | "notice", changes: object) => {
    const slugs = { lesson: slugAt(3), prompt: slugAt(0), "look-back": "up", completion: "completion" };
    const slug = kind === "notice" ? "help-1" : slugs[kind];
    const mail = makeComposition(content, kind, slug);
    const hold = { until: TUESDAY - 86_400_000, since: TUESDAY - 7 * 86_400_000 };
    return COMPOSE[kind]({ ...mail, enrolment: { ...mail.enrolment, hold, ...changes } as never });
  };

  it.each(["lesson", "prompt", "look-back", "completion", "notice"] as const)(
    "is told by a %s that comes next, and how to undo it",
    (kind) => {
      const after = waited(kind, {});
      expect(unwrapped(after.text)).toContain("said that you were away until 23 November 2026");
      expect(unwrapped(after.text)).toContain("reply “next”");
      expect(after.html).toContain("said that you were away until 23 November 2026");
      const hold = { until: TUESDAY + 86_400_000, since: TUESDAY };
      expect(unwrapped(waited(kind, { status: "paused", hold }).text)).toContain(
        "To undo it, reply “resume”.",
      );
      expect(waited(kind, { hold: { ...hold, isTold: true } }).text).not.toContain(
        "automatic answer from your mailbox",
      );
    },
  );
});

describe("the quiet line below a lesson", () => {
  const lesson = (place: number) => composeLesson(makeComposition(content, "lesson", slugAt(place)));
  const named = ["Pause", "Next lesson now", "Change day or time", "Unsubscribe"];

  it("leads to each thing that steers the course, in both parts", () => {
    const mail = lesson(3);
    for (const name of named) {
      expect(mail.html).toContain(`>${name}</a>`);
      expect(mail.text).toContain(name);
    }
    expect(mail.text).toContain("?do=next-lesson");
  });

  it("offers no next lesson below the last one, and stands below no other mail", () => {
    expect(lesson(course.lessons.length - 1).html).not.toContain("Next lesson now");
    const welcome = COMPOSE.welcome(makeComposition(content, "welcome", "welcome"));
    expect(welcome.html).not.toContain("Change day or time");
  });
});

describe("the fields of a list (RFC 8058, RFC 2919)", () => {
  const slugs: Record<string, string> = {
    lesson: "bring-the-example",
    prompt: "bring-the-example",
    notice: "personal-1",
    address: "old-1",
  };
  const fields = (kind: keyof typeof COMPOSE) =>
    COMPOSE[kind](makeComposition(content, kind, slugs[kind] ?? kind));

  it.each(["lesson", "look-back", "completion"] as const)("stand in a %s", (kind) => {
    expect(header(fields(kind), "List-Unsubscribe")).toMatch(/^<https:[^>]+>, <mailto:[^>]+>$/);
    expect(header(fields(kind), "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
  });

  it.each(["confirmation", "prompt", "notice", "address", "answer", "relay", "digest"] as const)(
    "do not stand in a %s",
    (kind) => {
      expect(
        fields(kind)
          .headers.map(([name]) => name)
          .filter((name) => name.startsWith("List-")),
      ).toEqual([]);
    },
  );
});

describe("the line to readers of whom nothing is heard", () => {
  const quiet = (silent: number, more: object = {}, lesson = "telling-or-listening") => {
    const mail = makeComposition(content, "lesson", lesson);
    const enrolment = { ...mail.enrolment, silent, ...more } as Enrolment;
    const silence = silenceToTell(enrolment, { pauseSilentReaders: true });
    return composeLesson({ ...mail, enrolment, silence, journal: undefined });
  };

  const NEXT_DAY = /Next [A-Z][a-z]+day, \d\d:\d\d:/;

  it("stands in one lesson after six in silence, in both parts, and in no other", () => {
    for (const part of ["html", "text"] as const) {
      expect(quiet(6)[part]).toContain("Still useful?");
      for (const silent of [0, 1, 5, 7]) expect(quiet(silent)[part]).not.toContain("Still useful?");
    }
    expect(quiet(6, {}, "who-is-in").text).not.toContain("Still useful?");
  });

  it("offers a slower pace to readers who can have one", () => {
    const cadence = { ...makeComposition(content, "lesson", "who-is-in").enrolment?.cadence };
    expect(quiet(6).text).not.toContain("Slower");
    const faster = quiet(6, { cadence: { ...cadence, pace: "workdays" } });
    expect(faster.text).toContain("Slower");
    expect(faster.html).toMatch(/\?do=settings"[^>]*>Slower</);
  });

  it("says in the last lesson before a pause that it comes, and names no next day", () => {
    const { text, html } = quiet(8, { toldOfSilence: 7 });
    expect(unwrapped(text)).toContain("With this lesson the course pauses, as we wrote.");
    expect(unwrapped(text)).not.toMatch(NEXT_DAY);
    expect(html.replaceAll("&#x3D;", "=")).toContain("?do=here");
    expect(quiet(7, { toldOfSilence: 7 }).text).toMatch(NEXT_DAY);
  });
});

describe("a notice", () => {
  const answer = (occasion: string, changes = {}) =>
    composeNotice(makeComposition(content, "notice", `${occasion}-0123456789abcdef0123`, changes));
  const answers = NOTICE_OCCASIONS.filter(
    (occasion) => !isMailedLink(occasion) && !isOwnReplyQuestion(occasion) && occasion !== "silence",
  );

  it("with a link to what is kept leads to the page that opens for 30 minutes", () => {
    const mail = composeNotice(
      makeComposition(content, "notice", "personal-1764000000000", { enrolment: undefined }),
    );
    expect(mail.text).toContain("https://learn.course.example/personal/");
    expect(header(mail, "Auto-Submitted")).toBe("auto-generated");
    expect(header(mail, "In-Reply-To")).toBeUndefined();
  });

  it("that was not sure what was meant says of nothing that it was read as a request", () => {
    for (const occasion of ["unsure", "how"])
      expect(unwrapped(answer(occasion).text)).not.toContain("read as a request");
    expect(unwrapped(answer("paused").text)).toContain("read as a request");
  });

  it("of leaving the newsletter alone speaks of no place in the course", () => {
    expect(unwrapped(answer("left-newsletter").text)).toContain("and it comes again.");
    expect(unwrapped(answer("left-newsletter").text)).not.toContain("Your place");
    expect(unwrapped(answer("left-course").text)).toContain("Your place");
  });

  it("that asks for one press leads to the button it speaks of, also beside what was done", () => {
    for (const occasions of ["confirm", "slower-confirm"]) {
      const mail = answer(occasions);
      expect(mail.text).toContain("One press, and it comes");
      expect(mail.text).toMatch(/\/reader\/[a-z2-7]+\?do=next-lesson>?\n/);
      expect(unwrapped(mail.text)).toContain("If it was not you, do nothing, and no lesson comes.");
    }
    expect(unwrapped(answer("slower-confirm").text)).toContain("You asked for a slower pace");
    expect(answer("slower-rated").text).toContain("All done");
  });

  it("to someone who has left shows the way back and nothing to pause, change or leave", () => {
    const mail = answer("left");
    const foot = unwrapped(mail.text).split("-- ").at(-1) ?? "";
    expect(unwrapped(mail.text)).toContain("reply “back” within 30 days");
    expect(foot).not.toMatch(/unsubscribe|pause|hour/i);
    expect(mail.html).not.toContain("/unsubscribe/");
    expect(mail.text).not.toContain("/unsubscribe/");
  });

  it("to someone who is in another course names what goes on, and how to leave that", () => {
    const mail = answer("left-also", { goesOn: ["Four days of bread", "The second one"] });
    expect(unwrapped(mail.text)).toContain("This goes on: Four days of bread, The second one.");
    expect(mail.text).not.toMatch(/last email|Nothing more/);
    expect(mail.html).not.toContain("Nothing more");
    expect(mail.text).toContain("/unsubscribe/");
    expect(unwrapped(answer("left-also", { goesOn: [] }).text)).toContain("the last email");
  });

  it.each([
    ["left-course", "You are unsubscribed from the course, as you asked. The newsletter still comes."],
    ["left-newsletter", "You are unsubscribed from the newsletter, as you asked. The course goes on."],
  ])("about %s says what stays, and how to leave that", (occasion, says) => {
    const mail = answer(occasion);
    expect(unwrapped(mail.text)).toContain(says);
    expect(unwrapped(mail.text)).not.toContain("the last email");
    expect(mail.text).toContain("/unsubscribe/");
  });

  it.each([
    ["unsubscribe", "It asks to unsubscribe."],
    ["command", "It asks for something about the course"],
    ["reflection", "its words are kept as yours"],
  ] as const)(
    "that asks about a %s from elsewhere quotes nothing of it, and leads to a button",
    (replyKind, says) => {
      const reflection = reflectionOn(course, slugAt(0), {
        ...{ ownWords: "Buy at https://cheap.example", subject: "Cheap", messageId: "<x@cheap.example>" },
        awaits: { replyKind, reason: "theirs" },
      });
      const mail = answer("sender", { reflection });
      expect(unwrapped(mail.text)).toContain("answered from d•••@mail.example");
      expect(unwrapped(mail.text)).toContain(says);
      expect(mail.text).toContain("https://learn.course.example/own-reply/");
      expect(JSON.stringify([mail.text, mail.html, mail.subject, mail.headers])).not.toMatch(/cheap/i);
    },
  );

  it("with the journal says of an entry that its sender is not proven, and where to press for a lesson", () => {
    const entry = reflectionOn(course, slugAt(0), { isUnproven: true });
    const mail = answer("journal-confirm", { journal: [entry] });
    expect(unwrapped(mail.text)).toContain("sender not proven");
    expect(mail.text).toContain("?do=next-lesson");
    expect(answer("journal").text).not.toContain("not proven");
  });

  it("that asks whether they come back shows nothing to pause, change or leave", () => {
    const mail = answer("back");
    expect(mail.text).toContain("https://learn.course.example/own-reply/");
    expect(mail.text).not.toContain("/unsubscribe/");
  });

  it("that reminds a silent reader asks for one press, and can be unsubscribed from like a lesson", () => {
    const mail = answer("silence");
    expect(mail.subject).toBe("Shall the course go on?");
    expect(mail.text).toMatch(/\/reader\/[a-z2-7]+\?do=here/);
    expect(header(mail, "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
    expect(header(mail, "In-Reply-To")).toBeUndefined();
  });

  it.each(answers)("about %s answers a command in its thread, as an automatic answer", (occasion) => {
    const mail = answer(occasion);
    expect(mail.subject).toBe("Re: Where your hardest headwind can come from");
    expect(header(mail, "Auto-Submitted")).toBe("auto-replied");
    expect(header(mail, "In-Reply-To")).toBe("<CAF0x-19a@mail.printer.example>");
    expect(unwrapped(mail.text)).toContain("This answer is automatic");
    expect(mail.html).toContain("This answer is automatic");
  });

  it.each(answers.filter((occasion) => occasion !== "journal"))(
    "about %s says how to undo it or what to reply instead, in a few words",
    (occasion) => {
      const { text } = answer(occasion);
      expect(unwrapped(text)).toMatch(/repl(?:y|ies)|your page/);
      expect(text.slice(0, text.indexOf("-- \n")).split(/\s+/).length).toBeLessThan(140);
      expect(text).not.toContain("carton job");
    },
  );

  it("says where the course stands when it is written, not when it was asked for", () => {
    const { enrolment } = makeComposition(content, "notice", "paused-1");
    const until = { resume: { dueAt: Date.UTC(2026, 11, 15, 12), doubts: 0 } };
    const asked = answer("paused", { enrolment: { ...enrolment, status: "paused", agenda: until } });
    expect(unwrapped(asked.text)).toContain("Paused until 15 December 2026. Your place is kept.");
    expect(unwrapped(answer("paused").text)).not.toContain("Paused until");
  });

  it("that was asked for as the journal holds what stands in it so far, under its own heading", () => {
    const { text } = answer("journal");
    expect(unwrapped(text)).toContain("Your journal so far");
    expect(text).toContain("> We lost the carton job");
    expect(text).not.toContain("You have had the last lesson");
  });

  it("about something unknown is an error that names it", () => {
    expect(() => composeNotice(makeComposition(content, "notice", "party-1"))).toThrow(
      'a notice about "party"',
    );
    expect(() => composeNotice(makeComposition(content, "notice", "constructor-1"))).toThrow();
  });
});

const unwrapped = (text: string): string => text.replace(/\s+/g, " ");

describe("the welcome to a course that begins on a day", () => {
  it("says the day and the hour, and offers no lesson before", () => {
    const starts = { dates: ["2027-01-12"], afterTheLast: "closed" as const };
    const welcome = (course: Course) =>
      composeWelcome(sampleComposition(content, course, "welcome", "welcome"));
    const mail = welcome({ ...theCourse(content), starts });
    const says =
      "The course begins on 12 January 2027, for all who have signed up by then: lesson 1 comes on Tuesday, 07:30.";
    for (const part of [mail.text, mail.html]) {
      expect(unwrapped(part)).toContain(says);
      expect(part).not.toContain("next-lesson");
    }
    expect(welcome(theCourse(content)).html).toContain("next-lesson");
  });
});
