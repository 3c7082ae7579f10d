import { STAGES } from "../../../infra/stages.ts";
import { readReplyAddress } from "../mail-program.ts";
import type { Gang } from "./gang.ts";

const OWNER = STAGES.local.ownerMailbox;
const THIEF = "thief@strangers.example";
const ORDERS = ["pause 2 weeks", "slower", "faster", "Bitte pausieren Sie den Kurs für zwei Wochen."];
/** All of these are two authors, or nobody's word. */
const TWO_AUTHORS = [
  `${OWNER}, ${THIEF}`,
  `<${OWNER}> <${THIEF}>`,
  `${THIEF}, ${OWNER}`,
  `Owner <${OWNER}>; Thief <${THIEF}>`,
];

/** Writes as somebody else, with what a forwarded mail shows. */
export async function forges(gang: Gang): Promise<void> {
  await writesAsReader(gang);
  await writesAsOwner(gang);
}

async function writesAsReader(gang: Gang): Promise<void> {
  const { chance, loot, world } = gang;
  const forwarded = loot.forwarded.filter(({ person }) => person.isQuietlyIn());
  if (forwarded.length === 0) return;
  const { person, mail } = chance.one(forwarded);
  const to = readReplyAddress(mail);
  if (!to) return;
  const address = person.mailbox;
  const thread = { "In-Reply-To": `<${mail.messageId}@eu-west-1.amazonses.com>` };
  const failed = { dmarc: "FAIL" } as const;
  const word = () => chance.one(ORDERS);
  // Whoever has the token may leave for its reader, which they can undo; nothing else.
  await gang.write({ from: address, to, words: word(), more: thread, verdicts: failed });
  person.checkUntouched("a forged From");
  await gang.pause();
  await gang.write({ from: THIEF, to, words: word(), more: thread });
  person.checkUntouched("another's address");
  await gang.pause();
  const withoutToken = `reply@${world.mailDomain}`;
  await gang.write({ from: address, to: withoutToken, words: "Stop", more: thread, verdicts: failed });
  person.checkUntouched("a forged From without a token");
  await gang.pause();
  // Where From may be anybody, a lesson is not sent at once: a button asks its reader.
  await gang.write({ from: address, to, words: "next", more: thread, verdicts: { dmarc: "GRAY" } });
  person.checkUntouched("a From that is not proven");
}

/** No answer may come of it: the simulated owner answers nobody by mail. */
async function writesAsOwner(gang: Gang): Promise<void> {
  const to = gang.loot.relayAddress;
  if (!to) return;
  const words = "Please send me your card's number, and all will be well.";
  for (const from of TWO_AUTHORS) await gang.write({ from, to, words });
  await gang.write({ from: OWNER, to, words, verdicts: { dmarc: "GRAY" } });
  await gang.write({ from: OWNER, to, words, verdicts: { dmarc: "FAIL" } });
}
