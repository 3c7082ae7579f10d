import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../../../cli/root.ts";
import { whatIsKept } from "../../../functions/domain/people/retention.ts";
import { STAGES } from "../../../infra/stages.ts";
import { english } from "../../support/words.ts";

const DOCS = readFileSync(join(ROOT, "docs/PRIVACY.md"), "utf8");

it("the docs say what is kept, for how long, why and how it is erased, in the words that readers see", () => {
  const rows = whatIsKept(english, STAGES.production.retention);
  expect(rows.length).toBeGreaterThan(10);
  for (const { item, howLong, why, erased } of rows)
    expect(DOCS).toContain(`| ${item} | ${howLong} | ${why} | ${erased} |\n`);
  expect(DOCS.match(/^\| /gm)).toHaveLength(rows.length + 2);
});

it("the stage's own days are said", () => {
  const said = JSON.stringify(whatIsKept(english, { logDays: 7, inboxDays: 21, unconfirmedDays: 9 }));
  for (const days of ["7 days", "21 days", "9 days"]) expect(said).toContain(`"${days}"`);
});
