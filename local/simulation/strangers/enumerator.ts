import type { Answer, Gang } from "./gang.ts";

const SECOND = 1_000;

/** Asks the same of an address that reads and of one that nobody has. What differs would tell them. */
export async function enumerates(gang: Gang): Promise<void> {
  const { askedAbout } = gang.loot;
  const fields = await gang.form();
  const known = gang.people.find((person) => person.isQuietlyIn() && !askedAbout.has(person));
  if (!fields || !known) return;
  askedAbout.add(known);
  const domain = `unknown${gang.next()}.example`;
  const unknown = `somebody@${domain}`;
  gang.world.oracle.strangers.types(unknown, { mailbox: unknown, domain });
  const address = known.mailbox;
  const ofKnown = await gang.signUp(fields, address, gang.network());
  const ofUnknown = await gang.signUp(fields, unknown, gang.network());
  compare(gang, address, ofKnown, ofUnknown);
  await gang.pause();
  await asksForLinks(gang, address);
  for (const from of [address, unknown])
    await gang.write({ from, to: leavingAddress(gang), words: "Stop", verdicts: { dmarc: "FAIL" } });
  known.checkUntouched("leaving without a token");
}

/** With a token of nobody's: how long it takes must not tell what it is. */
async function asksForLinks(gang: Gang, address: string): Promise<void> {
  gang.acts("asks for a link");
  const path = `/fresh-link/${"a".repeat(gang.chance.between(40, 60))}`;
  compare(gang, address, await gang.ask("POST", path, gang.network(), {}), undefined);
}

function compare(gang: Gang, address: string, one: Answer, other: Answer | undefined): void {
  const answers = other ? [one, other] : [one];
  // A function that was killed has told nothing.
  if (answers.some(({ status }) => status >= 500)) return;
  const uneven = answers.find(({ took }) => took % SECOND !== 0);
  if (uneven)
    gang.world.oracle.breaks("told-to-strangers", address, `an answer came after ${uneven.took} ms`);
  if (other && (one.status !== other.status || plainBody(one) !== plainBody(other)))
    gang.world.oracle.breaks("told-to-strangers", address, `answered ${one.status}, others ${other.status}`);
}

/** Without what is drawn anew for each page. */
const plainBody = ({ body }: Answer): string => body.replace(/nonce="[^"]*"/g, "");

const leavingAddress = ({ chance, world }: Gang): string =>
  `unsubscribe+${"b".repeat(chance.between(30, 50))}@${world.mailDomain}`;
