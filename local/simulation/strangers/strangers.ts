import { STAGES } from "../../../infra/stages.ts";
import type { Person } from "../people.ts";
import type { World } from "../world.ts";
import { bombs, bounces } from "./at-the-form.ts";
import { enumerates } from "./enumerator.ts";
import { floods } from "./flooder.ts";
import { forges } from "./forger.ts";
import { Gang } from "./gang.ts";
import type { StrangerName } from "./kinds.ts";
import { Loot } from "./loot.ts";
import { replays } from "./replayer.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const COMES_AGAIN = 6 * HOUR;
const OWNER = STAGES.local.ownerMailbox;
/** So many readers draw one stranger of each kind a week. */
const READERS_A_STRANGER = 50;
/** Each of theirs is worth two: confirmations are held for hours, and then for days. */
const RARE: ReadonlySet<StrangerName> = new Set(["bouncers"]);
/** Nobody has anything to forward before. */
const FIRST_DAYS: Partial<Record<StrangerName, number>> = { forgers: 5, replayers: 5, enumerators: 3 };

const ATTACKS: Record<StrangerName, (gang: Gang) => Promise<void>> = {
  bombers: bombs,
  bouncers: bounces,
  enumerators: enumerates,
  forgers: forges,
  replayers: replays,
  flooders: floods,
};

interface Among {
  people: readonly Person[];
  kinds: ReadonlySet<StrangerName>;
  /** How many times as often as usual they come. */
  often: number;
  from: number;
  until: number;
}

/** Strangers of each kind, by chance and as many as there are readers for. */
export function letStrangersIn(world: World, { people, kinds, often, from, until }: Among): void {
  const loot = new Loot();
  if (kinds.size === 0) return;
  collect(world, loot, people);
  const weeks = Math.max(1, (until - from) / WEEK);
  const many = (often * weeks * people.length) / READERS_A_STRANGER;
  for (const kind of kinds) {
    const gang = new Gang(world, kind, { loot, people });
    const first = Math.min(from + (FIRST_DAYS[kind] ?? 1) * DAY, until - DAY);
    for (let count = 0; count < (RARE.has(kind) ? many / 2 : many); count++)
      world.at(gang.chance.between(first, until - DAY / 2), () => void attack(gang, kind, until));
  }
}

/** Who finds nothing to begin with, since the page failed or nothing was forwarded yet, comes again. */
async function attack(gang: Gang, kind: StrangerName, until: number): Promise<void> {
  const { world } = gang;
  const before = world.counts.strangers[kind];
  await ATTACKS[kind](gang);
  const again = world.now() + COMES_AGAIN;
  if (world.counts.strangers[kind] === before && again < until)
    world.at(again, () => void attack(gang, kind, until));
}

function collect(world: World, loot: Loot, people: readonly Person[]): void {
  const chance = world.chance.of("what comes into strangers' hands");
  const byAddress = new Map(people.map((person) => [person.watched.address, person]));
  const { ses } = world.cloud;
  const { strangers } = world.oracle;
  ses.onAccepted((mail) => {
    const address = mail.destinations[0] as string;
    if (strangers.bouncing.has(address)) world.at(world.now() + 2 * SECOND, () => ses.bounce(mail.messageId));
    if (address === OWNER) loot.relays(mail);
    const person = byAddress.get(world.mailboxes.findReader(address));
    if (person && isLesson(mail.tags.dispatch?.[0]) && chance.happens(0.3)) loot.forwards(person, mail);
  });
  world.onMailed = (from, to, raw) => {
    const person = byAddress.get(world.mailboxes.findReader(from));
    if (person && chance.happens(0.5)) loot.sees(person, to, raw);
  };
}

const isLesson = (dispatch = ""): boolean => dispatch.split("_")[3] === "lesson";
