import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ROOT } from "../../cli/root.ts";
import { type BundleOptions, bundleFunctions, inKilobytes } from "../../infra/bundle.ts";
import { emptyFolder } from "./fixture.ts";

const content = async () => ({ module: 'export const content = { courses: ["one"] };' });

/** Bundles sources that are written to a folder of their own, with packages found as the project finds them. */
function bundled(sources: Record<string, string>, options: BundleOptions = {}) {
  const folder = emptyFolder();
  const outdir = join(folder, "out");
  const entries = Object.fromEntries(
    Object.entries(sources).map(([name, source]) => {
      const file = join(folder, `${name}.ts`);
      writeFileSync(file, source);
      return [name, file];
    }),
  );
  return bundleFunctions({ root: ROOT, entries, outdir, content, ...options });
}

const handler = (body: string) =>
  `import { content } from "coursepost:content"; export const handler = async () => ${body};`;
const packageFile = (path: string) => JSON.stringify(join(ROOT, "node_modules", path));

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("The bundles", () => {
  it("are one file a function, with the course inside", async () => {
    const bundles = await bundled({
      web: handler("content.courses"),
      lane: handler("content.courses.length"),
    });
    const [web, lane] = await Promise.all(bundles.map(({ path }) => import(pathToFileURL(path).href)));
    expect(await web.handler()).toEqual(["one"]);
    expect(await lane.handler()).toBe(1);
    expect(bundles[0]?.path).toMatch(/web[\\/]index\.mjs$/);
  });

  it("compile the course once for all functions", async () => {
    let times = 0;
    const counting = async () => {
      times++;
      return content();
    };
    await bundled(
      { web: handler("content"), lane: handler("content"), nudge: handler("content") },
      { content: counting },
    );
    expect(times).toBe(1);
  });

  it("are the same bytes from the same sources", async () => {
    const sources = {
      web: `import { z } from ${packageFile("zod/mini/index.js")};\n${handler("z.string().parse(content.courses[0])")}`,
    };
    const contents = [];
    for (const _ of [1, 2]) contents.push(readFileSync((await bundled(sources))[0]?.path ?? "", "utf8"));
    expect(contents[0]).toBe(contents[1]);
  });

  it("run CommonJS packages that ask for Node's own modules", async () => {
    const folder = emptyFolder();
    const old = join(folder, "old.cjs");
    writeFileSync(old, 'module.exports = { sep: require("node:path").posix.sep };');
    const source = `import old from ${JSON.stringify(old)}; export const handler = async () => old.sep;`;
    const [bundle] = await bundled({ web: source });
    const module = await import(pathToFileURL(bundle?.path ?? "").href);
    expect(await module.handler()).toBe("/");
  });

  it("find a function's credentials in its environment, and hold no other way to sign in", async () => {
    const source = `import { SQSClient } from ${packageFile("@aws-sdk/client-sqs/dist-es/index.js")};
      export const handler = () => new SQSClient({ region: "eu-west-1" }).config.credentials();`;
    const [bundle] = await bundled({ web: source });
    vi.stubEnv("AWS_ACCESS_KEY_ID", "of-the-role").stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    const module = await import(pathToFileURL(bundle?.path ?? "").href);
    expect(await module.handler()).toMatchObject({ accessKeyId: "of-the-role" });
    expect(readFileSync(bundle?.path ?? "", "utf8")).not.toMatch(/AssumeRoleWithWebIdentity|sso_session/);
  });

  it("never hold MJML, and say which function tried", async () => {
    const source = `import * as mjml from ${packageFile("mjml-core/lib/index.js")}; export const handler = () => mjml;`;
    await expect(bundled({ web: handler("1"), receive: source })).rejects.toThrow(
      /Function "receive" contains .*mjml.*import it from the build/,
    );
  });

  it("name a function whose entry is missing, and where to correct it", async () => {
    await expect(
      bundleFunctions({ entries: { web: "functions/gone.ts" }, outdir: emptyFolder() }),
    ).rejects.toThrow(/functions\/gone\.ts: the entry of function "web" is not there\n.*infra\/bundle\.ts/);
  });

  it("pass on what the course's author must correct", async () => {
    const broken = async () => {
      throw new Error("content/courses/x/lessons/two.md:3: subject: write one");
    };
    await expect(bundled({ web: handler("content") }, { content: broken })).rejects.toThrow(
      /content\/courses\/x\/lessons\/two\.md:3: subject: write one/,
    );
  });

  it("leave nothing of an earlier build behind", async () => {
    const outdir = emptyFolder();
    mkdirSync(join(outdir, "gone"));
    writeFileSync(join(outdir, "gone", "index.mjs"), "");
    await bundled({ web: handler("1") }, { outdir });
    expect(() => readFileSync(join(outdir, "gone", "index.mjs"))).toThrow(/ENOENT/);
  });

  it("are listed by name and size", () => {
    expect(inKilobytes([{ name: "web", path: "/web/index.mjs", bytes: 409_600, sources: [] }])).toMatch(
      /^web +400 KB$/,
    );
  });
});
