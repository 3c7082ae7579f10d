import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { CONFLICT, retryConflict } from "../conflict.ts";
import {
  beginningInWords,
  type ConcernMail,
  type ConcernName,
  endInWords,
  type Incident,
  type Incidents,
  listEnded,
  listOpen,
  listUntold,
  withoutConcerns,
  withSent,
  withSighting,
  withTold,
} from "../domain/incidents.ts";
import { type Instant, MINUTE, SECOND } from "../domain/time.ts";
import { forLog } from "../errors.ts";
import type { Alarms, Clock, Log } from "../ports.ts";
import { fromItem, toItem } from "./items.ts";
import { incidentsKey } from "./keys.ts";
import { lean } from "./lean-client.ts";
import { NEW, type Table } from "./table.ts";

/** Sends a notice to whoever has subscribed. */
export type Topic = (notice: ConcernMail) => Promise<void>;

const CALL_LIMIT = 5 * SECOND;

/** The stage's topic of alarms; the owner's mailbox has subscribed to it. */
export function openTopic(
  arn: string,
  client = lean(
    new SNSClient({
      cacheMiddleware: true,
      requestHandler: { requestTimeout: CALL_LIMIT, throwOnRequestTimeout: true },
    }),
  ),
): Topic {
  return async ({ subject, text }) => {
    await client.send(new PublishCommand({ TopicArn: arn, Subject: subject, Message: text }));
  };
}

/** An open incident is written no more often: a thousand refused mails are one incident. */
const NOTED_AGAIN_AFTER = MINUTE;
/** Who has opened an incident tells of it at once; who finds it untold later tells it instead. */
const PATIENCE = MINUTE;

interface KeptIncidents {
  version: number;
  incidents: Incidents;
}

/** The one item that holds what goes on. `change` returns what stood before and what stands now. */
function openIncidents(table: Pick<Table, "get" | "put">, clock: Clock) {
  const read = async (): Promise<KeptIncidents> =>
    fromItem<KeptIncidents>(await table.get(incidentsKey), clock.now()) ?? { version: 0, incidents: {} };

  return {
    read,
    change: (apply: (incidents: Incidents) => Incidents): Promise<[before: Incidents, after: Incidents]> =>
      retryConflict("incidents", async () => {
        const { version, incidents } = await read();
        const changed = apply(incidents);
        if (changed === incidents) return [incidents, incidents] as [Incidents, Incidents];
        const kept = await table.put(
          toItem(incidentsKey, { version: version + 1, incidents: changed }),
          version === 0 ? NEW : { expression: "version = :version", values: { ":version": version } },
        );
        return kept ? ([incidents, changed] as [Incidents, Incidents]) : CONFLICT;
      }),
  };
}

/**
 * One item holds what goes on: so however many functions see the same thing, one of them tells it, once. What cannot be
 * told is told a minute later by a lane. Never throws: who calls has mail to send.
 */
export function openAlarms(
  table: Pick<Table, "get" | "put">,
  { clock, log, stage, topic }: { clock: Clock; log: Log; stage: string; topic: Topic },
): Alarms {
  const noted = new Map<ConcernName, Instant>();

  const kept = openIncidents(table, clock);

  const tellBeginning = async (name: ConcernName, incident: Incident): Promise<void> => {
    await topic(beginningInWords(stage, name, incident));
    log.warn("owner-told", { concern: name });
    await kept.change((incidents) => withTold(incidents, name));
  };

  /** What the topic did not take is an open incident once more, so that the next settling tells its end. */
  const tellEnd = async (name: ConcernName, incident: Incident): Promise<void> => {
    try {
      await topic(endInWords(stage, name, incident));
    } catch (error) {
      await kept.change((incidents) => (incidents[name] ? incidents : { ...incidents, [name]: incident }));
      throw error;
    }
    noted.delete(name);
    log.info("owner-told-over", { concern: name });
  };

  const unlessForbidden = async (deed: () => Promise<void>): Promise<void> => {
    try {
      await deed();
    } catch (error) {
      log.warn("owner-not-told", forLog(error));
    }
  };

  return {
    see: (name, detail) =>
      unlessForbidden(async () => {
        const now = clock.now();
        if (now - (noted.get(name) ?? 0) < NOTED_AGAIN_AFTER) return;
        const [before, after] = await kept.change((incidents) => withSighting(incidents, name, now, detail));
        const incident = after[name] as Incident;
        if (incident.openedAt === undefined) return;
        noted.set(name, now);
        if (before[name]?.openedAt === undefined) await tellBeginning(name, incident);
      }),

    settle: (hasSent) =>
      unlessForbidden(async () => {
        const now = clock.now();
        const { incidents } = await kept.read();
        for (const name of listUntold(incidents, now, PATIENCE))
          await tellBeginning(name, incidents[name] as Incident);
        const [before, after] = await kept.change((known) => {
          const current = hasSent ? withSent(known) : known;
          const over = listEnded(current, now);
          return over.length > 0 ? withoutConcerns(current, over) : current;
        });
        for (const name of listOpen(before)) {
          const incident = before[name] as Incident;
          if (!after[name] && incident.isTold) await unlessForbidden(() => tellEnd(name, incident));
        }
      }),

    async open() {
      const { incidents } = await kept.read();
      return listOpen(incidents).map((name) => ({ name, ...(incidents[name] as Incident) }));
    },
  };
}
