import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Keys } from "../../functions/domain/keys.ts";
import { DAY } from "../../functions/domain/time.ts";
import { base32, readBase32 } from "../../functions/links/base32.ts";
import {
  addressHash,
  confirmToken,
  EVERYTHING,
  formToken,
  joinToken,
  links,
  NEWSLETTER,
  type Purpose,
  personalToken,
  readConfirmToken,
  readerToken,
  readFormToken,
  readJoinToken,
  readPersonalToken,
  readReaderToken,
  readReplyToken,
  readUnsubscribeToken,
  replyToken,
  signToken,
  unsubscribeToken,
  verifyToken,
} from "../../functions/links/links.ts";

const secret = (letter: string) => new TextEncoder().encode(letter.repeat(32));
const KEYS: Keys = { signing: [{ id: 1, secret: secret("a") }], addressHash: secret("h") };
const ROTATED: Keys = { ...KEYS, signing: [{ id: 2, secret: secret("b") }, ...KEYS.signing] };
const PURPOSES: Purpose[] = ["form", "confirm", "unsubscribe", "reader", "reply", "personal", "undo"];
const COURSES = ["managing-up-leading-down", "other"];
const NOW = Date.UTC(2026, 10, 24);
const SUBSCRIBER = "abcdefgh234567ab";
const DISPATCH = `${SUBSCRIBER}_managing-up-leading-down_1_lesson_bring-the-example`;

const purposes = fc.constantFrom(...PURPOSES);
const payloads = fc.uint8Array({ maxLength: 40 });
const subscribers = fc.uint8Array({ minLength: 10, maxLength: 10 }).map(base32);
const instants = fc.integer({ min: 0, max: 2 ** 47 });

describe("base32", () => {
  it("gives any bytes back, in any letter case", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(readBase32(base32(bytes))).toEqual(bytes);
        expect(readBase32(base32(bytes).toUpperCase())).toEqual(bytes);
      }),
    );
  });

  it("knows one spelling of the same bytes", () => {
    expect(readBase32("aa")).toEqual(Uint8Array.of(0));
    expect(readBase32("ab")).toBeUndefined();
    expect(readBase32("a")).toBeUndefined();
    expect(readBase32("\u212aa")).toBeUndefined();
  });
});

describe("a token", () => {
  it("brings its payload back whatever a mail system did to its letter case", () => {
    fc.assert(
      fc.property(purposes, payloads, (purpose, payload) => {
        const token = signToken(KEYS, purpose, payload);
        expect(verifyToken(KEYS, purpose, token)).toEqual({ payload });
        expect(verifyToken(KEYS, purpose, token.toUpperCase())).toEqual({ payload });
      }),
    );
  });

  it("is refused with any bit flipped", () => {
    fc.assert(
      fc.property(purposes, payloads, fc.nat(), (purpose, payload, place) => {
        const bytes = readBase32(signToken(KEYS, purpose, payload)) as Uint8Array;
        const bit = place % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(verifyToken(KEYS, purpose, base32(bytes))).toHaveProperty("problem");
      }),
    );
  });

  it("is refused with any letter changed", () => {
    const token = replyToken(KEYS, { subscriber: SUBSCRIBER, dispatch: DISPATCH });
    for (let place = 0; place < token.length; place++) {
      for (const letter of "abcdefghijklmnopqrstuvwxyz234567") {
        if (letter === token[place]) continue;
        const changed = token.slice(0, place) + letter + token.slice(place + 1);
        expect(verifyToken(KEYS, "reply", changed)).toHaveProperty("problem");
      }
    }
  });

  it("of one purpose is never good for another", () => {
    fc.assert(
      fc.property(purposes, purposes, payloads, (signed, asked, payload) => {
        fc.pre(signed !== asked);
        expect(verifyToken(KEYS, asked, signToken(KEYS, signed, payload))).toEqual({ problem: "forged" });
      }),
    );
  });

  it("goes on working after the keys were rotated, and new ones are signed with the new key", () => {
    const old = signToken(KEYS, "reader", secret("p"));
    expect(verifyToken(ROTATED, "reader", old)).toHaveProperty("payload");
    const fresh = signToken(ROTATED, "reader", secret("p"));
    expect(fresh).not.toBe(old);
    expect(verifyToken(KEYS, "reader", fresh)).toEqual({ problem: "unknown-key", keyId: 2 });
  });

  it("that is no token at all is malformed, and never throws", () => {
    for (const text of ["", "a", "abc", "no spaces", "a".repeat(129), "ABCDEFGH1890", "ä".repeat(40)])
      expect(verifyToken(KEYS, "confirm", text)).toEqual({ problem: "malformed" });
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(verifyToken(KEYS, "confirm", text)).toHaveProperty("problem");
      }),
    );
  });
});

describe("the links in a mail", () => {
  it("that end tell whose they are until they end, and afterwards who may ask for a new one", () => {
    const kinds = [
      [confirmToken, readConfirmToken],
      [readerToken, readReaderToken],
      [personalToken, readPersonalToken],
      [joinToken, readJoinToken],
    ] as const;
    fc.assert(
      fc.property(subscribers, instants, (subscriber, expiresAt) => {
        for (const [sign, read] of kinds) {
          const token = sign(KEYS, { subscriber, expiresAt });
          expect(read(KEYS, token, expiresAt - 1)).toEqual({ subscriber, expiresAt });
          expect(read(KEYS, token, expiresAt)).toEqual({ problem: "expired", subscriber });
        }
      }),
    );
  });

  it("leave the list that they were made for, for ever", () => {
    for (const list of [...COURSES, NEWSLETTER, EVERYTHING]) {
      const token = unsubscribeToken(KEYS, { subscriber: SUBSCRIBER, list });
      expect(readUnsubscribeToken(ROTATED, token, COURSES)).toEqual({ subscriber: SUBSCRIBER, list });
    }
  });

  it("still name the person when their course is no longer offered", () => {
    const token = unsubscribeToken(KEYS, { subscriber: SUBSCRIBER, list: "gone" });
    expect(readUnsubscribeToken(KEYS, token, COURSES)).toEqual({
      problem: "unknown-list",
      subscriber: SUBSCRIBER,
    });
  });

  it("bind a reply to the one mail that was replied to", () => {
    const read = readReplyToken(KEYS, replyToken(KEYS, { subscriber: SUBSCRIBER, dispatch: DISPATCH }));
    if ("problem" in read) throw new Error(read.problem);
    expect(read.subscriber).toBe(SUBSCRIBER);
    expect(read.isReplyTo(DISPATCH)).toBe(true);
    expect(read.isReplyTo(`${DISPATCH}s`)).toBe(false);
  });

  it("tell when a form was shown", () => {
    expect(readFormToken(KEYS, formToken(KEYS, NOW))).toEqual({ shownAt: NOW });
    expect(readFormToken(KEYS, confirmToken(KEYS, { subscriber: SUBSCRIBER, expiresAt: NOW }))).toEqual({
      problem: "forged",
    });
  });

  it("have a local part of 64 octets at most, in letters that survive lower-casing", () => {
    const build = links({ webOrigin: "https://course.example", mailDomain: "in.course.example", keys: KEYS });
    fc.assert(
      fc.property(subscribers, (subscriber) => {
        const reply = build.replyAddress({ subscriber, dispatch: DISPATCH });
        const from = `${subscriber}_newsletter_1_issue_news`;
        const leave = build.unsubscribeMailto({ subscriber, list: EVERYTHING, from }).replace("mailto:", "");
        for (const address of [reply, leave]) {
          const [local = ""] = address.split("@");
          expect(local.length).toBeLessThanOrEqual(64);
          expect(local).toBe(local.toLowerCase());
        }
      }),
    );
  });

  it("lead to the stage's own site", () => {
    const build = links({ webOrigin: "https://course.example", mailDomain: "in.course.example", keys: KEYS });
    const dated = { subscriber: SUBSCRIBER, expiresAt: NOW + DAY };
    const leave = { subscriber: SUBSCRIBER, list: NEWSLETTER };
    expect(build.confirmUrl(dated)).toMatch(/^https:\/\/course\.example\/confirm\/[a-z2-7]+$/);
    expect(build.readerUrl(dated)).toMatch(/^https:\/\/course\.example\/reader\/[a-z2-7]+$/);
    expect(build.personalUrl(dated)).toMatch(/^https:\/\/course\.example\/personal\/[a-z2-7]+$/);
    expect(build.joinUrl(dated)).toMatch(/^https:\/\/course\.example\/join\/[a-z2-7]+$/);
    expect(build.unsubscribeUrl(leave)).toMatch(/^https:\/\/course\.example\/unsubscribe\/[a-z2-7]+$/);
    expect(build.unsubscribeMailto(leave)).toMatch(
      /^mailto:unsubscribe\+[a-z2-7]+@in\.course\.example\?subject=unsubscribe$/,
    );
  });
});

describe("the hash of an address", () => {
  it("is the same for the same address, whichever key signs links today", () => {
    expect(addressHash(KEYS, "jane@acme.example")).toBe(addressHash(ROTATED, "jane@acme.example"));
    expect(addressHash(KEYS, "jane@acme.example")).toMatch(/^[0-9a-f]{64}$/);
    expect(addressHash(KEYS, "jane@acme.example")).not.toBe(addressHash(KEYS, "joan@acme.example"));
  });
});
