import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headings, toCells } from "../../../console/export/person.ts";
import { lift } from "../../../console/subscribers/lift.ts";
import { tag } from "../../../console/subscribers/tags.ts";
import { type AddressChange, changeAddress } from "../../../functions/consent/change-address.ts";
import { type Enrolment, withAdvance, withPause } from "../../../functions/domain/course/enrolment.ts";
import type { Address } from "../../../functions/domain/people/address.ts";
import { ADDRESS, ownersRecord } from "../../../functions/domain/people/consent.ts";
import { asksToJoin, type Subscriber, withStop } from "../../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../../functions/domain/time.ts";
import { addressHash } from "../../../functions/links/links.ts";
import type { Services } from "../../../functions/ports.ts";
import { hasSecondEngine, startDynalite, startDynoxide } from "../../support/engines.ts";
import { everythingAbout } from "../../support/everything-about.ts";
import { COURSE, type ConsoleWorld, NOW, openConsole } from "./world.ts";

const BECAUSE = ["--because", "asked on the phone", "--yes"];

const owners = (to: Address): AddressChange => ({
  to,
  record: ownersRecord("changed", ADDRESS, "asked", NOW),
  complete: (changed) => changed,
});

/** A console that is killed after this many writes. */
function dyingAfter(services: Services, survived: number): Services {
  let writes = 0;
  const { store } = services;
  const orKilled =
    <Arguments extends unknown[], Result>(write: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      if (writes++ >= survived) throw new Error("killed");
      return write(...given);
    };
  const dying: Services["store"] = {
    ...store,
    change: orKilled(store.change) as Services["store"]["change"],
    bindAddress: orKilled(store.bindAddress),
    freeAddress: orKilled(store.freeAddress),
  };
  return { ...services, store: dying };
}

const engines = [
  { name: "dynalite", start: startDynalite },
  ...(hasSecondEngine() ? [{ name: "dynoxide", start: startDynoxide }] : []),
];

describe.each(engines)("the owner's list, over $name", ({ start }) => {
  let desk: ConsoleWorld;
  beforeAll(async () => {
    desk = await openConsole(start);
  });
  afterAll(() => desk.stop());

  const enrolmentOf = async (id: string) => (await desk.services.store.enrolment(id, "course")) as Enrolment;
  const kept = async (id: string) => desk.services.store.subscriber(id);
  /** The next lesson of this reader has left, and was delivered unless told otherwise. */
  const hasHad = async (id: string, slug: string, state: "delivered" | "bounced" = "delivered") => {
    const enrolment = await enrolmentOf(id);
    const named = { subscriber: id, list: "course", run: enrolment.run, kind: "lesson" as const, slug };
    const entry = { dispatch: dispatchId(named), messageId: `m-${slug}`, sentAt: NOW };
    await desk.services.store.recordSent({ ...entry, state, stateAt: NOW });
    await desk.services.store.change(enrolment, (current) =>
      withAdvance(current, "lesson", slug, COURSE, NOW, {}),
    );
  };

  it("finds readers by a part of their address and by their tags, masked unless asked", async () => {
    const ada = await desk.reader("ada@find.example");
    await desk.reader("bob@find.example");
    await desk.run("subscribers", "tag", "ada@find.example", "vip", "press people", "--yes");
    const found = await desk.run(
      "subscribers",
      "find",
      "@FIND.example",
      "--where",
      "tag=vip,tag=press people",
    );
    expect(found).toMatch(
      new RegExp(`^${ada.id} {2}a•••@find.example {2}active .*tags vip, press people\n1 subscriber `),
    );
    expect(await desk.run("subscribers", "find", "find.example")).toMatch(/\n2 subscribers/);
    const [line = ""] = (
      await desk.run("subscribers", "find", "ada@find", "--json", "--show-addresses")
    ).split("\n");
    expect(JSON.parse(line)).toMatchObject({
      id: ada.id,
      address: "ada@find.example",
      tags: ["vip", "press people"],
    });
    await desk.run("subscribers", "untag", ada.id, "vip", "press people", "--yes");
    expect(await kept(ada.id)).not.toHaveProperty("tags");
  });

  it("pauses, resumes and places a reader, and says what comes when", async () => {
    const { id } = await desk.reader("carla@steer.example");
    expect(await desk.run("subscribers", "pause", id, "--until", "2026-03-20", "--yes")).toMatch(
      /paused until Fri 20 Mar 2026, 00:00 UTC .*then comes one/,
    );
    expect(await enrolmentOf(id)).toMatchObject({ status: "paused" });
    expect(await desk.run("subscribers", "resume", id, "--yes")).toMatch(
      /next comes one .*Tue 3 Mar 2026, 07:30/,
    );
    const said = await desk.run("subscribers", "place", id, "three", "--yes");
    expect(said).toMatch(
      /^Not sent any more: one, two\nNothing that they have had is sent again\.\nStill to come: three\n.*next comes three/,
    );
    await hasHad(id, "three");
    expect(await desk.refusal("subscribers", "place", id, "three", "--yes")).toMatch(
      /has had three: add --again/,
    );
  });

  it("resumes somebody who was paused for their silence, without pausing them again for it", async () => {
    const { id } = await desk.reader("quiet@steer.example");
    await desk.services.store.change(await enrolmentOf(id), (current) => ({
      ...withPause(current),
      silent: 9,
      toldOfSilence: 7,
    }));
    await desk.run("subscribers", "resume", id, "--yes");
    const after = await enrolmentOf(id);
    expect(after.status).toBe("active");
    expect(after).not.toHaveProperty("toldOfSilence");
    expect(after).not.toHaveProperty("silent");
  });

  it("tells one reader's story in order, on their clock and in UTC, without their words", async () => {
    const { id } = await desk.reader("dora@story.example");
    await hasHad(id, "one");
    desk.clock.set(NOW + DAY);
    await desk.run("subscribers", "unsubscribe", id, "--list", "course", ...BECAUSE);
    desk.clock.set(NOW);
    const story = await desk.run("subscribers", "show", "dora@story.example");
    expect(story).not.toContain("dora@");
    const [confirmed, lesson, leaving] = [
      "confirmed course",
      "lesson one of course: delivered",
      "left course by the owner (console; asked on the phone)",
    ].map((says) => story.indexOf(says));
    expect(confirmed).toBeGreaterThan(0);
    expect(lesson).toBeGreaterThan(confirmed as number);
    expect(leaving).toBeGreaterThan(lesson as number);
    expect(story).toContain("Mon 2 Mar 2026, 09:00 UTC (2026-03-02T09:00Z)");
  });

  it("changes an address: one person has it, the earlier one is free, and a mail to the new one says so", async () => {
    const { id, addressHash: before } = await desk.reader("old@move.example");
    await desk.reader("other@move.example");
    expect(await desk.refusal("subscribers", "change-address", id, "other@move.example", ...BECAUSE)).toMatch(
      /is the address of/,
    );
    await desk.run("subscribers", "change-address", "old@move.example", "New@move.example", ...BECAUSE);
    const after = await kept(id);
    expect(after).toMatchObject({ address: "New@move.example" });
    expect(after).not.toHaveProperty("otherAddressHash");
    expect(after?.consents.at(-1)).toMatchObject({
      event: "changed",
      list: "address",
      actor: "owner",
      evidence: "asked on the phone",
    });
    expect(Object.keys(after?.agenda ?? {})).toEqual([expect.stringMatching(/^notice_address-/)]);
    expect(await desk.services.store.findSubscriber(before)).toBeUndefined();
    expect(await desk.run("subscribers", "change-address", id, "New@move.example", ...BECAUSE)).toMatch(
      /already/,
    );
  });

  it("finishes a change of address that was cut short, at whichever write", async () => {
    for (const survived of [0, 1, 2, 3, 4]) {
      const { id, addressHash: before } = await desk.reader(`cut-${survived}@move.example`);
      const to = `cut-to-${survived}@move.example`;
      const after = addressHash(await desk.services.keyring.keys(), to);
      const cut = dyingAfter(desk.services, survived);
      const address = { entered: to, canonical: to };
      await expect(changeAddress(cut, id, owners(address))).rejects.toThrow("killed");
      const { findSubscriber } = desk.services.store;
      for (const owner of [await findSubscriber(before), await findSubscriber(after)])
        expect([id, undefined]).toContain(owner);
      await desk.run("subscribers", "change-address", id, to, ...BECAUSE);
      expect(await kept(id)).toMatchObject({ address: to, addressHash: after });
      expect(await kept(id)).not.toHaveProperty("otherAddressHash");
      expect(await findSubscriber(before)).toBeUndefined();
      expect(await findSubscriber(after)).toBe(id);
    }
  });

  it("suppresses, and lifts it for a reason; a complaint only if it is meant, a leaving never", async () => {
    const { id, addressHash: hash } = await desk.reader("eve@stop.example");
    await desk.run("subscribers", "suppress", "eve@stop.example", ...BECAUSE);
    await desk.run("subscribers", "suppress", "eve@stop.example", ...BECAUSE);
    expect(await kept(id)).toMatchObject({ status: "stopped", stoppedBy: "owner" });
    expect((await enrolmentOf(id)).status).toBe("left");
    await desk.run("subscribers", "suppress", "stranger@stop.example", ...BECAUSE);
    const listed = await desk.run("suppressions", "list");
    expect(listed).toMatch(/owner .*e•••@stop\.example/);
    expect(listed).toMatch(/\n2 suppressions/);
    expect(await desk.run("suppressions", "export")).toContain(
      `${hash},owner,2026-03-02T09:00:00.000Z,${id},eve@stop.example`,
    );
    await desk.run("subscribers", "unsuppress", id, ...BECAUSE);
    expect(await desk.services.store.suppression(hash)).toBeUndefined();
    expect(await kept(id)).toMatchObject({ status: "stopped", stoppedBy: "reader", liftedFrom: "owner" });
    await desk.services.store.suppress(hash, "complaint");
    expect(await desk.refusal("subscribers", "unsuppress", id, ...BECAUSE)).toMatch(
      /spam.*--though-they-complained/,
    );
    await desk.run("subscribers", "unsuppress", id, "--though-they-complained", ...BECAUSE);
    await desk.services.store.suppress(hash, "reader");
    expect(await desk.refusal("subscribers", "unsuppress", id, ...BECAUSE)).toMatch(
      /only they can take back/,
    );
  });

  it("says of a bounce that was lifted that it bounced and was lifted, until they sign up again", async () => {
    const { id } = await desk.reader("finn@stop.example");
    const stop = ownersRecord("withdrawn", "everything", "asked", NOW);
    await desk.services.store.stopEverything(id, "bounce", stop);
    expect(await desk.run("subscribers", "show", id), "control").toMatch(/stopped: it bounced\n/);
    await desk.run("subscribers", "unsuppress", id, ...BECAUSE);
    const shown = await desk.run("subscribers", "show", id);
    expect(shown).toContain("stopped: it bounced; you have lifted that, and they come back by signing up");
    expect(shown).not.toContain("they left everything");
    expect(await desk.run("ledger", "--lesson", "one", "--not-received")).toContain("you have lifted that");
    const reader = (await desk.services.store.subscriber(id)) as Subscriber;
    const signUp = {
      address: reader.address,
      addressHash: reader.addressHash,
      zone: "UTC",
      course: "course",
      newsletter: false,
      consent: stop,
    };
    const back = asksToJoin(reader, signUp, NOW, NOW);
    const cells = toCells({ subscriber: reader, enrolments: [], ledger: [], reflections: [] }, []);
    expect(cells[headings([]).indexOf("stopped_by")]).toBe("bounce, lifted");
    expect(back).not.toHaveProperty("liftedFrom");
    expect(withStop(reader, "complaint", stop, NOW)).not.toHaveProperty("liftedFrom");
  });

  it("hands out all that is kept, tags and their purpose among it, and erases it, also a second time", async () => {
    const { id } = await desk.reader("finn@data.example");
    await desk.run("subscribers", "tag", id, "vip", "--yes");
    const all = JSON.parse(await desk.run("subscribers", "export", "finn@data.example"));
    expect(all.items.find(({ kind }: { kind?: string }) => kind === "subscriber").tags).toEqual(["vip"]);
    expect(all.fields.tags).toContain("sorting the list");
    await desk.run("subscribers", "erase", "finn@data.example", "--yes");
    expect(await kept(id)).toBeUndefined();
    expect(await desk.run("subscribers", "erase", id, "--yes")).toMatch(/is erased/);
    expect(await desk.refusal("subscribers", "show", "finn@data.example")).toMatch(/There is no subscriber/);
    expect(await desk.run("ledger", "--lesson", "one")).not.toContain(id);
  });

  it("finishes an erasing that was cut short, named by the address or the id", async () => {
    const { services } = desk;
    const { inbox } = services;
    for (const name of ["address", "id"]) {
      const { id } = await desk.reader("gone@data.example");
      services.inbox = { ...inbox, remove: () => Promise.reject(new Error("killed")) };
      await expect(desk.run("subscribers", "erase", "gone@data.example", "--yes")).rejects.toThrow("killed");
      services.inbox = inbox;
      expect(await services.store.enrolment(id, "course")).toBeDefined();
      await desk.run("subscribers", "erase", name === "id" ? id : "gone@data.example", "--yes");
      expect(await everythingAbout(services.store, id)).toEqual([expect.objectContaining({ erasedAt: NOW })]);
    }
  });

  it("answers who did not get a lesson, and why", async () => {
    const people = {} as Record<string, string>;
    for (const name of ["had", "bounced", "paused", "left", "waiting"])
      people[name] = (await desk.reader(`${name}@ledger.example`)).id;
    const id = (name: string) => people[name] as string;
    await hasHad(id("had"), "one");
    await hasHad(id("bounced"), "one", "bounced");
    await desk.run("subscribers", "pause", id("paused"), "--yes");
    await desk.run("subscribers", "unsubscribe", id("left"), "--list", "course", ...BECAUSE);
    const said = await desk.run("ledger", "--lesson", "one", "--not-received");
    const lineOf = (name: string) => said.split("\n").find((line) => line.startsWith(id(name)));
    expect(lineOf("had")).toBeUndefined();
    expect(lineOf("bounced")).toContain("it bounced, Mon 2 Mar 2026, 09:00 UTC");
    expect(lineOf("paused")).toContain("the course is paused");
    expect(lineOf("left")).toContain("they left the course");
    expect(lineOf("waiting")).toContain("it comes next, Tue 3 Mar 2026, 07:30 UTC");
    expect(said).toMatch(/readers have not got it:\n[\s\S]* 1 {2}it bounced/);
    expect(await desk.run("ledger", "--lesson", "two")).toContain(
      `${id("had")}  h•••@ledger.example  it comes next`,
    );
  });

  describe("two consoles at once", () => {
    it("tag with different words: both stay", async () => {
      const { id } = await desk.reader("g@race.example");
      await Promise.all(["a", "b", "c"].map((tag) => desk.run("subscribers", "tag", id, tag, "--yes")));
      expect((await kept(id))?.tags?.toSorted()).toEqual(["a", "b", "c"]);
    });

    it("move somebody to a lesson again: one new run", async () => {
      const { id } = await desk.reader("h@race.example");
      await hasHad(id, "one");
      const move = () => desk.run("subscribers", "place", id, "one", "--again", "--yes");
      await Promise.all([move(), move()]);
      expect(await enrolmentOf(id)).toMatchObject({ run: 2, done: [] });
    });

    it("pause and erase: nothing is left but the tombstone", async () => {
      const { id } = await desk.reader("i@race.example");
      await Promise.all([
        desk.run("subscribers", "pause", id, "--yes").catch(() => {}),
        desk.run("subscribers", "erase", id, "--yes"),
      ]);
      expect(await everythingAbout(desk.services.store, id)).toHaveLength(1);
    });

    it("erase, and whatever else: nothing of it is written onto the tombstone", async () => {
      const { id, addressHash: hash } = await desk.reader("k@race.example");
      const { store } = desk.services;
      const subscriber = await kept(id);
      // They were read before they were erased, and are written after.
      const asRead = { ...desk.services, store: { ...store, subscriber: async () => subscriber } };
      await desk.run("subscribers", "erase", id, "--yes");
      const tombstone = await everythingAbout(store, id);
      const address = { entered: "k2@race.example", canonical: "k2@race.example" };
      expect(await changeAddress(asRead, id, owners(address))).toEqual({ outcome: "gone" });
      await lift(asRead, { hash, subscriber: id, reason: "bounce", because: "asked" });
      await tag({ ...desk.deployment, services: asRead }, id, ["vip"], true);
      expect(await everythingAbout(store, id)).toEqual(tombstone);
      const after = addressHash(await desk.services.keyring.keys(), address.canonical);
      expect(await store.findSubscriber(after)).toBeUndefined();
    });

    it("change an address to two others: it is one of them, and the rest are nobody's", async () => {
      const { id, addressHash: before } = await desk.reader("j@race.example");
      const keys = await desk.services.keyring.keys();
      const wanted = ["j1@race.example", "j2@race.example"];
      await Promise.all(
        wanted.map((to) => desk.run("subscribers", "change-address", id, to, ...BECAUSE).catch(() => {})),
      );
      const after = await kept(id);
      expect(wanted).toContain(after?.address);
      const owned = await Promise.all(
        [before, ...wanted.map((address) => addressHash(keys, address))].map(async (hash) => [
          hash,
          await desk.services.store.findSubscriber(hash),
        ]),
      );
      expect(owned.filter(([, owner]) => owner === id).map(([hash]) => hash)).toEqual([after?.addressHash]);
    });
  });
});
