import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESClient } from "@aws-sdk/client-ses";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { VirtualClock } from "../../local/aws/clock.ts";
import { DynamoDb } from "../../local/aws/dynamodb.ts";
import { Wire } from "../../local/aws/endpoint.ts";
import { S3 } from "../../local/aws/s3.ts";
import { Secrets } from "../../local/aws/secrets.ts";
import { type SendLimits, Ses } from "../../local/aws/ses.ts";
import { Sns } from "../../local/aws/sns.ts";
import { Sqs } from "../../local/aws/sqs.ts";

/** Tuesday 24 November 2026, 07:00 UTC. */
export const START = Date.UTC(2026, 10, 24, 7);
export const PLACE = { region: "eu-west-1", account: "111111111111" };
export const TOPIC = "arn:aws:sns:eu-west-1:111111111111:events";

/** All emulators on one wire, and the SDK's own clients to speak to them. */
export async function openStation(
  options: { limits?: Partial<SendLimits>; sandbox?: boolean; folder?: string } = {},
) {
  const { folder } = options;
  const clock = new VirtualClock(START);
  const wire = new Wire(clock);
  const sns = new Sns({ clock });
  const ses = new Ses({ clock, place: PLACE, publish: sns.publish.bind(sns), ...options });
  const sqs = new Sqs({ clock, place: PLACE, endpoint: () => wire.endpoint(), folder });
  const s3 = new S3({ clock, folder });
  const secrets = new Secrets({ folder });
  const dynamodb = new DynamoDb({ folder });
  const services = { ses, sns, sqs, s3, secretsmanager: secrets, dynamodb } as const;
  for (const name of ["ses", "sns", "sqs", "s3", "secretsmanager", "dynamodb"] as const)
    wire.serve(name, services[name]);
  await dynamodb.start();
  const endpoint = await wire.listen();

  const common = {
    endpoint,
    region: PLACE.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  };
  const clients = {
    ses: new SESClient(common),
    sns: new SNSClient(common),
    sqs: new SQSClient(common),
    s3: new S3Client(common),
    secrets: new SecretsManagerClient(common),
    dynamodb: new DynamoDBClient(common),
  };
  return {
    clock,
    wire,
    sns,
    ses,
    sqs,
    s3,
    secrets,
    dynamodb,
    clients,
    common,
    /** Goes on by this many milliseconds; quiet means that promises have settled. */
    pass: (ms: number) => clock.advanceUntil(clock.now() + ms, settled),
    async close() {
      for (const client of Object.values(clients)) client.destroy();
      await wire.close();
      await dynamodb.stop();
    },
  };
}

export type Station = Awaited<ReturnType<typeof openStation>>;

/** Resolves when what was going on has gone on as far as it can without input. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
