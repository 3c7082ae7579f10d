import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginCourse } from "../../functions/consent/begin-course.ts";
import { comeBack } from "../../functions/consent/come-back.ts";
import { leave } from "../../functions/consent/leave.ts";
import { type Consent, type Subscriber, withConsent } from "../../functions/domain/people/subscriber.ts";
import { MINUTE } from "../../functions/domain/time.ts";
import { EVERYTHING, NEWSLETTER } from "../../functions/links/links.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { startTableInMemory } from "../support/engines.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { addReader, CADENCE, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const course = aCourse("one");

describe("a reader who leaves a list", () => {
  let world: World;
  let id: string;
  beforeEach(async () => {
    world = await startWorld(plainContent(course), NOW, startTableInMemory);
    const reader = await addReader(world);
    ({ id } = reader);
    await world.services.store.change(reader, (current) => ({ ...current, newsletter: true }));
  });
  afterEach(() => world.stop());

  const record = (event: Consent["event"], list: string, at: number): Consent => ({
    ...{ event, list, at, text: "t", source: "test", actor: "self" },
  });
  const asks = (list: string, at: number) => leave(world.services, id, record("withdrawn", list, at));
  const reader = async () => (await world.services.store.subscriber(id)) as Subscriber;
  const state = async () => {
    const { status, newsletter } = await reader();
    return { status, newsletter, course: (await world.services.store.enrolment(id, "course"))?.status };
  };
  const withdrawals = async (list: string) =>
    (await reader()).consents.filter((consent) => consent.event === "withdrawn" && consent.list === list);
  const IN = { status: "active", newsletter: true, course: "active" };

  /** What a confirmation or an undo does: they say yes again, and are back on everything. */
  async function comesBack(list: string): Promise<void> {
    const back = await world.services.store.change(await reader(), (current) => ({
      ...current,
      ...{ status: "active" as const, newsletter: true },
      consents: withConsent(current.consents, record("confirmed", list, NOW + MINUTE)),
    }));
    await world.services.store.liftSuppression(back?.addressHash ?? "");
    await beginCourse(world.services, back as Subscriber, course, CADENCE);
  }

  const LISTS: [string, object][] = [
    ["course", { ...IN, course: "left" }],
    [NEWSLETTER, { ...IN, newsletter: false }],
    [EVERYTHING, { status: "stopped", newsletter: false, course: "left" }],
  ];

  it.each(LISTS)(
    "has left it (%s) and nothing else, and asking twice is recorded once",
    async (list, left) => {
      await asks(list, NOW);
      expect(await state()).toEqual(left);
      await asks(list, NOW + MINUTE);
      expect(await state()).toEqual(left);
      expect(await withdrawals(list)).toHaveLength(1);
    },
  );

  it.each(LISTS)("stays when a request (%s) of before they came back is delivered again", async (list) => {
    await asks(list, NOW);
    await comesBack(list);
    expect(await state()).toEqual(IN);
    await asks(list, NOW);
    expect(await state()).toEqual(IN);
  });

  it.each(LISTS)("control: leaves again (%s) when they ask anew after coming back", async (list, left) => {
    await asks(list, NOW);
    await comesBack(list);
    await asks(list, NOW + 2 * MINUTE);
    expect(await state()).toEqual(left);
    expect(await withdrawals(list)).toHaveLength(2);
  });

  it("is back in the course by taking it back, and not where their mail bounced since", async () => {
    const back = async () =>
      comeBack(world.services, await reader(), record("confirmed", "course", NOW + MINUTE));
    await asks("course", NOW);
    const bounced = record("withdrawn", EVERYTHING, NOW + 1);
    await world.services.store.stopEverything(id, "bounce", bounced);
    expect([await back(), (await state()).course]).toEqual([false, "left"]);
  });

  it("control: is back in the course by taking it back", async () => {
    await asks("course", NOW);
    expect((await state()).course).toBe("left");
    const isBack = await comeBack(
      world.services,
      await reader(),
      record("confirmed", "course", NOW + MINUTE),
    );
    expect([isBack, (await state()).course]).toEqual([true, "active"]);
  });

  it("has nothing written about them when they are not there any more", async () => {
    await world.services.store.entomb(id);
    await asks(NEWSLETTER, NOW);
    expect(JSON.stringify(await everythingAbout(world.services.store, id))).not.toContain("withdrawn");
  });
});
