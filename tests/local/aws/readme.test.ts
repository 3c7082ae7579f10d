import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../../cli/root.ts";

const FOLDER = join(ROOT, "local/aws");
const README = readFileSync(join(FOLDER, "README.md"), "utf8");
const source = (file: string) => readFileSync(join(FOLDER, file), "utf8");

/** Actions that a service's file answers: `case "PutItem":`, and comparisons with the request's action. */
function answered(text: string): string[] {
  const cases = text.matchAll(/(?:case |action [!=]== )"([A-Z][a-z]+(?:[A-Z]\w*))"/g);
  return [...new Set([...cases].map(([, action]) => action as string))];
}

describe("the README of the emulators", () => {
  it.each(["ses.ts", "sqs.ts", "s3.ts", "secrets.ts", "table-in-memory.ts"])(
    "names every action that %s answers",
    (file) => {
      const actions = answered(source(file));
      expect(actions.length).toBeGreaterThan(1);
      expect(actions.filter((action) => !README.includes(action))).toEqual([]);
    },
  );

  it("control: an action that it leaves out is found", () => {
    const planted = answered('case "SendRawEmail": case "SendTemplatedEmail":');
    expect(planted.filter((action) => !README.includes(action))).toEqual(["SendTemplatedEmail"]);
  });

  it("names only files that are there", () => {
    const files = [...README.matchAll(/`([a-z-]+\.ts)`/g)].map(([, file]) => file as string);
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) expect(() => source(file), file).not.toThrow();
  });
});
