import { outlineHere } from "../../authoring/content-here.ts";
import { heading } from "../../cli/terminal.ts";
import { lessonNumber } from "../../functions/domain/course/course.ts";
import { iso } from "../../functions/domain/time.ts";
import { excerpt } from "../../functions/mail/compose/excerpt.ts";
import { verb } from "../command.ts";
import { STAGE_FLAG } from "../connect.ts";
import { addressShown, countInWords, JSON_FLAG, momentShown, SHOW_FLAG, safe } from "../shown.ts";
import { type ListedVoice, listVoices, requireVoice, whyNotShown } from "./choose-voice.ts";
import { requireVoiceKey } from "./voice-name.ts";

const LETTERS_SHOWN = 160;

export const LIST_VOICES = verb({
  says: "answers that readers let others read and that wait for your choice, by their lessons",
  onlyReads: true,
  flags: {
    ...STAGE_FLAG,
    accepted: { says: "those that you have accepted instead, with how often each was shown" },
    ...SHOW_FLAG,
    ...JSON_FLAG,
  },
  async *run({ reach, flags }) {
    const deployment = await reach(() => outlineHere());
    const listed = await listVoices(deployment, flags.accepted ? "accepted" : "waiting");
    const { defaultZone } = deployment.services.settings;
    for (const one of listed)
      yield flags.json
        ? asJson(one, flags["show-addresses"])
        : asLines(one, defaultZone, flags["show-addresses"]);
    if (flags.json) return;
    const what = flags.accepted ? "accepted" : "waiting for you";
    yield `${countInWords(listed.length, "answer")} ${what} (${deployment.place})`;
  },
});

function asLines(
  { name, voice, author, ...about }: ListedVoice,
  zone: string,
  inFull: true | undefined,
): string {
  const head = [
    name,
    placeInWords({ voice, ...about }),
    addressShown(author.address, inFull),
    momentShown(voice.offeredAt, zone),
    standingInWords(voice),
  ];
  const words = safe(voice.words.replace(/\s+/g, " ").trim());
  return `${head.filter(Boolean).join("  ")}\n    ${excerpt(words, LETTERS_SHOWN)}`;
}

/** `lesson 3 of course`. */
const placeInWords = ({ voice, course, lesson }: Pick<ListedVoice, "voice" | "course" | "lesson">): string =>
  course && lesson
    ? `lesson ${lessonNumber(course, lesson)} of ${course.slug}`
    : `${voice.lesson} of ${voice.course}`;

/** How it has fared, where there is anything to tell. */
export function standingInWords({ shown, notUseful, objections, objectedAt }: ListedVoice["voice"]): string {
  const told = [
    objectedAt !== undefined && "objected",
    shown > 0 && `shown ${countInWords(shown, "time")}`,
    notUseful > 0 && `not useful to ${notUseful}`,
    objections > 0 && `${countInWords(objections, "objection")}`,
  ];
  return told.filter(Boolean).join(", ");
}

const asJson = ({ name, voice, author }: ListedVoice, inFull: true | undefined): string => {
  const { course, lesson, standing, offeredAt, original, words, shown, notUseful, objections } = voice;
  const address = addressShown(author.address, inFull);
  const counts = { shown, notUseful, objections };
  return JSON.stringify({
    name,
    address,
    course,
    lesson,
    standing,
    offeredAt: iso(offeredAt),
    original,
    words,
    ...counts,
  });
};

export const SHOW_VOICE = verb({
  takes: ["VOICE"],
  says: "one answer beside its lesson's question: as it was written, what the rules would blank out, as others read it",
  onlyReads: true,
  flags: { ...STAGE_FLAG, ...SHOW_FLAG },
  async *run({ words: [name = ""], reach, flags }) {
    const key = requireVoiceKey(name);
    const found = await requireVoice(await reach(() => outlineHere()), key);
    const { voice, author, lesson } = found;
    yield heading(
      [name, placeInWords(found), addressShown(author.address, flags["show-addresses"])].join("  "),
    );
    if (lesson) yield safe(lesson.question);
    yield "";
    yield* asBlock(
      voice.original === voice.words ? "As they wrote it, and as others would read it" : "As they wrote it",
      voice.original,
    );
    if (voice.original !== voice.words) yield* asBlock("As others would read it", voice.words);
    const pieces = voice.proposals.map(({ piece, is }) => `${safe(piece)} (${is})`);
    if (pieces.length > 0) yield `The rules would blank out: ${pieces.join(", ")}`;
    yield `It is ${voice.standing}${standingInWords(voice) && `: ${standingInWords(voice)}`}.`;
    const why = whyNotShown(voice);
    yield why ? `It cannot be accepted as it is. ${why}` : `To show it to others: voices accept ${name}`;
  },
});

function* asBlock(says: string, words: string): Generator<string> {
  yield `${says}:`;
  yield* words.split("\n").map((line) => `    | ${safe(line)}`);
  yield "";
}
