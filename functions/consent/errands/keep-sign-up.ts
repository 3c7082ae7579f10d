import { isDeepStrictEqual } from "node:util";
import { isOvertaken, type SignUpErrand } from "../../domain/people/errand.ts";
import { makeRehearsalId, makeSubscriberId } from "../../domain/people/rehearsal.ts";
import {
  asksToJoin,
  asksToReturn,
  type Consent,
  lastRequestTime,
  latestConsent,
  newSubscriber,
  type SignUp,
  type Subscriber,
  withConsent,
} from "../../domain/people/subscriber.ts";
import { DAY, type Instant } from "../../domain/time.ts";
import { addressHash, NEWSLETTER } from "../../links/links.ts";
import type { Services } from "../../ports.ts";
import { isAdmitted, isMailboxBarred } from "../admission.ts";

/**
 * Keeps a sign-up and asks for its confirmation, which leaves when its limits allow. One too many is dropped. Returns
 * whose mail is due.
 */
export async function keepSignUp(
  services: Services,
  asked: SignUpErrand,
  at: Instant,
): Promise<string | undefined> {
  const hash = addressHash(await services.keyring.keys(), asked.canonical);
  const before = await whose(services, hash);
  if (before && isKept(before, asked)) return before.id;
  if (before && (isSentAgain(before, asked) || isOvertaken(before, asked.course, at))) {
    services.log.info("sign-up-again", { subscriber: before.id });
    return undefined;
  }
  const isRehearsal = asked.run !== undefined;
  if (!isRehearsal && !(await isWelcome(services, asked, hash, before))) return undefined;
  const newId = isRehearsal ? makeRehearsalId(services.random) : makeSubscriberId(services.random);
  const id = await services.store.bindAddress(hash, newId);
  const record = await join(services, id, makeSignUp(services, asked, hash), asked, at);
  services.log.info("sign-up", { subscriber: id, status: record?.status });
  return record?.status === "stopped" ? undefined : id;
}

/** Within the limits, and nothing but their own leaving suppresses the address. */
async function isWelcome(
  services: Services,
  { canonical: address, shownAt, network }: SignUpErrand,
  hash: string,
  before: Subscriber | undefined,
): Promise<boolean> {
  if (!(await isAdmitted(services, { address, network }, `form ${shownAt} ${address}`))) return false;
  const suppression = await services.store.suppression(hash);
  const isBarred = before?.status !== "active" && (await isMailboxBarred(services, address));
  if (!isBarred && (!suppression || suppression.reason === "reader")) return true;
  services.log.info("sign-up-suppressed", { reason: suppression?.reason });
  return false;
}

async function whose({ store }: Services, hash: string): Promise<Subscriber | undefined> {
  const id = await store.findSubscriber(hash);
  return id === undefined ? undefined : store.subscriber(id);
}

/** The queue has brought it a second time. */
const isKept = ({ consents }: Subscriber, { consent }: SignUpErrand): boolean =>
  consents.some(({ event, at, list }) => event === "requested" && at === consent.at && list === consent.list);

/**
 * The same form once more: it was shown before the request that stands, and says nothing else. Its button was pressed
 * twice, or the first answer was lost; a second confirmation, a day later, would be of no use to anybody. Of somebody
 * who reads already, nothing is taken over but what is asked for.
 */
function isSentAgain(subscriber: Subscriber, asked: SignUpErrand): boolean {
  const { status, asksFor } = subscriber;
  const asksTheSame =
    asksFor.newsletter === asked.newsletter &&
    asksFor.course === asked.course &&
    answersTheSame(subscriber, asked);
  if (!asksTheSame || asked.shownAt > lastRequestTime(subscriber)) return false;
  if (status === "active") return latestConsent(subscriber, asked.course)?.event === "requested";
  return status === "unconfirmed" && isSamePersonAsTyped(subscriber, asked);
}

const answersTheSame = (
  { answersWaiting = {} }: Subscriber,
  { course, answers = {} }: SignUpErrand,
): boolean => isDeepStrictEqual(answersWaiting[course] ?? {}, answers);

const isSamePersonAsTyped = (
  subscriber: Subscriber,
  { address, firstName, zone, language }: SignUpErrand,
): boolean =>
  subscriber.address === address &&
  (language === undefined || subscriber.language === language) &&
  (firstName === undefined || subscriber.firstName === firstName) &&
  subscriber.zone === zone;

function makeSignUp({ settings }: Services, asked: SignUpErrand, hash: string): SignUp {
  const { address, firstName, zone, language, newsletter, course, answers, consent } = asked;
  const keptFor = settings.retention.unconfirmedDays * DAY;
  return {
    address,
    addressHash: hash,
    firstName,
    zone,
    language,
    course,
    newsletter,
    answers,
    consent,
    keptFor,
  };
}

/** Writes the sign-up to the person whose address it is; a person who is in the course already stays as they are. */
async function join(
  services: Services,
  id: string,
  asks: SignUp,
  { newsletterConsent }: SignUpErrand,
  at: Instant,
): Promise<Subscriber | undefined> {
  const asking = (person: Subscriber): Subscriber => withRecord(person, newsletterConsent);
  const first = asking(newSubscriber(id, asks, at));
  const saved = (await services.store.subscriber(id)) ? undefined : await services.store.save(first);
  if (saved) return saved;
  const isNewsletterAlone = asks.course === NEWSLETTER;
  const enrolment = isNewsletterAlone ? undefined : await services.store.enrolment(id, asks.course);
  const isInCourse = enrolment?.status === "active" || enrolment?.status === "paused";
  return services.store.change<Subscriber>(first, (current) => {
    if (current.status !== "active") return asking(asksToJoin(current, asks, at, at));
    const isIn = isNewsletterAlone ? current.newsletter : isInCourse;
    return isIn ? current : asking(asksToReturn(current, asks, at));
  });
}

/** The newsletter is a consent of its own: beside a course it has its own record. */
function withRecord(subscriber: Subscriber, record: Consent | undefined): Subscriber {
  return record ? { ...subscriber, consents: withConsent(subscriber.consents, record) } : subscriber;
}
