import { addressParser, decodeWords } from "postal-mime";
import { readWordsOfAll } from "../authoring/compile/words-file.ts";
import { ROOT } from "../cli/root.ts";
import { recipientDomain } from "../functions/domain/people/address.ts";
import { isSamePerson } from "../functions/domain/people/twins.ts";
import type { Verdict } from "../functions/domain/replies/reply.ts";
import { htmlText } from "../functions/mail/inbound/html-text.ts";
import { headersNamed, type InboundMail } from "../functions/mail/inbound/inbound.ts";
import type { Circumstances } from "../functions/reply/read-reply.ts";

/** What SES, the store and the settings tell the deployed function, as far as files tell it. */
export interface Circumscribed {
  circumstances: Circumstances;
  /** In words for the owner: what no file told. */
  assumed: string[];
}

const NOBODY = "unknown.invalid";

/** Read once: a folder of mails is read in one run, and reading the files of words takes 17 ms. */
let shipped: ReturnType<typeof readWordsOfAll> | undefined;
function shippedWords(): ReturnType<typeof readWordsOfAll> {
  shipped ??= readWordsOfAll(ROOT);
  return shipped;
}

/**
 * The circumstances of a reply from its own headers (SES writes its verdicts into the mails that it stores), from
 * the mail that was replied to, and from our address, as far as they are given.
 */
export function readCircumstances(
  reply: InboundMail,
  given: { sent: InboundMail | undefined; our: string | undefined },
): Circumscribed {
  const our = given.our ?? ourAddress(reply, given.sent);
  const reader = given.sent && findAddresses(given.sent, ["to"])[0];
  const from = reply.from ?? "";
  const [verdicts, areVerdictsKnown] = readVerdicts(reply);
  const assumed = [
    our === undefined && "our address is not known: say it by --our",
    !given.sent && "the mail that was replied to is not known: give it by --sent",
    reader === undefined && "it came from the subscriber's own address",
    !areVerdictsKnown &&
      "SES found no virus, no spam and no forgery where the mail does not tell its verdicts",
  ];
  return {
    circumstances: {
      sent: readSent(given.sent, our),
      received: readReceived(reply),
      source: returnPath(reply) ?? from,
      isFromSubscriber: reader === undefined || isSamePerson(reader, from),
      isFromSubscribersDomain: reader === undefined || recipientDomain(reader) === recipientDomain(from),
      isByToken: true,
      mailDomain: our === undefined ? NOBODY : recipientDomain(our),
      ...shippedWords(),
      asksForRating: !given.sent || /[?&]do=rating\b/.test(given.sent.text ?? ""),
      verdicts,
    },
    assumed: assumed.filter((row) => row !== false),
  };
}

/** By the mail's own date, as a clock in its sender's zone would tell it; without one, the day of the example. */
function readReceived(reply: InboundMail): Circumstances["received"] {
  const [date = ""] = headersNamed(reply.headers, "date");
  const [, zone = "+00:00"] = /([+-]\d{4})\s*(?:\(|$)/.exec(date.slice(0, 100)) ?? [];
  const receivedAt = Date.parse(date);
  return {
    receivedAt: Number.isNaN(receivedAt) ? Date.now() : receivedAt,
    zone: `${zone.slice(0, 3)}:${zone.slice(-2)}`,
  };
}

function readSent(sent: InboundMail | undefined, our: string | undefined): Circumstances["sent"] {
  return {
    addresses: our === undefined ? [] : [`@${recipientDomain(our)}`],
    name: (sent && mailboxes(sent, ["from"])[0]?.name) ?? "",
    subject: sent?.subject ?? "",
    text: [sent?.text, sent?.html && htmlText(sent.html)].filter(Boolean).join("\n"),
  };
}

/** Where the mail asked for replies to, else where the reply went with a token. */
function ourAddress(reply: InboundMail, sent: InboundMail | undefined): string | undefined {
  const asked = sent && findAddresses(sent, ["reply-to", "from"])[0];
  return (
    asked ?? findAddresses(reply, ["delivered-to", "to", "cc"]).find((address) => /^reply\+/i.test(address))
  );
}

/** The addresses in header fields, in the order of the names. */
export const findAddresses = (mail: InboundMail, names: readonly string[]): string[] =>
  mailboxes(mail, names).flatMap(({ address }) => (address ? [address] : []));

const mailboxes = (mail: InboundMail, names: readonly string[]): { name: string; address?: string }[] =>
  names
    .flatMap((name) => headersNamed(mail.headers, name))
    .flatMap((value) => addressParser(value, { flatten: true }))
    .map(({ name, address }) => ({ name: decodeWords(name), ...(address && { address }) }));

/** Empty for `<>`, which a bounce and many automatic replies carry (RFC 3834 §3.3). */
function returnPath(reply: InboundMail): string | undefined {
  const [path] = headersNamed(reply.headers, "return-path");
  return path?.trim().replace(/^<|>$/g, "");
}

type Verdicts = Circumstances["verdicts"];

/** The verdicts that SES wrote into the mail, PASS for each that it did not; and whether it wrote the three that count. */
function readVerdicts(reply: InboundMail): [Verdicts, boolean] {
  const results = headersNamed(reply.headers, "authentication-results").find((value) =>
    /^\s*amazonses\.com\b/i.test(value),
  );
  const found = {
    spam: findVerdict(headersNamed(reply.headers, "x-ses-spam-verdict")[0]),
    virus: findVerdict(headersNamed(reply.headers, "x-ses-virus-verdict")[0]),
    spf: authenticationResult("spf", results),
    dkim: authenticationResult("dkim", results),
    dmarc: authenticationResult("dmarc", results),
  };
  const { spam = "PASS", virus = "PASS", spf = "PASS", dkim = "PASS", dmarc = "PASS" } = found;
  return [{ spam, virus, spf, dkim, dmarc }, Boolean(found.spam && found.virus && found.dmarc)];
}

const VERDICTS: readonly Verdict[] = ["PASS", "FAIL", "GRAY", "PROCESSING_FAILED", "DISABLED"];
const findVerdict = (value: string | undefined): Verdict | undefined =>
  VERDICTS.find((verdict) => verdict === value?.trim().toUpperCase());

function authenticationResult(method: string, results: string | undefined): Verdict | undefined {
  const [, result] = new RegExp(`\\b${method}=([a-z]{1,20})`, "i").exec(results ?? "") ?? [];
  if (result === undefined) return undefined;
  if (result.toLowerCase() === "pass") return "PASS";
  return result.toLowerCase() === "fail" ? "FAIL" : "GRAY";
}
