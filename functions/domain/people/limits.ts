import { DAY, HOUR } from "../time.ts";

/** How often something may happen in a window of time. */
interface Allowance {
  most: number;
  windowMs: number;
}

/**
 * A confirmation mail goes to the person named in a form, so the form itself could be used against them. These
 * limits keep what one address, one network or one company can be made to receive small; a sign-up over a
 * limit is kept and its confirmation waits for the window to end.
 */
export const SIGN_UP_LIMITS = {
  address: [{ most: 1, windowMs: DAY }],
  network: [
    { most: 5, windowMs: HOUR },
    { most: 20, windowMs: DAY },
  ],
  recipientDomain: [{ most: 20, windowMs: HOUR }],
} as const satisfies Record<string, readonly Allowance[]>;
type LimitName = keyof typeof SIGN_UP_LIMITS;

/** Test mails to others than the owner: they have asked for nothing. */
export const TESTS_TO_OTHERS = { key: "tests-to-others", most: 20, windowMs: DAY };

/** The limit on the relays about a person, by day. */
export const relayLimit = (subscriber: string): string => `relays#${subscriber}`;

/**
 * Links that are mailed when a person asks for one: anyone with a forwarded link could ask. A person who has left
 * everything gets only what they are likely to have asked for themselves.
 */
export const MAILED_LINK_LIMIT: Allowance = { most: 3, windowMs: DAY };
export const MAILED_LINK_LIMIT_STOPPED: Allowance = { most: 1, windowMs: DAY };

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

interface SignUpOrigin {
  /** Keyed hash of the canonical address. */
  addressHash: string;
  /** Of the address, lower-case. */
  domain: string;
  /** From `networkOf`. */
  network: string;
}

/**
 * The limits that a sign-up counts against.
 * @param hash keyed: the table must not hold a network or a domain in clear
 */
export function signUpLimits(origin: SignUpOrigin, hash: (text: string) => string): NamedLimit[] {
  const domain = origin.domain.toLowerCase();
  return [
    ...named("address", origin.addressHash),
    ...named("network", hash(`network ${origin.network}`)),
    ...(LARGE_PROVIDERS.has(domain) ? [] : named("recipientDomain", hash(`domain ${domain}`))),
  ];
}

/** The one limit of a new confirmation link: an address gets one confirmation a day, however it is asked for. */
export const confirmationLimits = (addressHash: string) => named("address", addressHash);

interface NamedLimit extends Allowance {
  name: LimitName;
  key: string;
}

function named(name: LimitName, of: string): NamedLimit[] {
  return SIGN_UP_LIMITS[name].map((allowance) => ({
    name,
    key: `${name}-${allowance.windowMs / HOUR}h#${of}`,
    ...allowance,
  }));
}
