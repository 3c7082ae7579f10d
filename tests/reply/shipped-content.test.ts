import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Enrolment, inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import { readFacts } from "../../functions/domain/course/whom.ts";
import { newSubscriber, type Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { type Dispatch, dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { links } from "../../functions/links/links.ts";
import { COMPOSE } from "../../functions/mail/compose/compose.ts";
import type { Composition } from "../../functions/mail/compose/composition.ts";
import { htmlText } from "../../functions/mail/inbound/html-text.ts";
import { ownWords } from "../../functions/mail/inbound/own-words.ts";
import { sentMail } from "../../functions/reply/sent-mail.ts";
import { shippedContent, theCourse } from "../mail/composition.ts";
import { startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 10, 24, 8);
const SUBSCRIBER = "abcdefgh234567ab";
const OWN = "I want a second estimator.\n\nThree customers left us since August; one told me why.";
const consent = {
  event: "confirmed",
  at: NOW,
  list: "x",
  text: "confirm-1",
  source: "test",
  actor: "self",
} as const;

let world: World;
let subscriber: Subscriber;
let enrolment: Enrolment;
beforeAll(async () => {
  const content = await shippedContent();
  const course = theCourse(content);
  world = await startWorld(content, NOW);
  const signUp = { address: "jane@acme.example", addressHash: "h", firstName: "Jane", zone: "Europe/Berlin" };
  subscriber = newSubscriber(SUBSCRIBER, { ...signUp, course: course.slug, newsletter: false, consent }, NOW);
  const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
  const done = course.lessons.map(({ slug }) => slug);
  enrolment = {
    ...withActivation(inertEnrolment(SUBSCRIBER, course.slug, cadence, NOW), NOW),
    done,
    lastLessonAt: NOW,
  };
  enrolment.prompted = { [done[0] as string]: "r1" };
  await world.services.store.save(enrolment);
  await world.services.store.keepReflection(aReflection(course.slug, done[0] as string));
}, 60_000);
afterAll(() => world.stop());

const aReflection = (course: string, lesson: string): Reflection => ({
  kind: "reflection",
  id: "r1",
  subscriber: SUBSCRIBER,
  course,
  run: 1,
  lesson,
  inReplyTo: dispatchId({ subscriber: SUBSCRIBER, list: course, run: 1, kind: "lesson", slug: lesson }),
  receivedAt: NOW,
  replyKind: "reflection",
  reason: "Own words of a person",
  ownWords: OWN,
  subject: "Re: x",
  messageId: "<1@acme.example>",
  references: [],
  attachments: [],
  raw: "mail-1",
});

/** A dispatch as it really left, with the links of its reader. */
async function left(kind: "lesson" | "prompt", slug: string) {
  const { services } = world;
  const course = theCourse(services.content);
  const dispatch: Dispatch = { subscriber: SUBSCRIBER, list: course.slug, run: 1, kind, slug };
  const keys = await services.keyring.keys();
  const to = links({ webOrigin: services.webOrigin, mailDomain: services.settings.mailDomain, keys });
  const leave = { subscriber: SUBSCRIBER, list: course.slug };
  const replyAddress = to.replyAddress({ subscriber: SUBSCRIBER, dispatch: dispatchId(dispatch) });
  const done = enrolment.done.slice(0, enrolment.done.indexOf(slug));
  const mail: Composition = {
    content: services.content,
    course,
    settings: services.settings,
    links: {
      readerUrl: to.readerUrl({ subscriber: SUBSCRIBER, expiresAt: NOW }),
      unsubscribeUrl: to.unsubscribeUrl(leave),
      unsubscribeMailto: to.unsubscribeMailto(leave),
      replyAddress,
    },
    subscriber,
    dispatch,
    now: NOW,
    enrolment: { ...enrolment, done },
    facts: readFacts(enrolment, subscriber),
    entry: { dueAt: NOW, doubts: 0, reflection: "r1", answers: "substantial" },
    reflection: aReflection(course.slug, slug),
  };
  const sent = await sentMail(services, { subscriber, dispatch, isByToken: true });
  return { course, replyAddress, composed: COMPOSE[kind](mail), sent };
}

/** Ways in which clients quote; none of them knows our language. */
const CLIENTS: Record<string, (sent: Awaited<ReturnType<typeof left>>) => string> = {
  "Gmail's": ({ composed, course, replyAddress }) =>
    `${OWN}\n\nOn Tue, Nov 24, 2026 at 7:30 AM ${course.senderName} <\n${replyAddress}> wrote:\n\n${quoted(composed.text)}`,
  "Outlook's": ({ composed, course, replyAddress }) =>
    `${OWN}\n\nVon: ${course.senderName} <${replyAddress}>\nGesendet: Dienstag, 24. November 2026 07:30\nAn: Jane\nBetreff: ${composed.subject}\n\n${htmlText(composed.html)}`,
  "a phone's, without an introduction": ({ composed }) => `${OWN}\n\n${quoted(htmlText(composed.html))}`,
  "one that puts the answer below": ({ composed, course }) =>
    `Am 24.11.26 um 07:30 schrieb ${course.senderName}:\n${quoted(composed.text)}\n\n${OWN}`,
  "one that puts the answer below an unmarked original": ({ composed, course, replyAddress }) =>
    `From: ${course.senderName} <${replyAddress}>\nSent: Tuesday, November 24, 2026 7:30 AM\nTo: Jane\nSubject: ${composed.subject}\n\n${composed.text}\n\n${OWN}`,
};
const quoted = (text: string): string => text.trimEnd().replace(/^/gm, "> ");
const folded = (text: string): string => text.replace(/\n{2,}/g, "\n");

describe("a reply to the mails that ship", () => {
  it.each(Object.entries(CLIENTS))("holds the reader's words alone, quoted as %s", async (_, quote) => {
    for (const { slug } of theCourse(world.services.content).lessons) {
      const sent = await left("lesson", slug);
      const found = ownWords({ text: quote(sent), html: undefined, sent: sent.sent }).text;
      expect(folded(found), slug).toBe(folded(OWN));
    }
  });

  it("to a prompt holds the reader's words alone", async () => {
    const sent = await left("prompt", enrolment.done[0] as string);
    for (const quote of [CLIENTS["Gmail's"], CLIENTS["Outlook's"]]) {
      const found = ownWords({ text: quote?.(sent), html: undefined, sent: sent.sent }).text;
      expect(folded(found)).toBe(folded(OWN));
    }
  });
});
