import type { Occasion } from "../domain/command.ts";
import type { Course } from "../domain/course.ts";
import type { Enrolment } from "../domain/enrolment.ts";
import { progressOf } from "../domain/progress.ts";
import type { Pace } from "../domain/schedule.ts";
import type { MailLinks } from "./compose/composition.ts";

/** What a notice is written from. */
export interface NoticeFacts {
  course: Course;
  enrolment: Enrolment;
  readerUrl: string;
}

/** A short mail about something that was asked for. */
export interface Notice {
  heading: string;
  preview: string;
  paragraphs: string[];
  button: string;
  url: string;
}

interface Words {
  heading: string;
  /** A paragraph a line. */
  says: string;
  undo: string;
}

/**
 * Our answer to a command: what happened, where things stand now, and how to undo it. Where things stand is read when
 * the mail is written, so it stays true if something else was asked for in between.
 */
export function answerToCommand(occasion: string, facts: NoticeFacts): Notice | undefined {
  if (!Object.hasOwn(ANSWERS, occasion)) return undefined;
  const words = ANSWERS[occasion as Answered](facts);
  const said = words.says.split("\n");
  const stands = progressOf(facts.course, facts.enrolment).sentence;
  return {
    heading: words.heading,
    preview: said[0] ?? "",
    paragraphs: [...said, stands, words.undo, AUTOMATIC],
    button: "Your page",
    url: facts.readerUrl,
  };
}

const AUTOMATIC = "This answer is automatic: the first line of your email was read as an instruction.";

const PACE_IN_WORDS: Record<Pace, string> = {
  weekly: "once a week",
  "twice-weekly": "twice a week",
  workdays: "every working day",
};
const pace = ({ enrolment }: NoticeFacts): string => PACE_IN_WORDS[enrolment.cadence.pace];

/** The journal is a mail of its own. */
type Answered = Exclude<Occasion, "journal">;

const ANSWERS: Record<Answered, (facts: NoticeFacts) => Words> = {
  paused: () => ({
    heading: "The course is paused",
    says: "You asked for a pause: no lessons and no look-backs come. Answers to your replies still do.",
    undo: "To go on, reply “resume”. For another length, reply “pause” with a number of weeks, such as “pause 3 weeks”.",
  }),
  resumed: () => ({
    heading: "The course goes on",
    says: "You asked to go on after a pause, so lessons come again.",
    undo: "To pause again, reply “pause”, or for example “pause 3 weeks”.",
  }),
  running: () => ({
    heading: "The course was not paused",
    says: "You asked to go on. The course was going on already, so nothing was changed.",
    undo: "For a pause, reply “pause”, or for example “pause 3 weeks”.",
  }),
  next: () => ({
    heading: "The next lesson is on its way",
    says: "You asked for the next lesson. It comes as an email of its own, and those after it keep your pace.",
    undo: "It cannot be called back. For a break after it, reply “pause”.",
  }),
  tomorrow: () => ({
    heading: "The next lesson comes tomorrow",
    says: "You asked for the next lesson. You have had one today, and one a day is the most: it comes tomorrow, at your hour.",
    undo: "To have it on your usual day instead, open your page and save your day and hour once more.",
  }),
  slower: (facts) => ({
    heading: "Lessons come less often",
    says: `You asked for a slower pace: lessons come ${pace(facts)} now.`,
    undo: "To undo it, reply “faster”.",
  }),
  faster: (facts) => ({
    heading: "Lessons come more often",
    says: `You asked for a faster pace: lessons come ${pace(facts)} now.`,
    undo: "To undo it, reply “slower”.",
  }),
  slowest: (facts) => ({
    heading: "The pace stays as it is",
    says: `You asked for a slower pace. Lessons come ${pace(facts)} already, and nothing slower is offered.`,
    undo: "Nothing was changed. For a break, reply “pause”, or for example “pause 3 weeks”.",
  }),
  fastest: (facts) => ({
    heading: "The pace stays as it is",
    says: `You asked for a faster pace. Lessons come ${pace(facts)} already, and nothing faster is offered.`,
    undo: "Nothing was changed. For one lesson before its day, reply “next”.",
  }),
  over: () => ({
    heading: "There is no lesson left",
    says: "You asked for a change, and the course has nothing left to change.",
    undo: "Nothing was changed. For everything that you wrote, reply “journal”. To start again, open your page.",
  }),
  rated: () => ({
    heading: "Your rating is kept",
    says: "You rated yourself. The rating stands in your journal at the end, beside the other one if you give both.",
    undo: "To change it, reply to the same email with another number from 1 to 5, or open your page.",
  }),
  help: () => ({
    heading: "What you can reply",
    says: [
      "One word on the first line of a reply is enough. Anything else is kept in your journal.",
      "Write “pause” or “pause 3 weeks” to have no lessons for a while, and “resume” to go on.",
      "Write “next” for the next lesson now, and “slower” or “faster” to change how often lessons come.",
      "Write “journal” for all that you wrote so far.",
      "Write “stop” to leave the course and the newsletter.",
    ].join("\n"),
    undo: "Nothing was changed. Your page does the same, and more: your day and hour, and what you wrote.",
  }),
};

/** The journal that somebody asked for in mid-course. */
export const JOURNAL_SO_FAR = {
  heading: "Your journal so far",
  preview: "What you wrote, lesson by lesson.",
  paragraphs: [
    "You asked for your journal. Here is every reply that stands in it so far, in your own words. Nothing was changed by asking, and you can ask as often as you like.",
  ],
  automatic: AUTOMATIC,
};

/** Where the owner lets the course pause for silent readers: one mail before, after which two more lessons come. */
export const REMINDER: Omit<Notice, "url"> = {
  heading: "Shall the course go on?",
  preview: "One press, or a reply of one word, and it does.",
  paragraphs: [
    "We have not heard from you for some lessons. That is fine: nobody has to reply, and we do not look whether you open an email.",
    "So that no email comes which nobody reads, the course pauses after two more lessons. If you would like it to go on, press the button, or reply with a word. Nothing else is needed.",
    "If it pauses, nothing is lost: your place and your journal are kept, and one press on your page resumes it.",
  ],
  button: "Yes, go on",
};

/** A mail with a link that somebody asked for. Whoever holds a forwarded link can ask: it goes to the reader alone. */
interface MailedLink extends Omit<Notice, "url"> {
  urlIn(links: MailLinks): string | undefined;
}

/** By occasion: to a reader's page again, and to what they wrote and what is kept about them. */
export const MAILED_LINKS: Readonly<Record<string, MailedLink>> = {
  page: {
    heading: "A fresh link to your page",
    preview: "The old one had expired. This one works for 90 days.",
    paragraphs: [
      "Somebody opened an old link to your page and asked for a new one. It goes only to you: your page shows where you are in the course, and changes when lessons come.",
      "If it was not you, do nothing. Nothing was changed.",
    ],
    button: "Your page",
    urlIn: (links) => links.readerUrl,
  },
  personal: {
    heading: "Your journal and your data",
    preview: "The button works for 30 minutes. Nothing is changed by opening it.",
    paragraphs: [
      "Somebody who had your page open asked for this link. It opens what you wrote, your name, a download of all that is kept about you, and the button that erases it.",
      "It works for 30 minutes. Please do not forward this email.",
      "If it was not you, do nothing. Nothing is changed, and nothing is erased.",
    ],
    button: "Open my journal and my data",
    urlIn: (links) => links.personalUrl,
  },
};

/** What a notice can be about: the first word of its dispatch's slug. */
export const NOTICE_OCCASIONS: readonly string[] = [
  ...Object.keys(MAILED_LINKS),
  "journal",
  "silence",
  ...Object.keys(ANSWERS),
];
