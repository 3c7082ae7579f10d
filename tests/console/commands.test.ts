import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../cli/root.ts";
import { isGroup } from "../../console/command.ts";
import { COMMANDS, runConsole } from "../../console/commands.ts";

describe("a verb that could know more than it was told", () => {
  it("names the lessons that there are, and reaches no stage for it", async () => {
    const reach = () => Promise.reject(new Error("It should not be reached"));
    const { exitCode, error } = await runConsole(["ledger"], { reach });
    expect(exitCode).toBe(2);
    expect(error).toContain(
      "--lesson SLUG. managing-up-leading-down has headwinds-inside, where-your-boss-came-from,",
    );
  });

  it("says where the doctor is, who is asked for here", async () => {
    expect(await runConsole(["doctor"])).toMatchObject({
      exitCode: 2,
      error: '"doctor" is a program of its own: npm run doctor.',
    });
    expect((await runConsole(["doktor"])).error).toMatch(
      /^There is no command "doktor"; there are api-keys, course, /,
    );
  });

  it("shows an issue with the sender that its stage has", async () => {
    const { out } = await runConsole(["issue", "preview", "the-roads-to-ceo", "--stage", "dev"]);
    expect(out).toMatch(/^From +Managing Up, Leading Down <course@mail\.dev\.course\.example>$/m);
    const unknown = await runConsole(["issue", "preview", "the-roads-to-ceo", "--stage", "prod"]);
    expect(unknown).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('There is no stage "prod"'),
    });
  });
});

/** Every verb by its whole name, `issue send` or `dns`, with what it says of itself. */
const VERBS = (
  await Promise.all(
    [...COMMANDS].map(async ([name, { says, read }]) => {
      const command = await read();
      if (!isGroup(command)) return [{ words: [name], says, verb: command }];
      return Object.entries(command.verbs).map(([word, verb]) => ({
        words: [name, word],
        says: verb.says,
        verb,
      }));
    }),
  )
).flat();

describe("every command", () => {
  it.each(VERBS)("$words says with --help what it takes, and runs nothing", async ({ words, says, verb }) => {
    const { exitCode, out } = await runConsole([...words, "--help"]);
    expect(exitCode).toBe(0);
    expect(out).toContain([...words, ...verb.takes].join(" "));
    expect(out).toContain(says);
    for (const flag of Object.keys(verb.flags)) expect(out).toContain(`--${flag}`);
    expect(await runConsole(["help", ...words])).toMatchObject({ out });
  });

  it.each(VERBS)("$words refuses what it does not take in one sentence", async ({ words, verb }) => {
    const reach = () => Promise.reject(new Error("It should have been refused before"));
    const enough = verb.takes.map(() => "x");
    const refused = async (...more: string[]) => {
      const outcome = await runConsole([...words, ...more], { reach });
      expect(outcome).toMatchObject({ exitCode: 2, out: "", error: expect.stringMatching(/^[^\n]+$/) });
      return outcome.error;
    };
    expect(await refused(...enough, "--no-such-flag")).toContain('"--no-such-flag"');
    if (verb.takes.length > 0 && !verb.takes[0]?.startsWith("["))
      expect(await refused()).toContain(`needs ${verb.takes[0]}`);
    if (!verb.takes.at(-1)?.includes("…")) expect(await refused(...enough, "surplus")).toContain('"surplus"');
    for (const [flag, { value }] of Object.entries(verb.flags))
      if (value) expect(await refused(...enough, `--${flag}`)).toContain(`--${flag} needs a value`);
  });

  it.each([...COMMANDS])("%s is in the list with its verbs, or what it takes", async (name, listed) => {
    const command = await listed.read();
    const takes = isGroup(command) ? Object.keys(command.verbs).join("|") : command.takes.join(" ");
    expect(listed.takes ?? "").toBe(takes);
    expect((await runConsole(["help"])).out).toContain(
      `${[name, takes].join(" ").trim()}\n      ${listed.says}`,
    );
  });

  it("names the verbs where none of them was meant", async () => {
    expect((await runConsole(["issue", "sned"])).error).toMatch(/^issue sned\? It is one of list, check, /);
    for (const line of [
      ["subscribers", "move-to", "a@b.example", "one"],
      ["help", "subscribers", "move-to"],
    ])
      expect((await runConsole(line)).error).toBe("subscribers move-to? Did you mean subscribers place?");
    expect((await runConsole(["help", "issue", "sned"])).exitCode).toBe(2);
  });
});

describe("the console as a program", () => {
  beforeAll(() => {
    // Where it was not built yet, it says so once.
    spawnSync(process.execPath, ["console/coursepost.mjs"], { cwd: ROOT });
  });

  it("is a command of its own: status 2, one sentence on standard error, and no colour in a pipe", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["console/coursepost.mjs", "dance"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^There is no command "dance"; [^\n]+\n$/);
    expect(stderr).not.toContain("\u001b");
  });

  // Windows has no signals to send; there Ctrl-C reaches the process from its terminal.
  it.skipIf(process.platform === "win32")(
    "ends with status 130 and one sentence when it is interrupted",
    async () => {
      const silent = createServer();
      await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", ready));
      const { port } = silent.address() as AddressInfo;
      const env = {
        ...process.env,
        AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${port}`,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
      };
      const given = ["console/coursepost.mjs", "sending", "status", "--stage", "dev"];
      const child = spawn(process.execPath, given, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
      const printed: Buffer[] = [];
      child.stderr.on("data", (some: Buffer) => printed.push(some));
      silent.once("connection", () => child.kill("SIGINT"));
      const [status] = await once(child, "close");
      silent.closeAllConnections();
      silent.close();
      expect(status).toBe(130);
      expect(Buffer.concat(printed).toString()).toMatch(/^Stopped\. [^\n]+\n$/);
    },
  );
});
