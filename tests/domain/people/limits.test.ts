import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  confirmationLimits,
  LARGE_PROVIDERS,
  signUpLimits,
} from "../../../functions/domain/people/limits.ts";
import { DAY, HOUR } from "../../../functions/domain/time.ts";

const hash = (text: string): string => Buffer.from(text).toString("hex");
const origin = { addressHash: "abc", domain: "acme.example", network: "192.0.2.0/24" };

describe("the limits of a sign-up", () => {
  it("allows an address one confirmation a day, a network 5 an hour and 20 a day, a domain 20 an hour", () => {
    const limits = signUpLimits(origin, hash).map(({ most, windowMs }) => [most, windowMs]);
    expect(limits).toEqual([
      [1, DAY],
      [5, HOUR],
      [20, DAY],
      [20, HOUR],
    ]);
  });

  it("does not limit the large mailbox providers as if they were one company", () => {
    for (const domain of ["gmail.com", "GMAIL.com", "outlook.com", "privaterelay.appleid.com"]) {
      expect(signUpLimits({ ...origin, domain }, hash)).toHaveLength(3);
    }
  });

  it("counts different windows of one network apart", () => {
    const keys = signUpLimits(origin, hash).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("never holds a network or a domain in clear", () => {
    fc.assert(
      fc.property(fc.domain(), fc.ipV4(), (domain, ip) => {
        const network = `${ip.split(".").slice(0, 3).join(".")}.0/24`;
        const keys = signUpLimits({ addressHash: "abc", domain, network }, hash).map(({ key }) => key);
        expect(keys.filter((key) => key.includes(domain) || key.includes(network))).toEqual([]);
      }),
    );
  });

  it("shares the address's limit with the button for a new link", () => {
    const [ofSignUp] = signUpLimits(origin, hash);
    expect(confirmationLimits(origin.addressHash)).toEqual([ofSignUp]);
  });

  it("names providers in lower case, as domains are compared", () => {
    expect([...LARGE_PROVIDERS].filter((domain) => domain !== domain.toLowerCase())).toEqual([]);
  });
});
