import { type DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliver } from "../../functions/deliver/deliver.ts";
import { openSlots } from "../../functions/deliver/governor.ts";
import type { Question } from "../../functions/domain/course/questions.ts";
import { HOUR, MINUTE } from "../../functions/domain/time.ts";
import { personalToken } from "../../functions/links/links.ts";
import { startTableInMemory } from "../support/engines.ts";
import { webContent } from "../support/pages.ts";
import { openSite, type Site } from "../support/web.ts";

const questions: Question[] = [
  {
    ...{ slug: "role", kind: "choice", label: "Whom do you lead?", isNeeded: true },
    options: [
      { slug: "managers", label: "Managers" },
      { slug: "sellers", label: "Sellers" },
    ],
  },
  { slug: "goal", kind: "text", label: "What should be different?", isNeeded: false },
];
const content = webContent();
const asking = {
  ...content,
  courses: content.courses.map((course) => ({ ...course, questions, languages: ["en", "de"] })),
};
const WORDS = "a second operator for the night shift";
const FORM = { name: "Jo", language: "de", "answer-role": "sellers", "answer-goal": WORDS };

describe("what a reader has said of themselves", () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite(asking, startTableInMemory);
  });
  afterEach(() => site.stop());

  const press = async (subscriber: string, form: Record<string, string>) => {
    const expiresAt = site.clock.now() + 30 * MINUTE;
    const token = personalToken(await site.services.keyring.keys(), { subscriber, expiresAt });
    return site.request("POST /personal/{token}", { token }, { form });
  };
  async function scan(table: DynamoDBClient): Promise<string> {
    const { Items } = await table.send(new ScanCommand({ TableName: "table" }));
    return JSON.stringify(Items);
  }

  it("is in what they download: answers by their questions, the language, and what each is for", async () => {
    const { id } = await site.join("jo@acme.example", FORM);
    const { items, fields } = JSON.parse((await press(id, { do: "export" })).body) as {
      items: Record<string, unknown>[];
      fields: Record<string, string>;
    };
    const all = Object.assign({}, ...items.toReversed()) as Record<string, unknown>;
    expect(items.find((item) => "answers" in item)?.answers).toEqual({ role: "sellers", goal: WORDS });
    expect(all.language).toBe("de");
    for (const field of ["answers", "language"]) expect(fields[field], field).toMatch(/\w{3}/);
  });

  it("is in it also while their sign-up waits for its button", async () => {
    await site.signUp({ email: "jo@acme.example", ...FORM });
    const id = (await site.personAt("jo@acme.example"))?.id ?? "";
    const { body } = await press(id, { do: "export" });
    expect(body).toContain("answersWaiting");
    expect(body).toContain(WORDS);
  });

  it("goes with everything else when they erase it, confirmed or not", async () => {
    const confirmed = (await site.join("jo@acme.example", FORM)).id;
    await site.signUp({ email: "al@acme.example", ...FORM });
    const waiting = (await site.personAt("al@acme.example"))?.id ?? "";
    expect((await scan(site.table)).split(WORDS)).toHaveLength(3);
    for (const id of [confirmed, waiting]) await press(id, { do: "erase", sure: "yes" });
    site.clock.set(site.clock.now() + HOUR);
    for (const subscriber of [confirmed, waiting])
      await deliver(
        site.services,
        { subscriber },
        openSlots(site.services, "lesson"),
        site.clock.now() + MINUTE,
      );
    const left = await scan(site.table);
    for (const trace of [WORDS, "sellers", '"language"', "answersWaiting"]) expect(left).not.toContain(trace);
  });
});
