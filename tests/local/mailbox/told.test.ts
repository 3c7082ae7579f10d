import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ToldEvent } from "../../../local/aws/world.ts";
import { type MailboxServer, startMailbox } from "../../../local/mailbox/server.ts";
import { type SmallWorld, smallWorld } from "./mailbox-world.ts";

describe("what was told, on one machine", () => {
  let world: SmallWorld;
  let mailbox: MailboxServer;
  let told: ToldEvent[] | undefined;
  beforeEach(async () => {
    world = await smallWorld();
    world.told = () => told;
    mailbox = await startMailbox(world, { port: 0 });
  });
  afterEach(async () => {
    await mailbox.close();
  });
  const get = async (path: string) => {
    const answer = await fetch(mailbox.origin + path);
    return { status: answer.status, page: await answer.text() };
  };

  it("is a page with each event, newest first, and what webhooks made of it", async () => {
    told = ["first-told", "second-told"].map((slug) => ({
      type: "mail.sent",
      timestamp: "2026-03-04T09:00:00.000Z",
      data: { reader: "r", slug },
    }));
    const line = {
      level: "warn",
      event: "webhook-not-taken",
      host: "hooks.example",
      type: "mail.sent",
      status: 503,
      attempt: 2,
    };
    world.logs = () => [{ at: Date.UTC(2026, 2, 4, 9), where: "Webhooks", text: JSON.stringify(line) }];
    const { page } = await get("/events");
    expect(page.indexOf("second-told")).toBeLessThan(page.indexOf("first-told"));
    expect(page).toContain("The webhook at hooks.example did not take mail.sent (503), at attempt 2.");
    expect((await get("/")).page).toContain('href="/events"');
  });

  it("is no page of a stage that tells nothing", async () => {
    told = undefined;
    expect((await get("/events")).status).toBe(404);
    expect((await get("/")).page).not.toContain('href="/events"');
  });
});
