import { findCourse } from "../../domain/content.ts";
import { lessonBySlug } from "../../domain/course/course.ts";
import type { JudgeVoiceErrand } from "../../domain/people/errand.ts";
import { acceptedShelf, type VoiceKey, withVerdict } from "../../domain/replies/voices/voice.ts";
import { type LedgerEntry, readDispatchId } from "../../domain/sending/dispatch.ts";
import type { Instant } from "../../domain/time.ts";
import type { LedgerStore, Needs, OnShelf, VoiceStore } from "../../ports.ts";

type Judging = Needs<LedgerStore & VoiceStore, "content" | "clock" | "log" | "alarms">;

/** Of 25 voices each: a lesson has not more chosen ones than anybody could read. */
const MOST_PAGES = 40;

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
  const key = await findShown(services, entry, voice);
  if (key) await store.changeVoice(key, (kept) => withVerdict(kept, verdict, at));
  if (verdict === "should-not-be") await alarms.see("voice-objection");
  await store.noteVerdict(entry, verdict);
  log.info("voice-judged", { dispatch: entry.dispatch, voice, verdict });
}

/** Whose it is: its own id leads to nobody but by the shelf of the lesson that the mail was about. */
async function findShown(
  { store, content, clock }: Judging,
  { dispatch }: LedgerEntry,
  voice: string,
): Promise<VoiceKey | undefined> {
  const about = readDispatchId(dispatch);
  const course = findCourse({ content }, about?.list);
  const lesson = course && about && lessonBySlug(course, about.slug);
  for (const name of lesson ? [lesson.slug, ...lesson.was] : []) {
    const shelf = acceptedShelf(course?.slug ?? "", name);
    let last: OnShelf | undefined;
    for (let read = 0; read < MOST_PAGES; read++) {
      const page = await store.shelf(shelf, clock.now(), last);
      const found = page.find(({ id }) => id === voice);
      if (found) return found;
      last = page.at(-1);
      if (!last) break;
    }
  }
  return undefined;
}
