import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildResult, build, formatMessages, type Metafile, type Plugin } from "esbuild";
import { ROOT } from "../cli/root.ts";
import type { Picture } from "../functions/domain/pictures.ts";

export const FUNCTIONS_DIR = join(ROOT, "dist", "functions");

/** The functions that the stack deploys, and the file each begins with. */
export const ENTRIES = {
  web: "functions/web/web.handler.ts",
  unsubscribe: "functions/web/unsubscribe.handler.ts",
  lane: "functions/deliver/lane.handler.ts",
  nudge: "functions/deliver/nudge.handler.ts",
  receive: "functions/reply/receive.handler.ts",
  feedback: "functions/feedback/feedback.handler.ts",
  report: "functions/report/report.handler.ts",
  dmarc: "functions/dmarc/dmarc.handler.ts",
  events: "functions/events/events.handler.ts",
  webhooks: "functions/webhooks/webhooks.handler.ts",
  api: "functions/api/api.handler.ts",
} as const;
export type FunctionName = keyof typeof ENTRIES;

export interface BundleOptions {
  /** Function name → entry file, absolute or under `root`. */
  entries?: Record<string, string>;
  root?: string;
  /** Each function becomes `<outdir>/<name>/index.mjs`. */
  outdir?: string;
  /** Makes the module text of "coursepost:content", and the pictures that its texts show. */
  content?: (root: string) => Promise<{ module: string; pictures?: Picture[] }>;
  /** Run before the build's own: for tests that bundle a changed source. */
  plugins?: Plugin[];
}

export interface Bundle {
  name: string;
  path: string;
  bytes: number;
  /** The sources of which something is in it, as paths from the root. */
  sources: string[];
}

/** The build needs these, no function does; MJML alone would add 3 MB to each, sharp 19. */
const BUILD_TIME_ONLY = /node_modules\/(mjml[^/]*|sharp|@img|aws-cdk-lib|esbuild)\//;

/** CommonJS packages call `require` for Node's own modules; an ES module has none unless it makes one. */
const BANNER = 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);';

/**
 * Bundles all functions in one esbuild pass. The output depends on the sources alone, byte for byte.
 * Throws an Error whose message names what is wrong, file by file: a missing entry, a content problem, a package
 * that must not be deployed.
 */
export async function bundleFunctions(options: BundleOptions = {}): Promise<Bundle[]> {
  const {
    entries = ENTRIES,
    root = ROOT,
    outdir = FUNCTIONS_DIR,
    content = contentCompiler(),
    plugins = [],
  } = options;
  refuseMissing(entries, root);
  const { module, pictures = [] } = await content(root);
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await esbuild(entries, root, outdir, [...plugins, contentPlugin(root, module)]);
  const bundles = Object.keys(entries).map((name) => describeBundle(name, outdir, root, metafile));
  const problems = bundles.flatMap(undeployable);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  await writePictures(picturesFolder(outdir), pictures);
  return bundles;
}

/** Where the build leaves the pictures of mails, beside the functions. */
export const picturesFolder = (functionsDir: string): string => join(functionsDir, "pictures");

async function writePictures(folder: string, pictures: readonly Picture[]): Promise<void> {
  if (pictures.length === 0) return;
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of pictures) await writeFile(join(folder, name), bytes);
}

/**
 * Compiles what stands in for `content/`. The compiler is loaded when needed: it imports MJML, which takes a third of
 * a second.
 * @param folder a path from the root; `content` if none is given
 */
export const contentCompiler =
  (folder?: string) =>
  async (root: string): Promise<{ module: string; pictures: Picture[] }> => {
    const compiler = await import("../authoring/compile/compile.ts");
    return compiler.compileContent(root, folder);
  };

function refuseMissing(entries: Record<string, string>, root: string): void {
  const missing = Object.entries(entries).filter(([, entry]) => !existsSync(resolve(root, entry)));
  if (missing.length === 0) return;
  const list = missing.map(([name, entry]) => `${entry}: the entry of function "${name}" is not there`);
  throw new Error(`${list.join("\n")}\nCorrect ENTRIES in infra/bundle.ts, or add the file.`);
}

async function esbuild(entries: Record<string, string>, root: string, outdir: string, plugins: Plugin[]) {
  try {
    return await build({
      absWorkingDir: root,
      entryPoints: Object.entries(entries).map(([name, entry]) => ({
        in: resolve(root, entry),
        out: `${name}/index`,
      })),
      outdir,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      format: "esm",
      platform: "node",
      // Lambda runs Node 24; tests and the one-machine mode run these very files on Node 20.
      target: "node20",
      mainFields: ["module", "main"],
      minify: true,
      legalComments: "none",
      banner: { js: BANNER },
      metafile: true,
      logLevel: "silent",
      plugins: [...plugins, credentialsPlugin],
    });
  } catch (failure) {
    const { errors } = failure as BuildResult;
    if (!errors) throw failure;
    const lines = await formatMessages(errors, { kind: "error", color: false });
    throw new Error(`The functions could not be bundled:\n${lines.join("").trimEnd()}`, { cause: failure });
  }
}

/** Gives "coursepost:content" to the files that import it. What it imports itself is found from the root. */
function contentPlugin(root: string, module: string): Plugin {
  return {
    name: "content",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^coursepost:content$/ }, () => ({ path: "content", namespace: "coursepost" }));
      onLoad({ filter: /.*/, namespace: "coursepost" }, () => ({
        contents: module,
        loader: "js",
        resolveDir: root,
      }));
    },
  };
}

/** A function's credentials stand in its environment. The SDK's search for them elsewhere is 100 KB of sign-ins. */
const ENVIRONMENT_CREDENTIALS = `
  import { fromEnv } from "@aws-sdk/credential-provider-env";
  export const defaultProvider = (options) => fromEnv(options);`;

const credentialsPlugin: Plugin = {
  name: "credentials",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: "credentials",
      namespace: "environment",
    }));
    onLoad({ filter: /.*/, namespace: "environment" }, () => ({
      contents: ENVIRONMENT_CREDENTIALS,
      resolveDir: ROOT,
    }));
  },
};

const findOutput = (path: string, root: string, metafile: Metafile) =>
  Object.entries(metafile.outputs).find(([file]) => resolve(root, file) === path)?.[1];

function describeBundle(name: string, outdir: string, root: string, metafile: Metafile): Bundle {
  const path = resolve(outdir, name, "index.mjs");
  const output = findOutput(path, root, metafile);
  if (!output) throw new Error(`esbuild wrote no ${path} for function "${name}"`);
  return { name, path, bytes: output.bytes, sources: Object.keys(output.inputs) };
}

function undeployable({ name, sources }: Bundle): string[] {
  const first = sources.find((source) => BUILD_TIME_ONLY.test(source));
  if (!first) return [];
  return [`Function "${name}" contains ${first}, which is for the build only; import it from the build`];
}

/** `web  412 KB`, a line a function. */
export function inKilobytes(bundles: Bundle[]): string {
  return bundles
    .map(({ name, bytes }) => `${name.padEnd(12)}${(bytes / 1024).toFixed(0).padStart(6)} KB`)
    .join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(inKilobytes(await bundleFunctions()));
  } catch (problem) {
    console.error((problem as Error).message);
    process.exitCode = 1;
  }
}
