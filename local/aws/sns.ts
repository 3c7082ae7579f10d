import { randomUUID } from "node:crypto";
import type { VirtualClock } from "./clock.ts";
import { queryAnswer } from "./endpoint.ts";
import { ServiceError, type WireRequest, type WireResponse, type WireService } from "./request.ts";

export interface Subscription {
  /** True: the message as it is. False: in SNS's envelope. */
  raw?: boolean;
  deliver: (body: string) => void;
}

/** SNS: topics by ARN. What is published reaches every subscription at once. */
export class Sns implements WireService {
  readonly #clock: VirtualClock;
  readonly #uuid: () => string;
  readonly #topics = new Map<string, Subscription[]>();

  constructor(options: { clock: VirtualClock; uuid?: () => string }) {
    this.#clock = options.clock;
    this.#uuid = options.uuid ?? randomUUID;
  }

  createTopic(arn: string): void {
    if (!this.#topics.has(arn)) this.#topics.set(arn, []);
  }

  subscribe(topicArn: string, subscription: Subscription): void {
    this.#topic(topicArn).push(subscription);
  }

  /** `Publish`, for those who speak to it on the wire; topics are made by the template. */
  handle({ action, body }: WireRequest): WireResponse {
    if (action !== "Publish") throw new ServiceError("InvalidAction", `${action} is not emulated`);
    const form = new URLSearchParams(body.toString());
    const topic = form.get("TopicArn") ?? "";
    if (!this.#topics.has(topic)) throw new ServiceError("NotFound", "Topic does not exist", 404);
    this.publish(topic, form.get("Message") ?? "", form.get("Subject") ?? undefined);
    return queryAnswer("sns", action, `<MessageId>${this.#uuid()}</MessageId>`);
  }

  /** Throws if there is no such topic. */
  publish(topicArn: string, message: string, subject?: string): void {
    const envelope = JSON.stringify(this.#envelope(topicArn, message, subject));
    for (const { raw, deliver } of this.#topic(topicArn)) deliver(raw ? message : envelope);
  }

  #envelope(topicArn: string, message: string, subject: string | undefined) {
    const region = topicArn.split(":")[3] ?? "";
    const host = `https://sns.${region}.amazonaws.com`;
    return {
      Type: "Notification",
      MessageId: this.#uuid(),
      TopicArn: topicArn,
      ...(subject !== undefined && { Subject: subject }),
      Message: message,
      Timestamp: new Date(this.#clock.now()).toISOString(),
      SignatureVersion: "1",
      Signature: "bG9jYWw=",
      SigningCertURL: `${host}/SimpleNotificationService-local.pem`,
      UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${topicArn}:local`,
    };
  }

  #topic(arn: string): Subscription[] {
    const topic = this.#topics.get(arn);
    if (topic === undefined) throw new Error(`No SNS topic ${arn}`);
    return topic;
  }
}
