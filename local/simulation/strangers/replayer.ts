import { findForm } from "../../demo/web-form.ts";
import { readReplyAddress } from "../mail-program.ts";
import type { Gang } from "./gang.ts";
import { STRANGERS_DOMAIN } from "./limits.ts";
import { type ForwardedMail, readPagePath } from "./loot.ts";

const MINUTE = 60_000;
const PRESSES = 12;
const FOREIGN_REPLIES = 6;
/** As THREATS.md says; two of its days can meet. */
const MOST_WRITTEN_A_DAY = 10;
const TWO_DAYS = 2 * 24 * 60 * MINUTE;

/** Uses what was forwarded, and what was seen on its way, as often as it pleases. */
export async function replays(gang: Gang): Promise<void> {
  const { loot, chance } = gang;
  const forwarded = loot.forwarded.filter(({ person }) => person.isQuietlyIn());
  if (forwarded.length > 0) {
    const one = chance.one(forwarded);
    await pressesButtons(gang, one);
    await repliesFromElsewhere(gang, one);
    await writesOnPage(gang, one);
  }
  const seen = loot.seen.filter(({ person }) => person.isQuietlyIn());
  if (seen.length === 0) return;
  const { person, to, raw } = chance.one(seen);
  // A replayed mail has its signature still.
  await gang.post(person.mailbox, to, raw);
  person.checkUntouched("a mail that was sent once more");
  await gang.pause();
  // Few servers sign the Message-ID.
  const id = `Message-ID: <replay.${gang.next()}@${STRANGERS_DOMAIN}>`;
  await gang.post(person.mailbox, to, raw.replace(/^Message-ID: .*$/m, id));
  person.checkUntouched("a mail that was sent once more, under another Message-ID");
}

/** Each brings its reader a mail. What changes the course is its reader's to undo, and is left out here. */
async function pressesButtons(gang: Gang, forwarded: ForwardedMail): Promise<void> {
  const path = await readPagePath(forwarded, gang.world.origin);
  const network = gang.network();
  for (let pressed = 0; pressed < PRESSES; pressed++) {
    gang.acts("presses buttons of a page");
    const page = await gang.ask("GET", path, network);
    const fields = findForm(page.body, "/reader/", "newsletter")?.fields ?? {};
    await gang.ask("POST", path, network, { ...fields, do: "newsletter", newsletter: "yes" });
    await gang.ask("POST", path, network, { do: "personal" });
    await gang.ask("POST", path.replace("/reader/", "/fresh-link/"), network, {});
    await gang.pause(5 * MINUTE);
  }
  forwarded.person.checkUntouched("buttons that only mail");
}

async function repliesFromElsewhere(gang: Gang, { person, mail }: ForwardedMail): Promise<void> {
  const to = readReplyAddress(mail);
  if (!to) return;
  for (let sent = 0; sent < FOREIGN_REPLIES; sent++) {
    const from = `someone${gang.next()}@strangers.example`;
    await gang.write({ from, to, words: "pause 2 weeks" });
    await gang.pause();
  }
  person.checkUntouched("replies from elsewhere");
}

/** More than a day's answers, to a lesson that its reader has answered: they bring no mail and are shorter than any of theirs. */
async function writesOnPage(gang: Gang, forwarded: ForwardedMail): Promise<void> {
  const { person } = forwarded;
  const { promises } = person.watched;
  const [, list, run, kind, slug = ""] = (forwarded.mail.tags.dispatch?.[0] ?? "").split("_");
  const lesson = gang.world.editions.originalOf(slug);
  const isAnswered = promises.replies.some(
    (reply) =>
      reply.isHuman &&
      reply.lesson === lesson &&
      reply.run === promises.run &&
      reply.processedAt !== undefined,
  );
  if (kind !== "lesson" || Number(run) !== promises.run || !isAnswered || !person.isQuietlyIn()) return;
  promises.pageIsFullUntil = gang.world.now() + TWO_DAYS;
  const path = `${await readPagePath(forwarded, gang.world.origin)}/${list}/${slug}`;
  const network = gang.network();
  const before = gang.world.countWritten(person.watched);
  for (let written = 0; written < 2 * PRESSES; written++) {
    gang.acts("writes on a page");
    await gang.ask("POST", path, network, { answer: `nothing ${gang.next()} much`, once: `${written}` });
    await gang.pause();
  }
  await gang.pause(5 * MINUTE);
  const kept = gang.world.countWritten(person.watched) - before;
  if (kept > MOST_WRITTEN_A_DAY * 2)
    gang.world.oracle.breaks("kept-above-a-limit", person.watched.address, `${kept} answers on the page`);
  person.checkUntouched("answers on the page");
}
