import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keptOrMade } from "../../local/kept-assembly.ts";

describe("what is assembled", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "kept-test-"));
    await write("functions/web.ts", "one");
    await write("package.json", "{}");
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  let runs = 0;
  async function write(path: string, text: string): Promise<void> {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), text);
  }
  /** Assembles in a folder of its own; tells what lies there, and whether it was made now. */
  async function assembled({
    given = "a stage",
    more,
    meanwhile,
  }: {
    given?: unknown;
    more?: string[];
    meanwhile?: () => Promise<void>;
  } = {}) {
    const folder = join(root, `run-${++runs}`);
    let isMade = false;
    const make = async () => {
      isMade = true;
      await mkdir(join(folder, "web"), { recursive: true });
      await writeFile(join(folder, "web", "index.mjs"), `made by run ${runs}`);
      await meanwhile?.();
      return { stack: "local" };
    };
    const told = await keptOrMade({ given, folder, make, root, ...(more && { more }) });
    return { isMade, told, text: await readFile(join(folder, "web", "index.mjs"), "utf8") };
  }

  it("is made once of the same sources; whoever comes after has a copy of his own, and is told the same", async () => {
    const first = await assembled();
    expect(first.isMade).toBe(true);
    expect(await assembled()).toEqual({ ...first, isMade: false });
    await writeFile(join(root, `run-${runs}`, "web", "index.mjs"), "spoilt by a run");
    expect(await assembled()).toEqual({ ...first, isMade: false });
  });

  it.each([
    ["a source has other words", () => write("functions/web.ts", "two")],
    ["a source has come", () => write("content/courses/new/course.yaml", "")],
    [
      "a source has another name",
      async () => {
        await rm(join(root, "functions/web.ts"));
        await write("functions/page.ts", "one");
      },
    ],
    ["other packages are installed", () => write("node_modules/.package-lock.json", "{}")],
  ])("is made again where %s", async (_, change) => {
    await assembled();
    await change();
    expect((await assembled()).isMade).toBe(true);
  });

  it("is made again for another stage, and of another content elsewhere", async () => {
    await assembled();
    expect((await assembled({ given: "another stage" })).isMade).toBe(true);
    await write("elsewhere/course.yaml", "a course");
    expect((await assembled({ more: ["elsewhere"] })).isMade).toBe(true);
    expect((await assembled({ more: ["elsewhere"] })).isMade).toBe(false);
    await write("elsewhere/course.yaml", "another course");
    expect((await assembled({ more: ["elsewhere"] })).isMade).toBe(true);
  });

  it("is not kept where a source was written meanwhile, or what is behind one cannot be told", async () => {
    await assembled({ meanwhile: () => write("functions/web.ts", "two") });
    await write("functions/web.ts", "one");
    expect((await assembled()).isMade).toBe(true);
    await symlink(join(root, "functions"), join(root, "functions", "again"), "junction");
    await assembled();
    expect((await assembled()).isMade).toBe(true);
  });

  it("is not kept where it could not be made", async () => {
    const fails = () => Promise.reject(new Error("not to be bundled"));
    await expect(assembled({ meanwhile: fails })).rejects.toThrow("not to be bundled");
    expect((await assembled()).isMade).toBe(true);
  });

  it("is kept of a few states only", async () => {
    for (let state = 0; state < 9; state++) await assembled({ given: state });
    expect(await readdir(join(root, ".cache", "assembled"))).toHaveLength(6);
    expect((await assembled({ given: 8 })).isMade).toBe(false);
    expect((await assembled({ given: 0 })).isMade).toBe(true);
  });
});
