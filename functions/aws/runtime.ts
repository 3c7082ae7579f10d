import type { Content } from "../domain/content.ts";
import type { Clock, Inbox, Services } from "../ports.ts";
import { openAlarms, openTopic } from "./alarms.ts";
import { openBroadcasts } from "./broadcasts.ts";
import { type Config, readConfig } from "./config.ts";
import { openKeyring } from "./keyring.ts";
import { openLog } from "./log.ts";
import { openMailDomains } from "./mail-domains.ts";
import { openMailer } from "./mailer.ts";
import { openErrands, openNudge, openWritten } from "./queue.ts";
import { random } from "./random.ts";
import { openStore } from "./store.ts";
import { openTable } from "./table.ts";

/** The one clock. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((wake) => setTimeout(wake, Math.max(0, ms))),
};

/** Opens the bucket of raw mail. Two functions need it, and S3's client is a fifth of a bundle. */
export type OpenInbox = (bucket: string) => Inbox;

const noInbox: OpenInbox = () => {
  const refuse = () =>
    Promise.reject(new Error("This function has no inbox: its handler must hand openInbox to serve"));
  return { read: refuse, remove: refuse };
};

/**
 * Everything a verb may ask for, over AWS. Made once per function instance, when the first event comes.
 * @param time another clock than this machine's: a console that reaches a virtual one
 */
export function openServices(
  content: Content,
  inbox: OpenInbox = noInbox,
  config: Config = readConfig(),
  time: Clock = clock,
): Services {
  const { stage, dashboard } = config.settings;
  const log = openLog(time, { stage, hasMetrics: dashboard });
  const table = openTable(config.table, undefined, time.sleep);
  return {
    settings: config.settings,
    webOrigin: config.webOrigin,
    messageIdDomain: config.messageIdDomain,
    content,
    store: openStore(table, time, random, config.settings.events),
    broadcasts: openBroadcasts(table, time, random),
    mailer: openMailer(config.configurationSet),
    nudge: openNudge(config.nudgeQueueUrl, log),
    errands: openErrands(config.nudgeQueueUrl),
    written: openWritten(config.replyQueueUrl),
    inbox: inbox(config.inboxBucket),
    mailDomains: openMailDomains(config.dnsServers, { clock: time, log }),
    keyring: openKeyring(config.keyringSecret, time),
    alarms: openAlarms(table, { clock: time, log, stage, topic: openTopic(config.alarmTopic) }),
    clock: time,
    random,
    log,
  };
}
