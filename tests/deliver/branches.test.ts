import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import { withAnswer } from "../../functions/domain/course/answers.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Enrolment } from "../../functions/domain/course/enrolment.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import type { When } from "../../functions/domain/course/whom.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import { readDispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { plainContent } from "../support/content.ts";
import { aCourse, aLesson } from "../support/course.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const ROLE: Question = {
  ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: false },
  options: [
    { slug: "managers", label: "Managers" },
    { slug: "sellers", label: "Sellers" },
  ],
};
const role = (option: string): When => ({ answer: "role", is: [option] });
/** A lesson for all, one for managers, one for sellers, one for who is tagged, and the last for all. */
const course: Course = {
  ...aCourse(),
  questions: [ROLE],
  parts: [
    { slug: "up", title: "Up" },
    { slug: "down", title: "Down" },
  ],
  lessons: [
    aLesson("one"),
    aLesson("m", { when: role("managers") }),
    aLesson("s", { when: role("sellers") }),
    aLesson("vip", { when: { tag: "vip" }, part: "down" }),
    aLesson("last", { part: "down" }),
  ],
};

describe("lessons that are for some readers", () => {
  let world: World;
  let reader: Subscriber;
  beforeEach(async () => {
    world = await startWorld(plainContent(course), NOW);
    reader = await addReader(world);
  });
  afterEach(() => world.stop());

  const enrolment = async () => (await world.services.store.enrolment(reader.id, "course")) as Enrolment;
  const answers = async (option: string) =>
    world.services.store.change(await enrolment(), (current) => withAnswer(current, ROLE, option));
  const tags = async (...words: string[]) => {
    const found = (await world.services.store.subscriber(reader.id)) as Subscriber;
    await world.services.store.change(found, (current) => ({ ...current, tags: words }));
  };
  /** Lets weeks pass, looking when something is due. Returns the slugs of what left, in order. */
  const pass = async (weeks: number): Promise<string[]> => {
    const from = world.ses.sent.length;
    for (const end = world.clock.now() + weeks * 7 * DAY; world.clock.now() < end; ) {
      const due = Object.values((await enrolment()).agenda).map(({ dueAt }) => dueAt);
      world.clock.set(Math.max(Math.min(end, ...due), world.clock.now() + HOUR / 2));
      const until = world.clock.now() + MINUTE;
      const holder = { subscriber: reader.id, course: "course" };
      await deliver(world.services, holder, openSlots(world.services, "urgent"), until);
    }
    return world.ses.sent.slice(from).map(({ dispatch }) => readDispatchId(dispatch)?.slug ?? "");
  };

  it("go to them alone, each week one that is theirs, and then the course completes", async () => {
    await answers("sellers");
    expect(await pass(5)).toEqual(["welcome", "one", "s", "last", "completion"]);
    expect((await enrolment()).status).toBe("completed");
  });

  it("are judged by what is known when the mail is written, not by what was when it was planned", async () => {
    await answers("sellers");
    expect(await pass(1)).toEqual(["welcome", "one"]);
    const planned = (await enrolment()).agenda.lesson?.dueAt;
    await answers("managers");
    await tags("vip");
    expect((await enrolment()).agenda.lesson?.dueAt).toBe(planned);
    expect(await pass(4)).toEqual(["m", "vip", "last", "completion"]);
  });

  it("come to nobody who has answered nothing, and hold nobody up", async () => {
    expect(await pass(4)).toEqual(["welcome", "one", "last", "completion"]);
  });

  it("end a part for its reader by the lesson that opens the next one for them", async () => {
    await world.services.store.keepReflection({
      ...{ kind: "reflection", id: "r", subscriber: reader.id, course: "course", run: 1, lesson: "one" },
      ...{ inReplyTo: "d", receivedAt: NOW, replyKind: "reflection", reason: "own words", ownWords: "Mine." },
      ...{ subject: "Re:", messageId: "<a@b>", references: [], attachments: [], raw: "mail/1" },
    });
    await tags("vip");
    expect(await pass(5)).toEqual(["welcome", "one", "vip", "last", "up", "completion"]);
  });
});
