import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeliveredMail, readDelivered } from "../../../console/rehearsal/delivered-mail.ts";
import { LAST_STEP, type RehearsalStage, STEPS } from "../../../console/rehearsal/rehearsal.ts";
import { endInWords, type RehearsalReport, stepInWords } from "../../../console/rehearsal/report.ts";
import { runRehearsal } from "../../../console/rehearsal/run.ts";
import { holdSending, resumeSending } from "../../../functions/deliver/breaker.ts";
import { rehearsalAddress } from "../../../functions/domain/people/rehearsal.ts";
import { HOUR } from "../../../functions/domain/time.ts";
import { addressHash } from "../../../functions/links/links.ts";
import type { Services } from "../../../functions/ports.ts";
import { wholeTable } from "../../support/whole-table.ts";
import { openRehearsedCloud, type RehearsedCloud } from "./rehearsal-world.ts";

let world: RehearsedCloud;
beforeAll(async () => {
  world = await openRehearsedCloud();
});
afterAll(() => world.stop());

/** Eight letters that no other run of this file has. */
const newRun = (() => {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  let count = 0;
  return () => {
    const [tens, ones] = [letters[Math.floor(count / 26)], letters[count % 26]];
    count += 1;
    return `run${tens}${ones}222`;
  };
})();

const rehearse = (
  stage: Partial<RehearsalStage> = {},
  run = newRun(),
  after: (step: string) => Promise<void> = async () => {},
) => runRehearsal({ ...world.stage, ...stage }, run, ({ name }) => after(name));
const withServices = (services: Partial<Services>): Partial<RehearsalStage> => {
  const { deployment } = world.stage;
  return { deployment: { ...deployment, services: { ...deployment.services, ...services } } };
};
const store = () => world.stage.deployment.services.store;
const broken = ({ steps }: RehearsalReport) =>
  steps.filter(({ state }) => state === "failed").map(({ name }) => name);
const step = ({ steps }: RehearsalReport, name: string) => steps.find((one) => one.name === name);
/** What a stage has of its own stays: the governor and the lanes. */
const table = async () =>
  (await wholeTable(world.cloud)).filter((item) => !/"(governor|lane#\d|incidents)"/.test(item));

const readersLeft = async () => (await table()).filter((item) => item.includes("S#rehearsal"));

describe("a rehearsal", () => {
  it("holds on this machine, step by step, tells what it saw, and leaves nothing", async () => {
    const before = await table();
    const report = await rehearse();
    expect(report.steps.map(stepInWords).join("\n")).not.toContain("✗");
    expect([report.isHeld, report.steps.length]).toEqual([true, STEPS.length + 1]);
    expect(step(report, "lesson")?.found.join("\n")).toMatch(
      /DKIM 2048 bit by \w+\._domainkey\.mail\.course\.example, over from, list-unsubscribe, list-unsubscribe-post/,
    );
    expect(step(report, "bounce")?.found).toEqual(["heard: Bounce Permanent General 5.1.1, Send"]);
    expect(step(report, "out-of-office")?.found).toEqual(["heard: Bounce Transient General, Delivery, Send"]);
    expect(report.mails).toEqual({ out: 11, in: 8 });
    expect(report.cost).toBeLessThan(0.01);
    expect(report.answers.map(({ question }) => question)).toHaveLength(8);
    expect(endInWords(report)).toContain("All 14 steps held");
    expect(await table()).toEqual(before);
  });

  it("is read by scripts: the report is JSON, and tells the step that did not hold, and what to do", async () => {
    const report = JSON.parse(JSON.stringify(await rehearse({ txt: async () => [] }))) as RehearsalReport;
    expect(report.isHeld).toBe(false);
    expect(step(report, "confirmation")).toMatchObject({
      state: "failed",
      doThis: expect.stringContaining("DKIM"),
    });
    expect(step(report, "welcome")).toMatchObject({ state: "not tried" });
    expect(endInWords(report)).toContain("Mend the first ✗");
  });
});

/** The bucket, in which each mail is changed after it came. */
const changing = (change: (raw: string) => string): Partial<RehearsalStage> => {
  const { mailbox } = world;
  const changed = ({ key, raw }: DeliveredMail) =>
    readDelivered(key, Buffer.from(change(Buffer.from(raw).toString("latin1")), "latin1"));
  return {
    mailbox: {
      ...mailbox,
      fresh: async (address) => Promise.all((await mailbox.fresh(address)).map(changed)),
    },
  };
};

describe("a rehearsal does not hold (control)", () => {
  /** Fails at the step, says so, and leaves nothing all the same. */
  async function expectBroken(name: string, why: RegExp, report: RehearsalReport): Promise<void> {
    expect(broken(report)).toEqual([name]);
    expect(step(report, name)?.why).toMatch(why);
    expect(step(report, name)?.doThis ?? "").not.toBe("");
    expect(await readersLeft()).toEqual([]);
  }

  it("where SES has paused the account", async () => {
    world.cloud.ses.pauseAccount("the owner");
    await expectBroken("ready", /sending is paused/, await rehearse());
    world.cloud.ses.pauseAccount("AWS");
    await expectBroken("confirmation", /nothing has left/, await rehearse());
    world.cloud.ses.resumeAccount();
    await world.cloud.advanceBy(HOUR);
  });

  it("where the owner holds sending, or the doctor finds what stops mail", async () => {
    await holdSending(world.stage.deployment.services);
    await expectBroken("ready", /it is held since/, await rehearse());
    await resumeSending(world.stage.deployment.services);
    const finding = { name: "MX (replies)", state: "stops", says: "no server", doThis: "create it" } as const;
    await expectBroken(
      "ready",
      /MX \(replies\): no server/,
      await rehearse({ examine: async () => [finding] }),
    );
  });

  it("where a stranger's form is taken for an address that it must refuse", async () => {
    const { settings } = world.stage.deployment.services;
    const elsewhere = { ...settings, mailDomain: "elsewhere.example" };
    const report = await rehearse(withServices({ settings: elsewhere }));
    // Who is taken so is no rehearsal's reader: limits and the proof of the consent stay, and are found.
    expect(broken(report)).toEqual(["strangers", LAST_STEP.name]);
    expect(step(report, "strangers")?.why).toMatch(
      /typed into the landing page, is refused; it is answered 200/,
    );
    expect(step(report, LAST_STEP.name)?.why).toContain("proof#");
  });

  it("where the pages' function cannot look a domain up", async () => {
    const run = newRun();
    world.cloud.dns.zone[`${run}.invalid`] = "server-failure";
    await expectBroken("strangers", /both are refused alike/, await rehearse({}, run));
  });

  it("where a letter of a mail is another than was signed", async () => {
    const report = await rehearse(changing((raw) => raw.replace(/(\r\n\r\n[\s\S]*?)confirm/i, "$1konfirm")));
    await expectBroken("confirmation", /the body is not what was signed/, report);
  });

  it("where a lesson has lost a field on its way", async () => {
    const without = changing((raw) => raw.replace(/\r\nList-Unsubscribe-Post: [^\r]*/, ""));
    await expectBroken("welcome", /the header fields are not what was signed/, await rehearse(without));
  });

  it("where SES's inbound judges otherwise", async () => {
    const failing = changing((raw) => raw.replace("dmarc=pass", "dmarc=fail"));
    await expectBroken("confirmation", /says dmarc=pass; it says fail/, await rehearse(failing));
  });

  it("where nothing arrives, and says how far the mail came", async () => {
    const report = await rehearse({ mailbox: { ...world.mailbox, fresh: async () => [] } });
    await expectBroken(
      "confirmation",
      /SES has taken it .*delivered.*, and no receipt rule has stored it/,
      report,
    );
  });

  it("where the reply is lost, so that its prompt never comes", async () => {
    const { mailer } = world.stage.deployment.services;
    const losing = { ...mailer, send: async () => ({ outcome: "accepted" as const, messageId: "lost" }) };
    await expectBroken(
      "reply",
      /the prompt comes within 150 s; nothing has left/,
      await rehearse(withServices({ mailer: losing })),
    );
  });

  it("where something comes after the goodbye", async () => {
    const run = newRun();
    const { mailer, settings } = world.stage.deployment.services;
    const to = rehearsalAddress("reader", run, settings.mailDomain);
    const from = `${settings.senderLocalPart}@${settings.mailDomain}`;
    const raw = Buffer.from(`From: ${from}\r\nTo: ${to}\r\nSubject: One more\r\n\r\nHello.\r\n`);
    const report = await rehearse({}, run, async (name) => {
      if (name === "unsubscribe") await mailer.send({ dispatch: "", from, to, raw, tags: { test: "x" } });
    });
    await expectBroken("silence", /1 mails came: “One more”/, report);
  });

  it("where SES's event about a bounce is not heard", async () => {
    const deaf = withServices({ store: { ...store(), heardEvents: async () => ({}) } });
    await expectBroken("bounce", /SES tells Bounce Permanent within 5 minutes/, await rehearse(deaf));
  });

  /** The pages, but for one request. */
  const answering = (path: string, method: string, answer: () => Response): Partial<RehearsalStage> => ({
    http: async (url, given = {}) => {
      const isIt = String(url).includes(path) && (given.method ?? "GET") === method;
      return isIt ? answer() : world.stage.http(url, given);
    },
  });
  const withStore = (changed: Partial<Services["store"]>) =>
    withServices({ store: { ...store(), ...changed } });
  const withQuota = (): Partial<RehearsalStage> => {
    const { mailer } = world.stage.deployment.services;
    let asked = 0;
    const quota = async () => ({ ...(await mailer.quota()), rate: asked++ === 0 ? 14 : 0 });
    return withServices({ mailer: { ...mailer, quota } });
  };

  it.each<[string, string, RegExp, () => Partial<RehearsalStage>]>([
    [
      "welcome",
      "the button does nothing",
      /the button confirms; they are unconfirmed/,
      () => answering("/confirm/", "POST", () => new Response("")),
    ],
    [
      "lesson",
      "the reader's page has no button",
      /a button for the next lesson; it has none/,
      () => answering("/reader/", "GET", () => new Response("<p>")),
    ],
    [
      "pause",
      "the course goes on",
      /the course is paused; it is active/,
      () =>
        withStore({
          enrolment: async (...of) => {
            const found = await store().enrolment(...of);
            return found?.status === "paused" ? { ...found, status: "active" } : found;
          },
        }),
    ],
    [
      "unsubscribe",
      "one click is redirected",
      /without a redirect; it is answered 302/,
      () => answering("/unsubscribe/", "POST", () => new Response(null, { status: 302 })),
    ],
    [
      "unsubscribe",
      "one click is answered, and nothing is left",
      /the course is left when it is answered; it is paused/,
      () => answering("/unsubscribe/", "POST", () => new Response("")),
    ],
    [
      "complaint",
      "a complaint is not heard",
      /SES tells Complaint within 5 minutes/,
      () =>
        withStore({
          heardEvents: async (id) =>
            Object.fromEntries(
              Object.entries(await store().heardEvents(id)).map(([key, events]) => [
                key,
                events.filter((event) => !event.startsWith("Complaint")),
              ]),
            ),
        }),
    ],
    [
      "out-of-office",
      "an absence note stops its reader",
      /the reader is stopped by nothing; they are stopped by bounce/,
      () =>
        withStore({
          subscriber: async (id) => {
            const found = await store().subscriber(id);
            return found?.address.startsWith("ooto") ? { ...found, stoppedBy: "bounce" } : found;
          },
        }),
    ],
    ["quota", "SES grants nothing", /a mail a second or more; it is 0/, withQuota],
  ])("at %s, where %s", async (name, _, why, stage) => {
    await expectBroken(name, why, await rehearse(stage()));
  });

  it("where a suppression, a limit or a mail is left behind: each is found and named", async () => {
    const run = newRun();
    const { keyring, settings } = world.stage.deployment.services;
    const hash = addressHash(await keyring.keys(), rehearsalAddress("bounce", run, settings.mailDomain));
    const report = await rehearse({ txt: async () => [] }, run, async (name) => {
      if (name !== "quota") return;
      await store().suppress(hash, "bounce");
      await store().count({ key: `planted#${hash}`, most: 1, windowMs: HOUR });
    });
    expect(step(report, LAST_STEP.name)?.why).toContain("2 are there");
    expect(step(report, LAST_STEP.name)?.why).toContain(`suppression#${hash}`);
    await store().liftSuppression(hash, "bounce");
    await world.cloud.advanceBy(2 * HOUR);
    const keeping = { ...world.mailbox, empty: async () => 0 };
    const kept = await rehearse({ txt: async () => [], mailbox: keeping });
    expect(step(kept, LAST_STEP.name)?.why).toContain("1 are there: the mail ");
  });

  it("where it is interrupted, and takes away what it has made", async () => {
    const stopping = new AbortController();
    const report = await rehearse({ signal: stopping.signal }, newRun(), async (name) => {
      if (name === "welcome") stopping.abort();
    });
    expect(step(report, "lesson")?.why).toBe("interrupted");
    expect(step(report, LAST_STEP.name)?.state).toBe("held");
  });
});

describe("a rehearsal that was killed", () => {
  it("is taken away by the next one, an hour later", async () => {
    const { takeAway } = { takeAway: LAST_STEP.run };
    LAST_STEP.run = async () => [];
    await rehearse({ txt: async () => [] });
    LAST_STEP.run = takeAway;
    expect((await readersLeft()).length).toBeGreaterThan(0);
    const soon = await rehearse({ txt: async () => [] });
    expect(step(soon, "ready")?.found).toHaveLength(1);
    await world.cloud.advanceBy(2 * HOUR);
    const later = await rehearse({ txt: async () => [] });
    expect(step(later, "ready")?.found[1]).toBe("1 readers of rehearsals that were cut off are gone");
    expect(await readersLeft()).toEqual([]);
  });
});
