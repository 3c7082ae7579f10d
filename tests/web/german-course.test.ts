import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadContent } from "../../authoring/compile/compile.ts";
import { ROOT } from "../../cli/root.ts";
import { DAY, MINUTE, SECOND } from "../../functions/domain/time.ts";
import type { Services } from "../../functions/ports.ts";
import { receive } from "../../functions/reply/receive.ts";
import { findForm } from "../../local/demo/web-form.ts";
import { type Letter, readLetter } from "../../local/mailbox/letter.ts";
import { deliverUntil } from "../support/postman.ts";
import { PASS } from "../support/verdicts.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

const ADDRESS = "jana@baeckerei.example";
const COURSE = "vier-tage-brot";

let site: Site;
let services: Services;
let id: string;
const inbox = new Map<string, string>();

/** A course of four daily lessons in German, with the newsletter, as its owner's readers meet it. */
beforeAll(async () => {
  site = await openSite(await loadContent(ROOT, "tests/fixtures/german-course"));
  services = {
    ...site.services,
    inbox: { read: async (key) => Buffer.from(inbox.get(key) ?? ""), remove: async () => undefined },
  };
  const fields = findForm((await site.request("GET /")).body, "/sign-up")?.fields ?? {};
  site.clock.set(T0 + 10 * SECOND);
  const form = { ...fields, email: ADDRESS, zone: "Europe/Berlin", newsletter: "yes" };
  await site.request("POST /sign-up", {}, { form });
  id = (await site.personAt(ADDRESS))?.id ?? "";
  await site.request("POST /confirm/{token}", { token: await site.confirmLink(id) });
});
afterAll(() => site.stop());

const until = (end: number) => deliverUntil(services, site.clock, id, end);
const letters = (): Promise<Letter[]> =>
  Promise.all(
    site.ses.sent.map((mail, at) => readLetter({ ...mail, to: [mail.to], messageId: String(at) } as never)),
  );

async function reply(words: string): Promise<Letter | undefined> {
  const lesson = (await letters()).findLast(({ subject }) => subject === "Mehl und Wasser");
  const to = /(reply\+[^>]+)>?/.exec(lesson?.headers.get("reply-to") ?? "")?.[1] as string;
  const name = `r${inbox.size}`;
  inbox.set(
    name,
    [
      `From: ${ADDRESS}`,
      `To: ${to}`,
      `Message-ID: <${name}@baeckerei.example>`,
      "Subject: Re: x",
      "",
      words,
    ].join("\r\n"),
  );
  await receive(services, {
    ...{ sesMessageId: name, key: name, source: ADDRESS, recipients: [to] },
    ...{ verdicts: PASS, receivedAt: site.clock.now() },
  });
  await until(site.clock.now() + MINUTE);
  return (await letters()).at(-1);
}

describe("a course in German, with four daily lessons", () => {
  it("records the German words that were agreed to, and their language", async () => {
    const { consents = [] } = (await services.store.subscriber(id)) ?? {};
    expect(consents.map(({ event, text, notice, locale }) => [event, text, notice, locale])).toEqual([
      ["requested", "sign-up-3-de", "privacy-1-de", "de"],
      ["requested", "newsletter-1-de", undefined, "de"],
      ["confirmed", "confirm-1-de", undefined, "de"],
      ["confirmed", "newsletter-1-de", undefined, "de"],
    ]);
  });

  it("answers with pages that say their language", async () => {
    const { headers } = await site.request("GET /");
    expect(headers?.["content-language"]).toBe("de");
  });

  it("sends a lesson on every working day, and leaves the weekend out", async () => {
    await until(T0 + 2 * DAY);
    expect((await letters()).map(({ subject }) => subject)).toEqual([
      "Ihr Kurs, und wie er geht",
      "Mehl und Wasser",
      "Füttern",
    ]);
  });

  it.each([
    ["Pause 3 Wochen", "Der Kurs pausiert"],
    ["weiter", "Der Kurs geht weiter"],
    ["langsamer", "Lektionen kommen seltener"],
    ["Tagebuch", "Ihr Tagebuch"],
    ["help", "Womit Sie antworten können"],
  ])("obeys a reply of %j and says so in German", async (words, says) => {
    const answer = await reply(words);
    expect(answer?.text).toContain(says);
    expect(answer?.text.replace(/\s+/g, " ")).toContain("Ihre E-Mail wurde als Bitte gelesen.");
  });

  it("leaves by a German word", async () => {
    await reply("abmelden");
    expect((await services.store.enrolment(id, COURSE))?.status).toBe("left");
  });
});
