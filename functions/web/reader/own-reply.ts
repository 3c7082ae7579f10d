import { acceptReply } from "../../consent/accept-reply.ts";
import { findLanguage, requestedCourse } from "../../domain/content.ts";
import { dateInWords } from "../../domain/course/dates-in-words.ts";
import { defaultCadence } from "../../domain/course/schedule.ts";
import { findSenderAsked } from "../../domain/people/other-senders.ts";
import { say, type Words } from "../../domain/words/words.ts";
import { readOwnReplyToken } from "../../links/links.ts";
import { whatItAsks } from "../../mail/compose/notices.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { pageAnswer } from "../page.ts";
import { findLinkedReply, type LinkedReply } from "./linked-reply.ts";
import { nobody } from "./reader.ts";

/** A reply that waits for its reader's word, and where it came from, if that was elsewhere. */
interface SenderQuestion extends LinkedReply {
  /** Masked. */
  address: string | undefined;
}

/** `GET /own-reply/{token}`: what the reply is, and the button that says that it is one's own. Changes nothing. */
export async function ownReplyPage(services: Services, request: WebRequest): Promise<WebResponse> {
  const asked = await readAsked(services, request);
  if ("answer" in asked) return asked.answer;
  return asked.reflection.awaits ? showQuestion(services, request, asked) : showDone(services, asked);
}

/** `POST /own-reply/{token}`: it is theirs. Pressed again, the page says the same. */
export async function takeOwnReply(services: Services, request: WebRequest): Promise<WebResponse> {
  const asked = await readAsked(services, request);
  if ("answer" in asked) return asked.answer;
  const reflection = await acceptReply(services, asked.subscriber, asked.reflection.id);
  return reflection ? showDone(services, { ...asked, reflection }) : nobody(services);
}

async function readAsked(
  services: Services,
  request: WebRequest,
): Promise<SenderQuestion | { answer: WebResponse }> {
  const link = await findLinkedReply(services, request, readOwnReplyToken, "ownReplyTooOld");
  if ("answer" in link) return link;
  if (!link.found) return { answer: nobody(services) };
  const { subscriber, reflection } = link.found;
  return { subscriber, reflection, address: findSenderAsked(subscriber, reflection.id)?.masked };
}

function showQuestion(services: Services, request: WebRequest, asked: SenderQuestion): WebResponse {
  const { course, words } = speech(services, asked);
  const { reflection, address } = asked;
  const date = dateInWords(words, defaultCadence(course, asked.subscriber.zone), reflection.receivedAt);
  const says =
    address === undefined
      ? {
          heading: say(words, "ownReply.back"),
          sentences: [say(words, "ownReply.backSays", { date })],
          button: say(words, "ownReply.backButton"),
          hint: say(words, "ownReply.backHint"),
        }
      : {
          heading: say(words, "ownReply.sender"),
          sentences: [
            say(words, "ownReply.senderSays", { address, date }),
            say(words, `ownReply.${whatItAsks(reflection.awaits?.replyKind)}`),
          ],
          button: say(words, "ownReply.senderButton"),
          hint: say(words, "ownReply.senderHint"),
        };
  const values = { ...says, action: `/own-reply/${request.path.token}` };
  return pageAnswer(services, { name: "own-reply", title: say(words, "ownReply.title"), course, values });
}

function showDone(services: Services, asked: SenderQuestion): WebResponse {
  const { course, words } = speech(services, asked);
  const sentences = listDone(words, asked);
  const values = { heading: say(words, "ownReply.done"), sentences, button: "", hint: "", action: "" };
  return pageAnswer(services, { name: "own-reply", title: say(words, "ownReply.title"), course, values });
}

function listDone(words: Words, { reflection, address }: SenderQuestion): string[] {
  if (address === undefined) return [say(words, "ownReply.doneBack")];
  const done = { leave: "doneLeave", change: "doneChange", words: "doneWords" } as const;
  return [
    say(words, `ownReply.${done[whatItAsks(reflection.replyKind)]}`),
    say(words, "ownReply.doneSender", { address }),
  ];
}

function speech(services: Services, { subscriber }: SenderQuestion) {
  const course = requestedCourse(services, subscriber);
  return { course, words: findLanguage(services.content, course).words };
}
