import type { World } from "./aws/world.ts";

const TICK = 1_000;
/** More than that was this machine asleep, not a reader waiting. */
const LONGEST_TICK = 10_000;

/**
 * Lets virtual time flow with real time: each real second moves the clock by as much, but for the seconds in
 * which someone's jump is running. A tick that fails is told and the next one goes on.
 */
export function letTimeFlow(
  world: Pick<World, "now" | "advanceTo">,
  isJumping: () => boolean,
): { stop(): Promise<void> } {
  let ticking: Promise<void> | undefined;
  let last = performance.now();
  const tick = async (ms: number) => {
    try {
      await world.advanceTo(world.now() + ms);
    } catch (error) {
      console.error("The clock could not go on:", error);
    }
    ticking = undefined;
  };
  const timer = setInterval(() => {
    if (ticking) return;
    const passed = Math.round(performance.now() - last);
    last += passed;
    if (!isJumping()) ticking = tick(Math.min(passed, LONGEST_TICK));
  }, TICK);
  return {
    async stop() {
      clearInterval(timer);
      await ticking;
    },
  };
}
