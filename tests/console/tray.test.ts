import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../console/connect.ts";
import { listUnmatched, showUnmatched } from "../../console/tray.ts";
import { STAGES } from "../../infra/stages.ts";
import type { Cloud } from "../../local/cloud.ts";
import { sendThrough } from "../../local/mailbox/answer.ts";
import { clockServer } from "../support/clock-server.ts";
import { openCloud, removeAssembled } from "../support/cloud.ts";

const MINUTE = 60_000;

describe("the unmatched tray", () => {
  let cloud: Cloud;
  let clock: Awaited<ReturnType<typeof clockServer>>;
  beforeAll(async () => {
    cloud = await openCloud();
    clock = await clockServer(() => cloud.now());
  });
  afterAll(async () => {
    clock.close();
    await cloud.stop();
    await removeAssembled();
  });
  const reached = () =>
    connect("local", undefined, { ...cloud.deployment, pid: process.pid, clockUrl: clock.url });

  it("is empty as long as every mail belongs to somebody", async () => {
    expect(await listUnmatched(await reached())).toMatch(/^The unmatched tray is empty/);
  });

  it("lists a stranger's mail with why it is there, and shows it as it came", async () => {
    await sendThrough(cloud.smtpPort, {
      from: "stranger@elsewhere.example",
      to: `course@${STAGES.local.mailDomain}`,
      subject: "Hello",
      text: "Is anybody there?\u001b[2J",
    });
    await cloud.advanceBy(MINUTE);
    const list = await listUnmatched(await reached());
    expect(list).toMatch(/^1 unmatched, kept for 90 days/);
    expect(list).toContain("From is not a subscriber's address");
    expect(list).not.toContain("stranger@");
    const [, key = ""] = /Z {2}(\S+)/.exec(list) ?? [];
    const shown = await showUnmatched(await reached(), key);
    expect(shown).toContain("From: stranger@elsewhere.example");
    expect(shown).toContain("Is anybody there?");
    expect(shown).not.toContain("\u001b");
  });

  it("shows no other mail of the inbox", async () => {
    await expect(showUnmatched(await reached(), "somebody-elses")).rejects.toThrow(
      /no mail "somebody-elses"/,
    );
  });
});
