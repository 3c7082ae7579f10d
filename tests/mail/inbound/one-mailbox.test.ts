import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOneMailbox } from "../../../functions/mail/inbound/one-mailbox.ts";

const address = (value: string) => readOneMailbox(value)?.address;

describe("the author of a mail", () => {
  it("is the one mailbox of From, in each form that mail programs write", () => {
    for (const [value, name] of [
      ["jo@acme.example", ""],
      ["<jo@acme.example>", ""],
      ["Jo Doe <jo@acme.example>", "Jo Doe"],
      ["Jo P. Doe <jo@acme.example>", "Jo P. Doe"],
      ['"Doe, Jo" <jo@acme.example>', "Doe, Jo"],
      ['"Jo \\"the\\" Doe" <jo@acme.example>', 'Jo "the" Doe'],
      ["=?utf-8?q?J=C3=B6?= <jo@acme.example>", "=?utf-8?q?J=C3=B6?="],
      ["Jö (the one (really)) <jo@acme.example> (work)", "Jö"],
      ["jo@acme.example <jo@acme.example>", "jo@acme.example"],
      ["jo@acme.example (Jo, Doe)", ""],
      ["Jo Doe\r\n <jo@acme.example>\r\n", "Jo Doe"],
    ] as const)
      expect([value, readOneMailbox(value)]).toEqual([value, { address: "jo@acme.example", phrase: name }]);
  });

  it("is nobody, where From names a second one in whatever form", () => {
    for (const value of [
      "owner@office.example, thief@evil.example",
      "owner@office.example; thief@evil.example",
      "owner@office.example thief@evil.example",
      "<owner@office.example> <thief@evil.example>",
      "<owner@office.example> thief@evil.example",
      "thief@evil.example <owner@office.example>",
      "owner@office.example <thief@evil.example>",
      "<<owner@office.example>>",
      "<owner@office.example <thief@evil.example>>",
      "Us: owner@office.example;",
      "Us: owner@office.example, thief@evil.example;",
      "<@evil.example:owner@office.example>",
      "owner@office.example@evil.example",
      "owner @office.example",
      "<owner@office.example",
      '"owner@office.example',
      "(owner@office.example",
      "Owner [office] <owner@office.example>",
      "",
      "owner",
    ])
      expect([value, readOneMailbox(value)]).toEqual([value, undefined]);
  });

  it("is read from anything without fail, and never from two addresses", () => {
    const pieces = fc.constantFrom(
      "a@b.example",
      "c@d.example",
      "<",
      ">",
      ",",
      ";",
      ":",
      "(",
      ")",
      '"',
      " ",
      "x",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const value = parts.join("");
        const found = address(value);
        const bare = value.replace(/"[^"]*"/g, "").replace(/\([^()]*\)/g, "");
        const both = bare.includes("a@b.example") && bare.includes("c@d.example");
        expect([value, found !== undefined && both && !bare.includes("(")]).toEqual([value, false]);
      }),
      { examples: [[["a@b.example"]], [["a@b.example", ",", "c@d.example"]]] },
    );
  });

  it("takes time in proportion to a long field", () => {
    for (const value of ["(".repeat(8_000), '"\\'.repeat(8_000), "<a@b>".repeat(2_000), "a ".repeat(8_000)])
      expect(address(value)).toBeUndefined();
  });
});
