import type { AuthorsCalendar } from "./authors-calendar.ts";
import type { Counts } from "./counts.ts";
import { type Editions, withEventsTold } from "./editions.ts";
import type { FaultName } from "./fault-injector.ts";
import { Owner } from "./owner.ts";
import { Person } from "./people.ts";
import type { RampTerms } from "./ramp.ts";
import type { StrangerName } from "./strangers/kinds.ts";
import { letStrangersIn } from "./strangers/strangers.ts";
import type { Broken, TraceLine } from "./trace.ts";
import { QUOTA, World } from "./world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Plan {
  /** The folder of the course that they come for; without it the stage's first. What the editions are made of. */
  course?: string;
  subscribers: number;
  weeks: number;
  /** Readers of the newsletter alone, whom the owner brings from elsewhere at the beginning. */
  listed?: number;
  /** Readers who sign up for the newsletter alone. */
  newsletter?: number;
  /** How many of an issue may leave in 24 hours; without it some issues have portions. */
  perDay?: number;
  seed: number;
  faults: ReadonlySet<FaultName>;
  /** Who lives among the readers. */
  strangers: ReadonlySet<StrangerName>;
  /** How many times as often as usual they come. */
  strangersOften?: number;
  /** Mails a second that SES grants. */
  rate?: number;
  /** The stage's ramp, of a young domain; none otherwise. */
  warmUp?: RampTerms;
  /** How many times as often as usual things go wrong. */
  intensity?: number;
  /** How many times as often as usual readers pause, leave and change their minds. */
  restlessness?: number;
  /** All readers answer each lesson, and nearly all let others read it. */
  talkative?: boolean;
  /** The stage tells what happens to its readers, on a bus that fails as all else does. */
  tells?: boolean;
  /** Ends the run at the first broken promise. */
  stopsAtFirst?: boolean;
}

export interface SimulationOutcome {
  counts: Counts;
  broken: Broken[];
  /** All that happened to whom the first broken promise was made. */
  story: TraceLine[];
  digest: string;
  virtualMs: number;
}

/** A Monday, three weeks before Europe's clocks change. */
const START = Date.UTC(2026, 2, 2);
/** Who comes in the two weeks before a cohort begins waits for it. */
const WAITING = 14 * DAY;
/** This long after the last fault, what the faults have put off must have come. */
const SETTLING = 2 * DAY;

/** Everybody through the course, with what goes wrong on the way; what was promised is checked day by day. */
export async function simulate(
  plan: Plan,
  editions: Editions,
  told?: (line: TraceLine) => void,
  progress: (week: number, of: number) => void = () => undefined,
): Promise<SimulationOutcome> {
  if (!plan.tells) return live(plan, editions, told, progress);
  const telling = await withEventsTold(editions);
  return live(plan, telling, told, progress).finally(telling.remove);
}

async function live(
  plan: Plan,
  editions: Editions,
  told: ((line: TraceLine) => void) | undefined,
  progress: (week: number, of: number) => void,
): Promise<SimulationOutcome> {
  const startAt = chooseStart(editions.before.calendar);
  const endAt = startAt + plan.weeks * 7 * DAY;
  const { seed, faults, rate = 14, intensity = 1, warmUp } = plan;
  const world = await World.open({
    editions,
    seed,
    faults,
    rate,
    intensity,
    warmUp,
    startAt,
    endAt: endAt - SETTLING,
    told,
    tells: plan.tells ?? false,
  });
  try {
    const people = populate(world, plan);
    const owner = new Owner(world, world.chance.of("owner"), plan.perDay);
    void owner.imports(people.slice(plan.subscribers, plan.subscribers + (plan.listed ?? 0)));
    owner.publishes(editions.before.issues, endAt - SETTLING);
    trouble(world, endAt - SETTLING, intensity);
    letStrangersIn(world, {
      people: people.slice(0, plan.subscribers),
      kinds: plan.strangers,
      often: plan.strangersOften ?? 1,
      from: startAt,
      until: endAt - SETTLING,
    });
    const hasBroken = () => plan.stopsAtFirst === true && world.counts.broken() > 0;
    for (let day = startAt + DAY; day <= endAt && !hasBroken(); day += DAY) {
      await world.advanceUntil(day);
      world.oracle.sweep(day);
      void owner.tidiesUp();
      void owner.choosesVoices();
      if ((day - startAt) % (7 * DAY) === 0) progress((day - startAt) / (7 * DAY), plan.weeks);
    }
    if (!hasBroken()) audit(world);
    if (!hasBroken() && plan.tells) world.told.audit();
    world.counts.events["events-told"] = world.told.size;
    const [first] = world.trace.broken;
    return {
      counts: world.counts,
      broken: world.trace.broken,
      story: first ? world.trace.of(first.who) : [],
      digest: world.trace.digest(),
      virtualMs: world.now() - startAt,
    };
  } finally {
    await world.close();
  }
}

/** Some time before the first day on which the course begins, where it begins on one. */
function chooseStart({ starts }: AuthorsCalendar): number {
  const [first] = starts;
  return first === undefined ? START : Date.parse(first) - WAITING;
}

/** In a run that goes on for longer, what comes long after the course is seen of most. */
const MOST_WEEKS_OF_ARRIVALS = 4;

/** After the last day on which the course begins, where it begins on some. */
function findLastArrival(world: World, weeks: number): number {
  const last = world.editions.before.calendar.starts.at(-1);
  if (last !== undefined) return Date.parse(last) + 2 * DAY - world.now();
  return Math.min(MOST_WEEKS_OF_ARRIVALS, Math.max(1, weeks - 13)) * 7 * DAY;
}

function populate(
  world: World,
  { subscribers, listed = 0, newsletter = 0, weeks, restlessness = 1, talkative }: Plan,
): Person[] {
  const people = new Map<string, Person>();
  const arrivals = world.chance.of("arrivals");
  const lastArrival = findLastArrival(world, weeks);
  for (let number = 0; number < subscribers + listed + newsletter; number++) {
    const comesFor =
      number < subscribers ? "course" : number < subscribers + listed ? "import" : "newsletter";
    const chance = world.chance.of(`person ${number}`);
    const person = new Person(world, number, chance, { restlessness, comesFor, talkative });
    people.set(person.watched.address, person);
    if (comesFor === "import") continue;
    // A third comes at once, as after a mention somewhere; the others over days.
    const after = arrivals.happens(0.33) ? arrivals.between(0, HOUR) : arrivals.between(0, lastArrival);
    person.arrival(world.now() + MINUTE + after);
  }
  world.cloud.ses.onAccepted((mail) =>
    people.get(world.mailboxes.findReader(mail.destinations[0] as string))?.gets(mail),
  );
  world.onHeard = ({ eventType, mail, bounce }) => {
    const person = people.get(world.mailboxes.findReader(mail.destination[0] as string));
    if (!person) return;
    const { promises, address } = person.watched;
    const isAway = bounce?.bounceType === "Transient" && bounce.bounceSubType === "General";
    if (eventType === "Complaint" || bounce?.bounceType === "Permanent") {
      person.isBarred();
      promises.stops(world.now());
      world.checkStopped(address);
      world.trace.tell(address, `stopped by ${eventType}`);
      world.counts.count(eventType === "Complaint" ? "complained" : "bounced");
    } else if (bounce && !isAway) {
      promises.struckDays.add(new Date(world.now()).toISOString().slice(0, 10));
      if (promises.struckDays.size < 3) return;
      person.isBarred();
      promises.stops(world.now());
      world.checkStopped(address);
    }
  };
  return [...people.values()];
}

/** What goes wrong for everybody at once, and the deploy. */
function trouble(world: World, until: number, intensity: number): void {
  const chance = world.chance.of("trouble");
  const outages = world.chance.of("outages");
  const { cloud, mischief, counts, sight, editions } = world;
  const again = (most: number, what: () => number, source = chance) => {
    const strike = () => {
      if (world.now() >= until - 8 * HOUR) return;
      const lasts = what();
      world.at(world.now() + lasts + source.between(most / 2, most), strike);
    };
    world.at(world.now() + source.between(Math.min(DAY, most / 2), most), strike);
  };
  if (mischief.has("ses-pauses"))
    again(9 * DAY, () => {
      const lasts = chance.between(5 * MINUTE, HOUR);
      counts.fault("ses-pauses");
      world.trace.tell("ses", "pauses the account", { minutes: lasts / MINUTE });
      cloud.ses.pauseAccount();
      sight.outage(lasts + 13 * MINUTE);
      world.at(world.now() + lasts, () => cloud.ses.resumeAccount());
      return lasts;
    });
  if (mischief.has("ses-outages"))
    again(
      (10 * DAY) / intensity,
      () => {
        const lasts = outages.between(5 * MINUTE, 90 * MINUTE);
        world.trace.tell("ses", "is out of service", { minutes: lasts / MINUTE });
        mischief.sendsSesAway(lasts);
        return lasts;
      },
      outages,
    );
  if (mischief.has("ses-quota"))
    again(12 * DAY, () => {
      const lasts = chance.between(HOUR / 2, 2 * HOUR);
      counts.fault("ses-quota");
      world.trace.tell("ses", "the day's quota is used up", { minutes: lasts / MINUTE });
      cloud.ses.spendElsewhere(QUOTA);
      sight.outage(lasts + 13 * MINUTE);
      world.at(world.now() + lasts, () => cloud.ses.spendElsewhere(0));
      return lasts;
    });
  if (mischief.has("deploy")) {
    const moment = world.now() + (until - world.now()) / 2;
    world.at(moment, () => {
      counts.fault("deploy");
      world.deploy(editions.after);
    });
  }
}

/** At the end every mail is accounted for, and every reply is kept. */
function audit({ cloud, sight, oracle }: World): void {
  for (const { address, promises } of oracle.readers()) {
    for (const { messageId, processedAt } of promises.replies)
      if (processedAt === undefined) oracle.breaks("lost", address, `the reply ${messageId} was never kept`);
  }
  for (const address of sight.addressesOfSeveral())
    oracle.breaks("one-person-twice", address, "two people of the table have this address");
  for (const slug of oracle.mailings.unfinished())
    oracle.breaks("lost", "owner", `${slug} was sent, and nobody said that it was`);
  for (const mail of cloud.ses.mails()) {
    const dispatch = mail.tags.dispatch?.[0] ?? "";
    if (sight.hasLedgerEntry(dispatch) || sight.wasLost(mail.messageId, dispatch, mail.at, cloud.now()))
      continue;
    oracle.breaks("unaccounted", mail.destinations[0] as string, `no ledger entry for ${dispatch}`);
  }
}
