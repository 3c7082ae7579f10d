import { openEditions } from "./editions.ts";
import { measureRun } from "./measure.ts";
import type { SeedAnswer, SeedTask } from "./seeds.ts";

/** A process that lives one seed after the other, for the one that forked it and ends when that one does. */

const say = (answer: SeedAnswer) => process.send?.(answer);

async function live({ plan, editions, isTraced }: SeedTask): Promise<void> {
  const lines: string[] = [];
  const told = isTraced ? (line: object) => lines.push(JSON.stringify(line)) : undefined;
  const { result, cost } = await measureRun(plan, openEditions(editions), told, (week, of) =>
    say({ week, of }),
  );
  say({ result, cost, lines });
}

process.on("message", (asked: SeedTask) => {
  live(asked).catch((error: Error) => say({ error: error.stack ?? error.message }));
});
process.on("disconnect", () => process.exit());
