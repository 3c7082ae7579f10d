import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ImportFlags, runImport } from "../../../console/import/order.ts";
import { runLane } from "../../../functions/deliver/lane.ts";
import { withLeft } from "../../../functions/domain/course/enrolment.ts";
import { readAddress } from "../../../functions/domain/people/address.ts";
import type { Subscriber } from "../../../functions/domain/people/subscriber.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";
import { addressHash } from "../../../functions/links/links.ts";
import type { Services } from "../../../functions/ports.ts";
import { ALONE, deploymentOf } from "../../support/console.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse } from "../../support/course.ts";
import { hasSecondEngine, startDynalite, startDynoxide } from "../../support/engines.ts";
import { startWorld, type World } from "../../support/services.ts";

/** A Wednesday morning. */
const NOW = Date.UTC(2026, 2, 4, 9);
const EVIDENCE = {
  source: "the form on old.example",
  date: "2024-05-01",
  words: "Yes, send me the monthly letter.",
} as const;
const KIT = [
  "id,first_name,email,state,created_at,tags",
  '1,Ada,ada@x.example,active,2023-01-27T11:43:55Z,"VIP, customer"',
  "2,Bert,BERT@x.example,cancelled,2023-01-28T11:43:55Z,",
  "3,Cleo,cleo@x.example,inactive,2023-01-29T11:43:55Z,",
  "4,Dora,dora@@x.example,active,2023-01-30T11:43:55Z,",
  "5,Ada again,ADA@x.example,active,2023-02-01T11:43:55Z,",
  "6,Emil,emil@x.example,active,2023-02-02T11:43:55Z,",
  "7,Short",
];
const MAILCHIMP = [
  '"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS',
  'fay@x.example,Fay,Müller,2,"2015-03-16 14:00:00",203.0.113.7,"2015-03-16 14:40:47",203.0.113.7,52.5,13.4,1,2,Europe/Paris,fr,75,"2020-03-16 14:40:47",1,ab,,"""VIP"",""a, b"""',
  'gus@x.example,Gus,,2,"2015-04-16 14:00:00",,"2015-04-16 14:00:00",,,,,,nowhere,,,"2020-03-16 14:40:47",2,cd,,',
];

const engines = [startDynalite, ...(hasSecondEngine() ? [startDynoxide] : [])];

describe.each(engines)("an import over %o", (engine) => {
  /** What no engine could make different is looked at over one. */
  const once = it.runIf(engine === startDynalite);
  let world: World;
  let folder: string;
  beforeAll(async () => {
    world = await startWorld(plainContent(aCourse("one", "two")), NOW, engine);
  });
  afterAll(() => world.stop());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "import-"));
    return () => rmSync(folder, { recursive: true });
  });

  const fileOf = (lines: readonly string[], name = "list.csv") => {
    const file = join(folder, name);
    writeFileSync(file, `${lines.join("\n")}\n`);
    return file;
  };
  const run = (file: string, flags: ImportFlags = {}, services: Services = world.services) =>
    runImport(file, deploymentOf({ ...world, services }), { ...EVIDENCE, yes: true, ...flags }, ALONE);
  const hashOf = async (typed: string) => {
    const address = readAddress(typed);
    if ("problem" in address) throw new Error(address.problem);
    return addressHash(await world.services.keyring.keys(), address.canonical);
  };
  const personAt = async (address: string): Promise<Subscriber | undefined> => {
    const id = await world.services.store.findSubscriber(await hashOf(address));
    return id === undefined ? undefined : world.services.store.subscriber(id);
  };
  const rejects = (name = "list.rejects.csv") =>
    readFileSync(join(folder, name), "utf8").trim().split("\r\n").slice(1);
  /** People of their own for each test, so that one table serves all. */
  let people = 0;
  const fresh = (count: number) =>
    Array.from({ length: count }, () => `p${people++}-${engine.name.toLowerCase()}@x.example`);
  const asKit = (addresses: readonly string[]) => [
    "email,first_name,state,created_at",
    ...addresses.map((address) => `${address},Reader,active,2023-01-27`),
  ];
  const lanes = async () => {
    for (let lane = 0; lane < 4; lane++) await runLane(world.services, { lane });
  };

  it("adds no address at the mail domain, a rehearsal's least of all: its mail would come back to the course", async () => {
    const [ada = ""] = fresh(1);
    const ours = ["rehearsal+abcd2345@course.example", "Course@COURSE.example"];
    await run(fileOf(asKit([...ours, ada])), { newsletter: true });
    expect(rejects()).toEqual(
      ours.map(
        (address, at) =>
          `"${at + 2}","${address}","an address of this course itself","mail to course.example comes back to the course"`,
      ),
    );
    for (const address of ours) expect(await personAt(address)).toBeUndefined();
    expect(await personAt(ada)).toMatchObject({ status: "active" });
  });

  it("of a Kit export adds who agreed, mails nobody, and lists everybody else with line and reason", async () => {
    const before = world.ses.sent.length;
    const file = fileOf(KIT);
    const foretold = await run(file, { newsletter: true, "dry-run": true });
    expect(foretold).toContain("as Kit exports it: 7 rows");
    expect(foretold).toMatch(/^New +2; 2 get the newsletter$/m);
    expect(foretold).toMatch(/^ {2}malformed +2$/m);
    expect(await personAt("ada@x.example")).toBeUndefined();

    expect(await run(file, { newsletter: true })).toMatch(/^Added +2 people$/m);
    await lanes();
    expect(world.ses.sent.length).toBe(before);
    const ada = await personAt("ada@x.example");
    expect(ada).toMatchObject({
      status: "active",
      newsletter: true,
      address: "ada@x.example",
      firstName: "Ada",
      zone: "Europe/Berlin",
      tags: ["VIP", "customer"],
      createdAt: Date.UTC(2023, 0, 27, 11, 43, 55),
    });
    expect(ada?.expiresAt).toBeUndefined();
    expect(ada?.consents).toEqual([
      {
        event: "confirmed",
        at: Date.UTC(2023, 0, 27, 11, 43, 55),
        list: "newsletter",
        text: "import-1",
        source: EVIDENCE.source,
        actor: "import",
        evidence: expect.stringMatching(/^import [0-9a-f]{12}: Yes, send me the monthly letter\.$/),
      },
    ]);
    expect(rejects()).toEqual([
      '"3","BERT@x.example","left, bounced or complained there","it is cancelled there"',
      '"4","cleo@x.example","never confirmed there","it is inactive there"',
      expect.stringMatching(/^"5","dora@@x.example","malformed","An email address has exactly one @/),
      '"6","ADA@x.example","doubled in the file","the same address stands in line 2; that row counts"',
      '"8","","malformed","it has 2 cells, and the heading has 6"',
    ]);
  });

  once(
    "never adds an address that has left in another row, whichever comes first and however it is written",
    async () => {
      const [one, two, three, four] = fresh(4) as [string, string, string, string];
      const file = fileOf(
        [
          "email,first_name,state,created_at",
          `${one},A,active,2023-01-27`,
          `${one.toUpperCase()},A,cancelled,2023-01-27`,
          `<${two}>,B,bounced,not a day`,
          `${two},B,active,2023-01-27`,
          `${three},C,inactive,2023-01-27`,
          `${three},C,active,2023-01-27`,
          `${four},D,unsubscribed`,
          `${four},D,active,2023-01-27`,
        ],
        "twins.csv",
      );
      expect(await run(file, { newsletter: true })).toMatch(/^Added +1 person$/m);
      for (const address of [one, two, four]) expect(await personAt(address)).toBeUndefined();
      expect(await personAt(three)).toMatchObject({ status: "active" });
      const left = "left, bounced or complained there";
      expect(rejects("twins.rejects.csv").map((line) => line.split(",")[2])).toEqual(
        [left, left, left, left, "never confirmed there", "malformed", left].map((reason) =>
          expect.stringContaining(reason.split(",")[0] as string),
        ),
      );
      expect(rejects("twins.rejects.csv")[0]).toContain(
        "the same address stands in line 3, which says that it left there",
      );
    },
  );

  once("takes the day of the evidence by the stage's clock, and says so", async () => {
    const [one] = fresh(1) as [string];
    const file = fileOf(["email,first_name,state,created_at", `${one},A,active,`], "day.csv");
    const said = await run(file, { newsletter: true, date: "2024-05-01" });
    expect(said).toContain("Wed 1 May 2024, 00:00 CEST (2024-04-30T22:00Z) where a row has no date");
    expect(await personAt(one)).toMatchObject({ createdAt: Date.UTC(2024, 3, 30, 22) });
  });

  once("keeps somebody stopped whom an own export names stopped and active", async () => {
    const [one] = fresh(1) as [string];
    const heading = "email,first_name,zone,status,stopped_by,newsletter,course,tags,joined";
    const row = (status: string, by: string) => `${one},A,UTC,${status},${by},yes,course,,2023-01-27`;
    await run(fileOf([heading, row("active", ""), row("stopped", "complaint")], "own.csv"));
    expect(await personAt(one)).toMatchObject({ status: "stopped" });
  });

  once(
    "keeps the language that a course here speaks, by its tag or its name, and says how many have none",
    async () => {
      const spoken = plainContent({ ...aCourse("one"), languages: ["en", "de"] });
      const services = { ...world.services, content: spoken };
      const [ada, bo, cy, di] = fresh(4) as [string, string, string, string];
      const lines = ["E-Mail,Sprache", `${ada},Deutsch`, `${bo},de_AT`, `${cy},Klingon`, `${di},`];
      const flags = { newsletter: true, map: "email=E-Mail,language=Sprache" } as const;
      const foretold = await run(fileOf(lines), { ...flags, "dry-run": true }, services);
      expect(foretold).toMatch(/^Languages +1 rows name one that no course here speaks/m);
      await run(fileOf(lines), flags, services);
      const kept = await Promise.all([ada, bo, cy, di].map(personAt));
      expect(kept.map((one) => one?.language)).toEqual(["de", "de", undefined, undefined]);
      // Control: where no course speaks it, nobody has it.
      const [ed] = fresh(1) as [string];
      await run(fileOf(["E-Mail,Sprache", `${ed},Deutsch`]), flags);
      expect(await personAt(ed)).not.toHaveProperty("language");
    },
  );

  once("of a Mailchimp export reads its tags, its zone and when they confirmed", async () => {
    const said = await run(fileOf(MAILCHIMP), { newsletter: true });
    expect(said).toMatch(/^Added +2 people$/m);
    expect(await personAt("fay@x.example")).toMatchObject({
      zone: "Europe/Paris",
      tags: ["VIP", "a, b"],
      createdAt: Date.UTC(2015, 2, 16, 14, 40, 47),
    });
    expect(await personAt("gus@x.example")).toMatchObject({ zone: "Europe/Berlin" });
  });

  once(
    "takes nobody whom Mailchimp lists as unsubscribed or cleaned, though headings stand twice there",
    async () => {
      const [one, two] = fresh(2);
      const unsubscribed = fileOf([
        "Email Address,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_TIME,UNSUB_CAMPAIGN_ID,UNSUB_REASON,LEID,EUID,MEMBER_RATING",
        `${one},1,NORMAL,2019-01-01 10:00:00,1,NORMAL,1,a,2`,
      ]);
      expect(await run(unsubscribed, { newsletter: true })).toContain("nobody to add");
      const cleaned = fileOf([
        "Email Address,CLEAN_TIME,LEID,EUID,MEMBER_RATING",
        `${two},2019-01-01 10:00:00,1,a,2`,
      ]);
      expect(await run(cleaned, { newsletter: true })).toContain("nobody to add");
      expect(await personAt(one as string)).toBeUndefined();
    },
  );

  once("of any other file takes what --map names", async () => {
    const [one, two] = fresh(2);
    const file = fileOf([
      "E-Mail;Vorname, kurz;Zone;Seit;Brief",
      `${one};Ida;Asia/Tokyo;2022-02-03;ja?`,
      `${two};Jo;;;no`,
    ]);
    const map = "email=E-Mail,first-name=Vorname, kurz,zone=Zone,joined=Seit,newsletter=Brief";
    expect(await run(file, { map })).toContain("nobody to add");
    expect(rejects().map((line) => line.split(",")[2])).toEqual([
      '"malformed"',
      '"agreed to nothing of this"',
    ]);
    writeFileSync(file, readFileSync(file, "utf8").replace("ja?", "yes"));
    expect(await run(file, { map })).toMatch(/^Added +1 person$/m);
    expect(await personAt(one as string)).toMatchObject({
      firstName: "Ida",
      zone: "Asia/Tokyo",
      createdAt: Date.UTC(2022, 1, 3),
    });
  });

  it("done twice adds nothing, also with other evidence; who is known or suppressed stays as they are", async () => {
    const [one, stopped, silent] = fresh(3) as [string, string, string];
    const file = fileOf(asKit([one, stopped]));
    await run(file, { newsletter: true });
    const first = await personAt(one);
    expect(await run(file, { newsletter: true })).toContain("2 were added by an earlier run");
    expect(await personAt(one)).toEqual(first);
    const { store } = world.services;
    const consent = {
      event: "withdrawn",
      at: NOW,
      list: "everything",
      text: "leave-1",
      source: "t",
      actor: "self",
    } as const;
    await store.stopEverything((await personAt(stopped))?.id as string, "complaint", consent);
    const other = fileOf(asKit([one, stopped, silent]), "other.csv");
    expect(await run(other, { newsletter: true, words: "Other words" })).toMatch(/^Added +1 person$/m);
    expect(rejects("other.rejects.csv")).toEqual([
      expect.stringContaining('"known already","it is in the list, active"'),
      expect.stringContaining('"suppressed here","nothing may be mailed to it (complaint)"'),
    ]);
    expect((await personAt(stopped))?.status).toBe("stopped");
    // And the very file that had added them does not bring them back.
    await run(file, { newsletter: true });
    expect((await personAt(stopped))?.status).toBe("stopped");
  });

  it("does not add an address that is suppressed between the look at it and the writing", async () => {
    const [one] = fresh(1) as [string];
    const { store } = world.services;
    const services: Services = {
      ...world.services,
      store: {
        ...store,
        async suppression(hash) {
          return { addressHash: hash, reason: "bounce", at: NOW };
        },
      },
    };
    expect(await run(fileOf(asKit([one])), { newsletter: true }, services)).toMatch(/^Added +0 people$/m);
    expect(await personAt(one)).toMatchObject({ status: "unconfirmed", newsletter: false, agenda: {} });
  });

  it("goes on where a killed one stopped, and two at once add everybody once", async () => {
    const addresses = fresh(20);
    const file = fileOf(asKit(addresses));
    const { store } = world.services;
    let writes = 0;
    const dying: Services = {
      ...world.services,
      store: {
        ...store,
        async save(holder) {
          if (++writes > 12) throw new Error("killed");
          return store.save(holder);
        },
        change: (holder, apply) =>
          writes > 12 ? Promise.reject(new Error("killed")) : store.change(holder, apply),
      },
    };
    await expect(run(file, { newsletter: true }, dying)).rejects.toThrow("killed");
    const half = await Promise.all(addresses.map(personAt));
    expect(half.filter((one) => one !== undefined).length).toBeLessThan(20);
    await Promise.all([
      run(file, { newsletter: true }),
      run(file, { newsletter: true, rejects: `${file}.2` }),
    ]);
    const all = await Promise.all(addresses.map(personAt));
    expect(all.map((one) => one?.status)).toEqual(addresses.map(() => "active"));
    expect(all.map((one) => one?.consents.length)).toEqual(addresses.map(() => 1));
    const ids = new Set(all.map((one) => one?.id));
    expect(ids.size).toBe(20);
    const listed: string[] = [];
    for await (const { subscriber } of world.allPeople.people())
      if (ids.has(subscriber.id)) listed.push(subscriber.id);
    expect(listed.length).toBe(20);
  });

  once("stopped with Ctrl-C says so, and the same command goes on", async () => {
    const addresses = fresh(40);
    const file = fileOf(asKit(addresses));
    const stop = new AbortController();
    const watching = {
      tell: (what: string, done: number) => void (what === "people" && done === 5 && stop.abort()),
      signal: stop.signal,
    };
    const flags = { ...EVIDENCE, yes: true, newsletter: true } as const;
    const said = await runImport(file, deploymentOf(world), flags, watching);
    expect(said).toMatch(/^Added +\d+ people$/m);
    const some = (await Promise.all(addresses.map(personAt))).filter((one) => one?.status === "active");
    expect(some.length).toBeGreaterThanOrEqual(5);
    expect(some.length).toBeLessThan(40);
    expect(await run(file, { newsletter: true })).toContain(`Added        ${40 - some.length} people`);
  });

  it("with --start-course begins the course by the calendar, once, also for whom a killed run left out", async () => {
    const addresses = fresh(4) as [string, string, string, string];
    const file = fileOf(asKit(addresses));
    const { store } = world.services;
    const dying: Services = {
      ...world.services,
      store: {
        ...store,
        save: (holder) =>
          holder.kind === "enrolment" ? Promise.reject(new Error("killed")) : store.save(holder),
      },
    };
    await expect(run(file, { "start-course": true }, dying)).rejects.toThrow("killed");
    await run(file, { "start-course": true });
    const [one, leaver] = await Promise.all(addresses.map(personAt));
    const enrolment = await store.enrolment(one?.id as string, "course");
    expect(enrolment).toMatchObject({ status: "active", done: [] });
    // The Thursday after this Wednesday, 07:30 in Berlin.
    expect(enrolment?.agenda.lesson?.dueAt).toBe(Date.UTC(2026, 2, 5, 6, 30));
    expect(one).toMatchObject({ status: "active", newsletter: false });
    const theirs = await store.enrolment(leaver?.id as string, "course");
    if (theirs) await store.change(theirs, withLeft);
    await run(file, { "start-course": true });
    expect(await store.enrolment(leaver?.id as string, "course")).toMatchObject({ status: "left" });
    await lanes();
    const welcomed = world.ses.sent.filter(({ to }) => addresses.includes(to)).map(({ to }) => to);
    expect(welcomed.sort()).toEqual([...addresses].filter((address) => address !== leaver?.address).sort());
  });

  once("holds no more than a batch and the writes at once, however long the file", async () => {
    const file = fileOf(asKit(fresh(120)));
    let looked = 0;
    let most = 0;
    let atOnce = 0;
    const { store } = world.services;
    const bind: Services["store"]["bindAddress"] = async (hash, id) => {
      most = Math.max(most, ++atOnce);
      const bound = await store.bindAddress(hash, id);
      atOnce--;
      return bound;
    };
    const services = { ...world.services, store: { ...store, bindAddress: bind } };
    const allPeople = {
      ...world.allPeople,
      standings: (hashes: readonly string[]) => {
        looked = Math.max(looked, hashes.length);
        return world.allPeople.standings(hashes);
      },
    };
    await runImport(
      file,
      deploymentOf({ ...world, services, allPeople }),
      { ...EVIDENCE, yes: true, newsletter: true },
      ALONE,
    );
    expect(looked).toBe(50);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(16);
  });

  it("with --confirm asks each once, at a gentle rate, and goes on behind those who wait", async () => {
    const addresses = fresh(6);
    const file = fileOf(asKit(addresses));
    const now = world.clock.now();
    const said = await run(file, { confirm: true, "per-hour": "2", newsletter: true });
    expect(said).toMatch(/^Added +6 people$/m);
    const asked = await Promise.all(addresses.map(personAt));
    const dues = asked.flatMap((one) => Object.values(one?.agenda ?? {}).map(({ dueAt }) => dueAt));
    expect(dues.sort()).toEqual(Array.from({ length: 6 }, (_, at) => now + at * (HOUR / 2)));
    expect(asked[0]).toMatchObject({ status: "unconfirmed", newsletter: false, requests: 1 });
    expect(asked.every((one) => (one?.expiresAt as number) >= now + 14 * DAY)).toBe(true);
    await run(file, { confirm: true, "per-hour": "2", newsletter: true });
    expect((await Promise.all(addresses.map(personAt))).map((one) => one?.requests)).toEqual(
      addresses.map(() => 1),
    );
    const before = world.ses.sent.length;
    await lanes();
    world.clock.set(now + HOUR + MINUTE);
    await lanes();
    expect(
      world.ses.sent
        .slice(before)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(addresses.slice(0, 3).sort());
  });
});
