import { findOfferedPlaceholders } from "../authoring/checks/placeholders.ts";
import { readNewsletterFile } from "../authoring/compile/compile-issues.ts";
import { openSources } from "../authoring/compile/sources.ts";
import { ROOT } from "../cli/root.ts";
import type { StageSettings } from "./stage-schema.ts";

/** Names that cannot be owned (RFC 2606, RFC 6761), and the examples of coursepost.config.ts. */
const RESERVED = /(^|[@.])(example|test|invalid|localhost|local|example\.(com|net|org))$/i;
const EXAMPLE_VALUES = new Set(["1 Example Street, Exampletown", "The Course Author"]);
const EXAMPLE_CERTIFICATE = /:111111111111:certificate\/0{8}-/;

/** What of a stage is still an example: a line a field. Such a stage can be synthesized, not deployed. */
export function placeholders(stage: StageSettings): string[] {
  const isExample = (value: unknown): value is string =>
    typeof value === "string" &&
    (RESERVED.test(value) || EXAMPLE_VALUES.has(value) || EXAMPLE_CERTIFICATE.test(value));
  return Object.entries(stage)
    .filter(([, value]) => isExample(value))
    .map(([field, value]) => `coursepost.config.ts: ${stage.stage}.${field} is still the example "${value}"`);
}

/** What of the content readers must not get: what is still to be written, and the newsletter of another course. */
export function foreignWords({ courses }: Pick<StageSettings, "courses">, root = ROOT): string[] {
  const sources = openSources(root);
  const unwritten = findOfferedPlaceholders(sources, courses).map(
    ({ file, line, says }) => `${file}:${line}: ${says}`,
  );
  const { file, course } = readNewsletterFile(sources);
  const isForeign = course !== undefined && courses.length > 0 && !courses.includes(course);
  if (!isForeign) return unwritten;
  const todo = `npm run console -- course newsletter ${courses[0]}`;
  return [
    ...unwritten,
    `${file}: is the newsletter of "${course}", which this stage does not offer; ${todo}`,
  ];
}

/**
 * Throws if a stage must not go to a real account, naming each field that keeps it from going, and of a production stage
 * each place of the content.
 */
export function refusePlaceholders(stage: StageSettings, root = ROOT): void {
  const lines = [...placeholders(stage), ...(stage.production ? foreignWords(stage, root) : [])];
  if (lines.length === 0) return;
  throw new Error(`${lines.join("\n")}\nPut your own values there, then deploy again. Nothing was deployed.`);
}
