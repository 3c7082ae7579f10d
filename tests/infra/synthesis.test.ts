import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { STAGES } from "../../infra/stages.ts";
import { synthesize } from "../../infra/synth.ts";
import { DEPLOYED_WITHOUT_ASKING, emptyFolder, functionsDir, templateOf } from "./fixture.ts";

interface Code {
  Type: string;
  Metadata?: Record<string, string>;
}

describe("A synthesized stage", () => {
  const outdir = emptyFolder();
  const { template, templatePath } = synthesize(STAGES.local, { outdir, functionsDir });
  const functions = Object.values((template as { Resources: Record<string, Code> }).Resources).filter(
    ({ Type }) => Type === "AWS::Lambda::Function",
  );

  it("tells where the code of each function lies, beside the template", () => {
    const codes = functions.map(({ Metadata }) =>
      readFileSync(join(outdir, Metadata?.["aws:asset:path"] ?? "", "index.mjs"), "utf8"),
    );
    expect(codes.map((code) => code.match(/"(\w+)"/)?.[1]).sort()).toEqual(
      [...DEPLOYED_WITHOUT_ASKING].sort(),
    );
    expect(existsSync(templatePath)).toBe(true);
  });

  it("asks for a build if a function's bundle is not there", () => {
    const missing = () => synthesize(STAGES.local, { outdir: emptyFolder(), functionsDir: emptyFolder() });
    expect(missing).toThrow(/web holds no index\.mjs: run "npm run build"/);
  });

  it("is the stack that was looked over", () => {
    expect(templateOf(STAGES.production).toJSON()).toMatchSnapshot();
  });
});
