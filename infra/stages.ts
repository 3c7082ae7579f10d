import config from "../coursepost.config.ts";
import { type Settings, stageSchema } from "../functions/domain/settings.ts";
import { checkedStage, type StageSettings } from "./stage-schema.ts";

export type StageName = keyof typeof config;

/** The stages of coursepost.config.ts, checked. */
export const STAGES = Object.fromEntries(
  Object.entries(config).map(([stage, settings]) => [
    stage,
    checkedStage({ ...settings, courses: [...settings.courses], letIn: [...settings.letIn], stage }),
  ]),
) as Record<StageName, StageSettings>;

/** Names that cannot be owned (RFC 2606, RFC 6761), and the examples above. */
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

/** Throws if a stage must not go to a real account, naming each field that keeps it from going. */
export function refusePlaceholders(stage: StageSettings): void {
  const lines = placeholders(stage);
  if (lines.length === 0) return;
  throw new Error(`${lines.join("\n")}\nPut your own values there, then deploy again. Nothing was deployed.`);
}

/** What of a stage the functions need, as far as it is known before a deploy. */
export function functionSettings(stage: StageSettings): Omit<Settings, "pictureOrigin"> {
  return stageSchema.parse(stage);
}

export const stageStackName = (stage: StageSettings): string => `coursepost-${stage.stage}`;

/** From: the one address that the functions may send as. */
export const senderAddress = (stage: StageSettings): string => `${stage.senderLocalPart}@${stage.mailDomain}`;
