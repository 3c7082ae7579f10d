import type { Answered } from "./domain/api/idempotency.ts";
import type { ApiKey } from "./domain/api/keys.ts";
import type { Content } from "./domain/content.ts";
import type { Enrolment } from "./domain/course/enrolment.ts";
import type { ReaderEvent } from "./domain/events/reader-event.ts";
import type { Webhook, WebhookAnswer } from "./domain/events/webhook.ts";
import type { ConcernName, Incident } from "./domain/incidents.ts";
import type { Keys } from "./domain/keys.ts";
import type { CountedMetric, MeasuredMetric } from "./domain/metrics.ts";
import type { Batch, BatchKey, Broadcast, Gathered } from "./domain/newsletter/broadcast.ts";
import type { Issue } from "./domain/newsletter/issue.ts";
import type { Errand } from "./domain/people/errand.ts";
import type { LetIn, Limit } from "./domain/people/limits.ts";
import type { Consent, StopReason, Subscriber } from "./domain/people/subscriber.ts";
import type { DigestEntry } from "./domain/replies/digest.ts";
import type { Reflection } from "./domain/replies/reflection.ts";
import type { Verdict } from "./domain/replies/reply.ts";
import type { VoiceVerdict } from "./domain/replies/voices/verdict.ts";
import type { Voice, VoiceKey } from "./domain/replies/voices/voice.ts";
import type { WrittenAnswer } from "./domain/replies/written.ts";
import type { WeekReport } from "./domain/report.ts";
import type { SaidInMail } from "./domain/sending/agenda.ts";
import type { DispatchId, EntryNote, LedgerEntry } from "./domain/sending/dispatch.ts";
import type { KeptDmarcReport } from "./domain/sending/dmarc.ts";
import type { Holder, HolderKey } from "./domain/sending/holder.ts";
import type { Owner, TestMail } from "./domain/sending/owner.ts";
import type { Ramped } from "./domain/sending/warm-up.ts";
import type { Settings } from "./domain/settings.ts";
import type { Instant } from "./domain/time.ts";

/** All that the verbs ask of the world, on one page. `aws/` answers; nothing else may. */
export interface Services {
  settings: Settings;
  /** `https://…` without a trailing slash. */
  webOrigin: string;
  /** What SES puts behind the `@` of the Message-IDs that it gives. */
  messageIdDomain: string;
  content: Content;
  store: Store;
  broadcasts: Broadcasts;
  mailer: Mailer;
  nudge: Nudge;
  errands: Errands;
  written: WrittenAnswers;
  inbox: Inbox;
  mailDomains: MailDomains;
  keyring: Keyring;
  alarms: Alarms;
  clock: Clock;
  random: Random;
  log: Log;
}

/**
 * The table, by topic. Reads are consistent; an item past its expiry counts as absent. Each throws
 * `store-unavailable`. One flat object implements all of them; a function's signature names the topics it uses.
 */
export interface Store
  extends HolderStore,
    AddressStore,
    LedgerStore,
    ReflectionStore,
    VoiceStore,
    OwnerStore,
    LaneStore,
    LimitStore,
    GovernorStore,
    RehearsalStore,
    ApiStore,
    ErasureStore {}

/** Some topics of the store, and some of the other services: `Needs<LedgerStore, "clock">`. */
export type Needs<Topics, Others extends keyof Services = never> = { store: Topics } & Pick<Services, Others>;

/** The items that hold an agenda and a claim: subscribers, enrolments, and the owner. */
export interface HolderStore {
  subscriber(id: string): Promise<Subscriber | undefined>;
  enrolment(subscriber: string, course: string): Promise<Enrolment | undefined>;
  enrolments(subscriber: string): Promise<Enrolment[]>;
  holder(key: HolderKey): Promise<Holder | undefined>;
  /**
   * Writes a holder if its version is still the stored one (0: if it is not there yet), and returns it with the
   * new version; undefined if another writer was first. Its place in the `due` index is written with it, and what the change
   * tells, if the stage tells it.
   * @param before as it was read: by what has changed since, other tools are told. Left out of one that is new only
   */
  save<H extends Holder>(holder: H, before?: H): Promise<H | undefined>;
  /**
   * Loads, changes and saves a holder, again from the start when another writer was first.
   * A change that returns its argument writes nothing. Undefined if the holder is not there; the owner always is.
   * Throws `changed-too-often`.
   */
  change<H extends Holder>(holder: H, apply: (current: H) => H): Promise<H | undefined>;
  /**
   * Nothing more for this person, once it has returned: writes the suppression, the subscriber (with a
   * `finish-stop` on the agenda, should this be killed), then each enrolment. Idempotent. Throws `changed-too-often`.
   */
  stopEverything(subscriber: string, reason: StopReason, consent: Consent): Promise<void>;
  /** Keys in a shard of the index that are due at `until`, forward from `after`; at most 25. Hints only. */
  due(shard: string, until: Instant, after?: DueKey): Promise<DueKey[]>;
}

/** Whose an address is, and whether it may be mailed. Addresses are known by their keyed hash. */
export interface AddressStore {
  /** Whose this address is. */
  findSubscriber(addressHash: string): Promise<string | undefined>;
  /** Makes the address `subscriber`'s if it is free; returns whose it is now. Throws `changed-too-often`. */
  bindAddress(addressHash: string, subscriber: string): Promise<string>;
  /** Frees the address, if it is this subscriber's. */
  freeAddress(addressHash: string, subscriber: string): Promise<void>;
  suppression(addressHash: string): Promise<Suppression | undefined>;
  /** Writes a suppression, unless a graver one stands. */
  suppress(addressHash: string, reason: StopReason): Promise<void>;
  /** Lifts a suppression that has this reason: the reader's own, when they come back. One of another reason stays. */
  liftSuppression(addressHash: string, reason?: StopReason): Promise<void>;
  /** One strike a day against an address for a soft bounce; returns the days on which it was struck (30 days). */
  strike(addressHash: string, day: string): Promise<readonly string[]>;
  /** Forgets the strikes: a mail has arrived. */
  clearStrikes(addressHash: string): Promise<void>;
}

/** Which dispatch left when, and what became of it. */
export interface LedgerStore {
  ledgerEntry(dispatch: DispatchId): Promise<LedgerEntry | undefined>;
  /** The entry as it stood a moment ago, at half the price: for a caller whose write is refused if it has moved on. */
  ledgerEntryOfLate(dispatch: DispatchId): Promise<LedgerEntry | undefined>;
  /** Writes the entry if the dispatch has none; false if it had one. */
  recordSent(entry: LedgerEntry): Promise<boolean>;
  /** Replaces an entry. Events only ever move its state forward. */
  updateEntry(entry: LedgerEntry): Promise<void>;
  /** Notes on the entry that is meant what its reader did with the mail: the first time counts. */
  noteOnEntry(
    subscriber: string,
    isMeant: (dispatch: DispatchId) => boolean,
    note: EntryNote,
    at: Instant,
  ): Promise<void>;
  /** Notes on an entry that was just read what its reader said of the voice that it showed; false if they said something else meanwhile. */
  noteVerdict(read: LedgerEntry, verdict: VoiceVerdict): Promise<boolean>;
  ledger(subscriber: string): Promise<LedgerEntry[]>;
}

/** What readers wrote. */
export interface ReflectionStore {
  /** Keeps a reflection; false if this one is kept already. */
  keepReflection(reflection: Reflection): Promise<boolean>;
  /**
   * Changes a reflection that was just read, again from the start when another writer was first. A change that returns its
   * argument writes nothing. Undefined if it was deleted meanwhile: it stays deleted. Throws `changed-too-often`.
   */
  changeReflection(
    read: Reflection,
    apply: (current: Reflection) => Reflection,
  ): Promise<Reflection | undefined>;
  reflection(subscriber: string, id: string): Promise<Reflection | undefined>;
  /** Oldest first. */
  reflections(subscriber: string): Promise<Reflection[]>;
  /** In no order, a page at a time, however many there are. */
  eachReflection(subscriber: string): AsyncIterable<Reflection>;
  /**
   * Marks what was written on a lesson's page as this reflection's, for a day. The one that wrote the same to the same lesson
   * before, if there is one that was not deleted: then the mark stays its own. However many there are, three reads.
   */
  writtenBefore(written: Reflection): Promise<Reflection | undefined>;
  /** Deletes a reflection, and for 30 days remembers that it was there: the same mail does not bring it back. */
  forgetReflection(subscriber: string, id: string): Promise<void>;
}

/** What readers let others read. */
export interface VoiceStore {
  voice(key: VoiceKey): Promise<Voice | undefined>;
  /** All of one author's, in no order, those that were taken back too. */
  voices(subscriber: string): Promise<Voice[]>;
  /**
   * Keeps a voice that is new, or changes the one that is kept under its id. A change that returns its argument writes
   * nothing. Throws `changed-too-often`.
   */
  keepVoice(offered: Voice, again: (kept: Voice) => Voice): Promise<Voice>;
  /** As `change` of a holder. Undefined if it is not there (any more): it stays away. Throws `changed-too-often`. */
  changeVoice(key: VoiceKey, apply: (kept: Voice) => Voice): Promise<Voice | undefined>;
  /** What stands on a shelf, forward from `after`, at most 25: hints only. Lessons': not shown for the longest time first. */
  shelf(shelf: string, until: Instant, after?: OnShelf): Promise<OnShelf[]>;
}

export interface OnShelf extends VoiceKey {
  /** When it was offered, or shown last. */
  dueAt: Instant;
}

/** What waits for the owner: mail to them, unmatched mail, the digest, test mails, reports. */
export interface OwnerStore {
  /** The one item that holds the mail to the owner; as if it were empty before the first. */
  owner(): Promise<Owner>;
  /** Mail that belongs to no dispatch we know: the owner's unmatched tray. */
  keepUnmatched(mail: UnmatchedMail): Promise<void>;
  /** What is in the unmatched tray, in no order. It is kept for 90 days. */
  unmatched(): Promise<UnmatchedMail[]>;
  /** Notes a reflection for the owner's digest; it is forgotten after eight days. Noting it again changes nothing. */
  noteForDigest(entry: DigestEntry): Promise<void>;
  /** All that is noted, oldest first. */
  notedForDigest(): Promise<DigestEntry[]>;
  /** Keeps a test mail for a day, for the lanes to send. */
  keepTestMail(mail: TestMail): Promise<void>;
  testMail(id: string): Promise<TestMail | undefined>;
  /** Keeps what came of a week, for 400 days; one that was kept of it before is replaced. */
  keepReport(report: WeekReport): Promise<void>;
  report(monday: string): Promise<WeekReport | undefined>;
  /** Keeps what a mail host reported of our domain, for 120 days; the same report again is the same. */
  keepDmarcReport(report: KeptDmarcReport): Promise<void>;
  /** What was reported since then, in no order. */
  dmarcReports(since: Instant): Promise<KeptDmarcReport[]>;
}

/** Which deliverer has which lane. */
export interface LaneStore {
  /** Takes or renews a lane's lease: `undefined`. While another holds it: when that one's run ends. */
  leaseLane(lane: number, lease: LaneLease): Promise<Instant | undefined>;
  releaseLane(lane: number, by: string): Promise<void>;
}

export interface LimitStore {
  /**
   * Counts one more use of a limit in its present window. `undefined`: within the limit; else the moment when
   * the window ends. Windows are fixed, of the given length, and begin with the first use. Throws `changed-too-often`.
   */
  count(limit: Limit): Promise<Instant | undefined>;
  /**
   * Takes a slot that one thing at a time may have, for `restMs`. `undefined`: it is `by`'s, also if it was before;
   * else the moment when it is free again. Throws `changed-too-often`.
   */
  take(slot: { key: string; restMs: number; by: string }): Promise<Instant | undefined>;
  /** Without using it: until when a limit is used up, or undefined. */
  usedUpUntil(limit: Pick<Limit, "key" | "most">): Promise<Instant | undefined>;
  /** Whom the owner lets in now, besides those of the settings. */
  letIn(): Promise<LetIn[]>;
  /** Lets somebody in until a moment; another moment replaces the one before. */
  keepLetIn(letIn: LetIn): Promise<void>;
  /** Ends it; false if there is none. */
  endLetIn(entry: string): Promise<boolean>;
}

/** SES's granted rate, and whether anything may leave at all. */
export interface GovernorStore {
  governor(): Promise<Governor>;
  /** Writes the governor if it was not written since it was read. */
  saveGovernor(governor: Governor): Promise<boolean>;
  /**
   * Reads, changes and writes it, again from the start when another writer was first. False if the change returned
   * its argument. Throws `changed-too-often`.
   */
  changeGovernor(apply: (current: Governor) => Governor): Promise<boolean>;
  /** Counts a mail that bounced for good, or that its reader called spam, for the breaker of what caused it. */
  noteTrouble(trouble: Trouble, source: TroubleSource): Promise<void>;
  /** How many of each were noted from `since` on, by minutes. They are kept for two days. */
  troubles(since: Instant): Promise<Record<TroubleSource, Record<Trouble, number>>>;
}

/** What SES has told about the mails of a rehearsal, for who runs it. Erased with its reader. */
export interface RehearsalStore {
  /** Notes an event about a dispatch, as `Bounce Permanent General 5.1.1`. Noting it again changes nothing. */
  noteHeard(dispatch: DispatchId, event: string): Promise<void>;
  /** The events about a reader's mails, by dispatch. */
  heardEvents(subscriber: string): Promise<Record<DispatchId, string[]>>;
}

/** Who may use the HTTP API, and what it answered to what may come again. */
export interface ApiStore {
  apiKey(id: string): Promise<ApiKey | undefined>;
  /** All that were ever made, in no order. */
  apiKeys(): Promise<ApiKey[]>;
  keepApiKey(key: ApiKey): Promise<void>;
  /** Notes that a key was used, at most once an hour. */
  noteApiKeyUse(key: ApiKey): Promise<void>;
  /** Takes a name for a request. `undefined`: it is this caller's to do; else what is known of the one that has it. */
  beginAnswer(name: string, request: string): Promise<Answered | undefined>;
  /** Keeps the answer for a day. */
  keepAnswer(name: string, request: string, answer: NonNullable<Answered["answer"]>): Promise<void>;
  /** The name is free again. */
  forgetAnswer(name: string): Promise<void>;
}

/** All that is kept about a person: for the export, and for erasing. */
export interface ErasureStore {
  /** Items about a person as they stand in the table: at most 500 and a megabyte, behind the sort key `after`. */
  personPage(subscriber: string, after?: string): Promise<ItemPage>;
  /**
   * Begins to erase a person, so that a killed request can be taken up again: keeps the least proof of what they
   * agreed to, under the keyed hash, and puts a tombstone in the subscriber's place, which counts as absent.
   */
  entomb(subscriber: string): Promise<void>;
  /** Removes these items about a person, never the tombstone. Throws `store-unavailable` where some of them stay. */
  removeItems(subscriber: string, items: readonly Record<string, unknown>[]): Promise<void>;
  /**
   * Removes what tells of a person elsewhere: their address, the digest's notes, limits. A suppression and the proof
   * know only the keyed hash, and stay. The tombstone must still be there: it knows the address's hash.
   */
  removeTraces(subscriber: string): Promise<void>;
  /** Removes the tombstone: nothing is left. */
  removeTombstone(subscriber: string): Promise<void>;
}

/** Some items of a person. `after` goes on behind them; without it they were the last. */
export interface ItemPage {
  items: Record<string, unknown>[];
  after?: string;
}

/** Items that have something to tell, by the `outbox` index. Throws `store-unavailable`. */
export interface Outbox {
  /** What is to be told by a partition's items, at most 50 of them, behind `after`. May be a moment old. */
  page(partition: string, after?: unknown): Promise<{ items: ToTell[]; after?: unknown }>;
  /** Takes the events off an item, if it is as it was seen: more may have been added since. */
  takeOff(item: ToTell): Promise<void>;
}

export interface ToTell {
  key: { pk: string; sk: string };
  /** The item's place when it was seen: another once something is added. */
  place: string;
  untold: readonly ReaderEvent[];
}

/** People, newest first, as the owner's index has them: hints, a moment old. Throws `store-unavailable`. */
export interface PeopleIndex {
  /** At most `limit` ids; `before` is where the next page goes on. */
  page(wanted: PeopleWanted, limit: number): Promise<{ ids: string[]; before?: string }>;
}

export interface PeopleWanted {
  status?: Subscriber["status"] | undefined;
  tag?: string | undefined;
  /** Only those that come before this place: where the page before ended. */
  before?: string | undefined;
}

/** The stage's bus. */
export interface Bus {
  /** Puts events on it, any number; which of them it took. Throws nothing: what was not taken is put again. */
  put(events: readonly ReaderEvent[]): Promise<ReadonlySet<ReaderEvent>>;
}

/** Whom the owner has events sent to. */
export interface WebhookCaller {
  /** One attempt, which takes five seconds at the most. Throws `webhook-secret-unreadable`. */
  call(webhook: Webhook, event: ReaderEvent): Promise<WebhookAnswer>;
}

/** Issues on their way. Reads are consistent. Throws `store-unavailable`. */
export interface Broadcasts {
  broadcast(slug: string): Promise<Broadcast | undefined>;
  /** All that were ever begun, by slug. */
  broadcasts(): Promise<Broadcast[]>;
  /** Writes it if its version is still the stored one (0: not there yet); undefined if someone wrote it first. */
  saveBroadcast(broadcast: Broadcast): Promise<Broadcast | undefined>;
  /** The words of an issue, as they were checked. A revision never changes, so it is read once. */
  words(slug: string, revision: string): Promise<Issue | undefined>;
  keepWords(revision: string, issue: Issue): Promise<void>;
  /** Writes whom a batch is for, unless that was done; returns what is written. */
  gather(key: BatchKey, gathered: Gathered): Promise<Gathered>;
  gathered(key: BatchKey): Promise<Gathered | undefined>;
  batch(key: BatchKey): Promise<Batch | undefined>;
  /** As saveBroadcast. The batch's place in the `due` index is written with it. */
  saveBatch(batch: Batch): Promise<Batch | undefined>;
  batches(slug: string): Promise<Batch[]>;
  /** Takes an erased person out of the audience of an issue, who got it and who waits. Throws `changed-too-often`. */
  forget(slug: string, subscriber: string): Promise<void>;
  /** Batches in a shard of the index that are due at `until`, forward from `after`; 25 at the most. Hints only. */
  dueBatches(shard: string, until: Instant, after?: DueBatch): Promise<DueBatch[]>;
}

export interface DueBatch extends BatchKey {
  shard: string;
  dueAt: Instant;
}

/** Everything that is kept, as numbers are made of it: for the week's report. Throws `store-unavailable`. */
export interface Survey {
  /** In no order, in bounded memory. */
  rows(): AsyncIterable<SurveyRow>;
  /** About how many messages the queues have given up. */
  deadLetters(): Promise<number>;
}

/** Mails to `dmarc@`, as SES puts them into their bucket. */
export interface ReportMails {
  /** The latest first. @param most so many of them */
  latest(most: number): Promise<{ key: string; size: number }[]>;
  read(key: string): Promise<Uint8Array>;
  remove(key: string): Promise<void>;
}

/** What of an item is counted. */
export type SurveyRow =
  | ({ kind: "subscriber" } & Pick<
      Subscriber,
      "status" | "stoppedBy" | "liftedFrom" | "newsletter" | "consents" | "agenda"
    >)
  | ({ kind: "enrolment" } & Pick<Enrolment, "status" | "completedAt" | "agenda">)
  | ({ kind: "owner" } & Pick<Owner, "agenda">)
  | ({ kind: "reflection" } & Pick<Reflection, "subscriber" | "replyKind" | "receivedAt">)
  | ({ kind: "mail" } & Pick<LedgerEntry, "sentAt">)
  | { kind: "unmatched" };

export interface Suppression {
  addressHash: string;
  reason: StopReason;
  at: Instant;
}

/** What stays of a consent after an erasure: that it was given, when, and to which words. */
export interface ConsentProof {
  consents: Pick<Consent, "event" | "at" | "list" | "text" | "notice" | "textHash" | "actor">[];
}

export interface UnmatchedMail {
  messageId: string;
  receivedAt: Instant;
  raw: string;
  reason: string;
}

export interface LaneLease {
  /** A random word of the holder's. */
  by: string;
  /** It is anybody's from here on, unless it was renewed. */
  until: Instant;
  /** When the holder's run is over, renewed or not. */
  endsAt: Instant;
}

export interface DueKey {
  shard: string;
  dueAt: Instant;
  holder: HolderKey;
}

/** Shares SES's granted rate among all senders: slots are booked on one item. */
export interface Governor extends Breaker, Ramped {
  version: number;
  /** The moment up to which slots are taken. */
  bookedUntil: Instant;
  /** Mails a second that SES grants. */
  rate: number;
  /** No slots before this moment. */
  closedUntil: Instant;
  /** Mails in 24 h that SES grants (-1: no limit), and how many it had counted when asked. */
  quota: number;
  sent24h: number;
  asOf: Instant;
  /** Confirmations have a breaker of their own: strangers cause them. */
  confirmations?: Breaker;
}

/** Whether mail is held back, and how it goes on after that. */
export interface Breaker {
  /** Nothing leaves before `until`; without it, until the owner resumes. */
  held?: { why: Trouble | "owner"; since: Instant; until?: Instant };
  /** Trouble counts from here on: the hold before it has ended. */
  resumedAt?: Instant;
  /** How many holds have followed on one another. */
  holds?: number;
  /** A hold ended by itself here: for some days a part of the usual allowance holds. */
  easedFrom?: Instant;
  /** Portions after a hold began anew here: too much of them came back. */
  growsFrom?: Instant;
}

/** Mail that strangers can cause, and all other. */
export type TroubleCause = "confirmations" | "others";
/** `waited`: of confirmations that were asked for before a hold ended. They leave in portions, and bring no hold. */
export type TroubleSource = TroubleCause | "waited";

/** What SES judges an account by. */
export type Trouble = "bounces" | "complaints";

export interface OutgoingMail {
  dispatch: DispatchId;
  /** Envelope sender and recipient; one recipient a call. */
  from: string;
  to: string;
  raw: Uint8Array;
  tags: Record<string, string>;
}

export type SendOutcome =
  | { outcome: "accepted"; messageId: string }
  /**
   * SES has definitely not taken it; trying again can help. `rate`: at once, more slowly. `quota`, `paused`: no mail
   * leaves for now. `later`: by itself, in minutes. `mend`: once the owner has set something right.
   */
  | { outcome: "refused"; why: "rate" | "quota" | "paused" | "later" | "mend"; detail: string }
  /** SES has definitely not taken it and never will: the address or the mail itself is bad. */
  | { outcome: "rejected"; detail: string }
  /** The answer was lost: it may have left. `isAway`: SES answered, that it failed (a 5xx); it has most likely not left. */
  | { outcome: "in-doubt"; detail: string; isAway?: true };

/** SES. One attempt, at most 10 s. */
export interface Mailer {
  send(mail: OutgoingMail): Promise<SendOutcome>;
  quota(): Promise<{ rate: number; quota: number; sent24h: number; enabled: boolean }>;
}

/** Asks for a holder to be looked at soon. May be lost: the index is the queue. */
export interface Nudge {
  send(holder: HolderKey, afterMs: number): Promise<void>;
}

/** Leaves to another function what an answer must not wait for. Nothing is lost: throws `errand-not-left`. */
export interface Errands {
  leave(errand: Errand): Promise<void>;
}

/** Hands what was written on a page to the function that takes replies. Nothing is lost: throws `answer-not-taken`. */
export interface WrittenAnswers {
  handOver(answer: WrittenAnswer): Promise<void>;
}

/** Raw inbound mail. Throws `mail-missing`, `mail-too-large`, and `mail-not-removed` where some stay. */
export interface Inbox {
  read(key: string, mostBytes: number): Promise<Uint8Array>;
  remove(keys: string[]): Promise<void>;
}

/** DNS, as far as it tells whether a domain takes mail. Never throws; answers within half a second. */
export interface MailDomains {
  /** False only for a domain that does not exist, or says itself that it takes no mail (RFC 7505). */
  mayTakeMail(domain: string): Promise<boolean>;
}

export interface Keyring {
  keys(): Promise<Keys>;
  /** Reads the keyring again if it does not know the key id; at most once a minute. */
  findKeys(keyId: number): Promise<Keys>;
}

export interface Clock {
  now(): Instant;
  sleep(ms: number): Promise<void>;
}

/** Lower-case base32 of a number of random bytes. */
export type Random = (bytes: number) => string;

/** The owner's ear. Never throws: what cannot be told is told a minute later. */
export interface Alarms {
  /** A concern was seen. The owner is told once an incident. `detail`: a code; never an address or a reader's words. */
  see(name: ConcernName, detail?: string): Promise<void>;
  /** Tells what is over. Once a minute, by one lane. */
  settle(hasSent: boolean): Promise<void>;
  /** What goes on, first seen first. Throws `store-unavailable`. */
  open(): Promise<(Incident & { name: ConcernName })[]>;
}

/** One JSON line each. Codes and ids; never an address, a name or a reader's words. */
export interface Log {
  info(event: string, fields?: Record<string, string | number | boolean | undefined>): void;
  warn(event: string, fields?: Record<string, string | number | boolean | undefined>): void;
  /** A figure of `METRICS`: something happened. */
  count(metric: CountedMetric, by?: number): void;
  /** A figure of `METRICS`: how something stands, in its unit. */
  measure(metric: MeasuredMetric, value: number): void;
}

/** A request to one of the routes, as the HTTP API's payload 2.0 brings it, decoded. */
export interface WebRequest {
  method: string;
  /** The route that matched, for example `GET /confirm/{token}`. */
  route: string;
  /** The path as it was asked for, without its query. */
  rawPath: string;
  /** What stood in the places of the route's variables, without what a mail program left behind the link. */
  path: Record<string, string>;
  query: Record<string, string>;
  /** Fields of a urlencoded or multipart form. Empty on GET. */
  form: Record<string, string>;
  headers: Record<string, string>;
  ip: string;
  /** Why the body could not be taken, if so: the form is then empty. */
  bodyProblem?: "too-large" | "not-a-form";
}

export interface WebResponse {
  status: number;
  headers?: Record<string, string>;
  body: string;
  /** The body is base64 of bytes that are no text. */
  isBase64?: boolean;
}

/** What SES's receipt rule tells of an inbound mail. */
export interface ReceivedMail {
  /** SES's id of the mail and the key of its raw form. */
  sesMessageId: string;
  key: string;
  /** Envelope sender; empty for a null return path. */
  source: string;
  /** Envelope recipients that the rule matched. */
  recipients: string[];
  verdicts: Record<"spam" | "virus" | "spf" | "dkim" | "dmarc", Verdict>;
  receivedAt: Instant;
}

/** An SES event about a dispatch, reduced to what feedback decides by. */
export interface SesEvent {
  type: string;
  messageId: string;
  /** Undefined where the event has no time that can be read: it counts as now. */
  at?: Instant;
  dispatch?: DispatchId | undefined;
  /** The voice that the mail showed, by its own id. */
  voice?: string;
  /** Whom it names as bounced, or as having complained: behind a forwarding, not whom we have written to. */
  addresses?: readonly string[];
  /** The address that the mail was sent to. */
  sentTo?: string;
  bounce?: { type: string; subType?: string; status?: string };
  complaint?: { feedbackType?: string | undefined };
}

export type { Keys };

/** A mail as SES takes it, for one recipient. */
export interface ComposedMail {
  envelopeFrom: string;
  to: string;
  raw: Uint8Array;
  tags: Record<string, string>;
  /** What must be known once it has left. */
  said?: SaidInMail;
  /** The voice that it shows, and how the mail is without it. */
  voice?: { key: VoiceKey; leaveOut(): ComposedMail };
}
