import type { JudgeVoiceErrand } from "../../domain/people/errand.ts";
import { withVerdict } from "../../domain/replies/voices/voice.ts";
import type { Instant } from "../../domain/time.ts";
import type { LedgerStore, Needs, VoiceStore } from "../../ports.ts";
import { findShownVoice } from "../voices.ts";

type Judging = Needs<LedgerStore & VoiceStore, "content" | "clock" | "log" | "alarms">;

/**
 * Somebody who got a voice has said what they think of it. What should not be there is shown to nobody more, and the owner
 * hears of it at once. The note in the ledger is written last: an errand that is cut short is run again, and an objection
 * is not lost by it.
 */
export async function judgeVoice(
  services: Judging,
  { subscriber, voice, verdict, at }: JudgeVoiceErrand & { at: Instant },
): Promise<void> {
  const { store, alarms, log } = services;
  const entry = (await store.ledger(subscriber)).find((one) => one.voice === voice);
  if (!entry || entry.verdict === verdict || entry.verdict === "should-not-be") return;
  const key = await findShownVoice(services, entry);
  if (key) await store.changeVoice(key, (kept) => withVerdict(kept, verdict, at));
  if (verdict === "should-not-be") await alarms.see("voice-objection");
  await store.noteVerdict(entry, verdict);
  log.info("voice-judged", { dispatch: entry.dispatch, voice, verdict });
}
