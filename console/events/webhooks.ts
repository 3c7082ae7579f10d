import { ArgumentError } from "../../cli/arguments.ts";
import { openWebhookCaller } from "../../functions/aws/webhook-caller.ts";
import { isTaken, testEvent, type Webhook } from "../../functions/domain/events/webhook.ts";
import { OperationalError } from "../../functions/errors.ts";
import type { WebhookCaller } from "../../functions/ports.ts";
import { STAGES } from "../../infra/stages.ts";
import { type Group, verb } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";

/** Whom events are sent to. */
export const WEBHOOKS: Group = {
  otherwise: "list",
  verbs: {
    list: verb({
      says: "the webhooks of a stage, and what each is told",
      onlyReads: true,
      flags: STAGE_FLAG,
      run: async ({ reach }) =>
        requireWebhooks(await reach())
          .map(inWords)
          .join("\n"),
    }),
    test: verb({
      says: "call each with a test event, signed as all others, from this machine; nothing is tried again",
      flags: STAGE_FLAG,
      async *run({ reach }) {
        const deployment = await reach();
        const { clock, random } = deployment.services;
        const caller = openWebhookCaller(clock, deployment.stage === "local");
        for (const webhook of requireWebhooks(deployment))
          yield await testWebhook(caller, webhook, random(8), clock.now());
      },
    }),
  },
};

function requireWebhooks({ stage }: Deployment): readonly Webhook[] {
  const { webhooks = [] } = STAGES[stage];
  if (webhooks.length > 0) return webhooks;
  throw new ArgumentError(
    `Stage ${stage} has no webhooks: name some in coursepost.config.ts, and deploy (docs/EVENTS.md).`,
  );
}

/** An address may hold a secret of its receiver's: it stands in the settings, and not in what is printed. */
const toHost = ({ url }: Webhook): string => new URL(url).host;

const inWords = (webhook: Webhook): string =>
  `${toHost(webhook)}  ${webhook.events.join(", ") || "all events"}  signed with ${webhook.secretName}`;

/** One line: what the receiver made of it. */
export async function testWebhook(
  caller: WebhookCaller,
  webhook: Webhook,
  id: string,
  now: number,
): Promise<string> {
  try {
    const answer = await caller.call(webhook, testEvent(id, now));
    const what = "status" in answer ? `answered ${answer.status}` : `did not answer: ${answer.failed}`;
    return `${isTaken(answer) ? "✓" : "✗"} ${toHost(webhook)} ${what}`;
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    return `✗ ${toHost(webhook)} was not called: ${error.message}`;
  }
}
