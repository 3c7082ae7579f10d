import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkContent } from "../../authoring/checks/check-content.ts";
import { loadContent } from "../../authoring/compile/compile.ts";
import { samplePages } from "../../authoring/preview/sample-pages.ts";
import { sampleFaults } from "../../authoring/sample-faults.ts";
import { lookAtSample, makeSamples, SAMPLE_READERS } from "../../authoring/samples.ts";
import type { OwnerOrder } from "../../cli/owner-order.ts";
import { ROOT } from "../../cli/root.ts";
import { type Assembled, assemble, startAssembled } from "../../local/assemble.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import type { LeftMail } from "../../local/aws/world.ts";
import { travelNewsletter } from "../../local/demo/newsletter-journey.ts";
import { findLink } from "../../local/mailbox/letter.ts";
import { inThisThread, MORNING } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

const CONTENT = "tests/fixtures/newsletter-only";
const MINUTE = 60_000;

describe("a stage that has a newsletter and no course", () => {
  let assembled: Assembled;
  let cloud: Cloud;
  beforeAll(async () => {
    const beside = { owner: "console/owner.handler.ts" };
    assembled = await assemble(undefined, { folder: CONTENT, courses: [], beside });
    cloud = await startAssembled(assembled, { startAt: MORNING, ...inThisThread() });
  });
  afterAll(async () => {
    await cloud.stop();
    await assembled.remove();
  });

  const press = async (url: string, form: Record<string, string> = {}) =>
    (await fetch(url, { method: "POST", body: new URLSearchParams(form) })).text();

  it("is asked for at the front door, confirmed, welcomed, left on the reader's page, and asked for again", async () => {
    const reader = await new Reader(cloud, "ada@reader.example").join();
    expect(await reader.subjects()).toEqual(["Please confirm: the newsletter", "Welcome to the newsletter"]);
    const page = findLink(await reader.newest(), `${cloud.webOrigin}/reader/`) as string;
    const look = async () => (await fetch(page)).text();
    expect(await look()).toContain("You get the newsletter");
    await press(page, { do: "newsletter", newsletter: "no" });
    expect(await look()).toContain("You do not get the newsletter");
    await cloud.advanceBy(25 * 60 * MINUTE);
    await reader.join();
    expect(await look()).toContain("You get the newsletter");
    const link = findLink(await reader.newest(), `${cloud.webOrigin}/unsubscribe/`) as string;
    expect(await press(link, { page: "yes" })).toContain("You are unsubscribed from the newsletter");
  });

  it("mails a link to the reader's data, and erases it", async () => {
    const reader = await new Reader(cloud, "kim@reader.example").join();
    const page = findLink(await reader.newest(), `${cloud.webOrigin}/reader/`) as string;
    await press(page, { do: "personal" });
    await cloud.advanceBy(2 * MINUTE);
    const personal = findLink(await reader.newest(), `${cloud.webOrigin}/personal/`) as string;
    expect(await (await fetch(personal)).text()).toContain("Your journal and your data");
    expect(await press(personal, { do: "erase", sure: "yes" })).toContain("Everything is erased");
  });

  it("answers on each public page, and at no course's address", async () => {
    const status = async (path: string) => (await fetch(cloud.webOrigin + path)).status;
    for (const path of ["/", "/subscribe", "/privacy", "/newsletter", "/newsletter/feed.xml", "/form"])
      expect([path, await status(path)]).toEqual([path, 200]);
    expect(await status("/courses/none")).toBe(404);
  });

  it("passes the checks of the content, and each of its sample mails and pages shows what it should", async () => {
    const { findings } = await checkContent(ROOT, CONTENT);
    expect(findings).toEqual([]);
    const content = await loadContent(ROOT, CONTENT);
    const mails = makeSamples(content);
    expect(mails.map(({ name }) => name)).toEqual([
      ...["confirmation-newsletter", "confirmation-several"],
      ...["welcome-newsletter", "welcome-newsletter-without-issue", "issue-the-first-frost"],
      ...["address-new", "address-old", "address-back"],
    ]);
    const pages = await samplePages(content, SAMPLE_READERS[0]);
    expect([...pages.keys()]).toContain("reader-newsletter");
    expect(sampleFaults(new Map(mails.map((mail) => [mail.name, lookAtSample(mail)])))).toEqual([]);
    expect(sampleFaults(pages)).toEqual([]);
  });

  it("fails the demo if an issue is lost, or if the welcome leads where nothing is promised yet", async () => {
    const owner = join(assembled.functionsDir, "owner");
    cloud.lambda.deployBeside("owner", "Lane", { code: owner });
    const { issues = [] } = await loadContent(ROOT, CONTENT);
    const isIssue = ({ raw }: LeftMail) => Buffer.from(raw).includes("Subject: The first frost");
    const wander = (name: string, tampered: (mails: readonly LeftMail[]) => readonly LeftMail[]) => {
      const road = {
        ...cloud,
        mails: () => tampered(cloud.mails()),
        order: async (what: OwnerOrder) => void (await cloud.lambda.invoke("owner", what)),
      };
      const who = (address: string) => ({ name, address, zone: "Europe/Berlin" });
      const readers = [who(`${name}@reader.example`), who(`${name}2@reader.example`)] as const;
      return travelNewsletter(road, issues, readers, () => undefined);
    };
    await expect(wander("lea", (mails) => mails.filter((mail) => !isIssue(mail)))).rejects.toThrow(
      /the issue comes at once, and once; nothing came by/,
    );
    // An issue is sent once, ever: whoever comes later is welcomed by it.
    await expect(wander("max", (mails) => mails)).rejects.toThrow(
      /the welcome leads to no issue before one has left/,
    );
  });

  it("control: a folder that has neither is refused, with what to do", async () => {
    await expect(loadContent(ROOT, "tests/fixtures/none")).rejects.toThrow("holds no course");
  });
});
