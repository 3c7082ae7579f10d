import { spawn } from "node:child_process";
import { createRequire } from "node:module";

/** Runs a script of ours in a process of its own, and gives the JSON of its last line. */
export function runInAnotherProcess<Answer>(
  script: string,
  given: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Answer> {
  const tsx = new URL(`file://${createRequire(import.meta.url).resolve("tsx")}`).href;
  const child = spawn(process.execPath, ["--import", tsx, script, ...given], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((done, fail) => {
    child.on("exit", (code) => {
      if (code === 0) done(JSON.parse(output.trim().split("\n").at(-1) ?? "") as Answer);
      else fail(new Error(`The bench ${[script, ...given].join(" ")} ended with ${code}`));
    });
  });
}
