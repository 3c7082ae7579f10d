import { type Html, html } from "../../../cli/html.ts";
import { lessonNumber } from "../../../functions/domain/course/course.ts";
import { withBlank } from "../../../functions/domain/replies/voices/cut-and-blanked.ts";
import {
  blankOut,
  decide,
  findVoice,
  type ListedVoice,
  listVoices,
  setText,
  type VoicesWanted,
  whyNotShown,
} from "../../voices/choose-voice.ts";
import { standingInWords } from "../../voices/look.ts";
import { readVoiceName, requireVoiceKey, voiceName } from "../../voices/voice-name.ts";
import { deskMoment } from "../owners-words.ts";
import { type Act, actButton, actForm, type Screen, type Shown, type Visit } from "../screen.ts";

/** Answers that readers let others read: what `voices` does at the command line. */
export const VOICES: Screen = {
  path: "voices",
  name: "Voices",
  async show(visit) {
    if (visit.rest.length === 0) return voicesPage(visit, undefined);
    const key = readVoiceName(visit.rest.join("/"));
    const open = key && (await findVoice(await visit.reach(), key));
    return open && voicesPage(visit, open);
  },
  acts: {
    accept: act(async (deployment, key, visit) => {
      await saveText(deployment, key, visit);
      await decide(deployment, key, "accepted");
      return "Accepted. Once there are three of a lesson, readers who answer it get one.";
    }),
    text: act(async (deployment, key, visit) => {
      await saveText(deployment, key, visit);
      return "Saved.";
    }),
    proposed: act(async (deployment, key) => {
      await blankOut(deployment, key, "proposals");
      return "What the rules propose is blanked out.";
    }),
    refuse: act(async (deployment, key) => {
      await decide(deployment, key, "refused");
      return "Refused: nobody reads it, and its author is not told.";
    }),
  },
};

type Doing = (
  deployment: Awaited<ReturnType<Visit["reach"]>>,
  key: ReturnType<typeof requireVoiceKey>,
  visit: Visit,
) => Promise<string>;

function act(does: Doing): Act {
  return async (visit) => ({
    says: await does(await visit.reach(), requireVoiceKey(visit.rest.join("/")), visit),
  });
}

async function saveText(...[deployment, key, { form }]: Parameters<Doing>): Promise<void> {
  const words = form.get("words");
  if (words !== null) await setText(deployment, key, words);
}

/** The list, and beside it the one that is open, beside its lesson's question. */
async function voicesPage(visit: Visit, open: ListedVoice | undefined): Promise<Shown> {
  const deployment = await visit.reach();
  const wanted: VoicesWanted = visit.query.get("which") === "accepted" ? "accepted" : "waiting";
  const listed = await listVoices(deployment, wanted);
  const zone = deployment.services.settings.defaultZone;
  const query = wanted === "accepted" ? "?which=accepted" : "";
  return {
    title: "Voices",
    body: html`<h1${open && html` class="beside"`}>Voices</h1>
    ${!open && html`<p class="quiet">Answers that readers let others read, without their name. A prompt shows one to whoever answers the same question, once three are accepted for it; never to its author, nor to a colleague.</p>`}
    <p class="inline"><a href="/voices"${wanted === "waiting" && html` aria-current="page"`}>Waiting for you</a> <a href="/voices?which=accepted"${wanted === "accepted" && html` aria-current="page"`}>Accepted</a></p>
    <div class="split${open && " open"}">
      <div class="list sheet">${listOf(listed, query, open?.name, zone)}</div>
      ${open ? voiceArticle(visit, open, zone, query) : html`<p class="quiet only-wide">Choose one.</p>`}
    </div>`,
  };
}

function listOf(listed: readonly ListedVoice[], query: string, open: string | undefined, zone: string): Html {
  if (listed.length === 0) return html`<p class="quiet">Nothing is here.</p>`;
  return html`${listed.map(
    (
      one,
    ) => html`<a class="item" href="/voices/${one.name}${query}"${one.name === open && html` aria-current="true"`}>
      <p><b>${placeInWords(one)}</b> ${one.voice.objectedAt !== undefined && html`<span class="tag strong">objected</span>`}</p>
      <p class="clipped">${one.voice.words}</p>
      <p class="quiet small">${deskMoment(one.voice.offeredAt, zone)}${standingInWords(one.voice) && `, ${standingInWords(one.voice)}`}</p></a>`,
  )}`;
}

const placeInWords = ({ voice, course, lesson }: ListedVoice): string =>
  course && lesson ? `${lessonNumber(course, lesson)}. ${lesson.title}` : voice.lesson;

function voiceArticle(visit: Visit, listed: ListedVoice, zone: string, query: string): Html {
  const { voice, author, lesson } = listed;
  const path = `/voices/${voiceName(voice)}`;
  const why = whyNotShown(voice);
  return html`<article>
    <p class="only-narrow"><a href="/voices${query}">All voices</a></p>
    <h2>${placeInWords(listed)}</h2>
    ${lesson && html`<p>${lesson.question}</p>`}
    <p class="quiet small">By <a href="/replies/${voice.subscriber}/${voice.reflection}">${author.firstName || author.address}</a>, ${deskMoment(voice.offeredAt, zone)}. ${STANDING[voice.standing]}${standingInWords(voice) && `: ${standingInWords(voice)}`}.</p>
    <h3>As they wrote it</h3>
    <blockquote class="words theirs">${marked(
      voice.original,
      voice.proposals.map(({ piece }) => piece),
    )}</blockquote>
    ${voice.proposals.length > 0 && html`<p class="quiet small">Marked is what could tell others whom or what it is about, by simple rules.</p>${actButton(visit, `${path}/proposed`, "Blank out what is marked")}`}
    <h3>As others read it</h3>
    ${why && html`<p class="sheet">${why}</p>`}
    ${actForm(
      visit,
      `${path}/accept`,
      {},
      html`<label for="words">Leave something out and put … in its place, or blank it out with ▢, [name], [company] or [figure]. Nothing else may differ.</label>
      <textarea id="words" name="words" rows="8" required>${voice.words}</textarea>
      <p class="inline"><button class="main">${voice.standing === "accepted" ? "Show it like this" : "Accept it like this"}</button> <button formaction="${path}/text">Only save it</button></p>`,
    )}
    ${voice.standing !== "refused" && actButton(visit, `${path}/refuse`, "Refuse it")}
  </article>`;
}

const STANDING = {
  offered: "It waits for you",
  accepted: "You have accepted it",
  refused: "You have refused it",
  withdrawn: "It was taken back",
} as const;

/** The words with what is proposed set off: it is found as whole words, as it would be blanked out. */
function marked(words: string, pieces: readonly string[]): Html {
  const [first, ...others] = pieces.toSorted((one, other) => other.length - one.length);
  if (first === undefined) return html`${words}`;
  const parts = withBlank(words, first, SPLIT).split(SPLIT);
  return html`${parts.map((part, at) => html`${at > 0 && html`<mark>${first}</mark>`}${marked(part, others)}`)}`;
}
/** Stands in no mail: a character that Unicode keeps for private use. */
const SPLIT = "\ue000";
