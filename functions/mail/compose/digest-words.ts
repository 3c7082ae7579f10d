import { type Content, findCourse, findLanguage } from "../../domain/content.ts";
import { bringsGraveNews, type Reflection } from "../../domain/replies/reflection.ts";
import { replySubject } from "../mime/fields.ts";
import { excerpt } from "./excerpt.ts";
import { entryHeading } from "./journal-text.ts";
import type { WhoWrote } from "./relay-words.ts";

/** What a digest tells of. */
export interface DigestFacts {
  entries: DigestReply[];
  /** How many there are besides. */
  more: number;
  /** Mails of the last day that belong to nothing we know. */
  unmatched: number;
}

/** One that is told of, and how it is answered. */
export interface DigestReply {
  name: string | undefined;
  who: WhoWrote;
  reflection: Reflection;
  /** Where an answer goes that reaches them; absent where none can. */
  answerAddress?: string;
}

const MOST_OF_ONE = 300;
/** It came to the owner in a mail of its own; here it would be skimmed. */
const GRAVE =
  "Grave news. It came to you in an email of its own, or the command below shows it. No automatic answer was sent.";
const LINK = /\bhttps?:\/\/\S+/gi;

/** The words of a digest, in English, as all mail to the owner is; its entries are named as their readers know them. Strangers' links are taken out, so that they are not followed out of a habit of reading here. */
export function digestWords(content: Content, { entries, more, unmatched }: DigestFacts) {
  const count = entries.length + more;
  const heading = count === 1 ? "One new reflection" : `${count} new reflections`;
  const notes = [
    ...(more > 0 ? [`${more} more are kept and not shown here.`] : []),
    ...(unmatched > 0
      ? [
          `${unmatched} ${unmatched === 1 ? "email belongs" : "emails belong"} to nobody we know. ${unmatched === 1 ? "It is" : "They are"} kept in the unmatched tray.`,
        ]
      : []),
    "What you write to the address below a reflection reaches its reader in their own thread; neither of you sees the other’s address. A reply to this email reaches nobody. Questions come to you one by one. There is no digest on a day on which nobody writes.",
  ];
  return { heading, notes, entries: entries.map((entry) => entryInWords(content, entry)) };
}

function entryInWords(content: Content, { name, who, reflection, answerAddress }: DigestReply) {
  const course = findCourse({ content }, reflection.course);
  const place = course
    ? entryHeading(findLanguage(content, course).words, course, reflection.lesson)
    : "The newsletter";
  const asks = reflection.replyKind === "question" ? " (a question)" : "";
  const words = bringsGraveNews(reflection)
    ? GRAVE
    : excerpt(reflection.ownWords.replace(LINK, "[link]").replace(/\s+/g, " ").trim(), MOST_OF_ONE);
  return {
    heading: `${name ?? "A reader"} (${who.masked})${asks}`,
    place: reflection.isFromPage ? `${place} \u00b7 written on the page` : place,
    words,
    command: `npm run console -- replies show ${who.id}/${reflection.id} --stage ${who.stage}`,
    answer: answerAddress !== undefined && {
      says: `Answer ${name ?? "this reader"}`,
      address: answerAddress,
      byHand: `or write to ${answerAddress}`,
      url: `mailto:${answerAddress}?subject=${encodeURIComponent(replySubject(reflection.subject, place))}`,
    },
  };
}
