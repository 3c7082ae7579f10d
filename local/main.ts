import "../cli/tell-settings-error.ts";
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { ArgumentError, readArguments, readMoment, usage } from "../cli/arguments.ts";
import { announceCloud, withdrawCloud } from "../cli/running-cloud.ts";
import { inZone } from "../cli/time-in-words.ts";
import { STAGES } from "../infra/stages.ts";
import {
  type Assembled,
  assemble,
  NotAssembled,
  startAssembled,
  type TellProgress,
  time,
} from "./assemble.ts";
import type { Cloud } from "./aws/cloud.ts";
import { Snapshot } from "./aws/snapshot.ts";
import { type DeskProgram, startDeskProgram } from "./desk-program.ts";
import { type MailboxServer, startMailbox } from "./mailbox/server.ts";
import { type OwnSite, startOwnSite } from "./own-site.ts";
import { letTimeFlow } from "./real-time.ts";

/** `npm start`: the whole course on this machine, until Ctrl-C. */

const FLAGS = {
  state: { value: "FOLDER", says: "keep readers, mails and the time between runs; in memory otherwise" },
  "start-at": { value: "MOMENT", says: "what time it is, for example 2026-03-06T17:00Z; now otherwise" },
  help: { says: "this" },
};
/** Where these are busy, a free port is taken. */
const USUAL_PORTS = { web: 4800, inbox: 4801, ownSite: 4802, smtp: 2525 };
type Ports = typeof USUAL_PORTS;
/** What runs behind each, for people. */
const BEHIND = { web: "landing page", inbox: "inbox", ownSite: "own site", smtp: "SMTP port" } as const;

async function main(): Promise<void> {
  const given = readArguments("npm start", FLAGS, process.argv.slice(2));
  if (given.help) return console.log(usage("npm start", FLAGS));
  const folder = given.state === undefined ? undefined : resolve(given.state);
  const kept = new Snapshot<{ now: number }>(folder, "clock");
  const startAt = beginning(given["start-at"], kept.read()?.now);
  const stop = waitForInterrupt();
  const began = performance.now();
  const desk = startDeskProgram((link) => console.log(`  The desk opens once more by ${link}`));
  try {
    const assembled = await assemble(tellProgress);
    try {
      await run(assembled, { startAt, folder, kept, began, stop, desk });
    } finally {
      await assembled.remove();
    }
  } finally {
    desk.stop();
  }
}

interface StartedRun {
  startAt: number;
  folder: string | undefined;
  kept: Snapshot<{ now: number }>;
  /** Of the real clock. */
  began: number;
  stop: Promise<void>;
  desk: DeskProgram;
}

async function run(
  assembled: Assembled,
  { startAt, folder, kept, began, stop, desk }: StartedRun,
): Promise<void> {
  // Links in kept mails lead to the ports of the run that sent them.
  const keptPorts = new Snapshot<Ports>(folder, "ports");
  const wanted = keptPorts.read() ?? USUAL_PORTS;
  const cloud = await time(tellProgress, "The cloud is up", () =>
    startAssembled(assembled, {
      startAt,
      stateFolder: folder,
      webPort: wanted.web,
      smtpPort: wanted.smtp,
    }),
  );
  const secrets = makeWebhookSecrets(cloud);
  const mailbox = await startMailbox(cloud, { port: wanted.inbox });
  const running = { ...cloud.deployment, clockUrl: `${mailbox.origin}/now` };
  announceCloud(running);
  desk.show(running);
  const ownSite = await startOwnSite(cloud.webOrigin, { port: wanted.ownSite });
  const ports = {
    web: portNumber(cloud.webOrigin),
    inbox: portNumber(mailbox.origin),
    ownSite: portNumber(ownSite.origin),
    smtp: cloud.smtpPort,
  };
  keptPorts.write(keptPorts.read() ?? ports);
  const flow = letTimeFlow(cloud, () => mailbox.busy());
  const places = { mailbox, ownSite, desk: await desk.link };
  const moved = [...busyPorts(wanted, ports, folder !== undefined), ...secrets];
  console.log(banner(cloud, places, { folder, moved, ms: performance.now() - began }));
  await stop;
  console.log("\nStopping …");
  withdrawCloud();
  await flow.stop();
  await mailbox.close();
  await ownSite.close();
  await cloud.stop();
  kept.write({ now: cloud.now() });
}

/** Here nobody else puts a webhook's secret where it is looked for. A line for each, for its receiver's author. */
function makeWebhookSecrets({ secrets }: Cloud): string[] {
  const names = new Set(STAGES.local.webhooks?.map(({ secretName }) => secretName));
  return [...names].map((name) => {
    if (secrets.value(name) === undefined) secrets.put(name, `whsec_${randomBytes(32).toString("base64")}`);
    return `Webhooks are signed with ${name}: ${secrets.value(name)}`;
  });
}

const portNumber = (origin: string): number => Number(new URL(origin).port);

/** A line for each port that another program has. */
function busyPorts(wanted: Ports, taken: Ports, isKept: boolean): string[] {
  const moved = (Object.keys(BEHIND) as (keyof Ports)[]).filter((name) => wanted[name] !== taken[name]);
  return moved.map((name) => {
    const says = `Port ${wanted[name]} is in use by another program: the ${BEHIND[name]} is at ${taken[name]} this time.`;
    if (name !== "web" || !isKept) return says;
    return `${says}\n  Links in mails of earlier runs lead to ${wanted[name]}: stop that program and start again, and they work.`;
  });
}

/** The clock goes on where it stopped, if state was kept; it never goes back. Epoch ms. */
function beginning(given: string | undefined, kept: number | undefined): number {
  const asked = given === undefined ? undefined : readMoment("start-at", given);
  if (asked !== undefined && kept !== undefined && asked < kept)
    throw new ArgumentError(
      `--start-at ${given} is before ${new Date(kept).toISOString()}, where the kept state stopped. Leave it out, or take another folder.`,
    );
  return asked ?? kept ?? Date.now();
}

const tellProgress: TellProgress = (what, ms) =>
  console.log(`${what.padEnd(26)} ${(ms / 1000).toFixed(1).padStart(4)} s`);

function banner(
  cloud: Cloud,
  { mailbox, ownSite, desk }: { mailbox: MailboxServer; ownSite: OwnSite; desk: string | undefined },
  { folder, moved, ms }: { folder: string | undefined; moved: string[]; ms: number },
): string {
  const lines = [
    ["Desk", desk ?? "did not start", "the owner's: answers, readers, the newsletter"],
    ["Landing page", `${cloud.webOrigin}/`, "sign up with any address"],
    ["Inbox", `${mailbox.origin}/`, "every mail as its reader sees it; reply there"],
    ["Clock", `${mailbox.origin}/#clock`, "on by an hour, a day, a week, or to the next event"],
    ["Own site", `${ownSite.origin}/`, "the sign-up form on a page of another site"],
    ["SMTP", `127.0.0.1:${cloud.smtpPort}`, "where a mail program can send a reply"],
  ].map(([name = "", address = "", says = ""]) => `  ${name.padEnd(14)}${address.padEnd(46)}${says}`);
  const state = folder ? `State is kept in ${folder}.` : "State is in memory; --state FOLDER keeps it.";
  return `
Coursepost runs on this machine, ready after ${(ms / 1000).toFixed(1)} s. It is ${inZone(cloud.now(), "UTC")} UTC.

${lines.join("\n")}

  ${[...moved, state].join("\n  ")}
  Ctrl-C stops everything.
`;
}

/** Resolves at the first Ctrl-C; a second one, for the impatient, ends the process at once. */
function waitForInterrupt(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        done();
      });
    }
  });
}

main().catch((error: unknown) => {
  const isForAuthor = error instanceof ArgumentError || error instanceof NotAssembled;
  console.error(isForAuthor ? error.message : error);
  process.exitCode = 1;
});
