import fc from "fast-check";
import { expect, it } from "vitest";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { readDispatchId } from "../../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { aCourse } from "../../support/course.ts";
import { webContent } from "../../support/pages.ts";
import { deliverUntil } from "../../support/postman.ts";
import { openSite, type Site } from "../../support/web.ts";

const SLUGS = ["one", "two", "three", "four"];
const COURSE = aCourse(...SLUGS);
/** A lesson follows another no sooner, unless one was asked for. */
const LEAST_BETWEEN = 20 * HOUR;

const hour = fc.integer({ min: 0, max: 23 }).map((at) => `${String(at).padStart(2, "0")}:30`);
const settings = fc.record({
  do: fc.constant("settings"),
  weekday: fc.constantFrom("1", "3", "5", "7"),
  time: hour,
  zone: fc.constantFrom("Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", "Nowhere"),
  pace: fc.constantFrom("weekly", "twice-weekly", "workdays", "hourly"),
});
const acts = fc.oneof(
  fc.constantFrom("1", "2", "4", "99").map((weeks) => ({ do: "pause", weeks })),
  fc.integer({ min: -2, max: 40 }).map((days) => ({ do: "pause", until: days })),
  fc.constantFrom(
    ...["resume", "resume", "again", "here", "personal", "nothing-known"].map((act) => ({ do: act })),
    { do: "rating", rating: "3" },
    { do: "newsletter", newsletter: "yes" },
    { do: "next-lesson" },
    { do: "undo" },
    { do: "leave" },
    { do: "leave-and-undo" },
  ),
  settings,
);
const steps = fc.array(fc.tuple(acts, fc.integer({ min: 0, max: 150 })), { minLength: 4, maxLength: 14 });
type Step = Record<string, string | number>;
/** A life in which weeks pass and no lesson is asked for: with it there is always something to compare. */
const QUIET = Array.from({ length: 6 }, (): [Step & { do: string }, number] => [
  { do: "nothing-known" },
  150,
]);

/** Who leaves gets nothing more, however long that goes on. */
const GONE: [Step & { do: string }, number][] = [
  [{ do: "leave" }, 150],
  ...QUIET.slice(0, 2),
  [{ do: "leave-and-undo" }, 150],
];

/** One reader at their page, with whatever the page's latest undo is. */
class Somebody {
  asked = false;
  readonly #site: Site;
  readonly #id: string;
  readonly #page: string;
  #undo = "";

  constructor(site: Site, id: string, page: string) {
    [this.#site, this.#id, this.#page] = [site, id, page];
  }

  enrolment = async () => (await this.#site.services.store.enrolment(this.#id, COURSE.slug)) as Enrolment;

  async act(step: Step): Promise<void> {
    const now = this.#site.clock.now();
    if (step.do === "leave") return this.#leave(false);
    if (step.do === "leave-and-undo") return this.#leave(true);
    // "Start again" and its undo plan a lesson of another run: they ask for it.
    if (["next-lesson", "again", "undo"].includes(String(step.do))) this.asked = true;
    const { run, done } = await this.enrolment();
    const extra: Record<string, string> = {
      run: String(run),
      lesson: SLUGS[done.length] ?? "",
      undo: this.#undo,
      course: COURSE.slug,
    };
    const until =
      typeof step.until === "number"
        ? { until: new Date(now + step.until * DAY).toISOString().slice(0, 10) }
        : {};
    const form = { ...extra, ...step, ...until } as Record<string, string>;
    const { status, body } = await this.#site.request(
      "POST /reader/{token}",
      { token: this.#page },
      { form },
    );
    expect([200, 410]).toContain(status);
    this.#undo = /name="undo" value="([^"]+)"/.exec(body)?.[1] ?? this.#undo;
  }

  async #leave(isUndone: boolean): Promise<void> {
    const { body } = await this.#site.request("GET /reader/{token}", { token: this.#page });
    const token = /action="\/unsubscribe\/([^"]+)"/.exec(body)?.[1];
    if (!token) return;
    const path = "POST /unsubscribe/{token}";
    const left = await this.#site.request(path, { token }, { form: { page: "yes" } });
    const undo = /action="\/undo\/([^"]+)"/.exec(left.body)?.[1];
    if (undo && isUndone) await this.#site.request("POST /undo/{token}", { token: undo });
  }
}

function holds({ status, done, agenda, cadence }: Enrolment): void {
  expect(["active", "paused", "completed", "left"]).toContain(status);
  expect(done).toEqual(SLUGS.slice(0, done.length));
  expect(cadence.zone).not.toBe("Nowhere");
  expect(["weekly", "twice-weekly", "workdays"]).toContain(cadence.pace);
  for (const entry of Object.values(agenda)) expect(Number.isFinite(entry.dueAt)).toBe(true);
  const goesOn = Object.keys(agenda).filter((key) => key === "lesson" || key === "completion");
  if (status === "active" || status === "paused") expect(goesOn).toHaveLength(1);
  if (status !== "paused") expect(agenda.resume === undefined || status === "left").toBe(true);
}

it("whatever a reader presses, in whatever order: lessons come in order, once a run, and not within a day unless asked", async () => {
  const site = await openSite(webContent([COURSE]));
  try {
    let reader = 0;
    let compared = 0;
    let waitedForNothing = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (life) => {
        const { id, page } = await site.join(`r${++reader}@r${reader}.example`);
        const somebody = new Somebody(site, id, page);
        const lessons: { at: number; run: number; slug: string }[] = [];
        const seen = new Set<string>();
        let now = site.clock.now();
        for (const [step, hours] of life) {
          await somebody.act(step as Step);
          now += hours * HOUR;
          const before = await somebody.enrolment();
          await deliverUntil(site.services, site.clock, id, now);
          holds(await somebody.enrolment());
          const ledger = await site.services.store.ledger(id);
          const fresh = ledger
            .map((entry) => ({ at: entry.sentAt, ...readDispatchId(entry.dispatch) }))
            .filter(({ kind }) => kind === "lesson")
            .map(({ at, run = 0, slug = "" }) => ({ at, run, slug }))
            .filter(({ run, slug }) => !seen.has(`${run} ${slug}`))
            .sort((one, other) => one.at - other.at);
          if (before.status === "left") {
            waitedForNothing++;
            expect(fresh).toEqual([]);
          }
          for (const lesson of fresh) {
            seen.add(`${lesson.run} ${lesson.slug}`);
            const latest = lessons.at(-1);
            if (latest && !somebody.asked) {
              compared++;
              expect(lesson.at - latest.at).toBeGreaterThanOrEqual(LEAST_BETWEEN);
            }
            somebody.asked = false;
            lessons.push(lesson);
          }
        }
        const ids = site.ses.sent
          .filter(({ dispatch }) => dispatch.startsWith(id))
          .map(({ dispatch }) => dispatch);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 8, examples: [[QUIET], [GONE]] },
    );
    expect(waitedForNothing, "waits of somebody who has left").toBeGreaterThan(1);
    expect(compared, "pairs of lessons that nobody asked for").toBeGreaterThan(0);
  } finally {
    await site.stop();
  }
}, 60_000);
