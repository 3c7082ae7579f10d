import { inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import { newSubscriber, withConfirmation } from "../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../functions/domain/time.ts";
import { addressHash, links } from "../../functions/links/links.ts";
import type { ReceivedMail, Services, UnmatchedMail } from "../../functions/ports.ts";
import { receive } from "../../functions/reply/receive.ts";
import { plainContent } from "./content.ts";
import { aCourse } from "./course.ts";
import { startWorld, type World } from "./services.ts";
import { PASS } from "./verdicts.ts";

/** Jane's conversation with the course: what tests of replies share. One is open at a time. */
export const NOW = Date.UTC(2026, 10, 24, 8);
export const SUBSCRIBER = "abcdefgh234567ab";
export const COURSE = "course";
export const JANE = "jane@acme.example";
export const WORDS =
  "I want a second estimator. Last month we quoted a job on day six; the customer had ordered elsewhere.";
export const consent = {
  event: "confirmed",
  at: NOW,
  list: COURSE,
  text: "confirm-1",
  source: "test",
  actor: "self",
} as const;

export let world: World;
export let services: Services;
export let mails: Map<string, string>;
export let unmatched: UnmatchedMail[];

/** Opens it anew: Jane is in the course and has had four lessons. */
export async function openConversation(): Promise<void> {
  world = await startWorld(plainContent(aCourse("one", "two", "three", "four")), NOW);
  mails = new Map();
  unmatched = [];
  const { store } = world.services;
  services = {
    ...world.services,
    inbox: { read: async (key) => Buffer.from(mails.get(key) ?? ""), remove: async () => {} },
    store: {
      ...store,
      async keepUnmatched(mail) {
        unmatched.push(mail);
        await store.keepUnmatched(mail);
      },
    },
  };
  await enrol();
}

export const closeConversation = (): Promise<void> => world.stop();

async function enrol(): Promise<void> {
  const { store } = services;
  const hash = addressHash(await services.keyring.keys(), JANE);
  const signUp = {
    address: JANE,
    addressHash: hash,
    zone: "Europe/Berlin",
    course: COURSE,
    newsletter: true,
    consent,
  };
  await store.bindAddress(hash, SUBSCRIBER);
  await store.save(withConfirmation(newSubscriber(SUBSCRIBER, signUp, NOW), consent));
  const cadence = { zone: "Europe/Berlin", weekday: 2, time: "07:30", pace: "weekly" } as const;
  const started = withActivation(inertEnrolment(SUBSCRIBER, COURSE, cadence, NOW), NOW);
  await store.save({ ...started, done: ["one", "two", "three", "four"], lastLessonAt: NOW - DAY });
  for (const slug of ["one", "two", "three", "four"]) await sent("lesson", slug);
}

type Sent = "welcome" | "lesson" | "prompt" | "answer" | "look-back" | "completion" | "letter" | "notice";
export const idOf = (kind: Sent, slug: string) =>
  dispatchId({ subscriber: SUBSCRIBER, list: COURSE, run: 1, kind, slug });

export async function sent(kind: Sent, slug: string): Promise<void> {
  const at = NOW - DAY;
  await services.store.recordSent({
    dispatch: idOf(kind, slug),
    messageId: `0100-${kind}-${slug}`,
    sentAt: at,
    state: "delivered",
    stateAt: at,
  });
}

export async function to() {
  return links({
    webOrigin: services.webOrigin,
    mailDomain: services.settings.mailDomain,
    keys: await services.keyring.keys(),
  });
}
export const replyTo = async (slug: string, kind: Sent = "lesson") =>
  (await to()).replyAddress({ subscriber: SUBSCRIBER, dispatch: idOf(kind, slug) });

export interface Writes {
  recipients: string[];
  words?: string;
  from?: string;
  source?: string;
  headers?: string[];
  id?: string;
  verdicts?: Partial<ReceivedMail["verdicts"]>;
}

let count = 0;
/** A mail as SES hands it over. */
export function aMail({
  recipients,
  words = WORDS,
  from = JANE,
  source,
  headers = [],
  id,
  verdicts,
}: Writes): ReceivedMail {
  const key = `mail-${++count}`;
  const fields = [
    `From: ${from}`,
    "Subject: Re: About one",
    `Message-ID: <${id ?? key}@acme.example>`,
    ...headers,
  ];
  mails.set(key, `${fields.join("\r\n")}\r\n\r\n${words}\r\n`);
  return {
    sesMessageId: key,
    key,
    source: source ?? from,
    recipients,
    verdicts: { ...PASS, ...verdicts },
    receivedAt: NOW,
  };
}
export const comes = async (writes: Writes): Promise<void> => receive(services, aMail(writes));
