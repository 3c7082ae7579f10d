import type { RawRequest } from "../aws/endpoint.ts";
import type { TableItem } from "../aws/expressions.ts";
import type { WireResponse } from "../aws/request.ts";
import type { Mailboxes } from "./mailboxes.ts";
import { SPEAKER, type Step } from "./runtime.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A dead claim waits out its minute and the grace; the lanes come by each minute. */
const DOUBT = 18 * MINUTE;
/** A fault may have struck this long before a mail was due and still hold it up. */
const BEFORE = 20 * MINUTE;

/** For so long after a hold confirmations may leave a few an hour. */
const PORTIONS = 48 * 60 * MINUTE;

/** An errand whose run a fault has cut off or failed comes again when its message is visible again, after twelve minutes. */
const HIDDEN_FOR = 12 * MINUTE;
/** Runs of a message before it is set aside, until the owner puts it back. */
const MOST_RUNS = 5;

/** What an answer has left to be done. */
interface SeenErrand {
  address: string;
  at: number;
  /** When runs of it began that a fault kept from their end. */
  struckRuns: number[];
  /** How long its message was kept back on its way. */
  late: number;
  doneAt?: number;
}

/** What the wire tells of the product's doings, as far as a fault must be laid at someone's door. */
export class Observer {
  /** Told when a dispatch of a reader was set aside. */
  onParked: (address: string, dispatch: string) => void = () => undefined;
  /** Told when a fault leaves it open whether a dispatch of a reader left. */
  onDoubt: (address: string, dispatch: string | undefined, cause: string) => void = () => undefined;
  /** Told when the breaker has held all mail. */
  onHeld: () => void = () => undefined;
  /** Told when it has held confirmations alone. */
  onConfirmationsHeld: () => void = () => undefined;
  /** Told when slots were given back that others may have taken. */
  onOverbooked: (how: string) => void = () => undefined;
  readonly #now: () => number;
  readonly #addresses = new Map<string, string>();
  readonly #mailboxesInTable = new Map<string, string>();
  readonly #claimedAt = new Map<string, number>();
  readonly #claims = new Map<string, { instance: number; dispatch: string; by: string }>();
  readonly #ledger = new Map<string, number>();
  readonly #heard = new Map<string, number>();
  readonly #touched = new Map<string, number[]>();
  readonly #rejected = new Set<string>();
  readonly #doubts = new Map<string, number>();
  readonly #allowances = new Map<string, { at: number; ms: number }[]>();
  readonly #outages: { from: number; to: number }[] = [];
  readonly #confirmationHolds: { from: number; to: number }[] = [];
  /** What answers have left to be done, by the queue's message. */
  readonly #errands = new Map<string, SeenErrand>();
  /** For how long a message was kept back, before it is known whose it is. */
  readonly #keptBack = new Map<string, number>();
  /** When an instance last met a fault. */
  readonly #struckAt = new Map<number, number>();
  /** Instances that were killed, by the step at which they were. */
  readonly #dead = new Map<number, string>();
  #bookedUntil = 0;
  #isHeld = false;

  readonly #mailboxes: Mailboxes;

  constructor(now: () => number, mailboxes: Mailboxes) {
    this.#now = now;
    this.#mailboxes = mailboxes;
  }

  /** A request that reached its service, and what became of it there. */
  observe({ instance, request }: Step, response: WireResponse) {
    if (/SendMessage$/.test(request.headers["x-amz-target"] ?? "")) this.#seeMessage(request.body.toString());
    if (response.status !== 200 || !/PutItem$/.test(request.headers["x-amz-target"] ?? "")) return;
    const { Item: item } = JSON.parse(request.body.toString()) as { Item: TableItem };
    const [pk, sk] = [String(item.pk?.S), String(item.sk?.S)];
    if (pk === "governor") return this.#seeGovernor(item);
    if (!pk.startsWith("S#")) return;
    if (sk.startsWith("dispatch#")) this.#seeLedger(String(item.dispatch?.S));
    else if (item.agenda) this.#seeHolder(pk, sk, item, instance);
  }

  #seeMessage(body: string) {
    const { MessageBody: message } = JSON.parse(body) as { MessageBody: string };
    const { does, address, subscriber } = JSON.parse(message) as Record<string, string | undefined>;
    if (does === undefined) return;
    const typed = address === undefined ? undefined : this.#mailboxes.findReader(address);
    const whose = typed ?? this.#addresses.get(`S#${subscriber}`) ?? "";
    if (this.#errands.has(message)) return;
    const late = this.#keptBack.get(message) ?? 0;
    this.#errands.set(message, { address: whose, at: this.#now(), struckRuns: [], late });
  }

  /** An errand was run to its end. */
  ran(message: string) {
    const errand = this.#errands.get(message);
    if (errand) errand.doneAt ??= this.#now();
    this.#keptBack.delete(message);
  }

  /** A run of it did not come to its end. Only where its instance met a fault meanwhile does that excuse anything. */
  ranInVain(message: string, instance: number, since: number) {
    const isStruck = (this.#struckAt.get(instance) ?? -1) >= since;
    if (isStruck) this.#errands.get(message)?.struckRuns.push(since);
  }

  /** A message of a queue is overtaken by others. */
  keptBack(message: string, ms: number) {
    if (message.includes('"does"')) this.#keptBack.set(message, ms);
  }

  #seeGovernor(item: TableItem) {
    const bookedUntil = Number(item.bookedUntil?.N);
    this.#seeHeldConfirmations(item);
    if (item.held && !this.#isHeld) this.onHeld();
    this.#isHeld = item.held !== undefined;
    if (bookedUntil < this.#bookedUntil)
      this.onOverbooked(`slots up to ${this.#bookedUntil} were taken, now only up to ${bookedUntil}`);
    this.#bookedUntil = bookedUntil;
  }

  #seeHeldConfirmations({ confirmations }: TableItem) {
    const { held } = (confirmations?.M ?? {}) as { held?: { M: { until?: { N: string } } } };
    const to = Number(held?.M.until?.N);
    if (!held || this.#confirmationHolds.at(-1)?.to === to) return;
    this.#confirmationHolds.push({ from: this.#now(), to });
    this.onConfirmationsHeld();
  }

  #seeLedger(dispatch: string) {
    if (!this.#ledger.has(dispatch)) this.#ledger.set(dispatch, this.#now());
  }

  #seeAddress(pk: string, address: string) {
    this.#addresses.set(pk, this.#mailboxes.findReader(address));
    this.#mailboxesInTable.set(pk, address);
  }

  #seeHolder(pk: string, sk: string, item: TableItem, instance: number) {
    if (sk === "subscriber") this.#seeAddress(pk, String(item.address?.S));
    const key = `${pk} ${sk}`;
    const held = this.#claims.get(key);
    const claim = item.claim?.M as TableItem | undefined;
    const by = String(claim?.by?.S ?? "");
    if (claim && by !== held?.by) {
      const dispatch = String(claim.dispatch?.S);
      this.#claims.set(key, { instance, dispatch, by });
      this.#claimedAt.set(dispatch, this.#now());
      // It was on its way when its writer was killed.
      const death = this.#dead.get(instance);
      if (death !== undefined) this.#doubt(pk, dispatch, `killed ${death}`);
    }
    if (!claim && held) this.#claims.delete(key);
    const entries = Object.values((item.agenda?.M ?? {}) as Record<string, { M: TableItem }>);
    if (held && entries.some(({ M }) => M.parked?.BOOL === true))
      this.onParked(this.#addresses.get(pk) ?? pk, held.dispatch);
  }

  /** `feedback` has ended without complaint over an event. */
  heard(messageId: string) {
    if (!this.#heard.has(messageId)) this.#heard.set(messageId, this.#now());
  }

  // Faults ----------------------------------------------------------------------------------------------------

  killed(instance: number, step: string) {
    this.#dead.set(instance, step);
    this.#struckAt.set(instance, this.#now());
    for (const [key, claim] of this.#claims) {
      if (claim.instance === instance)
        this.#doubt(key.split(" ")[0] as string, claim.dispatch, `killed ${step}`);
    }
    this.outage(80 * SECOND);
  }

  /** A fault at a request; `isDoubt`: SES may have taken the mail. */
  struck(
    request: Pick<RawRequest, "body" | "headers">,
    dispatch: string | undefined,
    { isDoubt = false, isRejection = false } = {},
  ) {
    this.#struckAt.set(Number(request.headers[SPEAKER]), this.#now());
    if (dispatch !== undefined) {
      const pk = `S#${dispatch.split("_")[0]}`;
      if (isRejection) this.#rejected.add(dispatch);
      if (isDoubt) this.#doubt(pk, dispatch, "SES's answer was lost");
      else this.#allow(pk, 7 * MINUTE);
      return;
    }
    const [, person] = /"(S#[a-z0-9]+)"/.exec(request.body.toString("latin1", 0, 4_096)) ?? [];
    if (!person) return this.outage(80 * SECOND);
    const claim = [...this.#claims].find(([key]) => key.startsWith(`${person} `))?.[1];
    this.#doubt(person, claim?.dispatch, "DynamoDB failed");
  }

  /** No mail can leave for this long. */
  outage(ms: number, from = this.#now()) {
    const to = from + ms;
    const last = this.#outages.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else this.#outages.push({ from, to });
  }

  #doubt(pk: string, dispatch: string | undefined, cause: string) {
    this.onDoubt(this.#addresses.get(pk) ?? pk, dispatch, cause);
    this.#allow(pk, DOUBT);
    this.#doubts.set(pk, (this.#doubts.get(pk) ?? 0) + 1);
    if (dispatch === undefined) return;
    const times = this.#touched.get(dispatch) ?? [];
    this.#touched.set(dispatch, [...times, this.#now()]);
  }

  #allow(pk: string, ms: number) {
    const address = this.#addresses.get(pk) ?? pk;
    const allowances = this.#allowances.get(address) ?? [];
    allowances.push({ at: this.#now(), ms });
    this.#allowances.set(address, allowances);
  }

  // Judgements ------------------------------------------------------------------------------------------------

  /** How long a mail that was due at `by` may wait, up to now, for what was done to it and to everybody. */
  excuse(address: string, by: number, now: number): number {
    const own = (this.#allowances.get(address) ?? [])
      .filter(({ at }) => at >= by - BEFORE && at <= now)
      .reduce((sum, { ms }) => sum + ms, 0);
    const waited = [...this.#errands.values()]
      .filter((errand) => errand.address === address && errand.at >= by - BEFORE && errand.at <= now)
      .reduce((sum, errand) => sum + errandWait(errand, now), 0);
    let closed = 0;
    for (let place = this.#outages.length - 1; place >= 0; place--) {
      const { from, to } = this.#outages[place] as { from: number; to: number };
      if (to < by) break;
      if (from <= now) closed += to - Math.max(from, by);
    }
    return own + waited + closed;
  }

  /** For how much of a time confirmations alone were held, which strangers can bring about. */
  confirmationsHeld(by: number, now: number): number {
    return this.#confirmationHolds
      .map(({ from, to }) => Math.min(to, now) - Math.max(from, by))
      .reduce((sum, ms) => sum + Math.max(0, ms), 0);
  }

  /** Whether a confirmation that was due at `by` may have met a hold, or the portions after one. */
  hasMetHold(by: number, now: number): boolean {
    return this.#confirmationHolds.some(({ from, to }) => to + PORTIONS >= by && from <= now);
  }

  /** SES took the mail, a fault kept that from the ledger, and no event about it was heard before the second. */
  wasLost(messageId: string, dispatch: string, takenAt: number, again: number): boolean {
    const isKnown = (this.#ledger.get(dispatch) ?? again) < again;
    const isHeard = (this.#heard.get(messageId) ?? again) < again;
    const times = this.#touched.get(dispatch) ?? [];
    const isStruck = times.some((at) => Math.abs(at - takenAt) <= MINUTE);
    return isStruck && !isKnown && !isHeard;
  }

  claimTime(dispatch: string): number | undefined {
    return this.#claimedAt.get(dispatch);
  }

  wasRejected(dispatch: string): boolean {
    return this.#rejected.has(dispatch);
  }

  countDoubts(address: string): number {
    const [pk] = [...this.#addresses].find(([, known]) => known === address) ?? [];
    return this.#doubts.get(pk ?? address) ?? 0;
  }

  /** Whose person this is, as the table knows them. */
  findMailbox(person: string): string | undefined {
    return this.#mailboxesInTable.get(person);
  }

  findPerson(address: string): string | undefined {
    return [...this.#addresses].find(([, known]) => known === address)?.[0];
  }

  /** Addresses that stand on more than one person. */
  addressesOfSeveral(): string[] {
    const seen = new Set<string>();
    const known = [...this.#addresses.values()].filter((address) => address !== "");
    return known.filter((address) => seen.has(address) || !seen.add(address));
  }

  hasLedgerEntry(dispatch: string): boolean {
    return this.#ledger.has(dispatch);
  }

  /** Claims that were not given back. */
  openClaims(): { key: string; dispatch: string }[] {
    return [...this.#claims].map(([key, { dispatch }]) => ({ key, dispatch }));
  }
}

/** How long an errand was kept from being done by the faults that it met, and not by anything else. */
function errandWait({ at, doneAt, late, struckRuns }: SeenErrand, now: number): number {
  const runs = struckRuns.filter((run) => run <= now).length;
  return runs < MOST_RUNS ? late + runs * HIDDEN_FOR : (doneAt ?? now) - at;
}
