import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "out/aws-check");
const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");
const OLDEST_PYTHON = [3, 10] as const;
const GET_PYTHON =
  "apt-get install python3 python3-venv, brew install python, or python.org; then run this again";

/** Something that this check needs is not on this machine. The message is one line, with how to get it. */
export class Missing extends Error {
  override readonly name = "Missing";
}

/** Where the programs of the virtual environment are. */
export interface Tools {
  program(name: string): string;
}

/** Finds Python, and installs what `requirements.txt` names where that was not done yet. Throws Missing. */
export function findTools(tell: (line: string) => void): Tools {
  const python = ["python3", "python"].find(isNewEnough);
  if (!python) throw new Missing(`test:aws needs Python ${OLDEST_PYTHON.join(".")} or newer: ${GET_PYTHON}`);
  const venv = join(FOLDER, "venv");
  const wanted = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
  const marker = join(venv, "installed");
  if (!existsSync(marker) || readFileSync(marker, "utf8") !== wanted) {
    tell("  installing moto and cfn-lint into out/aws-check (once, half a minute)");
    install(python, venv);
    writeFileSync(marker, wanted);
  }
  return { program: (name) => join(venv, BIN, name) };
}

const BIN = process.platform === "win32" ? "Scripts" : "bin";

function isNewEnough(python: string): boolean {
  const { stdout } = spawnSync(python, ["-c", "import sys, venv; print(*sys.version_info[:2])"], {
    encoding: "utf8",
  });
  const [major = 0, minor = 0] = (stdout ?? "").split(" ").map(Number);
  return major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
}

function install(python: string, venv: string): void {
  mkdirSync(FOLDER, { recursive: true });
  const steps: [string, string[]][] = [
    [python, ["-m", "venv", venv]],
    [
      join(venv, BIN, "python"),
      ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS],
    ],
  ];
  for (const [program, given] of steps) {
    const { status, stderr } = spawnSync(program, given, { encoding: "utf8" });
    if (status === 0) continue;
    const why = (stderr ?? "").trim().split("\n").at(-1);
    throw new Missing(`test:aws could not install what tests/aws-check/requirements.txt names: ${why}`);
  }
}

/** A server that this check has started. */
export interface Started {
  url: string;
  stop(): void;
}

const MOST_TRIES = 300;
const PAUSE = 100;

/** moto, as a server on a free port. */
export async function startMoto(tools: Tools): Promise<Started> {
  const port = await freePort();
  const child = spawn(tools.program("moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  process.once("exit", () => void child.kill());
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(`${url}/moto-api/data.json`, child);
  return { url, stop: () => void child.kill() };
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  for (let tried = 0; tried < MOST_TRIES && child.exitCode === null; tried++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return;
    await new Promise((wake) => setTimeout(wake, PAUSE));
  }
  throw new Error(`${url} did not answer in ${(MOST_TRIES * PAUSE) / 1_000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
