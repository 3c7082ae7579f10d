import type { TableItem } from "../aws/expressions.ts";
import type { WireRequest, WireResponse } from "../aws/request.ts";
import type { SentMail } from "../aws/ses-events.ts";
import type { Violation } from "./counts.ts";

/** An event as it is on the bus, as far as it is looked at. */
interface Told {
  id: string;
  type: string;
  timestamp: string;
  data: Record<string, string | number>;
}

/** An event of SES's. */
interface SaidBySes {
  eventType: string;
  mail: { tags?: Record<string, string[]> };
  bounce?: { bounceType: string; bounceSubType: string };
}

interface TellsOptions {
  breaks(violation: Violation, who: string, how: string): void;
  addressOf(person: string): string;
}

/** Who writes to these kinds is the owner: nobody else is told of them. */
const TO_OWNER = /_(relay|digest|report|test)_/;
const NOT_TOLD =
  /^(foreign-sender|auto-reply|out-of-office|delivery-report|loop|virus|spam|owner-answer|unmatched)$/;

/**
 * What was told of readers, held against what happened to them: what SES took and said, and what was written into the table,
 * as the wire shows it. It knows nothing of how the product tells.
 */
export class ToldEvents {
  readonly #options: TellsOptions;
  readonly #told = new Map<string, Told>();
  /** What must be told, by what an event of it says of itself; and whose it is. */
  readonly #happened = new Map<string, string>();
  /** What may be told, besides. */
  readonly #excused = new Set<string>();
  readonly #erased = new Set<string>();
  readonly #courses = new Map<string, { status: string; run: string; moves: string }>();

  constructor(options: TellsOptions) {
    this.#options = options;
  }

  /** How many were told, each once. */
  get size(): number {
    return this.#told.size;
  }

  /** The bus has taken one. */
  takes(detail: unknown): void {
    const event = detail as Told;
    const before = this.#told.get(event.id);
    if (before && JSON.stringify(before) !== JSON.stringify(event))
      this.#breaks("event-that-did-not-happen", event, "another event has its id");
    this.#told.set(event.id, event);
  }

  /** SES has taken a mail. The ledger may never learn of it: then nothing is owed. */
  sends({ tags }: SentMail): void {
    const dispatch = tags.dispatch?.[0] ?? "";
    this.#excused.add(`mail.sent ${dispatch}`);
  }

  /** SES says what became of a mail. */
  hears({ eventType, mail, bounce }: SaidBySes): void {
    const dispatch = mail.tags?.dispatch?.[0] ?? "";
    const isAway = bounce?.bounceType === "Transient" && bounce.bounceSubType === "General";
    const state = isAway
      ? "delivered"
      : { Delivery: "delivered", Bounce: "bounced", Complaint: "complained" }[eventType];
    if (state) this.#excused.add(`mail.${state} ${dispatch}`);
  }

  /** A write that the table has taken. */
  writes(
    { service, headers, body }: Pick<WireRequest, "service" | "headers" | "body">,
    answer?: WireResponse,
  ): void {
    const action = headers["x-amz-target"]?.split(".").at(-1);
    if (service !== "dynamodb" || answer?.status !== 200) return;
    if (action === "PutItem") this.#put((JSON.parse(body.toString()) as { Item: TableItem }).Item);
    if (action === "UpdateItem")
      this.#ledger((JSON.parse(String(answer.body)) as { Attributes?: TableItem }).Attributes ?? {});
  }

  #put(item: TableItem): void {
    const [pk, sk] = [String(item.pk?.S), String(item.sk?.S)];
    if (!pk.startsWith("S#") || pk === "S#owner") return;
    const person = pk.slice(2);
    if (sk === "subscriber") this.#person(person, item);
    if (sk.startsWith("enrolment#")) this.#course(person, item);
    if (sk.startsWith("dispatch#")) this.#ledger(item);
    if (sk.startsWith("reflection#") && item.replyKind) this.#reply(person, item);
  }

  #owes(person: string, ...what: (string | undefined)[]): void {
    this.#happened.set(what.join(" "), person);
  }

  #person(person: string, item: TableItem): void {
    if (item.erasedAt) {
      this.#erased.add(person);
      this.#owes(person, "reader.erased", person);
      return;
    }
    const types = { requested: "reader.asked", confirmed: "reader.confirmed", withdrawn: "reader.left" };
    for (const { M: record } of (item.consents?.L ?? []) as { M: TableItem }[]) {
      const type = types[record.event?.S as keyof typeof types];
      if (type) this.#owes(person, type, person, String(record.list?.S), iso(record.at?.N));
    }
  }

  #course(person: string, item: TableItem): void {
    const key = `${person} ${item.course?.S}`;
    const moves = JSON.stringify(item.moves?.M ?? {});
    const now = { status: String(item.status?.S), run: String(item.run?.N), moves };
    const before = this.#courses.get(key);
    this.#courses.set(key, now);
    if (!before) return;
    const turn = `${before.status} ${now.status}`;
    const version = String(item.version?.N);
    if (turn === "active paused") this.#owes(person, "course.paused", key, version);
    if (turn === "paused active" && before.run === now.run)
      this.#owes(person, "course.resumed", key, version);
    if (item.completedAt) this.#owes(person, "course.finished", key, now.run, iso(item.completedAt.N));
    if (before.moves !== now.moves && before.run === now.run) this.#owes(person, "course.move", key, version);
  }

  #ledger({ dispatch, state, rank }: TableItem): void {
    const id = String(dispatch?.S);
    if (rank === undefined || TO_OWNER.test(id)) return;
    const person = id.split("_")[0] ?? "";
    this.#owes(person, "mail.sent", id);
    const name = String(state?.S);
    if (name !== "sent" && name !== "delayed") this.#owes(person, `mail.${name}`, id);
  }

  #reply(person: string, item: TableItem): void {
    if (!NOT_TOLD.test(String(item.replyKind?.S))) this.#owes(person, "reader.replied", String(item.id?.S));
  }

  /** What an event says that it is of, in the words of what is owed. */
  #claims({ id, type, timestamp, data }: Told): string {
    const key = `${data.reader} ${data.course}`;
    const version = id.split("_").slice(-1)[0] ?? "";
    if (type.startsWith("mail.")) return `${type} ${data.dispatch}`;
    if (type === "reader.erased") return `${type} ${data.reader}`;
    if (type === "reader.replied") return `${type} ${data.reply}`;
    if (type.startsWith("reader.")) return `${type} ${data.reader} ${data.list} ${timestamp}`;
    if (type === "course.finished") return `${type} ${key} ${data.run} ${timestamp}`;
    if (type === "course.move") return `${type} ${key} ${id.split("_").at(-2)}`;
    return `${type} ${key} ${version}`;
  }

  /** At the end: each thing that happened was told, and nothing else. What was left of who was erased went with them. */
  audit(): void {
    const told = new Set<string>();
    for (const event of this.#told.values()) {
      const claim = this.#claims(event);
      told.add(claim);
      const isOfSes = /^mail\.(sent|delivered|bounced|complained)$/.test(event.type);
      const isTrue = isOfSes
        ? this.#excused.has(claim)
        : event.type === "course.began" || this.#happened.has(claim);
      if (!isTrue) this.#breaks("event-that-did-not-happen", event, claim);
    }
    for (const [claim, person] of this.#happened) {
      const isGone = this.#erased.has(person) && !claim.startsWith("reader.erased");
      if (!told.has(claim) && !isGone)
        this.#options.breaks("event-lost", this.#options.addressOf(person), claim);
    }
  }

  #breaks(violation: Violation, { type, data }: Told, how: string): void {
    this.#options.breaks(violation, this.#options.addressOf(String(data.reader)), `${type}: ${how}`);
  }
}

const iso = (at: unknown): string => new Date(Number(at)).toISOString();
