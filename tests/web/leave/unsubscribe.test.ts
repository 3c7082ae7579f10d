import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { webRequest } from "../../../functions/aws/http.ts";
import { issueDispatch } from "../../../functions/domain/newsletter/broadcast.ts";
import { DAY, MINUTE } from "../../../functions/domain/time.ts";
import {
  confirmToken,
  EVERYTHING,
  joinToken,
  NEWSLETTER,
  readerToken,
  unsubscribeToken,
} from "../../../functions/links/links.ts";
import { everythingAbout } from "../../support/everything-about.ts";
import { find } from "../../support/pages.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

const COURSE = "managing-up-leading-down";
const ONE_CLICK = { "List-Unsubscribe": "One-Click" };
let site: Site;
let id: string;
beforeEach(async () => {
  site = await openSite();
  ({ id } = await site.join("jo@acme.example", { newsletter: "yes" }));
});
afterEach(() => site.stop());

const link = async (list: string, subscriber = id) =>
  unsubscribeToken(await site.services.keyring.keys(), { subscriber, list });
const post = (token: string, form: Record<string, string> = ONE_CLICK) =>
  site.request("POST /unsubscribe/{token}", { token }, { form });
const state = async () => {
  const subscriber = await site.services.store.subscriber(id);
  const enrolment = await site.services.store.enrolment(id, COURSE);
  return { subscriber: subscriber?.status, newsletter: subscriber?.newsletter, course: enrolment?.status };
};

/** With one letter of the signature changed. */
const tampered = (token: string): string =>
  `${token.slice(0, -8)}${token.at(-8) === "a" ? "b" : "a"}${token.slice(-7)}`;

/** A POST as the HTTP API hands it over: its body base64-encoded. */
const posted = (type: string, body: string): APIGatewayProxyEventV2 => ({
  version: "2.0",
  routeKey: "POST /unsubscribe/{token}",
  rawPath: "/",
  rawQueryString: "",
  headers: { "content-type": type },
  requestContext: {
    accountId: "1",
    apiId: "a",
    domainName: "web.example",
    domainPrefix: "web",
    http: {
      method: "POST",
      path: "/",
      protocol: "HTTP/1.1",
      sourceIp: "192.0.2.1",
      userAgent: "mail program",
    },
    requestId: "r",
    routeKey: "POST /unsubscribe/{token}",
    stage: "$default",
    time: "",
    timeEpoch: 0,
  },
  body: Buffer.from(body).toString("base64"),
  isBase64Encoded: true,
});

describe("a flood of links that are nobody's", () => {
  it.each(["GET /unsubscribe/{token}", "POST /unsubscribe/{token}"])(
    "asks the table for nothing, whatever stands in them: %s",
    async (route) => {
      const asked: string[] = [];
      const { store } = site.services;
      site.services.store = new Proxy(store, {
        get: (target, name: keyof typeof store) => {
          asked.push(name);
          return target[name];
        },
      });
      const genuine = await link(COURSE);
      const keys = await site.services.keyring.keys();
      const dated = { subscriber: id, expiresAt: site.clock.now() + DAY };
      const others = [
        ...[
          "",
          "a",
          "x".repeat(10_000),
          "A".repeat(64),
          "%00",
          `${genuine}a`,
          genuine.slice(1),
          genuine.slice(0, -1),
        ],
        ...[confirmToken(keys, dated), readerToken(keys, dated), joinToken(keys, dated)],
        ...Array.from(
          genuine,
          (letter, place) =>
            genuine.slice(0, place) + (letter === "a" ? "b" : "a") + genuine.slice(place + 1),
        ),
      ];
      for (const token of others) {
        const form = { ...ONE_CLICK, scope: "everything", page: "yes", why: "no-time", instead: "pause" };
        expect((await site.request(route, { token }, { form })).status).toBe(403);
      }
      expect(asked).toEqual([]);
      await site.request(route, { token: genuine }, { form: ONE_CLICK });
      expect(asked.length).toBeGreaterThan(0);
    },
  );
});

describe("one-click unsubscribe (RFC 8058)", () => {
  it("leaves the list of the link and no other, with a tiny answer and no redirect", async () => {
    const answer = await post(await link(COURSE));
    expect(answer.status).toBe(200);
    expect(answer.body.length).toBeLessThan(100);
    expect(await state()).toEqual({ subscriber: "active", newsletter: true, course: "left" });
    await post(await link(NEWSLETTER));
    expect(await state()).toEqual({ subscriber: "active", newsletter: false, course: "left" });
  });

  it("takes both form encodings, as mail programs send them", async () => {
    const boundary = "---FormBoundaryXXXX";
    const multipart = `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`;
    const bodies: [string, string][] = [
      ["application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"],
      [`multipart/form-data; boundary=${boundary}`, multipart],
    ];
    for (const [type, body] of bodies) {
      const { form } = await webRequest(posted(type, body));
      expect(form).toEqual(ONE_CLICK);
    }
  });

  it("stops everything by a link for everything, before it answers", async () => {
    await post(await link(EVERYTHING));
    expect(await state()).toEqual({ subscriber: "stopped", newsletter: false, course: "left" });
    const hash = (await site.services.store.subscriber(id))?.addressHash ?? "";
    expect((await site.services.store.suppression(hash))?.reason).toBe("reader");
  });

  it("pressed again, or for somebody we no longer know, answers the same and writes nothing", async () => {
    const token = await link(COURSE);
    const first = await post(token);
    const before = await everythingAbout(site.services.store, id);
    expect(await post(token)).toEqual(first);
    expect(await everythingAbout(site.services.store, id)).toEqual(before);
    expect(await post(await link(COURSE, "abcdefghijklmnop"))).toEqual(first);
  });

  it("works for ever: years later, and for a course that is no longer shipped", async () => {
    const token = await link(COURSE);
    site.clock.set(Date.UTC(2036, 0, 1));
    site.services.content.courses.length = 1;
    const [course] = site.services.content.courses;
    if (course) site.services.content.courses[0] = { ...course, slug: "another" };
    expect((await post(token)).status).toBe(200);
    expect((await state()).course).toBe("left");
  });

  it("needs no readable body: the link alone says what to do", async () => {
    const token = await link(COURSE);
    await site.request("POST /unsubscribe/{token}", { token }, { bodyProblem: "not-a-form" });
    expect((await state()).course).toBe("left");
  });

  it("records that consent was withdrawn", async () => {
    await post(await link(COURSE));
    const consents = (await site.services.store.subscriber(id))?.consents;
    expect(consents?.at(-1)).toMatchObject({ event: "withdrawn", list: COURSE, text: "leave-1" });
  });
});

describe("leaving by the page", () => {
  const page = { ...ONE_CLICK, page: "yes" };
  const undoIn = (body: string) => find(body, /action="\/undo\/([^"]+)"/);
  const undo = (token: string) => site.request("POST /undo/{token}", { token });
  const agenda = async () => (await site.services.store.enrolment(id, COURSE))?.agenda;

  it.each([COURSE, NEWSLETTER, EVERYTHING])("can be undone for 30 minutes: %s", async (list) => {
    const before = { state: await state(), agenda: await agenda() };
    const token = await link(list);
    await post(token, page);
    site.clock.set(T0 + 10 * MINUTE);
    // Pressed twice: the undo still leads to where it began, and lasts no longer.
    const { body } = await post(token, page);
    expect(await state()).not.toEqual(before.state);
    expect((await undo(undoIn(body))).body).toContain("Undone");
    expect({ state: await state(), agenda: await agenda() }).toEqual(before);
    const hash = (await site.services.store.subscriber(id))?.addressHash ?? "";
    expect(await site.services.store.suppression(hash)).toBeUndefined();
    const consents = (await site.services.store.subscriber(id))?.consents;
    expect(consents?.at(-1)).toMatchObject({ event: "confirmed", list });
  });

  it.each([COURSE, EVERYTHING])("cannot be undone later: %s", async (list) => {
    const { body } = await post(await link(list), page);
    const token = undoIn(body);
    site.clock.set(T0 + 30 * MINUTE);
    expect((await undo(token)).status).toBe(410);
    expect((await state()).course).toBe("left");
    expect((await post(await link(list), page)).body).not.toContain("/undo/");
  });

  it("is not undone for somebody who complained meanwhile, nor for a course that was left before", async () => {
    await post(await link(COURSE), page);
    const { body } = await post(await link(EVERYTHING), page);
    await undo(undoIn(body));
    expect(await state()).toEqual({ subscriber: "active", newsletter: true, course: "left" });
    const again = await post(await link(EVERYTHING), page);
    const consent = {
      event: "withdrawn" as const,
      at: T0,
      list: EVERYTHING,
      text: "complaint",
      source: "x",
      actor: "self" as const,
    };
    await site.services.store.stopEverything(id, "complaint", consent);
    expect((await undo(undoIn(again.body))).status).toBe(410);
    expect((await state()).subscriber).toBe("stopped");
  });

  it("offers a pause of four weeks instead, once: before leaving", async () => {
    const token = await link(COURSE);
    const before = await site.request("GET /unsubscribe/{token}", { token });
    expect(before.body).toContain("Pause for four weeks");
    const paused = await post(token, { instead: "pause", page: "yes" });
    expect(paused.body).toContain("No lessons come until 22 December 2026");
    expect((await state()).course).toBe("paused");
    const left = await post(token, page);
    expect(left.body).not.toContain("Pause");
  });

  it("asks why in one click, counts it, and keeps nothing else of it", async () => {
    const token = await link(COURSE);
    await post(token, page);
    const said = await post(token, { why: "no-time", page: "yes", words: "free text" });
    expect(said.body).toContain("It is counted");
    const consents = (await site.services.store.subscriber(id))?.consents ?? [];
    expect(consents.at(-1)).toMatchObject({ event: "withdrawn", list: COURSE, why: "no-time" });
    expect(JSON.stringify(consents)).not.toContain("free text");
    expect(site.logged.some((line) => line.includes("LeftBecause-no-time"))).toBe(true);
    await post(token, { why: "constructor", page: "yes" });
    expect((await site.services.store.subscriber(id))?.consents.at(-1)?.why).toBe("no-time");
  });

  it("while a lesson is on its way takes nothing back of it, and lets no other leave", async () => {
    const { store } = site.services;
    const enrolment = await store.enrolment(id, COURSE);
    if (!enrolment) throw new Error("not enrolled");
    const claim = { dispatch: `${id}_${COURSE}_1_lesson_x`, key: "lesson", by: "b", until: T0 + MINUTE };
    const claimed = await store.save({ ...enrolment, claim });
    await post(await link(COURSE));
    // The deliverer held the item as it was: its next claim fails, and the claim it has is still its own.
    expect(await store.save({ ...(claimed as typeof enrolment) })).toBeUndefined();
    const after = await store.enrolment(id, COURSE);
    expect(after).toMatchObject({ status: "left", claim: { by: "b" } });
  });

  it("works by links that were signed before the keys were rotated, and by those after", async () => {
    const old = await link(NEWSLETTER);
    const keys = await site.services.keyring.keys();
    const rotated = { ...keys, signing: [{ id: 2, secret: Buffer.alloc(32, 2) }, ...keys.signing] };
    site.services.keyring = { keys: async () => rotated, findKeys: async () => rotated };
    expect((await post(old)).status).toBe(200);
    expect((await state()).newsletter).toBe(false);
    expect((await post(await link(COURSE))).status).toBe(200);
    expect((await state()).course).toBe("left");
  });
});

describe("the page behind the link", () => {
  it("is harmless: a GET changes nothing", async () => {
    const before = await everythingAbout(site.services.store, id);
    const page = await site.request("GET /unsubscribe/{token}", { token: await link(COURSE) });
    expect(page.body).toContain("<button>Unsubscribe from this course</button>");
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({ "cache-control": "no-store", "x-robots-tag": "noindex, nofollow" });
    expect(page.body).toContain('name="List-Unsubscribe" value="One-Click"');
    expect(await everythingAbout(site.services.store, id)).toEqual(before);
  });

  it("offers to leave everything, and says what was left", async () => {
    const answer = await post(await link(COURSE), { scope: EVERYTHING, page: "yes" });
    expect(answer.body).toContain("You are unsubscribed from everything");
    expect((await state()).subscriber).toBe("stopped");
  });

  it("is one constant page for a link that we did not sign", async () => {
    const token = await link(COURSE);
    const bad = await Promise.all([post(tampered(token)), post("nonsense"), post("")]);
    const bodies = bad.map(({ status, body }) => `${status} ${body.replaceAll(/nonce="[^"]*"/g, "")}`);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toMatch(/^403/);
    expect((await state()).course).toBe("active");
  });
});

describe("leaving by the link of an issue", () => {
  const sent = async (slug: string) => {
    const dispatch = issueDispatch(id, slug);
    const at = { sentAt: T0, stateAt: T0 };
    await site.services.store.recordSent({ dispatch, messageId: slug, state: "sent", ...at });
    return dispatch;
  };

  it("is noted on that issue, the first time, and on no other; a late event does not undo it", async () => {
    const [one, other] = [await sent("one"), await sent("other")];
    const keys = await site.services.keyring.keys();
    const token = unsubscribeToken(keys, { subscriber: id, list: NEWSLETTER, from: one });
    const stale = await site.services.store.ledgerEntry(one);
    expect((await post(token)).status).toBe(200);
    site.clock.set(T0 + MINUTE);
    await post(token);
    if (stale) await site.services.store.updateEntry({ ...stale, state: "delivered" });
    expect(await state()).toMatchObject({ newsletter: false });
    expect(await site.services.store.ledgerEntry(one)).toMatchObject({ leftAt: T0, state: "delivered" });
    expect(await site.services.store.ledgerEntry(other)).not.toHaveProperty("leftAt");
  });

  it("control: a link that names no mail leaves, and notes nothing", async () => {
    const one = await sent("one");
    await post(await link(NEWSLETTER));
    expect(await state()).toMatchObject({ newsletter: false });
    expect(await site.services.store.ledgerEntry(one)).not.toHaveProperty("leftAt");
  });
});
