import { SUSPECT_FOR } from "../sending/hold-on-mail.ts";
import { DAY, HOUR, type Instant } from "../time.ts";
import { readAddress, recipientDomain, toNetwork } from "./address.ts";
import { toMailbox } from "./twins.ts";

/** How often something may happen in a window of time. */
interface Allowance {
  most: number;
  windowMs: number;
}

/** An allowance of somebody's, by the key that it is counted under. */
export interface Limit extends Allowance {
  /** What is counted, for example `address#<hash>`. Never an address or an IP number in clear. */
  key: string;
  /** Who asks is known for as long as the window lasts from their asking: it has `most` places under its key. */
  isByAsking?: true;
}

/**
 * A confirmation mail goes to the person named in a form, so the form itself could be used against them. A sign-up is
 * admitted, or dropped with a count: what waits cannot grow beyond a day's mail. Each confirmation takes its slot
 * when it leaves: what was admitted at once still leaves an hour's allowance at a time.
 */
export const ADMITTED = {
  network: { most: 20, windowMs: DAY },
  recipientDomain: { most: 60, windowMs: DAY },
  mailbox: { most: 3, windowMs: 30 * DAY },
} as const satisfies Record<string, Allowance>;

/** How many confirmations may leave on account of one network or one company. */
export const LEAVING = {
  network: { most: 5, windowMs: HOUR },
  recipientDomain: { most: 20, windowMs: HOUR },
} as const satisfies Record<string, Allowance>;

/** Whose confirmation has come back lately: behind a hold, those of the same network or company come last. */
const CAME_BACK = {
  network: { most: 1, windowMs: SUSPECT_FOR },
  recipientDomain: { most: 1, windowMs: SUSPECT_FOR },
} as const satisfies Record<string, Allowance>;
/** Those leave so slowly, and are dropped once the link of the first would be dead. */
export const SUSPECTS = { key: "leaving-suspects", most: 1, windowMs: HOUR } as const satisfies Limit;

/** A mailbox gets one confirmation in any 24 hours and three in any 30 days, however its address is spelled. */
export const MAILBOX_REST = DAY;
export const MAILBOX_SLOTS = { slots: 3, restMs: 30 * DAY } as const;

/** Test mails to others than the owner: they have asked for nothing. */
export const TESTS_TO_OTHERS = { key: "tests-to-others", most: 20, windowMs: DAY };

/**
 * Mails that answer a leaving which DMARC does not prove: it is done all the same, and whoever has a forwarded mail could ask
 * for it in a thousand ways. One after the other they are a person's three in 30 days.
 */
export const UNPROVEN_FAREWELLS = ["farewell-1", "farewell-2", "farewell-3"] as const;
export const UNPROVEN_FAREWELL_REST = 30 * DAY;

/** What is counted of one person, by day or longer. An erasing takes the counts with it: their keys name the person. */
export const PERSONAL_LIMITS = [
  "relays",
  "notices",
  "page-mail",
  "journal-mail",
  "foreign-replies",
  "page-answers",
  "answer-changes",
  "sender-question",
  "address-change",
  "address-attempts",
  ...UNPROVEN_FAREWELLS,
] as const;
export const personalLimit = (name: (typeof PERSONAL_LIMITS)[number], subscriber: string): string =>
  `${name}#${subscriber}`;

/**
 * Links that are mailed when a person asks for one: anyone with a forwarded link could ask. A person who has left
 * everything gets only what they are likely to have asked for themselves: a forwarded link of theirs works for months.
 */
export const MAILED_LINK_LIMIT: Allowance = { most: 3, windowMs: DAY };
export const MAILED_LINK_LIMIT_STOPPED: Allowance = { most: 3, windowMs: 30 * DAY };

/** Other addresses that a person asks to be mailed at: each ask mails an address that may be a stranger's. */
export const ADDRESS_CHANGE_LIMIT: Allowance = { most: 5, windowMs: DAY };
/** The same address asked for again uses up none of them, since it may have been cut off; but without end it is a flood. */
export const ADDRESS_ATTEMPT_LIMIT: Allowance = { most: 20, windowMs: DAY };

/** Mails that are asked for on a reader's page, which may be in other hands than theirs; and as many of their journal. */
export const PAGE_MAIL_LIMIT: Allowance = { most: 3, windowMs: DAY };

/** Of one person, everything that is counted or has a place. */
export const personalLimitKeys = (subscriber: string): string[] => [
  ...PERSONAL_LIMITS.map((name) => personalLimit(name, subscriber)),
  ...limitPlaces(personalLimit("page-mail", subscriber), PAGE_MAIL_LIMIT),
  ...limitPlaces(personalLimit("journal-mail", subscriber), PAGE_MAIL_LIMIT),
  ...limitPlaces(personalLimit("address-change", subscriber), ADDRESS_CHANGE_LIMIT),
];

/** The keys of a limit whose places are each kept under what took it. */
export const limitPlaces = (key: string, { most }: Allowance): string[] =>
  Array.from({ length: most }, (_, place) => `${key}-${place}`);
/** Answers that are written on a reader's page: whoever has a forwarded link could fill the journal. */
export const PAGE_ANSWER_LIMIT: Allowance = { most: 10, windowMs: DAY };
/** Answers to the sign-up's questions that are changed there: each decides which lessons come. */
export const ANSWER_CHANGE_LIMIT: Allowance = { most: 10, windowMs: DAY };
/** Replies to one person's mails that come from elsewhere: whoever knows a reply address could fill the table. */
export const FOREIGN_REPLY_LIMIT: Allowance = { most: 20, windowMs: DAY };

/**
 * Mailbox providers with so many customers that twenty sign-ups an hour prove nothing; and the relays that hide
 * an address for its owner, which are as legitimate.
 */
export const LARGE_PROVIDERS: ReadonlySet<string> = new Set([
  ...["gmail.com", "googlemail.com", "icloud.com", "me.com", "mac.com", "privaterelay.appleid.com"],
  ...["outlook.com", "outlook.de", "outlook.fr", "outlook.es", "hotmail.com", "hotmail.co.uk", "hotmail.fr"],
  ...["hotmail.de", "hotmail.it", "hotmail.es", "live.com", "live.co.uk", "live.fr", "live.nl", "msn.com"],
  ...[
    "yahoo.com",
    "yahoo.co.uk",
    "yahoo.co.in",
    "yahoo.co.jp",
    "yahoo.de",
    "yahoo.fr",
    "yahoo.es",
    "yahoo.it",
  ],
  ...["yahoo.ca", "yahoo.com.br", "yahoo.com.au", "ymail.com", "rocketmail.com", "aol.com"],
  ...[
    "proton.me",
    "protonmail.com",
    "pm.me",
    "fastmail.com",
    "fastmail.fm",
    "hey.com",
    "zoho.com",
    "mail.com",
  ],
  ...["gmx.de", "gmx.net", "gmx.com", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "posteo.de"],
  ...["comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net"],
  ...["btinternet.com", "sky.com", "virginmedia.com", "talktalk.net", "orange.fr", "wanadoo.fr", "free.fr"],
  ...[
    "sfr.fr",
    "laposte.net",
    "libero.it",
    "virgilio.it",
    "tiscali.it",
    "telenet.be",
    "ziggo.nl",
    "kpnmail.nl",
  ],
  ...["bluewin.ch", "telia.com", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "seznam.cz", "centrum.cz"],
  ...[
    "mail.ru",
    "yandex.ru",
    "yandex.com",
    "qq.com",
    "163.com",
    "126.com",
    "sina.com",
    "naver.com",
    "daum.net",
  ],
  ...[
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "softbank.ne.jp",
    "rediffmail.com",
    "uol.com.br",
    "bol.com.br",
    "terra.com.br",
  ],
  ...[
    "bigpond.com",
    "optusnet.com.au",
    "xtra.co.nz",
    "rogers.com",
    "shaw.ca",
    "sympatico.ca",
    "videotron.ca",
  ],
  ...["duck.com", "mozmail.com", "simplelogin.com", "simplelogin.io", "aleeas.com", "passmail.net"],
]);

/** Whom a sign-up concerns, for the limits. */
export interface SignUpOrigin {
  /** The canonical address. */
  address: string;
  /** From `toNetwork`. Undefined: the owner brought the address, and answers for it. */
  network: string | undefined;
}

/** Keyed: the table must not hold a network, a domain or a mailbox in clear. */
type Hash = (text: string) => string;

/**
 * The limits that decide whether a sign-up is admitted, in the order in which they are counted: a stranger's network
 * is refused before anything of others is used up.
 * @param letIn networks, domains and addresses that the owner answers for: their own limits do not hold, and an address
 *   has its mailbox's anew
 * @param confirmationsADay undefined: SES grants any number
 */
export function admissionLimits(
  origin: SignUpOrigin,
  letIn: readonly LetInNow[],
  confirmationsADay: number | undefined,
  hash: Hash,
): Limit[] {
  const mailbox = mailboxHash(origin.address, letIn, hash);
  return [
    ...sharedLimits("admitted", ADMITTED, origin, letIn, hash),
    { key: `admitted-mailbox#${mailbox}`, ...ADMITTED.mailbox, isByAsking: true },
    ...inAll("admitted-in-all", confirmationsADay),
  ];
}

/**
 * The limits of what leaves, in the order in which they are counted. The mailbox has slots of its own besides.
 * @param portion of all together, after a hold: no network or company has more than a fifth of it
 */
export function leavingLimits(
  origin: SignUpOrigin,
  letIn: readonly LetInNow[],
  confirmationsADay: number | undefined,
  hash: Hash,
  portion?: Limit,
): Limit[] {
  const fifth = portion ? Math.max(1, Math.floor(portion.most / 5)) : Number.POSITIVE_INFINITY;
  return [
    ...sharedLimits("leaving", LEAVING, origin, letIn, hash).map(
      (limit): Limit => ({ ...limit, most: Math.min(limit.most, fifth), isByAsking: true }),
    ),
    ...inAll("leaving-in-all", confirmationsADay),
    ...(portion ? [portion] : []),
  ];
}

/** What is used up once a confirmation has come back: that of its network, and of its company. */
export const suspicions = (origin: SignUpOrigin, letIn: readonly LetInNow[], hash: Hash): Limit[] =>
  sharedLimits("came-back", CAME_BACK, origin, letIn, hash);

/** After a hold: of all together, whose hour's portion it is. */
export const portionLimit = (most: number): Limit => ({ key: "leaving-after-hold", most, windowMs: HOUR });

const inAll = (key: string, most: number | undefined): Limit[] =>
  most === undefined ? [] : [{ key, most, windowMs: DAY }];

/** Those of a network and of a company: of neither, where the owner has let one of them in. */
function sharedLimits(
  name: string,
  allowances: Record<"network" | "recipientDomain", Allowance>,
  origin: SignUpOrigin,
  letIn: readonly LetInNow[],
  hash: Hash,
): Limit[] {
  const { network } = origin;
  const domain = recipientDomain(origin.address);
  if (network === undefined || letIn.some(({ entry }) => isLetIn(entry, origin, hash))) return [];
  const ofNetwork = { key: `${name}-network#${hash(`network ${network}`)}`, ...allowances.network };
  if (LARGE_PROVIDERS.has(domain)) return [ofNetwork];
  return [ofNetwork, { key: `${name}-domain#${hash(`domain ${domain}`)}`, ...allowances.recipientDomain }];
}

/** One after the other they give a mailbox its confirmations in any 30 days. */
export function mailboxSlots(address: string, letIn: readonly LetInNow[], hash: Hash): string[] {
  const mailbox = mailboxHash(address, letIn, hash);
  return Array.from({ length: MAILBOX_SLOTS.slots }, (_, slot) => `mailbox-slot-${slot}#${mailbox}`);
}
export const mailboxRest = (address: string, letIn: readonly LetInNow[], hash: Hash): string =>
  `mailbox-rest#${mailboxHash(address, letIn, hash)}`;

/**
 * Strangers may have used up what a mailbox gets, and its reader asks in vain: each time that the owner lets the address
 * in, it has all of it once more. In the very spelling that is let in; every other is its mailbox's as before.
 */
function mailboxHash(address: string, letIn: readonly LetInNow[], hash: Hash): string {
  const mailbox = `mailbox ${likelyMailbox(address)}`;
  const own = letIn.find(
    ({ entry }) => isLetIn(entry, { address, network: undefined }, hash) && isOneAddress(entry),
  );
  return hash(own ? `${mailbox} let in ${own.until ?? "always"}` : mailbox);
}

/** What these ignore in a name, beyond what is known for certain; by the domain that `toMailbox` gives. */
const IGNORED: Readonly<Record<string, RegExp>> = { "proton.me": /[._-]/g, "yandex.ru": /[.-]/g };
/** Who has a name at these has every address of a domain below them: `anything@name.fastmail.com`. */
const WITH_SUBDOMAINS: ReadonlySet<string> = new Set([
  ...["fastmail.com", "fastmail.fm", "mozmail.com", "simplelogin.com", "aleeas.com"],
  ...["anonaddy.com", "anonaddy.me", "33mail.com"],
]);

/**
 * The mailbox that an address most likely reaches: one too few costs its neighbours some confirmations, one too many its
 * reader sixty a day. For limits only: two spellings may be two people, and are never merged.
 */
export function likelyMailbox(address: string): string {
  const mailbox = toMailbox(withoutSubdomain(address));
  const at = mailbox.lastIndexOf("@");
  const ignored = IGNORED[mailbox.slice(at + 1)];
  return ignored ? `${mailbox.slice(0, at).replace(ignored, "")}${mailbox.slice(at)}` : mailbox;
}

function withoutSubdomain(address: string): string {
  const [name = "", ...provider] = recipientDomain(address).split(".");
  return WITH_SUBDOMAINS.has(provider.join(".")) ? `${name}@${provider.join(".")}` : address;
}

/** Whom the owner lets in for a time, by the console. */
export interface LetIn {
  /** A network, a domain, or an address by its hash. */
  entry: string;
  /** What is shown of it: addresses are masked. */
  shown: string;
  until: Instant;
}

/** Who is let in at a moment; without an end, by the settings. */
export type LetInNow = Pick<LetIn, "entry"> & { until?: Instant };

/** @param always by the settings; @param forATime by the console */
export const letInNow = (always: readonly string[], forATime: readonly LetIn[]): LetInNow[] => [
  ...forATime,
  ...always.map((entry) => ({ entry })),
];

/** What the owner may let in: an address, a domain, an IP number, or its network as /24 or /48. */
export function isLetInEntry(entry: string): boolean {
  if (entry.includes("@")) return "canonical" in readAddress(entry);
  return networkEntry(entry) !== undefined || "canonical" in readAddress(`a@${entry}`);
}

/** An address as it is kept: the table holds none in clear but a person's own. */
export const hashLetInEntry = (address: string, hash: Hash): string =>
  `${HASHED_ADDRESS}${hash(`let in ${address.toLowerCase()}`)}`;
const HASHED_ADDRESS = "hash ";

const isOneAddress = (entry: string): boolean => entry.startsWith(HASHED_ADDRESS) || entry.includes("@");

function isLetIn(entry: string, { address, network }: SignUpOrigin, hash: Hash): boolean {
  if (entry.startsWith(HASHED_ADDRESS)) return entry === hashLetInEntry(address, hash);
  if (entry.includes("@")) return entry.toLowerCase() === address.toLowerCase();
  const entryNetwork = networkEntry(entry);
  if (entryNetwork !== undefined) return entryNetwork === network;
  return entry.toLowerCase() === recipientDomain(address);
}

/** Undefined for what is no network of the size that we count by. */
function networkEntry(entry: string): string | undefined {
  const [ip = "", bits] = entry.split("/");
  const network = toNetwork(ip);
  const isOurs = network !== "unknown" && (bits === undefined || network.endsWith(`/${bits}`));
  return isOurs ? network : undefined;
}

/**
 * Confirmations are at most this share of what SES grants in a day, so that strangers at the form cannot use up the
 * lessons' part; less in the days after they were held. Undefined where SES grants any number (-1).
 */
export const confirmationsADay = (share: number, quota: number, allowance = 1): number | undefined =>
  quota > 0 ? Math.max(1, Math.floor(share * allowance * quota)) : undefined;
