import { type Enrolment, withLeft } from "../domain/course/enrolment.ts";
import { relayLimit } from "../domain/people/limits.ts";
import {
  type Consent,
  markedErased,
  type StopReason,
  type Subscriber,
  withStop,
} from "../domain/people/subscriber.ts";
import type { DigestEntry } from "../domain/replies/digest.ts";
import type { Reflection } from "../domain/replies/reflection.ts";
import type { WeekReport } from "../domain/report.ts";
import { withoutEntry } from "../domain/sending/agenda.ts";
import { DELIVERY_STATES, type LedgerEntry } from "../domain/sending/dispatch.ts";
import { type Holder, toHolderKey } from "../domain/sending/holder.ts";
import { newOwner, OWNER_KEY, type Owner, type TestMail } from "../domain/sending/owner.ts";
import { DAY, type Instant, iso, SECOND } from "../domain/time.ts";
import { OperationalError } from "../errors.ts";
import type {
  Clock,
  ConsentProof,
  DueKey,
  Governor,
  LaneLease,
  Random,
  Store,
  Suppression,
  Trouble,
  UnmatchedMail,
} from "../ports.ts";
import { fromHolderItem, fromItem, toHolderItem, toItem } from "./items.ts";
import {
  addressKey,
  DIGEST,
  digestEntryKey,
  dispatchKey,
  dispatchPrefix,
  enrolmentPrefix,
  governorKey,
  holderKey,
  laneKey,
  limitKey,
  personKey,
  proofKey,
  readHolderKey,
  reflectionKey,
  reflectionPrefix,
  reportKey,
  strikesKey,
  suppressionKey,
  testMailKey,
  troubleKey,
  unmatchedKey,
} from "./keys.ts";
import type { Table } from "./table.ts";

type Item = Record<string, unknown>;
type Proven = ConsentProof["consents"][number];

/** So often is a change begun again because somebody else wrote the item first. */
const MOST_CHANGES = 10;
const PAGE_OF_DUE = 25;
const STRIKES_COUNT_FOR = 30 * DAY;
/** After the end of a subscription, consent can be asked to be proven for three years. */
const PROOF_KEPT_FOR = 3 * 365 * DAY;
const MOST_PROOF = 100;
/** A week in which no mail could leave is told of all the same. */
const NOTED_FOR_DIGEST_FOR = 8 * DAY;
const UNMATCHED_KEPT_FOR = 90 * DAY;
/** Longer than a queue and its dead letters keep a message. */
const FORGOTTEN_KEPT_FOR = 30 * DAY;
/** Which reason may replace which: a complaint outlives everything, and only a reader's own stop can be lifted. */
const GRAVITY: Record<StopReason, number> = { reader: 0, owner: 1, bounce: 2, complaint: 3 };
const TEST_MAIL_KEPT_FOR = DAY;
/** A year back, and some. */
const REPORT_KEPT_FOR = 400 * DAY;
const TROUBLE_KEPT_FOR = 2 * DAY;
/** `2026-11-24T07:3`: ten minutes. */
const tenMinuteSlot = (at: Instant): string => iso(at).slice(0, 15);
const NEW = { expression: "attribute_not_exists(pk)" };
/** Before the first quota is read: SES's sandbox. */
const SANDBOX: Governor = {
  version: 0,
  bookedUntil: 0,
  rate: 1,
  closedUntil: 0,
  quota: 200,
  sent24h: 0,
  asOf: 0,
};

/** The store over its table. */
export function openStore(table: Table, clock: Clock, random: Random): Store {
  const load = async <H extends Holder>(key: Parameters<typeof holderKey>[0]) =>
    fromHolderItem<H>(await table.get(holderKey(key)), clock.now());

  async function save<H extends Holder>(holder: H): Promise<H | undefined> {
    const by = random(8);
    const next = { ...holder, version: holder.version + 1 };
    const isNew = holder.version === 0;
    const condition = isNew
      ? {
          expression: "attribute_not_exists(pk) OR expiresAt <= :now",
          values: { ":now": clock.now() / SECOND },
        }
      : { expression: "version = :version", values: { ":version": holder.version } };
    if (await table.put(toHolderItem(next, by), condition)) return next;
    // The SDK tries again after a lost answer, and then finds its own write in the way.
    const item = await table.get(holderKey(toHolderKey(holder)));
    return item?.by === by ? next : undefined;
  }

  async function change<H extends Holder>(holder: H, apply: (current: H) => H): Promise<H | undefined> {
    for (let tried = 0; tried < MOST_CHANGES; tried++) {
      const current = (await load<H>(toHolderKey(holder))) ?? isUnwritten(holder);
      if (!current) return undefined;
      const changed = apply(current);
      if (changed === current) return current;
      const saved = await save(changed);
      if (saved) return saved;
    }
    throw new OperationalError("changed-too-often", holder.kind);
  }

  async function enrolments(subscriber: string): Promise<Enrolment[]> {
    const items = await table.partition(personKey(subscriber), enrolmentPrefix);
    return items
      .map((item) => fromHolderItem<Enrolment>(item, clock.now()))
      .filter((found) => found !== undefined);
  }

  async function digestEntries(): Promise<DigestEntry[]> {
    const items = await table.partition(DIGEST);
    return items
      .map((item) => fromItem<DigestEntry>(item, clock.now()))
      .filter((entry) => entry !== undefined);
  }

  async function suppress(addressHash: string, reason: StopReason, at: Instant): Promise<void> {
    await table.put(
      toItem(suppressionKey(addressHash), { addressHash, reason, at, gravity: GRAVITY[reason] }),
      {
        expression: "attribute_not_exists(pk) OR gravity < :gravity",
        values: { ":gravity": GRAVITY[reason] },
      },
    );
  }

  /** Without network and browser; what an earlier erasing kept stays beside it. */
  async function keepProof({ addressHash, consents }: Subscriber): Promise<void> {
    const key = proofKey(addressHash);
    const earlier = fromItem<ConsentProof>(await table.get(key), clock.now())?.consents ?? [];
    const bare = consents.map(leastProof);
    const isSame = (one: Proven, other: Proven) =>
      one.at === other.at && one.list === other.list && one.event === other.event;
    const fresh = bare.filter((one) => !earlier.some((other) => isSame(one, other)));
    const all = [...earlier, ...fresh];
    await table.put(toItem(key, { consents: all.slice(-MOST_PROOF) }, clock.now() + PROOF_KEPT_FOR));
  }

  return {
    async subscriber(id) {
      const found = await load<Subscriber>({ subscriber: id });
      return found?.erasedAt === undefined ? found : undefined;
    },
    enrolment: (subscriber, course) => load<Enrolment>({ subscriber, course }),
    enrolments,
    owner: async () => (await load<Owner>(OWNER_KEY)) ?? newOwner(),
    holder: (key) => load<Holder>(key),
    save,
    change,

    async subscriberOf(addressHash) {
      return fromItem<{ subscriber: string }>(await table.get(addressKey(addressHash)), clock.now())
        ?.subscriber;
    },
    async bindAddress(addressHash, subscriber) {
      const key = addressKey(addressHash);
      if (await table.put(toItem(key, { subscriber }), NEW)) return subscriber;
      return ((await table.get(key)) as { subscriber: string } | undefined)?.subscriber ?? subscriber;
    },

    async freeAddress(addressHash, subscriber) {
      await table.remove(addressKey(addressHash), ownerCondition(subscriber));
    },

    suppress: (addressHash, reason) => suppress(addressHash, reason, clock.now()),
    async suppression(addressHash) {
      return fromItem<Suppression>(await table.get(suppressionKey(addressHash)), clock.now());
    },
    async liftSuppression(addressHash, reason = "reader") {
      await table.remove(suppressionKey(addressHash), {
        expression: "attribute_not_exists(pk) OR gravity = :own",
        values: { ":own": GRAVITY[reason] },
      });
    },
    async stopEverything(id, reason, consent) {
      const subscriber = await load<Subscriber>({ subscriber: id });
      if (!subscriber) return;
      const now = clock.now();
      // A complaint about somebody who was erased: there is nothing to stop, and they must not be mailed again.
      const isErased = subscriber.erasedAt !== undefined;
      if (!isErased || reason !== "reader") await suppress(subscriber.addressHash, reason, now);
      if (isErased) return;
      await change(subscriber, (current) => {
        const graver = GRAVITY[reason] > GRAVITY[current.stoppedBy ?? "reader"];
        return current.status === "stopped" && !graver ? current : withStop(current, reason, consent, now);
      });
      for (const enrolment of await enrolments(id)) await change(enrolment, withLeft);
      await change(subscriber, (current) =>
        current.agenda["finish-stop"]
          ? { ...current, agenda: withoutEntry(current.agenda, (key) => key === "finish-stop") }
          : current,
      );
    },

    async ledgerEntryOfLate(dispatch) {
      return toLedgerEntry(await table.getOfLate(dispatchKey(dispatch)), clock.now());
    },
    async ledgerEntry(dispatch) {
      return toLedgerEntry(await table.get(dispatchKey(dispatch)), clock.now());
    },
    recordSent: (entry) => table.put(ledgerItem(entry), NEW),
    async updateEntry(entry) {
      // Set one by one: what was noted on it since it was read stays.
      const { pk: _pk, sk: _sk, ...fields } = ledgerItem(entry);
      const names = Object.keys(fields);
      await table.update(
        dispatchKey(entry.dispatch),
        `SET ${names.map((name) => `#${name} = :${name}`).join(", ")}`,
        {
          expression: "attribute_not_exists(pk) OR #rank < :rank",
          names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          values: Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
        },
      );
    },
    async noteOnEntry(subscriber, isMeant, note, at) {
      const meant = (await this.ledger(subscriber)).find(({ dispatch }) => isMeant(dispatch));
      if (!meant || meant[note] !== undefined) return;
      await table.update(dispatchKey(meant.dispatch), "SET #note = :at", {
        expression: "attribute_exists(pk) AND attribute_not_exists(#note)",
        names: { "#note": note },
        values: { ":at": at },
      });
    },
    async ledger(subscriber) {
      const items = await table.partition(personKey(subscriber), dispatchPrefix);
      return items.map((item) => toLedgerEntry(item, clock.now())).filter((entry) => entry !== undefined);
    },

    keepReflection: (reflection) =>
      table.put(toItem(reflectionKey(reflection.subscriber, reflection.id), reflection), NEW),
    async updateReflection(reflection) {
      const item = toItem(reflectionKey(reflection.subscriber, reflection.id), reflection);
      await table.put(item, { expression: "attribute_exists(ownWords)" });
    },
    async reflection(subscriber, id) {
      return toReflection(await table.get(reflectionKey(subscriber, id)), clock.now());
    },
    async reflections(subscriber) {
      const items = await table.partition(personKey(subscriber), reflectionPrefix);
      const kept = items
        .map((item) => toReflection(item, clock.now()))
        .filter((found) => found !== undefined);
      return kept.sort((one, other) => one.receivedAt - other.receivedAt);
    },
    async forgetReflection(subscriber, id) {
      const forgottenAt = clock.now();
      const trace = { reflection: id, forgottenAt };
      await table.put(toItem(reflectionKey(subscriber, id), trace, forgottenAt + FORGOTTEN_KEPT_FOR), {
        expression: "attribute_exists(pk)",
      });
    },
    async keepUnmatched(mail) {
      await table.put(toItem(unmatchedKey(mail.messageId), mail, mail.receivedAt + UNMATCHED_KEPT_FOR));
    },
    async keepTestMail(mail) {
      await table.put(toItem(testMailKey(mail.id), mail, mail.askedAt + TEST_MAIL_KEPT_FOR));
    },
    async testMail(id) {
      return fromItem<TestMail>(await table.get(testMailKey(id)), clock.now());
    },
    async keepReport(report) {
      await table.put(toItem(reportKey(report.monday), report, Date.parse(report.monday) + REPORT_KEPT_FOR));
    },
    async report(monday) {
      return fromItem<WeekReport>(await table.get(reportKey(monday)), clock.now());
    },
    async unmatched() {
      const tray = await table.partition(unmatchedKey("").pk);
      return tray
        .map((item) => fromItem<UnmatchedMail>(item, clock.now()))
        .filter((mail) => mail !== undefined);
    },
    async noteForDigest(entry) {
      await table.put(toItem(digestEntryKey(entry), entry, entry.receivedAt + NOTED_FOR_DIGEST_FOR));
    },
    notedForDigest: digestEntries,
    async strike(addressHash, day) {
      const struck = await table.update(strikesKey(addressHash), "ADD #days :day SET expiresAt = :expires", {
        names: { "#days": "days" },
        values: { ":day": new Set([day]), ":expires": Math.ceil((clock.now() + STRIKES_COUNT_FOR) / SECOND) },
      });
      const earliest = new Date(clock.now() - STRIKES_COUNT_FOR).toISOString().slice(0, day.length);
      const days = (struck?.days as Set<string> | undefined) ?? new Set<string>();
      return [...days].filter((other) => other >= earliest).length;
    },

    async count({ key, most, windowMs }) {
      const now = clock.now();
      const open = {
        expression: "windowEnds > :now",
        values: { ":now": now, ":one": 1 },
        names: { "#used": "used" },
      };
      const counted = await table.update(limitKey(key), "ADD #used :one", open);
      if (!counted) {
        const windowEnds = now + windowMs;
        const fresh = { used: 1, windowEnds };
        const isMine = await table.put(toItem(limitKey(key), fresh, windowEnds), {
          expression: "attribute_not_exists(pk) OR windowEnds <= :now",
          values: { ":now": now },
        });
        return isMine ? undefined : this.count({ key, most, windowMs });
      }
      return (counted.used as number) > most ? (counted.windowEnds as number) : undefined;
    },

    async due(shard, until, after) {
      const start = after && { ...holderKey(after.holder), shard: after.shard, dueAt: after.dueAt };
      const items = await table.due(shard, until, PAGE_OF_DUE, start);
      return items.map((item) => toDueKey(item));
    },
    async leaseLane(lane, { by, until, endsAt }) {
      const isOurs = await table.put(toItem(laneKey(lane), { holder: by, until, endsAt }), {
        expression: "attribute_not_exists(pk) OR #holder = :by OR #until <= :now",
        values: { ":by": by, ":now": clock.now() },
        names: { "#holder": "holder", "#until": "until" },
      });
      if (isOurs) return undefined;
      // Whoever gave it back in between has ended.
      return ((await table.get(laneKey(lane))) as LaneLease | undefined)?.endsAt ?? clock.now();
    },
    async releaseLane(lane, by) {
      await table.remove(laneKey(lane), {
        expression: "#holder = :by",
        values: { ":by": by },
        names: { "#holder": "holder" },
      });
    },

    async noteTrouble(trouble) {
      await table.update(
        troubleKey(tenMinuteSlot(clock.now())),
        "ADD #trouble :one SET expiresAt = :expires",
        {
          names: { "#trouble": trouble },
          values: { ":one": 1, ":expires": Math.ceil((clock.now() + TROUBLE_KEPT_FOR) / SECOND) },
        },
      );
    },
    async troubles(since) {
      const from = tenMinuteSlot(since);
      const noted = (await table.partition(troubleKey("").pk)).filter((item) => (item.sk as string) >= from);
      const sum = (trouble: Trouble) =>
        noted.reduce((total, item) => total + ((item[trouble] as number | undefined) ?? 0), 0);
      return { bounces: sum("bounces"), complaints: sum("complaints") };
    },

    async governor() {
      return fromItem<Governor>(await table.get(governorKey), clock.now()) ?? SANDBOX;
    },
    saveGovernor: (governor) =>
      table.put(
        toItem(governorKey, { ...governor, version: governor.version + 1 }),
        governor.version === 0
          ? NEW
          : { expression: "version = :version", values: { ":version": governor.version } },
      ),

    everythingAbout: (subscriber) => table.partition(personKey(subscriber)),
    async entomb(id) {
      const subscriber = await load<Subscriber>({ subscriber: id });
      if (!subscriber || subscriber.erasedAt !== undefined) return;
      await keepProof(subscriber);
      await change(subscriber, (current) => markedErased(current, clock.now()));
    },
    async erase(id) {
      const subscriber = await load<Subscriber>({ subscriber: id });
      const tombstone = holderKey({ subscriber: id }).sk;
      const items = (await table.partition(personKey(id))).filter(({ sk }) => sk !== tombstone);
      const noted = (await digestEntries()).filter((entry) => entry.subscriber === id).map(digestEntryKey);
      await table.removeAll([
        ...items.map(({ pk, sk }) => ({ pk: pk as string, sk: sk as string })),
        ...noted,
      ]);
      if (!subscriber) return;
      // Somebody who signed up anew within the hour has the address now.
      for (const hash of [subscriber.addressHash, subscriber.otherAddressHash])
        if (hash !== undefined) await table.remove(addressKey(hash), ownerCondition(id));
      await table.remove(strikesKey(subscriber.addressHash));
      await table.remove(limitKey(relayLimit(id)));
    },
    async removeTombstone(id) {
      await table.remove(holderKey({ subscriber: id }), { expression: "attribute_exists(erasedAt)" });
    },
    async proof(addressHash) {
      return fromItem<ConsentProof>(await table.get(proofKey(addressHash)), clock.now());
    },
  };
}

/** What proves a consent without telling who it was. */
const leastProof = ({ event, at, list, text, notice, textHash, actor }: Consent): Proven => ({
  ...{ event, at, list, text, actor },
  ...(notice && { notice }),
  ...(textHash && { textHash }),
});

/** The owner is there from the beginning, written or not; anybody else has to be written first. */
const isUnwritten = <H extends Holder>(holder: H): H | undefined =>
  holder.kind === "owner" ? (newOwner() as H) : undefined;

/** Undefined also for the trace of one that was forgotten. */
function toReflection(item: Item | undefined, now: Instant): Reflection | undefined {
  const found = fromItem<Reflection | { forgottenAt: Instant }>(item, now);
  return found && "ownWords" in found ? found : undefined;
}

const ownerCondition = (subscriber: string) => ({
  expression: "subscriber = :own",
  values: { ":own": subscriber },
});

const reasonRank = (entry: LedgerEntry): number => DELIVERY_STATES.indexOf(entry.state);

const ledgerItem = (entry: LedgerEntry): Item =>
  toItem(dispatchKey(entry.dispatch), { ...entry, rank: reasonRank(entry) });

function toLedgerEntry(item: Item | undefined, now: Instant): LedgerEntry | undefined {
  const content = fromItem<LedgerEntry & { rank: number }>(item, now);
  if (!content) return undefined;
  const { rank: _rank, ...entry } = content;
  return entry;
}

function toDueKey(item: Item): DueKey {
  const { pk, sk, shard, dueAt } = item as { pk: string; sk: string; shard: string; dueAt: number };
  return { shard, dueAt, holder: readHolderKey({ pk, sk }) };
}
