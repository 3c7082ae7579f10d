import {
  GetAccountSendingEnabledCommand,
  GetSendQuotaCommand,
  SESClient,
  type SESClientConfig,
  SendRawEmailCommand,
} from "@aws-sdk/client-ses";
import { SECOND } from "../domain/time.ts";
import type { Mailer, SendOutcome } from "../ports.ts";
import { lean } from "./lean-client.ts";
import { writeRawMessages } from "./raw-message.ts";

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

interface SesFailure extends Error {
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

const PAUSED = /^(AccountSendingPaused|ConfigurationSetSendingPaused)/;
/** SES has read the mail and will not take it. Every other refusal is ours to mend: the same mail can leave then. */
const NEVER =
  /^(MessageRejected|InvalidParameterValue|InvalidParameterCombination|ValidationError|MalformedInput)/;
/** The request never reached SES. */
const NOT_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CredentialsProviderError)$/;

/** What a failed call means for the mail (SES API reference, "Common Errors" and SendRawEmail "Errors"). */
export function sendOutcome(error: SesFailure): SendOutcome {
  const detail = `${error.name}: ${error.message}`.replace(/\S+@\S+/g, "<address>").slice(0, 300);
  if (/^Throttling/.test(error.name)) {
    return { outcome: "refused", why: /quota/i.test(error.message) ? "quota" : "rate", detail };
  }
  if (PAUSED.test(error.name)) return { outcome: "refused", why: "paused", detail };
  const isOurs = error.name === "MessageRejected" && /not verified/i.test(error.message);
  if (NEVER.test(error.name) && !isOurs) return { outcome: "rejected", detail };
  const status = error.$metadata?.httpStatusCode ?? 0;
  const isRefused = (status >= 400 && status < 500) || NOT_CONNECTED.test(error.code ?? error.name);
  return isRefused ? { outcome: "refused", why: "unavailable", detail } : { outcome: "in-doubt", detail };
}
