import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../cli/root.ts";

const running: ChildProcess[] = [];

interface Started {
  child: ChildProcess;
  /** All that it has printed. */
  said: () => string;
  web: string;
  inbox: string;
}

/** Starts `npm start`'s program and waits until it says where everything is, or ends. */
async function start(...flags: string[]): Promise<Started> {
  const child = spawn(process.execPath, ["--import", "tsx", "local/main.ts", ...flags], { cwd: ROOT });
  running.push(child);
  let said = "";
  await new Promise<void>((resolve) => {
    const hear = (chunk: Buffer) => {
      said += String(chunk);
      if (said.includes("Ctrl-C stops everything")) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("close", () => resolve());
  });
  const address = (name: string) => new RegExp(`${name} +(http://\\S+)`).exec(said)?.[1] ?? "";
  return { child, said: () => said, web: address("Landing page"), inbox: address("Inbox") };
}

async function jumpAWeek({ inbox }: Started): Promise<void> {
  const headers = { origin: new URL(inbox).origin };
  await fetch(`${inbox}clock`, { method: "POST", headers, body: new URLSearchParams({ jump: "week" }) });
}

async function stop({ child }: Started): Promise<number | null> {
  const ended = once(child, "close");
  child.kill("SIGINT");
  const [code] = await ended;
  return code as number | null;
}

afterEach(() => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
});

describe.skipIf(process.platform === "win32")("npm start", () => {
  let folder: string;
  /** The first run, of which the second one keeps the time and the ports. */
  let first: Started | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "start-test-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("says where all of it is, and it is there", async () => {
    first = await start("--state", folder, "--start-at", "2026-03-06T17:00Z");
    expect(first.said()).toMatch(
      /(bundled +\d+\.\d s[\s\S]*synthesized|Bundles and stack are kept) +\d+\.\d s[\s\S]*ready after \d+\.\d s/,
    );
    expect(first.said()).toMatch(/Clock +http\S+#clock/);
    expect(first.said()).toMatch(/SMTP +127\.0\.0\.1:\d+/);
    expect(first.said()).toContain("It is Fri 6 Mar 2026, 17:00 UTC.");
    expect(await (await fetch(first.web)).text()).toContain("Manage up. Lead down.");
    expect(await (await fetch(first.inbox)).text()).toContain("Mail to anybody arrives here.");
    await jumpAWeek(first);
    expect(await stop(first)).toBe(0);
    await expect(fetch(first.inbox)).rejects.toThrow();
  });

  it("keeps the time between runs in a folder, and the ports, so that links in kept mails go on working; one that is busy is said", async () => {
    const { port } = new URL(first?.inbox ?? "");
    const busy = createServer();
    await new Promise<void>((resolve) => {
      busy.once("error", () => resolve());
      busy.listen(Number(port), "127.0.0.1", resolve);
    });
    const second = await start("--state", folder);
    busy.close();
    expect(second.said()).toContain("It is Fri 13 Mar 2026, 17:00 UTC.");
    expect(second.web).toBe(first?.web);
    const moved = new URL(second.inbox).port;
    expect(moved).not.toBe(port);
    expect(second.said()).toContain(`Port ${port} is in use by another program: the inbox is at ${moved}`);
    expect(await stop(second)).toBe(0);
  });

  it("refuses to go back behind the time that it has kept", async () => {
    const back = await start("--state", folder, "--start-at", "2026-03-06");
    expect(back.said()).toContain("where the kept state stopped");
    expect(back.child.exitCode).toBe(1);
  });

  it("answers an unknown flag with what it knows", async () => {
    const started = await start("--sate", "x");
    expect(started.said()).toContain("Did you mean --state?");
    expect(started.said()).not.toContain("    at ");
    expect(started.child.exitCode).toBe(1);
  });
});
