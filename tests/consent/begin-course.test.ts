import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginCourse } from "../../functions/consent/begin-course.ts";
import { withLeft } from "../../functions/domain/course/enrolment.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Services, Store } from "../../functions/ports.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { addReader, CADENCE, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const course = aCourse("one");

describe("the beginning of a course", () => {
  let world: World;
  let reader: Subscriber;
  beforeEach(async () => {
    world = await startWorld(plainContent(course), NOW);
    reader = await addReader(world);
    const { store } = world.services;
    const enrolment = await store.enrolment(reader.id, "course");
    if (enrolment) await store.change(enrolment, withLeft);
  });
  afterEach(() => world.stop());

  const status = async () => (await world.services.store.enrolment(reader.id, "course"))?.status;
  const withdrawn = {
    event: "withdrawn" as const,
    at: NOW,
    list: "everything",
    text: "stop",
    source: "test",
    actor: "self" as const,
  };
  /** Services in which something happens right after the suppression was looked up. */
  const meanwhile = (happens: (store: Store) => Promise<unknown>): Services => {
    const { store } = world.services;
    let isOver = false;
    const suppression: Store["suppression"] = async (hash) => {
      const found = await store.suppression(hash);
      if (!isOver) {
        isOver = true;
        await happens(store);
      }
      return found;
    };
    return { ...world.services, store: { ...store, suppression } };
  };

  it("control: brings back who had left and says yes again", async () => {
    await beginCourse(world.services, reader, course, CADENCE);
    expect(await status()).toBe("active");
  });

  it("does not begin for somebody whose stop comes between the look and the beginning", async () => {
    await beginCourse(
      meanwhile((store) => store.stopEverything(reader.id, "reader", withdrawn)),
      reader,
      course,
      CADENCE,
    );
    expect(await status()).toBe("left");
    expect(world.nudged).toEqual([]);
  });

  it("looks again when the enrolment was written meanwhile", async () => {
    const touch = async (store: Store) => {
      const enrolment = await store.enrolment(reader.id, "course");
      if (enrolment) await store.save({ ...enrolment, cadence: { ...CADENCE, weekday: 3 } });
    };
    await beginCourse(meanwhile(touch), reader, course, CADENCE);
    expect(await world.services.store.enrolment(reader.id, "course")).toMatchObject({
      status: "active",
      cadence: { weekday: 3 },
    });
  });
});
