import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { bundleFunctions } from "../infra/bundle.ts";
import { emptyFolder } from "./infra/fixture.ts";
import { circles, imports, type Source, sources } from "./support/sources.ts";

/** The rooms from the lowest to the highest: each may import those before it. Console and local share a floor. */
const ROOMS = ["functions", "local/aws", "cli", "authoring", "infra", "console", "local"];
const VERBS = ["web", "deliver", "reply", "feedback", "report", "dmarc", "events", "webhooks", "api"];

/** What each folder of `functions/` may import of the others. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: ["domain"],
  errors: [],
  conflict: ["errors"],
  ports: ["domain"],
  links: ["links", "domain", "errors", "ports"],
  mail: ["mail", "links", "domain", "errors", "ports"],
  consent: ["consent", "domain", "mail", "links", "errors", "conflict", "ports"],
  aws: ["aws", "ports", "domain", "mail", "errors", "conflict"],
  ...Object.fromEntries(
    VERBS.map((verb) => [verb, [verb, "domain", "mail", "links", "consent", "ports", "errors", "conflict"]]),
  ),
};

/** Who else may import what the product does, or AWS, and why. A folder ends with a slash. */
const ARROWS_TO_VERBS: Record<string, string> = {
  "authoring/preview/": "it answers the pages of a sample reader, with their verbs over a table in memory",
};
const WHO_SPEAKS_TO_AWS: Record<string, string> = {
  "functions/aws/": "answers the ports",
  "console/connect.ts": "finds the stack whose owner is at work",
  "console/doctor/": "asks the account what the functions may not ask",
  "console/events/latest-events.ts": "takes copies of the last hour's events, which no function may",
  "console/pictures.ts": "puts an issue's pictures where they are served, which no function may",
  "console/rehearsal/mailbox.ts": "reads the bucket of a rehearsal's mail, which no function may",
  "console/transfer/stage-state.ts": "reads and writes a whole stage, which no function may",
  "console/table/": "reads what only the owner may read: all people, and the keyring",
  "authoring/preview/sample-site.ts": "gives the store a table in memory",
  "local/cost/measure.ts": "counts what the store asks of a table",
  "infra/bundle.ts": "names the module of which the bundles take another way to sign in",
};

/** Lists that the build and the stack read; functions take only types from them, so the compiler holds them to it. */
const READ_FOR_THEIR_TYPES = [
  "functions/domain/routes.ts",
  "functions/domain/words/words-in-mails.ts",
  "functions/domain/words/words-on-pages.ts",
];

const ALL = [...ROOMS, "tests"].flatMap(sources).filter(({ path }, at, all) => {
  return all.findIndex((other) => other.path === path) === at;
});
const PRODUCT = ALL.filter(({ path }) => !path.startsWith("tests/"));
const FUNCTIONS = ALL.filter(({ path }) => path.startsWith("functions/") && !path.endsWith(".d.ts"));

/** The room a file is in: undefined for a package, and for what lies at the root. */
const findRoom = (path: string): string | undefined =>
  ROOMS.filter((room) => path.startsWith(`${room}/`)).sort((one, other) => other.length - one.length)[0];
/** The folder of `functions/` that a file is in, or its name if it is in none. */
const findLayer = (path: string): string =>
  path.startsWith("functions/") ? (path.split("/")[1] ?? "").replace(/\.ts$/, "") : "";
const isHandler = (path: string): boolean => path.endsWith(".handler.ts");
const isNamed = (path: string, named: Record<string, string>): boolean =>
  Object.keys(named).some((name) => (name.endsWith("/") ? path.startsWith(name) : path === name));

function mayEnter(from: string, to: string): boolean {
  if (from === to) return true;
  if (from === "local/aws" || (from === "local" && to === "console")) return false;
  return ROOMS.indexOf(to) < ROOMS.indexOf(from);
}

/** Arrows that lead from a room upwards, or between console and local. */
function wrongRooms(source: Source): string[] {
  const from = findRoom(source.path);
  if (from === undefined) return [];
  return imports(source).flatMap((name) => {
    const to = findRoom(name);
    if (to === undefined || mayEnter(from, to)) return [];
    const below = ROOMS.slice(0, Math.min(ROOMS.indexOf(from), ROOMS.indexOf(to)));
    const advice =
      from === "local/aws"
        ? "the emulators know nothing of this product; hand it in where they are started"
        : `move what both need below both: ${below.reverse().join(", ")}`;
    return [`${source.path} imports ${name}: ${advice}`];
  });
}

/** Arrows inside `functions/` that do not point inwards. */
function wrongLayers(source: Source): string[] {
  if (isHandler(source.path)) return [];
  const layer = findLayer(source.path);
  return imports(source)
    .filter((name) => name.startsWith("functions/") && !MAY_IMPORT[layer]?.includes(findLayer(name)))
    .map((name) => `${source.path} imports ${name}: ${advice(layer, findLayer(name))}`);
}

function advice(from: string, to: string): string {
  if (VERBS.includes(from) && VERBS.includes(to))
    return "no verb imports another; what both do belongs in consent/ or domain/";
  if (VERBS.includes(from) && to === "aws")
    return "ask for a port of ports.ts; only a *.handler.ts joins the two";
  return `${from} may import only ${MAY_IMPORT[from]?.join(", ") || "nothing"}; move down what it needs`;
}

/** Arrows from below the console to what the product does, or to AWS's adapter, that are not named. */
function wrongArrowsToVerbs(source: Source): string[] {
  const room = findRoom(source.path) ?? "";
  if (!["cli", "authoring", "infra"].includes(room) || isNamed(source.path, ARROWS_TO_VERBS)) return [];
  return imports(source)
    .filter((name) => [...VERBS, "consent", "aws"].includes(findLayer(name)))
    .map(
      (name) =>
        `${source.path} imports ${name}: take what it says from domain/, or name it in ARROWS_TO_VERBS with its reason`,
    );
}

const speaksToAws = ({ path, text }: Source): boolean =>
  imports({ path, text }).some((name) => name.startsWith("@aws-sdk/")) && !isNamed(path, WHO_SPEAKS_TO_AWS);

/** Files that no function runs: neither in a bundle, nor types alone that a file in a bundle imports. */
function undeployed(files: Source[], inBundles: Set<string>): string[] {
  const needed = new Set(inBundles);
  const isTypes = (text: string) => transformSync(text, { loader: "ts", minify: true }).code.trim() === "";
  const left = files.filter(({ path }) => !needed.has(path));
  for (let before = -1; before !== needed.size; ) {
    before = needed.size;
    const reached = new Set(files.filter(({ path }) => needed.has(path)).flatMap(imports));
    for (const { path, text } of left) if (reached.has(path) && isTypes(text)) needed.add(path);
  }
  return left.filter(({ path }) => !needed.has(path)).map(({ path }) => path);
}

const planted = (path: string, line: string): Source => ({ path, text: line });

describe("the rooms", () => {
  it("hold no circle of imports, type imports included", () => {
    expect(circles(ALL), "move what both need into a file of its own").toEqual([]);
  });

  it("control: a circle is found, by types and by import() too", () => {
    const found = circles([
      planted("cli/a.ts", 'import type { B } from "./b.ts";'),
      planted("cli/b.ts", 'export { c } from "./c.ts";'),
      planted("cli/c.ts", 'const a = await import("./a.ts");'),
    ]);
    expect(found).toEqual(["cli/a.ts → cli/b.ts → cli/c.ts → cli/a.ts"]);
  });

  it("import only rooms below them; console and local do not import each other", () => {
    expect(PRODUCT.flatMap(wrongRooms)).toEqual([]);
  });

  it.each([
    ["functions/web/x.ts", "../../local/aws/clock.ts"],
    ["local/aws/x.ts", "../../functions/domain/time.ts"],
    ["local/aws/x.ts", "../main.ts"],
    ["cli/x.ts", "../infra/bundle.ts"],
    ["authoring/compile/x.ts", "../../infra/bundle.ts"],
    ["infra/x.ts", "../console/connect.ts"],
    ["console/x.ts", "../local/main.ts"],
    ["local/demo/x.ts", "../../console/connect.ts"],
  ])("control: %s that imports %s is found", (path, name) => {
    expect(wrongRooms(planted(path, `import { a } from "${name}";`))).toHaveLength(1);
  });

  it("below the console, run what the product does only where it is named", () => {
    expect(PRODUCT.flatMap(wrongArrowsToVerbs)).toEqual([]);
    const arrow = 'import { erase } from "../../functions/consent/erase.ts";';
    expect(wrongArrowsToVerbs(planted("authoring/compile/x.ts", arrow)), "control").toHaveLength(1);
    expect(wrongArrowsToVerbs(planted("authoring/preview/x.ts", arrow)), "control").toEqual([]);
  });

  it("speak to AWS only in functions/aws, and where it is named", () => {
    const wrong = PRODUCT.filter(speaksToAws).map(({ path }) => path);
    expect(wrong, "ask for a port, or name it in WHO_SPEAKS_TO_AWS with its reason").toEqual([]);
    expect(speaksToAws(planted("functions/web/x.ts", 'import { S3 } from "@aws-sdk/client-s3";'))).toBe(true);
  });

  it("ask no URL whether it can be read: Node 20 says no to bücher.example once it has run some thousand times", () => {
    const asks = ({ path, text }: Source) =>
      path !== "functions/domain/url.ts" && text.includes("URL.canParse");
    expect(
      PRODUCT.filter(asks).map(({ path }) => path),
      "use findUrl of functions/domain/url.ts",
    ).toEqual([]);
    expect(asks(planted("cli/x.ts", 'URL.canParse("a")')), "control").toBe(true);
  });

  it("name nothing that is not there any more", () => {
    const isGone = (name: string) => !PRODUCT.some(({ path }) => path === name || path.startsWith(name));
    expect([...Object.keys(ARROWS_TO_VERBS), ...Object.keys(WHO_SPEAKS_TO_AWS)].filter(isGone)).toEqual([]);
    expect(isGone("authoring/gone.ts"), "control").toBe(true);
  });
});

describe("functions/", () => {
  it("lets imports point inwards only", () => {
    expect(FUNCTIONS.flatMap(wrongLayers)).toEqual([]);
  });

  it.each([
    ["functions/deliver/x.ts", "../web/sign-up/sign-up.ts"],
    ["functions/deliver/x.ts", "../aws/store.ts"],
    ["functions/consent/x.ts", "../deliver/send.ts"],
    ["functions/domain/x.ts", "../errors.ts"],
    ["functions/aws/x.ts", "../web/routes.ts"],
  ])("control: %s that imports %s is found", (path, name) => {
    expect(wrongLayers(planted(path, `import type { A } from "${name}";`))).toHaveLength(1);
  });

  it("holds only what a deployed bundle runs, and the types of it", async () => {
    const content = async () => ({ module: "export const content = {}, mails = {};" });
    const bundles = await bundleFunctions({ content, outdir: emptyFolder() });
    const deployed = new Set([...bundles.flatMap((bundle) => bundle.sources), ...READ_FOR_THEIR_TYPES]);
    expect(
      undeployed(FUNCTIONS, deployed),
      "no function runs it: move it to the room of those who do (authoring, console, local), or delete it",
    ).toEqual([]);
    const idle = planted("functions/domain/idle.ts", "export const idle = () => 1;");
    const types = planted("functions/domain/types.ts", "export type T = 1;");
    const user = planted("functions/errors.ts", 'import type { T } from "./domain/types.ts";');
    expect(undeployed([user, idle, types], deployed), "control").toEqual([idle.path]);
  });

  it("joins a verb with AWS only in handlers, and a handler is a sentence: no `if`", () => {
    const handlers = FUNCTIONS.filter(({ path }) => isHandler(path));
    const decides = ({ text }: Source) => /\b(if|for|switch|while)\b|\?/.test(text);
    expect(handlers.length).toBeGreaterThan(0);
    expect(
      handlers.filter(decides).map(({ path }) => path),
      "it decides something; let its verb decide",
    ).toEqual([]);
    expect(decides(planted("functions/web/x.handler.ts", "if (a) b();")), "control").toBe(true);
  });

  it("reads the clock, the environment and randomness in one place each", () => {
    const reads = (pattern: RegExp, files = FUNCTIONS) =>
      files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
    const clock = /Date\.now\(|new Date\(\)|performance\.now/;
    expect(reads(clock), "take it from the clock that is handed in").toEqual(["functions/aws/runtime.ts"]);
    expect(reads(/process\.env/), "read it in config.ts").toEqual(["functions/aws/config.ts"]);
    expect(reads(/randomBytes|randomUUID|Math\.random/), "take it from the random that is handed in").toEqual(
      ["functions/aws/random.ts"],
    );
    expect(reads(clock, [planted("x.ts", "const now = Date.now();")]), "control").toEqual(["x.ts"]);
  });

  it("tries a refused write again in one place", () => {
    const retries = ({ path, text }: Source) =>
      text.includes('OperationalError("changed-too-often"') && path !== "functions/conflict.ts";
    expect(
      PRODUCT.filter(retries).map(({ path }) => path),
      "use retryConflict of conflict.ts",
    ).toEqual([]);
    const loop = 'throw new OperationalError("changed-too-often", "page");';
    expect(retries(planted("functions/deliver/x.ts", loop)), "control").toBe(true);
  });

  it("scans the table in one place", () => {
    const scans = ({ path, text }: Source) =>
      text.includes("new ScanCommand") && path !== "functions/aws/scan.ts";
    expect(
      PRODUCT.filter(scans).map(({ path }) => path),
      "use scanItems of functions/aws/scan.ts",
    ).toEqual([]);
    expect(scans(planted("console/table/x.ts", "new ScanCommand({})")), "control").toBe(true);
  });

  it("uses no timer that a virtual clock could not move", () => {
    const isReal = ({ text }: Source) => /AbortSignal\.timeout|timers\/promises/.test(text);
    expect(
      FUNCTIONS.filter(isReal).map(({ path }) => path),
      "use clock.sleep",
    ).toEqual([]);
    expect(isReal(planted("x.ts", "AbortSignal.timeout(5)")), "control").toBe(true);
  });
});

describe("the tests", () => {
  it("mock no module", () => {
    const call = ["vi", "mock("].join(".");
    const mocks = (files: Source[]) =>
      files.filter(({ text }) => text.includes(call)).map(({ path }) => path);
    expect(mocks(ALL), "speak the protocol to an emulator, or hand in a port").toEqual([]);
    expect(mocks([planted("tests/x.ts", `${call}"a")`)]), "control").toEqual(["tests/x.ts"]);
  });
});
