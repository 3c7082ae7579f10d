import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  maskAddress,
  readAddress,
  readFirstName,
  recipientDomain,
  toNetwork,
} from "../../../functions/domain/people/address.ts";

it("what cannot be seen around an address is no part of it", () => {
  const seen = { entered: "ada@x.example", canonical: "ada@x.example" };
  for (const sign of [
    "\u200b",
    "\ufeff",
    "\u200e",
    "\u202a",
    "\u2066",
    "\u2060",
    "\u00ad",
    "\u00a0",
    "\u200d",
    "\ufe0f",
    "\u2800",
    "\u3164",
  ])
    for (const typed of [
      `${sign}ada@x.example`,
      `${sign.repeat(5)}ada@x.example${sign.repeat(5)}`,
      `ada@x.example${sign}`,
      ` ${sign} ada${sign}@${sign}x.example ${sign}`,
    ])
      expect(readAddress(typed), JSON.stringify(typed)).toEqual(seen);
  expect(readAddress("a\u200bda@x.example")).toHaveProperty("problem");
});

describe("an address that a person typed", () => {
  it.each([
    ["jane@acme.example", "jane@acme.example", "jane@acme.example"],
    ["  Jane.Doe@ACME.Example ", "Jane.Doe@acme.example", "jane.doe@acme.example"],
    ["o'neil+course@acme.example", "o'neil+course@acme.example", "o'neil+course@acme.example"],
    ["jane@müller.example", "jane@xn--mller-kva.example", "jane@xn--mller-kva.example"],
    ["jane@mu\u0308ller.example", "jane@xn--mller-kva.example", "jane@xn--mller-kva.example"],
    ["j@a.co", "j@a.co", "j@a.co"],
    ["<Jane@acme.example>", "Jane@acme.example", "jane@acme.example"],
    ["Doe, Jane <jane@acme.example>,", "jane@acme.example", "jane@acme.example"],
    ['"Jane (at work)" < jane@acme.example >', "jane@acme.example", "jane@acme.example"],
    ["mailto:jane@acme.example", "jane@acme.example", "jane@acme.example"],
    ["MAILTO:jane@acme.example?subject=Hi%20there", "jane@acme.example", "jane@acme.example"],
    ["<mailto:jane@acme.example>", "jane@acme.example", "jane@acme.example"],
  ])("%s is mailed to as typed and counted once", (typed, entered, canonical) => {
    expect(readAddress(typed)).toEqual({ entered, canonical });
  });

  it.each([
    "",
    "   ",
    "jane",
    "@acme.example",
    "jane@",
    "jane@acme",
    "jane@@acme.example",
    "ja ne@acme.example",
    ".jane@acme.example",
    "jane.@acme.example",
    "ja..ne@acme.example",
    "jane@acme..example",
    "jane@-acme.example",
    "jane@acme.example.",
    "jane@1.2.3.4",
    "jane@[1.2.3.4]",
    '"jane doe"@acme.example',
    "jane@acme.example, joan@acme.example",
    "<jane@acme.example",
    "<jane@acme.example> <joan@acme.example>",
    "joan@acme.example <jane@acme.example>",
    "mailto:jane@acme.example,joan@acme.example",
    "mailto:",
    "Jane <>",
    "jane@acme.example\r\nBcc: all@acme.example",
    "jane\0@acme.example",
    "jäne@acme.example",
    "İ@acme.example",
    `${"a".repeat(65)}@acme.example`,
    `a@${"b".repeat(64)}.example`,
    `a@${"b.".repeat(130)}example`,
  ])("%j is refused with a sentence", (typed) => {
    expect(readAddress(typed)).toEqual({ problem: expect.stringMatching(/^form\.address/) });
  });

  it("never brings a line break or a second recipient into a header, whatever was typed", () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.emailAddress(), fc.string({ unit: "binary" })), (typed) => {
        const read = readAddress(typed);
        if ("problem" in read) return;
        taken++;
        expect(read.entered).toMatch(/^[!-+\-.-~]+@[a-z0-9.-]+$/);
        expect(readAddress(read.entered)).toEqual(read);
        expect(readAddress(read.canonical)).toEqual({ entered: read.canonical, canonical: read.canonical });
      }),
    );
    expect(taken, "addresses that were taken").toBeGreaterThan(10);
  });
});

describe("a first name", () => {
  it("may be left out", () => {
    expect(readFirstName("  ")).toEqual({ firstName: undefined });
  });

  it("is one line of 100 characters at most, in any script", () => {
    expect(readFirstName(" Zoë\r\nSubject: x ")).toEqual({ firstName: "Zoë Subject: x" });
    expect(readFirstName("\u202egnaW")).toEqual({ firstName: "gnaW" });
    const long = readFirstName("👩‍💼".repeat(200));
    expect("firstName" in long && [...(long.firstName ?? "")].length).toBe(100);
  });

  it.each(["http://win.example", "Buy at WWW.win.example", "//win.example", `${"a".repeat(99)} https://x`])(
    "that holds a link is refused: %s",
    (typed) => {
      expect(readFirstName(typed)).toEqual({ problem: "form.nameLink" });
    },
  );

  it.each([
    ["Win 500 at evil.com/x", "Win 500 at evil. com/x"],
    ["evil\u3002com", "evil\u3002 com"],
    ["jo@acme.example", "jo@acme. example"],
    ["St.John", "St. John"],
    // Controls: names as people write them.
    ["J.R.R. Tolkien", "J.R.R. Tolkien"],
    ["St. John", "St. John"],
  ])("is no link to a site in anybody's mail program: %s", (typed, name) => {
    expect(readFirstName(typed)).toEqual({ firstName: name });
  });
});

describe("what is shown or counted instead of an address", () => {
  it("lets its owner know it and nobody else", () => {
    expect(maskAddress("jane@acme.example")).toBe("j•••@acme.example");
    expect(recipientDomain("jane@Acme.example")).toBe("acme.example");
  });

  it.each([
    ["203.0.113.9", "203.0.113.0/24"],
    ["2001:db8:7::1", "2001:db8:7::/48"],
    ["2001:0DB8:0007:1:2:3:4:5", "2001:db8:7::/48"],
    ["::1", "0:0:0::/48"],
    ["::ffff:203.0.113.9", "203.0.113.0/24"],
    ["fe80::1%eth0", "fe80:0:0::/48"],
    ["not an ip", "unknown"],
  ])("%s belongs to the network %s", (ip, network) => {
    expect(toNetwork(ip)).toBe(network);
  });
});
