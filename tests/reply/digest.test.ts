import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleReflection } from "../../authoring/samples.ts";
import { erase } from "../../functions/consent/erase.ts";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Content } from "../../functions/domain/content.ts";
import { inDigest, nextDigest } from "../../functions/domain/replies/digest.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import { OWNER_KEY } from "../../functions/domain/sending/owner.ts";
import { DAY, HOUR, iso, MINUTE } from "../../functions/domain/time.ts";
import { readRelayToken } from "../../functions/links/links.ts";
import { parseInbound } from "../../functions/mail/inbound/inbound.ts";
import { noteForDigest } from "../../functions/reply/digest.ts";
import { shippedContent, theCourse } from "../mail/composition.ts";
import { aConsent } from "../support/consents.ts";
import { addReader, startWorld, type World } from "../support/services.ts";

/** Tuesday, 24 November, nine in Berlin. */
const NOW = Date.UTC(2026, 10, 24, 8);
const SEVEN_IN_BERLIN = Date.UTC(2026, 10, 25, 6);

describe("the owner's digest", () => {
  let content: Content;
  let world: World;
  let reader: string;
  let count = 0;
  beforeAll(async () => {
    content = await shippedContent();
  });
  beforeEach(async () => {
    world = await startWorld(content, NOW);
    reader = (await addReader(world)).id;
  });
  afterEach(() => world.stop());

  const writes = async (changes: Partial<Reflection> = {}) => {
    const [lesson] = theCourse(content).lessons;
    const reflection = sampleReflection(theCourse(content), lesson?.slug ?? "", {
      id: String(++count).padStart(20, "0"),
      subscriber: reader,
      receivedAt: world.clock.now(),
      ownWords: "We lost a trial because three people had to sign.",
      ...changes,
    });
    await world.services.store.keepReflection(reflection);
    await noteForDigest(world.services, reflection);
    return reflection;
  };
  const morning = async (at = SEVEN_IN_BERLIN) => {
    world.clock.set(at);
    return deliver(world.services, OWNER_KEY, openSlots(world.services, "urgent"), at + MINUTE);
  };
  const digests = () =>
    Promise.all(
      world.ses.sent.filter(({ to }) => to === "owner@office.example").map(({ raw }) => parseInbound(raw)),
    );

  it("tells that grave news came, and quotes none of it", async () => {
    await writes({ ownWords: "My father died on Sunday.", replyKind: "grave" });
    await writes({
      ownWords: "pause, my mother is in hospital",
      isGrave: true,
      besides: "my mother is in hospital",
    });
    await morning();
    const [digest] = await digests();
    expect(digest?.text).toContain("Grave news.");
    expect(digest?.text).not.toMatch(/died|hospital/);
  });

  it("comes at seven the next morning in the stage's zone, with what readers wrote, once", async () => {
    await writes({ ownWords: "See https://evil.example/now for what we lost." });
    await writes({ replyKind: "question" });
    expect(await morning(SEVEN_IN_BERLIN - MINUTE)).toBe("idle");
    expect(await morning()).toBe("sent");
    expect(await morning(SEVEN_IN_BERLIN + HOUR)).toBe("idle");
    const [digest, ...more] = await digests();
    expect(more).toEqual([]);
    expect(digest?.subject).toBe("2 new reflections");
    expect(digest?.text).toMatch(/Lesson 1/);
    expect(digest?.text).toMatch(/a question/);
    expect(digest?.text).toContain("[link]");
    expect(digest?.text).not.toContain("evil.example");
    expect(digest?.headers).toContainEqual(expect.objectContaining({ value: "auto-generated" }));
  });

  it("says of each who wrote it, how to answer that very one, and which command shows it", async () => {
    const [first, second] = [await writes(), await writes({ replyKind: "grave" })];
    const gone = await addReader(world, "gone@x.example");
    await writes({ subscriber: gone.id });
    const left = aConsent("withdrawn", "everything", NOW);
    await world.services.store.stopEverything(gone.id, "reader", left);
    await morning();
    const [digest] = await digests();
    const text = (digest?.text ?? "").replace(/\s+/g, " ");
    const addresses = [...text.matchAll(/Answer this reader:\s+(relay\+[\w-]+@course\.example)/g)].map(
      ([, address = ""]) => address,
    );
    expect(new Set(addresses).size).toBe(2);
    const keys = await world.services.keyring.keys();
    const tokens = addresses.map((address) => address.slice("relay+".length, address.indexOf("@")));
    expect(tokens.map((token) => readRelayToken(keys, token))).toEqual([
      { subscriber: reader, reflection: first.id },
      { subscriber: reader, reflection: second.id },
    ]);
    const html = (digest?.html ?? "").replaceAll("&#x3D;", "=");
    for (const address of addresses) expect(html).toContain(`mailto:${address}?subject=Re%3A%20`);
    expect(text).toContain("A reader (r•••@x.example)");
    expect(text).not.toContain("r@x.example");
    for (const { subscriber, id } of [first, second])
      expect(text).toContain(`npm run console -- replies show ${subscriber}/${id} --stage test`);
    // What is written in reply to the digest comes to us, who say how to answer.
    const [{ raw } = { raw: new Uint8Array() }] = world.ses.sent;
    expect(Buffer.from(raw).toString()).toMatch(/^Reply-To: [^\r]*<lessons@course\.example>/m);
  });

  it("does not come on a day on which nobody wrote, nor for what is no reflection", async () => {
    await writes({ replyKind: "out-of-office" });
    expect(await morning()).toBe("idle");
    expect(await digests()).toEqual([]);
  });

  it("tells of a reflection on one day only", async () => {
    await writes();
    await morning();
    world.clock.set(SEVEN_IN_BERLIN + HOUR);
    await writes();
    await morning(SEVEN_IN_BERLIN + DAY);
    expect((await digests()).map(({ subject }) => subject)).toEqual([
      "One new reflection",
      "One new reflection",
    ]);
  });

  it("is not sent again for a reply that is delivered to us once more", async () => {
    const reflection = await writes();
    await morning();
    await noteForDigest(world.services, reflection);
    await morning(SEVEN_IN_BERLIN + HOUR);
    await morning(SEVEN_IN_BERLIN + DAY);
    expect(await digests()).toHaveLength(1);
  });

  it("says nothing of somebody who was erased meanwhile, and leaves no trace of them", async () => {
    await writes();
    await erase(world.services, reader);
    expect(await world.services.store.notedForDigest()).toEqual([]);
    await morning();
    expect(await digests()).toEqual([]);
  });

  it("leaves out what its reader has taken back since", async () => {
    const taken = await writes({ ownWords: "I did not mean that." });
    await writes();
    await world.services.store.forgetReflection(reader, taken.id);
    await morning();
    const [digest] = await digests();
    expect(digest?.text).toContain("three people had to sign");
    expect(digest?.text).not.toContain("did not mean");
  });

  it("counts what came to nobody in the last day", async () => {
    const { store } = world.services;
    const came = (messageId: string, receivedAt: number) =>
      store.keepUnmatched({ messageId, receivedAt, raw: `mail/${messageId}`, reason: "no dispatch" });
    await writes();
    await came("old", SEVEN_IN_BERLIN - DAY - 1);
    await came("new", SEVEN_IN_BERLIN - DAY);
    await morning();
    expect((await digests())[0]?.text).toContain("1 email belongs to nobody we know.");
  });

  it("control: the same reader, not erased, is told of", async () => {
    await writes();
    expect(await world.services.store.notedForDigest()).toHaveLength(1);
    await morning();
    expect(await digests()).toHaveLength(1);
  });

  it("shows thirty, and counts the others", async () => {
    for (let written = 0; written < 33; written++) await writes();
    await morning();
    const [digest] = await digests();
    expect(digest?.subject).toBe("33 new reflections");
    expect(digest?.text).toContain("3 more are kept");
  });

  it("covers every moment once, also where clocks change", () => {
    for (const zone of ["Europe/Berlin", "America/New_York", "Pacific/Apia", "UTC"]) {
      for (let at = Date.UTC(2026, 2, 27); at < Date.UTC(2026, 2, 31); at += HOUR) {
        const { day, dueAt } = nextDigest(zone, at);
        const entry = { subscriber: "s", reflection: "r", receivedAt: at };
        const days = [-2, -1, 0, 1, 2].map((days) => iso(dueAt + days * DAY).slice(0, 10));
        const told = days.filter((candidate) => inDigest([entry], zone, candidate).length > 0);
        expect(told, `${zone} ${iso(at)}`).toEqual([day]);
        expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
      }
    }
  });
});
