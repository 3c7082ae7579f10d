import type { OwnerOrder } from "../../cli/owner-order.ts";
import { inZone } from "../../cli/time-in-words.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import { MINUTE, SECOND } from "../../functions/domain/time.ts";
import { findLink, type Letter, oneClickTarget } from "../mailbox/letter.ts";
import type { JourneyOutcome, JourneyStep } from "./journey.ts";
import { listSubjects, type Road, type Traveller, Walker } from "./walker.ts";
import { readHeading } from "./web-form.ts";

/** What a journey of the newsletter needs besides: an owner at the console. */
export type OwnedRoad = Road & { order(order: OwnerOrder): Promise<void> };

type TellStep = (step: JourneyStep) => void | Promise<void>;

/** Lanes look once a minute, and delivery takes seconds. */
const PUNCTUAL = 2 * MINUTE;
const TYPING = 20 * SECOND;

/**
 * Two readers of a newsletter, on a stage that has no course. The first comes before any issue has left, gets them and
 * leaves; the second comes later, and is welcomed by the latest. Throws NotAsPromised at the first thing that is not so.
 */
export async function travelNewsletter(
  road: OwnedRoad,
  issues: readonly Issue[],
  [first, second]: readonly [Traveller, Traveller],
  tell: TellStep,
): Promise<JourneyOutcome> {
  const began = road.now();
  const early = new Subscription(road, new Walker(road, first), tell);
  await early.joins(undefined);
  for (const issue of issues) await early.getsIssue(issue);
  const late = new Subscription(road, new Walker(road, second, early.walker.expect), tell);
  await late.joins(issues.at(-1));
  await early.leaves();
  await late.hearsNothing();
  return {
    mails: early.walker.seen + late.walker.seen,
    issues: issues.length,
    lessons: 0,
    prompts: 0,
    held: early.walker.expect.held(),
    virtualMs: road.now() - began,
    endedAt: road.now(),
  };
}

/** One reader's, from the form to leaving. */
class Subscription {
  readonly walker: Walker;
  readonly #road: OwnedRoad;
  readonly #tell: TellStep;
  #newest: Letter | undefined;

  constructor(road: OwnedRoad, walker: Walker, tell: TellStep) {
    this.#road = road;
    this.walker = walker;
    this.#tell = tell;
  }

  /** @param latest the issue that the welcome leads to; none has left if it is undefined */
  async joins(latest: Issue | undefined): Promise<void> {
    await this.#signUp();
    await this.#confirm(await this.#nextMail("confirmation"));
    const welcome = await this.#nextMail("welcome");
    const link = findLink(welcome, `${this.#road.webOrigin}/newsletter/`);
    const wanted = latest && `${this.#road.webOrigin}/newsletter/${latest.slug}`;
    this.walker.expect.same(
      latest ? "the welcome leads to the latest issue" : "the welcome leads to no issue before one has left",
      link,
      wanted,
    );
    if (latest && link) await this.#reads(link, latest);
  }

  async #signUp(): Promise<void> {
    const { name, address, zone } = this.walker.who;
    const form = this.walker.readForm(await this.walker.get("/"), "/sign-up", "the front door");
    this.walker.expect.same("the front door is the newsletter's", form.fields.course, "newsletter");
    await this.walker.pass(TYPING);
    const answer = await this.walker.send(form, { email: address, name, zone });
    await this.#tells({ event: "signed-up", at: this.#road.now(), page: readHeading(answer) });
  }

  /** Following the link changes nothing, as mail scanners follow links too; pressing its button does. */
  async #confirm(letter: Letter): Promise<void> {
    const link = findLink(letter, `${this.#road.webOrigin}/confirm/`);
    this.walker.expect.that(
      "the confirmation holds a link to the button",
      link !== undefined,
      "it holds none",
    );
    const page = await this.walker.get(link as string);
    await this.walker.pass(PUNCTUAL);
    await this.#nothingCame("following the link alone starts nothing");
    const answer = await this.walker.send(this.walker.readForm(page, "/confirm/", "the link's page"), {});
    await this.#tells({ event: "confirmed", at: this.#road.now(), page: readHeading(answer) });
  }

  async getsIssue(issue: Issue): Promise<void> {
    await this.walker.pass(PUNCTUAL);
    await this.#nothingCame(`nothing comes before ${issue.slug} is sent`);
    const from = this.#road.now();
    await this.#road.order({ verb: "send", issue, when: { from }, isToMidCourse: true });
    await this.#tells({ event: "issue-sent", at: from, title: issue.title });
    const letter = await this.#nextMail("issue");
    this.walker.expect.same(`${issue.slug} has its subject`, letter.subject, issue.subject);
    const link = findLink(letter, `${this.#road.webOrigin}/newsletter/${issue.slug}`);
    this.walker.expect.that(`${issue.slug} names its page`, link !== undefined, "it does not");
    await this.#reads(link as string, issue);
  }

  async #reads(link: string, { slug, title }: Issue): Promise<void> {
    this.walker.expect.same(`the page of ${slug} shows it`, readHeading(await this.walker.get(link)), title);
  }

  async leaves(): Promise<void> {
    const target = this.#newest && oneClickTarget(this.#newest);
    this.walker.expect.that("the mail can be left by one click", target !== undefined, "it names no address");
    const click = { method: "post", action: target as string, fields: { "List-Unsubscribe": "One-Click" } };
    await this.walker.send(click, {});
    await this.#tells({ event: "left", at: this.#road.now() });
    await this.hearsNothing();
  }

  async hearsNothing(): Promise<void> {
    await this.walker.waitLong();
    await this.#nothingCame(`nothing more comes to ${this.walker.who.name}`);
    await this.#tells({ event: "silence", at: this.#road.now() });
  }

  async #nextMail(what: "confirmation" | "welcome" | "issue"): Promise<Letter> {
    const due = this.#road.now();
    await this.walker.pass(PUNCTUAL);
    const fresh = await this.walker.fresh();
    const until = inZone(due + PUNCTUAL, this.walker.who.zone);
    const saw = fresh.length === 0 ? `nothing came by ${until}` : `there came ${listSubjects(fresh)}`;
    this.walker.expect.that(`the ${what} comes at once, and once`, fresh.length === 1, saw);
    const letter = fresh[0] as Letter;
    this.#newest = letter;
    await this.#tells({ event: "mail", at: letter.at, what, letter });
    return letter;
  }

  async #nothingCame(expected: string): Promise<void> {
    const others = await this.walker.fresh();
    this.walker.expect.that(expected, others.length === 0, `there came ${listSubjects(others)}`);
  }

  async #tells(step: JourneyStep): Promise<void> {
    await this.#tell({ ...step, by: this.walker.who });
  }
}
