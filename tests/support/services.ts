import { randomBytes } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { IndexFilling } from "../../console/table/index-filling.ts";
import type { OwnerIndex } from "../../console/table/owner-index.ts";
import type { AllPeople } from "../../console/table/people.ts";
import { openAlarms } from "../../functions/aws/alarms.ts";
import { openLog } from "../../functions/aws/log.ts";
import { random } from "../../functions/aws/random.ts";
import { runErrand } from "../../functions/consent/errands/run-errand.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Cadence } from "../../functions/domain/course/cadence.ts";
import { inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import type { ConcernMail } from "../../functions/domain/incidents.ts";
import type { Keys } from "../../functions/domain/keys.ts";
import {
  newSubscriber,
  type Subscriber,
  withConfirmation,
} from "../../functions/domain/people/subscriber.ts";
import type { OutgoingMail, SendOutcome, Services } from "../../functions/ports.ts";
import { takeMessage } from "../../functions/reply/receive.ts";
import { aConsent } from "./consents.ts";
import { testSettings } from "./settings.ts";
import { startStore, type TestClock } from "./table.ts";

/** SES as a test wants it: every call is noted, and answered by what the test has put in line, else accepted. */
interface ScriptedSes {
  sent: OutgoingMail[];
  answers: SendOutcome[];
}

export interface World {
  services: Services;
  /** The table itself: to look into, and to break. Its name is `table`. */
  table: DynamoDBClient;
  allPeople: AllPeople;
  ownerIndex: OwnerIndex;
  indexFilling: IndexFilling;
  clock: TestClock;
  ses: ScriptedSes;
  nudged: { subscriber: string; course?: string; afterMs: number }[];
  logged: string[];
  /** What the owner was told. */
  told: ConcernMail[];
  stop(): Promise<void>;
}

/** The verbs' world: the real store over the embedded engine; SES and the queue noted down; a clock to move. */
export async function startWorld(
  content: Content,
  now: number,
  engine?: Parameters<typeof startStore>[1],
): Promise<World> {
  const { store, broadcasts, table, items, clock, stop, ...ofOwner } = await startStore(now, engine);
  const ses: ScriptedSes = { sent: [], answers: [] };
  const nudged: World["nudged"] = [];
  const logged: string[] = [];
  const log = openLog(clock, { stage: "test", hasMetrics: true }, (line) => logged.push(line));
  const told: ConcernMail[] = [];
  const topic = async (notice: ConcernMail) => void told.push(notice);
  const keys: Keys = { signing: [{ id: 1, secret: randomBytes(32) }], addressHash: randomBytes(32) };
  await store.saveGovernor({ ...(await store.governor()), rate: 1_000, quota: -1, asOf: now });
  const services: Services = {
    settings: testSettings(content),
    webOrigin: "https://web.example",
    messageIdDomain: "email.amazonses.com",
    content,
    store,
    broadcasts,
    mailer: {
      async send(mail) {
        ses.sent.push(mail);
        return ses.answers.shift() ?? { outcome: "accepted", messageId: `id-${ses.sent.length}` };
      },
      quota: async () => ({ rate: 1_000, quota: -1, sent24h: 0, enabled: true }),
    },
    nudge: {
      async send(holder, afterMs) {
        nudged.push({ ...holder, afterMs });
      },
    },
    // Run at once: a page's test looks at what came of it.
    errands: {
      async leave(errand) {
        const due = await runErrand(services, errand);
        if (due) await services.nudge.send(due, 0);
      },
    },
    written: { handOver: (answer) => takeMessage(services, answer) },
    inbox: { read: async () => new Uint8Array(), remove: async () => {} },
    mailDomains: { mayTakeMail: async (domain) => !domain.endsWith(".invalid") },
    keyring: { keys: async () => keys, findKeys: async () => keys },
    clock,
    random,
    alarms: openAlarms(items, { clock, log, stage: "test", topic }),
    log,
  };
  return { services, ...ofOwner, table, clock, ses, nudged, logged, told, stop };
}

/** When and how the readers of these tests want their lessons. */
export const CADENCE: Cadence = { zone: "UTC", weekday: 2, time: "07:30", pace: "weekly" };

/** A confirmed reader in the course `course`, whose welcome is due now. */
export async function addReader({ services }: World, address = "r@x.example"): Promise<Subscriber> {
  const { store, clock, random } = services;
  const now = clock.now();
  const consent = aConsent("confirmed", "course", now);
  const asks = {
    address,
    addressHash: `hash of ${address}`,
    zone: "UTC",
    course: "course",
    newsletter: false,
    consent,
  };
  const reader = await store.save(withConfirmation(newSubscriber(random(10), asks, now), consent));
  if (!reader) throw new Error("The reader could not be written");
  await store.save(withActivation(inertEnrolment(reader.id, "course", CADENCE, now), now));
  return reader;
}
