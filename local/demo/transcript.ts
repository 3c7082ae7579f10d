import { inZone, lengthInWords, zoneName } from "../../cli/time-in-words.ts";
import { offsetChanges } from "./calendar.ts";
import type { JourneyOutcome, JourneyStep } from "./journey.ts";
import type { Traveller } from "./walker.ts";

/** How a journey is told while it happens. */
export interface Transcript {
  begin(at: number): void;
  tell(step: JourneyStep): void;
  end(outcome: JourneyOutcome, realMs: number): void;
  fail(at: number, why: string): void;
}

type PrintLine = (line: string) => void;

const WIDTH = 96;
const MARGIN = " ".repeat(31);
/** A wait that is worth a line of its own. */
const LONG = 3_600_000;

/** The transcript for people: local times, subjects, how each mail begins, and the waits that were skipped. */
export function tellStory(
  who: Traveller,
  print: PrintLine,
  about = "One reader, the whole course.",
): Transcript {
  let last = 0;
  const when = (at: number) => `${inZone(at, who.zone)} ${zoneName(at, who.zone)}`.padEnd(MARGIN.length);
  const tellWait = (at: number) => {
    const changed = offsetChanges(last, at, who.zone);
    const clocks = changed ? `; the clocks went from UTC${changed.before} to UTC${changed.after}` : "";
    if (at - last >= LONG) print(`${" ".repeat(4)}… ${lengthInWords(at - last)} later${clocks}`);
    last = at;
  };
  const block = (text: string) => {
    for (const line of wrapWords(text, WIDTH - MARGIN.length)) print(MARGIN + line);
  };
  return {
    begin(at) {
      last = at;
      print(`${about} ${who.name} (${who.address}) lives in ${who.zone}.`);
      print(`It is ${inZone(at, who.zone)} there. Time is virtual from here on.\n`);
    },
    tell(step) {
      tellWait(step.at);
      print(when(step.at) + headline(step, step.by ?? who));
      for (const below of [describeDetail(step) ?? []].flat()) block(below);
    },
    end({ mails, issues, lessons, prompts, held, virtualMs }, realMs) {
      print("");
      const course = `${countInWords(lessons, "lesson")} in order, ${countInWords(prompts, "prompt")} in their threads`;
      const which =
        issues === undefined ? course : `${countInWords(issues, "issue")}, and a welcome that leads to it`;
      print(`${mails} mails, each once: ${which}.`);
      print(`${held} expectations held. ${hours(virtualMs)} hours passed in ${seconds(realMs)} seconds.`);
    },
    fail(at, why) {
      print(`\n${when(at)}✗ Not as promised: ${why}`);
    },
  };
}

/** The transcript for scripts: one JSON line an event. Times are ISO 8601, in UTC and on the reader's clock. */
export function toJson(who: Traveller, print: PrintLine): Transcript {
  const line = (at: number, event: string, fields: object) =>
    print(JSON.stringify({ at: new Date(at).toISOString(), local: inZone(at, who.zone), event, ...fields }));
  return {
    begin: (at) => line(at, "began", { to: who.address, zone: who.zone }),
    tell(step) {
      const { at, event } = step;
      if (step.event === "mail") {
        const { letter, what, number } = step;
        line(at, event, {
          to: letter.mailbox,
          subject: letter.subject,
          kind: what,
          lesson: number,
          messageId: letter.id,
        });
      } else if (step.event === "replied") line(at, event, { to: step.to, subject: step.subject });
      else line(at, event, {});
    },
    end: ({ endedAt, ...counts }, realMs) =>
      line(endedAt, "finished", { ...counts, realMs: Math.round(realMs) }),
    fail: (at, why) => line(at, "failed", { why }),
  };
}

function headline(step: JourneyStep, { name }: Traveller): string {
  switch (step.event) {
    case "signed-up":
      return `${name} fills in the form on the landing page`;
    case "confirmed":
      return `${name} presses the button`;
    case "replied":
      return `↩ ${name} replies`;
    case "answered-on-page":
      return `${name} writes into the box on the lesson's page`;
    case "chose":
      return `${name} chooses, by a link of the lesson`;
    case "move-made":
      return `${name} has made the move, and says so on the page`;
    case "let-others-read":
      return `${name} lets others read the answer, by the link in the prompt`;
    case "issue-sent":
      return "The owner sends an issue";
    case "left":
      return `${name} leaves by one click`;
    case "silence":
      return "Nothing more came";
    case "mail":
      return `✉ ${step.letter.subject}`;
  }
}

function describeDetail(step: JourneyStep): string | string[] | undefined {
  switch (step.event) {
    case "signed-up":
      return [...(step.answers ?? []), `“${step.page}”`];
    case "chose":
      return step.answer;
    case "confirmed":
    case "let-others-read":
      return `“${step.page}”`;
    case "issue-sent":
      return `“${step.title}”`;
    case "move-made":
      return `“${step.move}”`;
    case "replied":
    case "answered-on-page":
      return `“${step.words}”`;
    case "left":
    case "silence":
      return undefined;
    case "mail":
      return step.what === "prompt" ? promptText(step.letter.text) : firstSentences(step.letter.beginning);
  }
}

const LEAST_EXCERPT = 30;

/** What an inbox shows behind the subject: whole sentences, at least this many letters of them. */
function firstSentences(text: string): string {
  let excerpt = "";
  for (const [sentence] of text.matchAll(/.*?[.?!](?:\s+|$)/gs)) {
    excerpt += sentence;
    if (excerpt.length >= LEAST_EXCERPT) return excerpt.trimEnd();
  }
  return text;
}

/** A prompt's own words: what was done with the reply, and one more question. */
function promptText(text: string): string {
  const paragraphs = text.trim().split(/\n\s*\n/);
  const question = paragraphs.findIndex((paragraph) => paragraph.includes("?"));
  return paragraphs.slice(0, question + 1).join(" ");
}

function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const countInWords = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
const hours = (ms: number): string => Math.round(ms / LONG).toLocaleString("en");
const seconds = (ms: number): string => (ms / 1000).toFixed(1);
