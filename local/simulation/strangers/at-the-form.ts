import type { Gang } from "./gang.ts";

const MINUTE = 60_000;
/** As many as the review of the form used, and more than a company's day takes. */
const SPELLINGS = 40;
const COLLEAGUES = 70;
/** More than hold confirmations; as many as would hold all mail, if they counted for it. */
const BOUNCING = 44;

/** One victim, or one company: each way of it has its turn. */
export async function bombs(gang: Gang): Promise<void> {
  const number = gang.next();
  const ways = [oneNetwork, manyNetworks, oneCompany];
  await (ways[number % ways.length] as typeof oneNetwork)(gang, number);
}

async function oneNetwork(gang: Gang, number: number): Promise<void> {
  const network = gang.network();
  const mailbox = `victim${number}@gmail.com`;
  await signUpAll(gang, SPELLINGS, (at) => {
    const address = `vic.tim${number}+${at}@gmail.com`;
    gang.world.oracle.strangers.types(address, { mailbox, network: `bomber ${number}`, domain: mailbox });
    return { address, network };
  });
}

/** Each is written in another way, from elsewhere. */
async function manyNetworks(gang: Gang, number: number): Promise<void> {
  const domain = `victims${number}.example`;
  await signUpAll(gang, SPELLINGS, (at) => {
    const address = `victim+${at}@${domain}`;
    gang.world.oracle.strangers.types(address, { mailbox: `victim@${domain}`, domain });
    return { address, network: gang.network() };
  });
}

async function oneCompany(gang: Gang, number: number): Promise<void> {
  const domain = `company${number}.example`;
  await signUpAll(gang, COLLEAGUES, (at) => {
    const address = `colleague${at}@${domain}`;
    gang.world.oracle.strangers.types(address, { mailbox: address, domain });
    return { address, network: gang.network() };
  });
}

/** Addresses that do not exist, at domains that do. */
export async function bounces(gang: Gang): Promise<void> {
  const { strangers } = gang.world.oracle;
  await signUpAll(gang, BOUNCING, () => {
    const domain = `nowhere${gang.next()}.example`;
    const address = `nobody@${domain}`;
    strangers.types(address, { mailbox: address, domain });
    strangers.bouncing.add(address);
    return { address, network: gang.network() };
  });
}

async function signUpAll(
  gang: Gang,
  many: number,
  one: (at: number) => { address: string; network: string },
): Promise<void> {
  const fields = await gang.form();
  if (!fields) return;
  for (let at = 0; at < many; at++) {
    const { address, network } = one(at);
    await gang.signUp(fields, address, network);
    await gang.pause(MINUTE / 4);
  }
}
