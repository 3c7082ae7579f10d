import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../cli/root.ts";
import { withEventSchemas } from "../../../console/events/event-schemas.ts";
import { EVENT_TYPES } from "../../../functions/domain/events/reader-event.ts";

const PAGE = join(ROOT, "docs/EVENTS.md");

describe("docs/EVENTS.md", () => {
  it("has the schema of each event as the types have it (vitest --update=all makes it anew)", async () => {
    const page = withEventSchemas(readFileSync(PAGE, "utf8"));
    await expect(page).toMatchFileSnapshot(PAGE);
    for (const type of EVENT_TYPES) expect(page).toContain(`### \`${type}\``);
  });

  it("control: a field that was changed by hand is found", () => {
    const page = readFileSync(PAGE, "utf8");
    const changed = page.replace('"reader": {', '"readers": {');
    expect(changed).not.toBe(page);
    expect(withEventSchemas(changed)).toBe(page);
  });
});
