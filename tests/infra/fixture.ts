import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { expect } from "vitest";
import { ENTRIES } from "../../infra/bundle.ts";
import { checkedStage, type StageSettings } from "../../infra/stage-schema.ts";
import { STAGES } from "../../infra/stages.ts";
import { makeApp } from "../../infra/synthesis.ts";

export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), "coursepost-infra-"));

/** A bundle of one line for each function: what the stack says does not depend on what the functions do. */
const tinyFunctions = (): string => {
  const folder = emptyFolder();
  for (const name of Object.keys(ENTRIES)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "index.mjs"), `export const handler = async () => "${name}";\n`);
  }
  return folder;
};
export const functionsDir = tinyFunctions();

/** A stage like `dev`, but for what is given. */
export const stageWith = (changes: Partial<StageSettings>): StageSettings =>
  checkedStage({ ...STAGES.dev, ...changes });

export const templateOf = (stage: StageSettings): Template =>
  counted(Template.fromStack(makeApp(stage, { outdir: emptyFolder(), functionsDir }).stack));

/** CDK's own checks throw, which vitest does not know as an assertion: each that is passed is counted as one. */
const counted = (template: Template): Template =>
  new Proxy(template, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: unknown[]) => {
        const found: unknown = member.apply(target, given);
        if (/^has|CountIs$/.test(String(name))) expect(target, String(name)).toBeDefined();
        return found;
      };
    },
  });

/** Functions that are deployed where the owner asks for what they do. */
const ASKED_FOR = ["events", "webhooks"];
export const DEPLOYED_WITHOUT_ASKING = Object.keys(ENTRIES).filter((name) => !ASKED_FOR.includes(name));

/** A stage of which every function is deployed: some are only where the owner asks for what they do. */
export const ALL_FUNCTIONS: Template = templateOf(
  stageWith({
    ...{ events: true, eventsWithAddresses: true },
    webhooks: [{ url: "https://hooks.example.org/course", events: ["reader.left"], secretName: "hook" }],
  }),
);

/** A template's JSON, to look into by name; strings, numbers and lists are met where a test expects them. */
interface Part {
  readonly [name: string]: Part | undefined;
}
/** The resources of a type, by logical id. */
export const resources = (template: Template, type: string): [id: string, resource: Part][] =>
  Object.entries(template.findResources(type));
/** The members of a list in a template, or the one that stands in its place. */
export const members = (list: Part | undefined): Part[] => (Array.isArray(list) ? list : list ? [list] : []);
