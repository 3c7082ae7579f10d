import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { openMailbox } from "../../console/rehearsal/mailbox.ts";
import type { RehearsalStage } from "../../console/rehearsal/rehearsal.ts";
import { runRehearsal } from "../../console/rehearsal/run.ts";
import { openAllPeople } from "../../console/table/all-people.ts";
import { openIndexFilling } from "../../console/table/index-filling.ts";
import { openLeftovers } from "../../console/table/leftovers.ts";
import { openOwnerIndex } from "../../console/table/owner-index.ts";
import { readConfig } from "../../functions/aws/config.ts";
import { openInbox } from "../../functions/aws/inbox.ts";
import { openServices } from "../../functions/aws/runtime.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Mailer } from "../../functions/ports.ts";
import { functionSettings, STAGES } from "../../infra/stages.ts";
import { openDkimSigner } from "../../local/aws/dkim.ts";
import { readMail, rewriteHead } from "../../local/aws/mail-headers.ts";
import type { SentMail } from "../../local/aws/ses-events.ts";
import { findSimulation } from "../../local/aws/ses-mailbox-simulator.ts";
import { type Looked, runLane } from "./journey.ts";
import { REGION } from "./stack.ts";
import type { CheckedWorld } from "./world.ts";

const RUN = "motomoto";
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DOMAIN = STAGES.local.mailDomain;

/**
 * The rehearsal, with the deployed functions under their own roles and moto's services. moto delivers no mail, so this
 * carries it: what SES took comes in through the template's receipt rules, signed, and SES's events are told of it.
 */
export async function rehearseInMoto(world: CheckedWorld, moto: string): Promise<Looked[]> {
  const before = { ...process.env };
  // The owner's own credentials, as the SDK finds them.
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: moto, AWS_REGION: REGION, AWS_ACCESS_KEY_ID: world.stack.keys.accessKeyId },
    AWS_SECRET_ACCESS_KEY: world.stack.keys.secretAccessKey,
  });
  try {
    const report = await runRehearsal(openStage(world), RUN, () => undefined);
    return report.steps.map(({ name, state, why = "" }) => ({
      ...{ what: `rehearsal: ${name}`, isTrue: state === "held", found: `${state} ${why}` },
    }));
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function openStage(world: CheckedWorld): RehearsalStage {
  const { outputs, config } = readOutputs(world);
  const carrier = openCarrier(world);
  const clock = { now: () => world.clock.now(), sleep: carrier.sleep };
  const opened = openServices({ courses: [], languages: {} } as Content, openInbox, config, clock);
  const log = { info: () => {}, warn: () => {}, count: () => {}, measure: () => {} };
  const services = { ...opened, log, mailer: carrier.watched(opened.mailer) };
  const signer = openDkimSigner();
  const records = signer.records(DOMAIN);
  const table = new DynamoDBClient({});
  const ofOwner = {
    allPeople: openAllPeople(world.table, clock, table),
    ownerIndex: openOwnerIndex(world.table, table),
    indexFilling: openIndexFilling(world.table, clock, table),
  };
  return {
    deployment: {
      stage: "local",
      place: "moto",
      services,
      ...ofOwner,
      outputs,
      dnsRecords: [],
      renewClock: async () => {},
    },
    ...{ clock, http: browserOf(world) },
    mailbox: openMailbox(outputs.RehearsalBucket ?? "", new S3Client({ forcePathStyle: true })),
    leftovers: openLeftovers(world.table, table),
    txt: async (name) => [records[name] ?? []].flat(),
    examine: async () => [],
    signal: new AbortController().signal,
  };
}

function readOutputs({ stack }: CheckedWorld) {
  const outputs = stack.reader.outputs("Deployed");
  const environment = Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toUpperCase(),
      value,
    ]),
  );
  const SETTINGS = JSON.stringify(functionSettings(STAGES.local));
  return { outputs, config: readConfig({ ...environment, SETTINGS }) };
}

/** The pages, by the template's routes. */
const browserOf =
  (world: CheckedWorld): typeof fetch =>
  async (url, { method = "GET", body } = {}) => {
    const form = body ? Object.fromEntries(new URLSearchParams(String(body))) : undefined;
    const { status, page } = await world.browse(method, String(url), form);
    return new Response(page, { status });
  };

/** What AWS does by itself while time passes: queues are polled, lanes come round, mail is delivered and told of. */
function openCarrier(world: CheckedWorld) {
  const signer = openDkimSigner();
  const written: SentMail[] = [];
  let [carried, answered] = [world.mails.length, 0];
  let laneAt = 0;

  async function carry(): Promise<void> {
    await world.drain("Nudge", "nudge");
    if (world.clock.now() - laneAt >= MINUTE) {
      laneAt = world.clock.now();
      await runLane(world);
    }
    for (; carried < world.mails.length; carried++) await deliver(world.mails[carried] as SentMail);
    for (; answered < written.length; answered++) await deliver(written[answered] as SentMail);
    await world.drain("Reply", "receive");
    await world.drain("Feedback", "feedback");
  }

  async function deliver(mail: SentMail): Promise<void> {
    const [to = ""] = mail.destinations;
    await world.tell(mail, "Send");
    for (const effect of findSimulation(to).effects) await world.tell(mail, effect.eventType, effect);
    if (!to.endsWith(`@${DOMAIN}`)) return;
    const raw = signer.sign(Buffer.from(mail.raw), DOMAIN, mail.at);
    await world.receive({ source: `${mail.messageId}@bounce.${DOMAIN}`, recipients: [to], raw });
  }

  return {
    async sleep(ms: number): Promise<void> {
      await carry();
      await world.pass(ms);
      await carry();
    },
    /** The owner's own mails are seen here, the functions' on the wire. moto has no word on whether an account sends. */
    watched: (mailer: Mailer): Mailer => ({
      async send(mail) {
        const answer = await mailer.send(mail);
        if (answer.outcome !== "accepted") return answer;
        const { messageId } = answer;
        const id = { name: "Message-ID", value: `<${messageId}@${REGION}.amazonses.com>` };
        const parsed = readMail(mail.raw);
        const raw = rewriteHead(parsed, new Set(["message-id"]), [id]);
        const { from: source, to, tags } = mail;
        written.push({
          ...{ messageId, at: world.clock.now(), source, destinations: [to], headers: parsed.headers, raw },
          tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
        });
        return answer;
      },
      quota: async () => ({ rate: 14, quota: 50_000, sent24h: 0, enabled: true }),
    }),
  };
}
