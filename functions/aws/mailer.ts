import {
  GetAccountSendingEnabledCommand,
  GetSendQuotaCommand,
  SESClient,
  type SESClientConfig,
  SendRawEmailCommand,
} from "@aws-sdk/client-ses";
import { SECOND } from "../domain/time.ts";
import type { Mailer } from "../ports.ts";
import { lean } from "./lean-client.ts";
import { writeRawMessages } from "./raw-message.ts";
import { type SesFailure, sendOutcome } from "./ses-refusals.ts";

/** An SES call takes no longer than this; a claim's closing time is twice as long. */
const CALL_LIMIT = 10 * SECOND;

/**
 * One attempt a call: SendRawEmail has no idempotency token, and the SDK's own retries after a lost answer would
 * mail a person three times. `throwOnRequestTimeout` makes the limit end the call instead of printing a warning.
 */
export function sesClient(settings: SESClientConfig = {}): SESClient {
  const client = new SESClient({
    ...settings,
    maxAttempts: 1,
    cacheMiddleware: true,
    requestHandler: {
      requestTimeout: CALL_LIMIT,
      connectionTimeout: CALL_LIMIT,
      throwOnRequestTimeout: true,
    },
  });
  writeRawMessages(client);
  leaveOutTrying(client);
  return lean(client);
}

/** Counting attempts of which there is one. A step that does nothing takes its place, because signing stands behind it. */
function leaveOutTrying({ middlewareStack }: SESClient): void {
  const trying = {
    name: "retryMiddleware",
    step: "finalizeRequest",
    priority: "high",
    override: true,
  } as const;
  middlewareStack.add((next) => next, trying);
}

/** SES, version 1 of its API. */
export function openMailer(configurationSet: string, client = sesClient()): Mailer {
  return {
    async send(mail) {
      const Tags = Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value }));
      const request = new SendRawEmailCommand({
        Source: mail.from,
        Destinations: [mail.to],
        RawMessage: { Data: mail.raw },
        ConfigurationSetName: configurationSet,
        Tags,
      });
      try {
        const { MessageId } = await client.send(request);
        // An empty answer reads as success without an id: SES may have taken the mail or not.
        return MessageId
          ? { outcome: "accepted", messageId: MessageId }
          : { outcome: "in-doubt", detail: "empty answer" };
      } catch (error) {
        return sendOutcome(error as SesFailure);
      }
    },
    async quota() {
      const limits = await client.send(new GetSendQuotaCommand({}));
      const account = await client.send(new GetAccountSendingEnabledCommand({}));
      return {
        rate: limits.MaxSendRate ?? 1,
        quota: limits.Max24HourSend ?? -1,
        sent24h: limits.SentLast24Hours ?? 0,
        enabled: account.Enabled ?? true,
      };
    },
  };
}
