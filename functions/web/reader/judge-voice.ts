import { findLanguage, requestedCourse } from "../../domain/content.ts";
import type { Course } from "../../domain/course/course.ts";
import { readVerdict, VERDICTS, type VoiceVerdict } from "../../domain/replies/voices/verdict.ts";
import { say, type Words } from "../../domain/words/words.ts";
import { readVoiceToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { messagePage, pageAnswer, unknownLink } from "../page.ts";
import { nobody } from "./reader.ts";

/*
 * What somebody thinks of the answer of another reader that a mail showed them. The page never shows that answer: it was
 * given for the eyes of the one who got the mail.
 */

/** `GET /voice/{token}`: the two buttons, the one first that the link in the mail named. Changes nothing. */
export async function voicePage(services: Services, request: WebRequest): Promise<WebResponse> {
  const link = await readLink(services, request);
  if ("answer" in link) return link.answer;
  const { words, course } = link;
  const chosen = readVerdict(request.query.say) ?? VERDICTS[0];
  const buttons = [chosen, ...VERDICTS.filter((verdict) => verdict !== chosen)];
  return pageAnswer(services, {
    name: "voice",
    title: say(words, "judgeVoice.heading"),
    course,
    values: {
      action: `/voice/${request.path.token}`,
      heading: say(words, "judgeVoice.heading"),
      sentences: [say(words, "judgeVoice.says")],
      buttons: buttons.map((value) => ({ value, says: say(words, WORDS[value]), quiet: value !== chosen })),
      hint: say(words, "judgeVoice.hint"),
    },
  });
}

const WORDS = {
  "not-useful": "judgeVoice.notUseful",
  "should-not-be": "judgeVoice.shouldNotBe",
} as const satisfies Record<VoiceVerdict, string>;

/** `POST /voice/{token}`: tells the owner. Whose answer it was is found by whom the errand goes to, and not here. */
export async function judgeVoice(services: Services, request: WebRequest): Promise<WebResponse> {
  const link = await readLink(services, request);
  if ("answer" in link) return link.answer;
  const verdict = readVerdict(request.form.do);
  if (!verdict) return voicePage(services, request);
  const { subscriber, voice, course } = link;
  await services.errands.leave({ does: "judge-voice", at: services.clock.now(), subscriber, voice, verdict });
  return messagePage(services, 200, verdict === "not-useful" ? "voiceNotUseful" : "voiceTold", course);
}

interface VoiceLink {
  subscriber: string;
  voice: string;
  course: Course;
  words: Words;
}

async function readLink(
  services: Services,
  { path }: WebRequest,
): Promise<VoiceLink | { answer: WebResponse }> {
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readVoiceToken(keys, path.token ?? "", services.clock.now()),
  );
  if (!("subscriber" in reading)) return { answer: unknownLink(services) };
  if ("problem" in reading) return { answer: messagePage(services, 410, "voiceTooOld") };
  const subscriber = await services.store.subscriber(reading.subscriber);
  if (!subscriber) return { answer: nobody(services) };
  const course = requestedCourse(services, subscriber);
  const { words } = findLanguage(services.content, course);
  return { subscriber: subscriber.id, voice: reading.voice, course, words };
}
