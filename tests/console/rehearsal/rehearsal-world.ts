import { openMailbox, type RehearsalMailbox } from "../../../console/rehearsal/mailbox.ts";
import type { RehearsalStage } from "../../../console/rehearsal/rehearsal.ts";
import { openLeftovers } from "../../../console/table/leftovers.ts";
import type { Cloud } from "../../../local/aws/cloud.ts";
import { type OwnersCloud, openOwnersCloud } from "../../support/console.ts";

/** A stage on this machine as a rehearsal reaches it, under the cloud's own clock: who waits moves it. */
export interface RehearsedCloud extends OwnersCloud {
  cloud: Cloud;
  stage: RehearsalStage;
  mailbox: RehearsalMailbox;
}

export async function openRehearsedCloud(): Promise<RehearsedCloud> {
  const owners = await openOwnersCloud();
  const { cloud } = owners;
  const clock = { now: () => cloud.now(), sleep: (ms: number) => cloud.advanceBy(ms) };
  const reached = await owners.reached();
  const deployment = { ...reached, services: { ...reached.services, clock } };
  const mailbox = openMailbox(deployment.outputs.RehearsalBucket ?? "");
  const { txtRecords } = cloud.deployment;
  const stage: RehearsalStage = {
    ...{ deployment, clock, mailbox },
    leftovers: openLeftovers(cloud.tableName),
    txt: async (name) => (name in txtRecords ? [txtRecords[name] as string] : []),
    http: fetch,
    examine: async () => [],
    signal: new AbortController().signal,
  };
  return { ...owners, stage, mailbox };
}
