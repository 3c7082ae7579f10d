import type { OwnerOrder } from "../../cli/owner-order.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import type { Person } from "./people.ts";
import type { Chance } from "./random.ts";
import { OPEN } from "./window.ts";
import type { World } from "./world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** An issue whose hour has come in each zone, and that was paused meanwhile, has left by then. */
const ISSUE_TAKES = 3 * DAY;

const IMPORTED_AT_ONCE = 8;

/** The owner at the console: sends the newsletter's issues, and looks after what was set aside. */
export class Owner {
  readonly #world: World;
  readonly #chance: Chance;
  readonly #portions: Chance;
  /** Of each issue; else some have portions and some none. */
  readonly #perDay: number | undefined;

  constructor(world: World, chance: Chance, perDay?: number) {
    this.#world = world;
    this.#chance = chance;
    this.#portions = chance.of("portions");
    this.#perDay = perDay;
  }

  /** Brings the readers of a newsletter from elsewhere. They are unknown until then. */
  async imports(people: readonly Person[]): Promise<void> {
    for (let first = 0; first < people.length; first += IMPORTED_AT_ONCE) {
      const some = people.slice(first, first + IMPORTED_AT_ONCE);
      const listed = some.map(({ watched: { address, promises } }) => ({
        address,
        zone: promises.wishes.zone,
      }));
      const from = this.#world.now();
      for (const person of some) person.isListed({ from, to: OPEN });
      await this.#does({ verb: "import", people: listed, joinedAt: from - DAY });
      for (const person of some) person.isListed({ from, to: this.#world.now() });
    }
  }

  /** Sends each issue once, some time until then, as far as there is time. */
  publishes(issues: readonly Issue[], until: number): void {
    const [first, last] = [this.#world.now() + DAY, until - ISSUE_TAKES];
    if (last <= first) return;
    for (const issue of issues)
      this.#world.at(this.#chance.between(first, last), () => void this.#send(issue));
  }

  /** Dead letters, and mails that were parked, go once more. */
  async tidiesUp(): Promise<void> {
    const { cloud, counts, trace, oracle } = this.#world;
    for (const queue of cloud.sqs.deadLetterQueues()) {
      const count = cloud.sqs.putBack(queue);
      counts.events["put-back"] += count;
      if (count > 0) trace.tell("owner", "puts dead letters back", { count });
    }
    if (!oracle.hasParked()) return;
    trace.tell("owner", "puts parked mails back");
    oracle.putsBack(OPEN);
    await this.#does({ verb: "put-back" });
    oracle.putsBack(this.#world.now());
  }

  /** Accepts what readers let others read, now and then shortened. */
  async choosesVoices(): Promise<void> {
    await this.#does({ verb: "choose-voices" });
  }

  async #send(issue: Issue): Promise<void> {
    const { slug } = issue;
    const { counts, trace, oracle } = this.#world;
    const chance = this.#chance;
    const from = this.#world.now();
    const terms = {
      from,
      isToMidCourse: chance.happens(0.7),
      ...(chance.happens(0.5) && { local: chance.one(["08:00", "17:45"]) }),
      ...this.#choosePortions(),
    };
    counts.count("broadcasts");
    trace.tell("owner", `sends ${slug}`, terms);
    oracle.mailings.begins(slug, terms);
    const { isToMidCourse, perDay, ...when } = terms;
    const order: OwnerOrder = { verb: "send", issue, when, isToMidCourse, ...(perDay && { perDay }) };
    const isTwice = chance.happens(0.3);
    await Promise.all(isTwice ? [this.#does(order), this.#does(order)] : [this.#does(order)]);
    oracle.mailings.gathered(slug, this.#world.now());
    trace.tell("owner", `has sent ${slug}`);
    if (chance.happens(0.4)) await this.#pause(slug);
    if (chance.happens(0.15)) await this.#cancel(slug);
  }

  /** Three days' worth, now and then. */
  #choosePortions(): { perDay?: number } {
    if (this.#perDay !== undefined) return { perDay: this.#perDay };
    const readers = [...this.#world.oracle.readers()].filter(({ promises }) => promises.newsletter.isOn);
    return this.#portions.happens(0.25) ? { perDay: Math.max(2, Math.ceil(readers.length / 3)) } : {};
  }

  async #pause(slug: string): Promise<void> {
    const { mailings } = this.#world.oracle;
    const chance = this.#chance;
    await this.#world.pass(chance.one([0, chance.between(SECOND, 10 * MINUTE)]));
    await this.#does({ verb: "pause", slug });
    mailings.pauses(slug, this.#world.now());
    await this.#world.pass(chance.one([chance.between(5 * MINUTE, HOUR), chance.between(HOUR, 8 * HOUR)]));
    mailings.opens(slug);
    await this.#does({ verb: "resume", slug });
    mailings.resumes(slug, this.#world.now());
  }

  async #cancel(slug: string): Promise<void> {
    await this.#world.pass(this.#chance.between(0, 2 * HOUR));
    this.#world.oracle.mailings.mayNotCome(slug, this.#world.now());
    await this.#does({ verb: "cancel", slug });
    this.#world.oracle.mailings.cancels(slug, this.#world.now());
  }

  /** Asks for it until it was done: the console may be cut off, and DynamoDB may refuse. */
  async #does(order: OwnerOrder): Promise<void> {
    for (;;) {
      const failure = await this.#world.order(order).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (failure === undefined) return;
      this.#world.trace.tell("owner", `cannot ${order.verb}`, { failure });
      await this.#world.pass(this.#chance.between(MINUTE, 10 * MINUTE));
    }
  }
}
