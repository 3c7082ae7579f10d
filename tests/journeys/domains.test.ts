import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/aws/cloud.ts";
import { openCloud } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

const MINUTE = 60_000;

describe("a sign-up's domain, as the deployed functions look it up", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await openCloud();
    cloud.dns.zone["null-mx.example"] = [
      { type: "MX", name: "null-mx.example", data: { preference: 0, exchange: "." } },
    ];
    cloud.dns.zone["busy.example"] = "refused";
    cloud.dns.zone["broken.example"] = "server-failure";
    cloud.dns.zone["silent.example"] = "silence";
  });
  afterAll(() => cloud.stop());

  const signUp = async (address: string) => {
    const reader = new Reader(cloud, address);
    const answer = await reader.signUp();
    await cloud.advanceBy(2 * MINUTE);
    return { says: await answer.text(), mails: (await reader.letters()).length };
  };

  it.each(["jo@nowhere.invalid", "jo@null-mx.example"])(
    "gets no mail, and the page says why: %s",
    async (address) => {
      const { says, mails } = await signUp(address);
      expect(says).toContain("There is no such domain, or it takes no mail");
      expect(mails).toBe(0);
    },
  );

  it.each(["jo@acme.example", "jo@busy.example", "jo@broken.example", "jo@silent.example"])(
    "gets its confirmation where nothing certain speaks against it: %s",
    async (address) => {
      const { says, mails } = await signUp(address);
      expect(says).toContain("in your inbox");
      expect(mails).toBe(1);
    },
  );

  it("is asked of this machine's own server, once for all who sign up with it", async () => {
    const before = cloud.dns.questions();
    await signUp("al@once.example");
    const asked = cloud.dns.questions();
    expect(asked).toBeGreaterThan(before);
    await signUp("bo@once.example");
    expect(cloud.dns.questions()).toBe(asked);
  });
});
