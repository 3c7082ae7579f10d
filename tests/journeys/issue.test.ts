import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IssueFlags, runIssue } from "../../console/issue/issue.ts";
import type { Content } from "../../functions/domain/content.ts";
import { BATCH_SIZE } from "../../functions/domain/newsletter/broadcast.ts";
import { HOUR, MINUTE, SECOND } from "../../functions/domain/time.ts";
import { links, NEWSLETTER } from "../../functions/links/links.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { shippedContent, theCourse } from "../mail/composition.ts";
import { addNewsletterReader } from "../support/audience.ts";
import { type OwnersCloud, openOwnersCloud } from "../support/console.ts";

/** More than one page of the broadcast holds. */
const READERS = BATCH_SIZE + 120;
const SLUG = "the-roads-to-ceo";
/** The rate that SES grants a new account: it is at work for most of a minute. */
const RATE = 14;

describe("an issue to hundreds of readers", () => {
  let cloud: Cloud;
  let owners: OwnersCloud;
  let content: Content;
  const ids = new Map<string, string>();

  const reach = () => owners.reached(content);
  const run = async (verb: Parameters<typeof runIssue>[0], flags: IssueFlags = {}) =>
    runIssue(verb, SLUG, await reach(), { yes: true, ...flags });
  const tested = "friend@x.example";
  const issues = () => cloud.mails().filter(({ to }) => !to.includes(tested));
  const mailed = () => issues().flatMap(({ to }) => to);

  beforeAll(async () => {
    content = await shippedContent();
    owners = await openOwnersCloud({ limits: { maxSendRate: RATE, max24HourSend: 50_000 } });
    cloud = owners.cloud;
    const { services } = await reach();
    const asksFor = { course: theCourse(content).slug, newsletter: true };
    const addresses = Array.from({ length: READERS }, (_, at) => `r${at}@x.example`);
    for (let from = 0; from < READERS; from += 60) {
      const some = addresses.slice(from, from + 60);
      const added = await Promise.all(
        some.map((address) => addNewsletterReader(services, address, { asksFor })),
      );
      for (const { address, id } of added) ids.set(address, id);
    }
  }, 120_000);
  afterAll(() => owners.stop());

  it("is mailed as a test to a person whom the owner names, with links that lead to a page that does nothing", async () => {
    expect(await run("test", { to: tested })).toContain("goes to friend@x.example");
    await cloud.advanceBy(3 * MINUTE);
    const [mail, ...more] = cloud.mails();
    expect(more).toEqual([]);
    expect(mail?.to).toEqual([tested]);
    const raw = Buffer.from(mail?.raw ?? "")
      .toString()
      .replace(/=\r\n/g, "")
      .replace(/\r\n[ \t]/g, " ");
    expect(raw).toMatch(/^Subject: \[Test\]/m);
    const { services } = await reach();
    const links = [...raw.matchAll(/https?:\/\/(?:localhost|127)[^\s"<>]*/g)].map(([link]) =>
      link.replaceAll("=3D", "="),
    );
    expect(links.length).toBeGreaterThan(2);
    for (const link of new Set(links)) expect(link).toContain(`${services.webOrigin}/test-mail`);
    const page = await fetch(links[0] ?? "", { method: "POST" });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("This was a test")]);
    await expect(run("test", { to: "friend" })).rejects.toThrow("--to friend is not an email address");
  });

  it("says before it whom it goes to, how long it takes and what it costs, and sends nothing", async () => {
    const said = await run("send", { "dry-run": true });
    expect(said).toMatch(/^620 readers, 10 of them:\n {2}r•••@x\.example {2}UTC\n/);
    expect(said).toContain("Takes        about a minute at 14 mails a second");
    expect(said).toContain("$0.06 or $0.10");
    await cloud.advanceBy(MINUTE);
    expect(mailed()).toEqual([]);
  });

  it("refuses what cannot be meant, and changes nothing", async () => {
    await expect(run("send", { at: "2026-03-01T08:00Z" })).rejects.toThrow(
      "--at 2026-03-01T08:00Z is in the past",
    );
    await expect(run("send", { local: "8am" })).rejects.toThrow("--local 8am is not a time");
    await expect(run("send", { audience: "state=lost" })).rejects.toThrow(
      "state=lost? It is one of never-enrolled",
    );
    await expect(run("send", { audience: "shoe=42" })).rejects.toThrow('does not know "shoe=42"');
    await expect(run("send", { audience: "zone=Asia/*" })).rejects.toThrow(
      "Nobody on this machine is in this audience",
    );
    await expect(run("pause")).rejects.toThrow(`${SLUG} was never sent from this machine`);
  });

  it("reaches each once: two start it, a lane is killed, one leaves meanwhile, it is paused and goes on", async () => {
    await Promise.all([run("send"), run("send")]);
    let killed = 0;
    const lane = cloud.lambda.names().find((name) => name.startsWith("Lane")) ?? "";
    cloud.clock.at(cloud.now() + MINUTE + 20 * SECOND, "kill", () => {
      killed = cloud.lambda.kill(lane);
    });
    await cloud.advanceBy(MINUTE + 25 * SECOND);
    expect(killed).toBeGreaterThan(0);
    expect(await run("pause")).toContain("is paused");
    await cloud.advanceBy(MINUTE);
    const before = new Set(mailed());
    expect(before.size).toBeGreaterThan(100);
    expect(before.size).toBeLessThan(READERS);

    const [leaver, stayer] = [...ids.keys()].filter((address) => !before.has(address)) as [string, string];
    const { services } = await reach();
    const keys = await services.keyring.keys();
    const to = links({ webOrigin: services.webOrigin, mailDomain: "x", keys });
    const left = await fetch(to.unsubscribeUrl({ subscriber: ids.get(leaver) ?? "", list: NEWSLETTER }), {
      method: "POST",
    });
    expect(left.status).toBe(200);
    await cloud.advanceBy(5 * MINUTE);
    expect(new Set(mailed())).toEqual(before);

    expect(await run("resume")).toContain("goes on");
    await cloud.advanceBy(HOUR);
    expect(mailed().sort()).toEqual([...ids.keys()].filter((address) => address !== leaver).sort());
    // Control: who waited beside the one who left did get it.
    expect(mailed()).toContain(stayer);
  }, 240_000);

  it("is told in the end: who got it, who did not", async () => {
    const said = await run("status");
    expect(said).toContain(`Issue        ${SLUG}: sent`);
    expect(said).toMatch(/\] 100 %/);
    expect(said).toMatch(/^all +620 +619 +619 +0 +0 +0 +0 +0 +1$/m);
    const hours = [...said.matchAll(/^\d{4}-\d\d-\d\d \d\d:00 +(\d+) {2}#+$/gm)].map(([, sent]) =>
      Number(sent),
    );
    expect(hours.reduce((sum, sent) => sum + sent, 0)).toBe(READERS - 1);
    expect(await run("send")).toContain(": sent");
    await cloud.advanceBy(10 * MINUTE);
    expect(mailed()).toHaveLength(READERS - 1);
  });

  it("tells who left by its own link, and leads to its public page", async () => {
    const [mail] = issues();
    const raw = Buffer.from(mail?.raw ?? "")
      .toString()
      .replace(/\r\n[ \t]/g, " ")
      .replace(/=\r\n/g, "");
    const link = /^List-Unsubscribe: .*<(http[^>]+)>/m.exec(raw)?.[1] ?? "";
    expect((await fetch(link, { method: "POST" })).status).toBe(200);
    const said = JSON.parse(await run("status", { json: true }));
    expect(said).toMatchObject({
      slug: SLUG,
      status: "sent",
      all: { sent: READERS - 1, left: 1, replied: 0 },
    });
    const { services } = await reach();
    const page = await fetch(`${services.webOrigin}/newsletter/${SLUG}`);
    expect(page.status).toBe(200);
    expect(raw).toContain(`${services.webOrigin}/newsletter/${SLUG}`);
    const again = await fetch(page.url, { headers: { "if-none-match": page.headers.get("etag") ?? "" } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });
});
