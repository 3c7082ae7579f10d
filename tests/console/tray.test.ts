import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listUnmatched, showUnmatched } from "../../console/tray.ts";
import { STAGES } from "../../infra/stages.ts";
import type { Cloud } from "../../local/aws/cloud.ts";
import { sendBySmtp } from "../../local/mailbox/answer.ts";
import { type OwnersCloud, openOwnersCloud } from "../support/console.ts";

const MINUTE = 60_000;

describe("the unmatched tray", () => {
  let cloud: Cloud;
  let owners: OwnersCloud;
  beforeAll(async () => {
    owners = await openOwnersCloud();
    cloud = owners.cloud;
  });
  afterAll(() => owners.stop());
  const reached = () => owners.reached();

  it("is empty as long as every mail belongs to somebody", async () => {
    expect(await listUnmatched(await reached())).toMatch(/^The unmatched tray is empty/);
  });

  it("lists a stranger's mail with why it is there, and shows it as it came", async () => {
    await sendBySmtp(cloud.smtpPort, {
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
