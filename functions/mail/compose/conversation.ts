import { type Lesson, lessonBySlug } from "../../domain/course/course.ts";
import { VOICE_QUESTIONS, voiceQuestion } from "../../domain/people/voice-questions.ts";
import { VERDICTS } from "../../domain/replies/voices/verdict.ts";
import { say } from "../../domain/words/words.ts";
import {
  answerHeaders,
  automaticHeaders,
  relayThreadHeaders,
  replySubject,
  threadHeaders,
} from "../mime/fields.ts";
import { composeMail } from "./composed.ts";
import {
  type Composed,
  type Composition,
  chooseWords,
  composedLesson,
  courseText,
  need,
} from "./composition.ts";
import { digestWords } from "./digest-words.ts";
import { onNewsletter } from "./issue.ts";
import { entryWords, tidy } from "./quotation.ts";
import { howToAnswerWords, relayWords } from "./relay-words.ts";
import { reportWords } from "./report-words.ts";

/** The one automatic answer to a reply, in its thread. */
export function composePrompt(mail: Composition): Composed {
  const reflection = need(mail.reflection, "reflection");
  const lesson = composedLesson(mail.course, mail.dispatch.slug);
  const note = courseText(mail, "prompt");
  const kept = need(note.fields?.substantial, "texts.prompt.substantial");
  const words = promptWords(mail, lesson, kept);
  const head = {
    subject: replySubject(reflection.subject, lesson.subject),
    preview: words.kept ?? words.question,
  };
  const removalUrl = reflection.isFromPage ? mail.links.removalUrl : undefined;
  const values = { note, ...words, ...voiceWords(mail), ...(removalUrl && { removalUrl }) };
  return composeMail(mail, "prompt", head, values, answerHeaders(reflection));
}

/** The question whether others may read the answer, in the very words of the record of consent; and what another wrote. */
function voiceWords({ course, offerUrl, voice }: Composition) {
  const asks = VOICE_QUESTIONS[voiceQuestion(course.language)];
  return {
    offer: offerUrl === undefined ? false : { asks, url: offerUrl },
    voice: voice
      ? {
          ...entryWords(voice.words, ROOM_IN_CONVERSATION),
          notUsefulUrl: `${voice.url}?say=${VERDICTS[0]}`,
          shouldNotBeUrl: `${voice.url}?say=${VERDICTS[1]}`,
        }
      : false,
  };
}

/** True of every reply of its kind: nothing is guessed about what was said. */
function promptWords({ course, entry }: Composition, lesson: Lesson, kept: string) {
  if (entry?.answers === "very-short") return { kept: undefined, question: lesson.prompts.veryShort };
  if (entry?.answers === "question" && course.answersQuestions)
    return { kept: undefined, question: lesson.prompts.question };
  return { kept, question: lesson.prompts.substantial };
}

/** The owner's answer to a reader, in the thread of the reader's mail. It is a person's, so it says no "automatic". */
export function composeAnswer(written: Composition): Composed {
  const { onList: mail, askedFor } = written.issue
    ? onNewsletter(written, written.issue)
    : { onList: written };
  const question = need(mail.reflection, "reflection");
  const { ownWords: words } = need(mail.answer, "answer");
  const lesson = lessonBySlug(mail.course, question.lesson);
  const head = {
    subject: replySubject(question.subject, lesson?.subject ?? mail.course.title),
    preview: say(chooseWords(mail), "answer.preview", { owner: mail.settings.ownerName }),
  };
  const values = {
    ...{ ...entryWords(words, ROOM_IN_CONVERSATION), words: tidy(words) },
    ...(askedFor && { askedFor }),
  };
  return composeMail(mail, "answer", head, values, threadHeaders(question));
}

/** A reader's words, for the owner. Marked as a machine's mail: the owner's absence note must not answer it. */
export function composeRelay(mail: Composition): Composed {
  const relay = need(mail.relay, "relay");
  if (relay === "how-to-answer") return composeHowToAnswer(mail);
  const reflection = need(mail.reflection, "reflection");
  const { subject, preview, ...words } = relayWords(mail.course, reflection, relay);
  const values = { ...words, ...entryWords(reflection.ownWords, ROOM_IN_CONVERSATION) };
  const headers = [...automaticHeaders(), ...relayThreadHeaders(relay.thread ?? [])];
  return composeMail(mail, "relay", { subject, preview }, values, headers);
}

/** The owner wrote to an address of ours that leads to nobody, as a reply to the digest does. */
function composeHowToAnswer(mail: Composition): Composed {
  const { subject, preview, ...words } = howToAnswerWords(mail.settings.stage);
  const values = { ...words, ...entryWords(words.says, ROOM_IN_CONVERSATION) };
  return composeMail(mail, "relay", { subject, preview }, values, automaticHeaders());
}

/** More than the 20,000 characters that are kept of a reply, unless they are of a script that HTML writes at length. */
const ROOM_IN_CONVERSATION = 70_000;

/** What readers wrote since yesterday, for the owner. */
export function composeDigest(mail: Composition): Composed {
  const words = digestWords(mail.content, need(mail.digest, "digest"));
  const head = { subject: words.heading, preview: "What readers wrote since yesterday morning" };
  return composeMail(mail, "digest", head, words, automaticHeaders());
}

/** What came of a week, in numbers, for the owner. */
export function composeReport(mail: Composition): Composed {
  const words = reportWords(need(mail.report, "report"));
  const head = { subject: words.subject, preview: words.preview };
  return composeMail(mail, "report", head, words, automaticHeaders());
}
