import { describe, expect, it } from "vitest";
import { STEPS } from "../../../console/rehearsal/rehearsal.ts";
import { rehearse } from "../../../console/rehearsal/rehearse.ts";

/** What is printed, and the status. */
async function typed(...given: string[]): Promise<{ status: number; out: string }> {
  const lines: string[] = [];
  const print = async (line: string) => void lines.push(line);
  const status = await rehearse(given, { print, signal: new AbortController().signal });
  return { status, out: lines.join("\n") };
}

describe("npm run rehearse", () => {
  it("says with --dry-run what it would do, whom it would mail, and what it would cost, and does nothing", async () => {
    const { status, out } = await typed("--dry-run", "--stage", "dev");
    expect(status).toBe(0);
    for (const { says } of STEPS) expect(out).toContain(says);
    expect(out).toContain("rehearsal+RUN@mail.dev.course.example, bounce+RUN@simulator.amazonses.com");
    expect(out).toMatch(/\$0\.00\d\d by list prices/);
    expect(out).toContain("two readings of the whole table, $0.05 a gigabyte");
    expect(out).toContain("Nothing was done.");
  });

  it("is refused in one sentence for a stage without a course, with what to do instead", async () => {
    const surroundings = { print: async () => {}, signal: new AbortController().signal };
    const planned = (courses: string[]) =>
      rehearse(["--dry-run", "--stage", "letters"], surroundings, {
        letters: { mailDomain: "mail.letters.example", courses },
      });
    await expect(planned([])).rejects.toThrow(
      /^Stage letters has no course, and a rehearsal's reader goes through one\. Add one .* or try the newsletter by hand/,
    );
    expect(await planned(["one"]), "control").toBe(0);
  });

  it("says what it takes, and refuses what it does not know", async () => {
    expect((await typed("--help")).out).toMatch(/--stage NAME[\s\S]*--json[\s\S]*--dry-run/);
    await expect(typed("--dry-run", "--stage", "nowhere")).rejects.toThrow('There is no stage "nowhere"');
    await expect(typed("--stage", "nowhere")).rejects.toThrow('There is no stage "nowhere"');
    await expect(typed("--twice")).rejects.toThrow("does not know");
  });
});
