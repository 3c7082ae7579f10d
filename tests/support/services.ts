import { randomBytes } from "node:crypto";
import { openLog } from "../../functions/aws/log.ts";
import { random } from "../../functions/aws/runtime.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Keys } from "../../functions/domain/keys.ts";
import type { OutgoingMail, SendOutcome, Services } from "../../functions/ports.ts";
import { startStore, type TestClock } from "./table.ts";

/** SES as a test wants it: every call is noted, and answered by what the test has put in line, else accepted. */
export interface ScriptedSes {
  sent: OutgoingMail[];
  answers: SendOutcome[];
}

export interface World {
  services: Services;
  clock: TestClock;
  ses: ScriptedSes;
  nudged: { subscriber: string; course?: string; afterMs: number }[];
  logged: string[];
  stop(): Promise<void>;
}

/** The verbs' world: the real store over the embedded engine; SES and the queue noted down; a clock to move. */
export async function startWorld(content: Content, now: number): Promise<World> {
  const { store, clock, stop } = await startStore(now);
  const ses: ScriptedSes = { sent: [], answers: [] };
  const nudged: World["nudged"] = [];
  const logged: string[] = [];
  const keys: Keys = { signing: [{ id: 1, secret: randomBytes(32) }], addressHash: randomBytes(32) };
  await store.saveGovernor({ ...(await store.governor()), rate: 1_000, quota: -1, asOf: now });
  const services: Services = {
    settings: {
      stage: "test",
      mailDomain: "course.example",
      senderLocalPart: "lessons",
      ownerName: "The owner",
      ownerMailbox: "owner@office.example",
      postalAddress: "1 Test Street, Testing",
      defaultZone: "Europe/Berlin",
      lanes: 4,
      courses: content.courses.map((course) => course.slug),
      promptDelayMinutes: 10,
    },
    webOrigin: "https://web.example",
    messageIdDomain: "email.amazonses.com",
    content,
    store,
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
    inbox: { read: async () => new Uint8Array(), remove: async () => {} },
    keyring: { keys: async () => keys, keysFor: async () => keys },
    clock,
    random,
    log: openLog(clock, (line) => logged.push(line)),
  };
  return { services, clock, ses, nudged, logged, stop };
}
