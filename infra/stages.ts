import config from "../coursepost.config.ts";
import { type Settings, stageSchema } from "../functions/domain/settings.ts";
import { checkedStage, type StageSettings, type Stages } from "./stage-schema.ts";

export type StageName = keyof typeof config;

/** The stages of coursepost.config.ts, checked. */
export const STAGES = Object.fromEntries(
  Object.entries(config as Stages).map(([stage, settings]) => [
    stage,
    checkedStage({
      ...settings,
      courses: [...settings.courses],
      letIn: [...settings.letIn],
      languagesRead: [...(settings.languagesRead ?? [])],
      webhooks: (settings.webhooks ?? []).map((one) => ({ ...one, events: [...(one.events ?? [])] })),
      stage,
    }),
  ]),
) as Record<StageName, StageSettings>;

/** What of a stage the functions need, as far as it is known before a deploy. */
export function functionSettings(stage: StageSettings): Omit<Settings, "pictureOrigin"> {
  return stageSchema.parse(stage);
}

export const stageStackName = (stage: StageSettings): string => `coursepost-${stage.stage}`;

/** From: the one address that the functions may send as. */
export const senderAddress = (stage: StageSettings): string => `${stage.senderLocalPart}@${stage.mailDomain}`;
