import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learnSignatures, withoutSignature } from "../../../functions/domain/replies/signature.ts";

const SIGNATURE = "Jane Doe\nKey-account lead\n\nACME Cartons GmbH";
const DISCLAIMER = "This message is confidential and may only be read by whom it was sent to.";
const signed = (words: string, signature = SIGNATURE): string => `${words}\n\n${signature}`;
const learn = (...replies: string[]) => learnSignatures(replies);

describe("a reader's signature", () => {
  it("is the tail that ends two of their replies alike, and is left out of what is quoted", () => {
    const replies = [signed("We quoted on day six."), signed("Finance wanted a third signature.")];
    for (const words of [...replies, signed("A third reply,\nin two lines.")])
      expect(withoutSignature(words, learn(...replies))).toBe(words.slice(0, words.indexOf("\n\nJane")));
  });

  it("is not learned from one reply, nor from the same one sent twice", () => {
    const words = signed("We quoted on day six.");
    expect(withoutSignature(words, learn(words))).toBe(words);
    expect(withoutSignature(words, learn(words, words))).toBe(words);
  });

  it("is the whole of what is alike: a disclaimer below it too", () => {
    const tail = `${SIGNATURE}\n${DISCLAIMER}`;
    const signatures = learn(signed("One.", tail), signed("Two.", tail), signed("Three."), signed("Four."));
    expect(withoutSignature(signed("Five.", tail), signatures)).toBe("Five.");
    expect(withoutSignature(signed("Six."), signatures)).toBe("Six.");
  });

  it("is known though a client changes its spaces and blank lines", () => {
    const signatures = learn(signed("One."), "Two.\nJane  Doe \nKey-account lead\n\n\n ACME Cartons GmbH\n");
    expect(withoutSignature("Three.\n\nJane Doe\nKey-account lead\nACME Cartons GmbH", signatures)).toBe(
      "Three.",
    );
  });

  it("control: what ends one reply only, or stands above its end, is the reader's", () => {
    const signatures = learn(signed("One."), signed("Two."));
    expect(withoutSignature(`${SIGNATURE}\nand then I went home.`, signatures)).toContain(
      "and then I went home.",
    );
    expect(withoutSignature("Jane Doe said so.", signatures)).toBe("Jane Doe said so.");
    expect(withoutSignature(SIGNATURE, learn(SIGNATURE, signed("One.")))).not.toBe("");
  });

  it("never takes all words, only ever an end of them, and nothing throws", () => {
    const line = fc.constantFrom("Jane", "ACME", "", " ", "We quoted on day six.", "-- ", "\u0000", "Jane ");
    const reply = fc.array(line, { maxLength: 25 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 6 }), reply, (replies, words) => {
        const quoted = withoutSignature(words, learnSignatures([...replies, words]));
        expect(words.startsWith(quoted)).toBe(true);
        if (words.trim() !== "") expect(quoted.trim()).not.toBe("");
        expect(
          words
            .slice(quoted.length)
            .split("\n")
            .filter((one) => one.trim()).length,
        ).toBeLessThanOrEqual(15);
      }),
    );
  });

  it("is found whatever stands above it", () => {
    const words = fc.string({ minLength: 1, maxLength: 200 }).map((text) => `I ${text.trim()}.`);
    fc.assert(
      fc.property(words, words, words, (one, two, three) => {
        fc.pre(one !== two && !/\n/.test(one + two + three));
        const quoted = withoutSignature(signed(three), learn(signed(one), signed(two)));
        expect(quoted).toBe(three.trimEnd());
      }),
    );
  });

  it("takes no longer over many replies of many lines than there are of them", () => {
    const long = Array.from({ length: 500 }, (_, n) => `line ${n % 7}`).join("\n");
    const replies = Array.from({ length: 1_000 }, (_, n) => `${n}\n${long}`);
    expect(learnSignatures(replies).size).toBeLessThanOrEqual(15);
  });
});
