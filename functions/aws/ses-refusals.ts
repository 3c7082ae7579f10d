import type { SendOutcome } from "../ports.ts";

/** An exception of SES's client. */
export interface SesFailure extends Error {
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

type RefusalKind = Extract<SendOutcome, { outcome: "refused" }>["why"];

/** A refusal by its code and, where the code alone does not tell, its text. */
interface SesRefusal {
  code: RegExp;
  text?: RegExp;
  means: RefusalKind | "never";
}

/** Of an address. SES reads addresses by JavaMail's InternetAddress, whose texts these are. */
const BAD_ADDRESS =
  /^(Missing (final '@domain'|local name|domain)|(Local address|Domain) (contains|starts|ends)|Illegal address|Invalid email address|Extra route-addr|Nested group|Illegal semicolon|Illegal whitespace|Empty address|Unterminated|No local part)/i;

/** Of the mail itself: SES would refuse the same bytes again. */
const BAD_CONTENT =
  /^(Duplicate header|Missing required header|Empty required header|Header section too long|Line longer than|Message length is more than|Illegal filename|Expected|Unexpected end of|Non-ASCII)/i;

/** Too fast, by what AWS calls it in all its services (smithy-typescript, service-error-classification). Nothing was taken. */
const THROTTLED =
  /^(Throttl|(Request|EC2)Throttled|TooManyRequests|RequestLimitExceeded|LimitExceeded|BandwidthLimitExceeded|ProvisionedThroughputExceeded|PriorRequestNotComplete|SlowDown)/;

/**
 * What SES's refusals mean; the first that fits counts. A code or a text that is not here is `mend`: a mail waits
 * until someone has looked, because a mail that is set aside by mistake is lost in silence, and so are all the others.
 */
const REFUSALS: readonly SesRefusal[] = [
  // SES Developer Guide, "Amazon SES email sending errors", Throttling.
  { code: THROTTLED, text: /quota/i, means: "quota" },
  { code: THROTTLED, means: "rate" },
  // SES API Reference, SendRawEmail, Errors: paused by the owner (UpdateAccountSendingEnabled), or one configuration set.
  // Version 2 calls it SendingPausedException and AccountSuspendedException.
  { code: /^(Account|ConfigurationSet)?(SendingPaused|Suspended)/, means: "paused" },
  // SES Developer Guide, the same page: From, or in the sandbox the recipient. May name a domain such as paused.example.
  { code: /^MessageRejected$/, text: /not verified/i, means: "mend" },
  // Paused by AWS: "Sending paused for this account. For more information, please check the inbox of the email address
  // associated with your AWS account." (GoodDollar/GoodServer 419, hcengineering/platform 8899); formerly "Sending
  // suspended for this account. …" (civicrm-core's bounce patterns).
  { code: /^MessageRejected$/, text: /paused|suspended|disabled|shut ?down/i, means: "paused" },
  // AWS "Common Errors": keys that Lambda is about to renew, and a request that was too long on its way.
  {
    code: /^(ExpiredToken|RequestExpired|RequestTimeTooSkewed|RequestInTheFuture|RequestTimeout)/,
    means: "later",
  },
  {
    code: /^(SignatureDoesNotMatch|InvalidSignature)/,
    text: /^Signature (expired|not yet)/i,
    means: "later",
  },
  // emencia-django-newsletter 61, alphagov/signon 31: on SES's own list of addresses that bounce.
  { code: /^MessageRejected$/, text: /^Address blacklisted|suppression list/i, means: "never" },
  // openstax/accounts 253, django-anymail 281, aws-lambda-ses-forwarder 91 and 103, hcengineering/platform 7864,
  // mozilla/fx-private-relay 1887, aws-sdk-js-v3 6213, nodemailer 1603.
  { code: /^InvalidParameterValue$/, text: BAD_ADDRESS, means: "never" },
  // aws-sdk-php 981 (header section), mozilla/fx-private-relay 6801 (duplicate header) and 1887 (“Expected '=', …”), SES Developer Guide, "Quotas".
  { code: /^(InvalidParameterValue|MessageRejected)$/, text: BAD_CONTENT, means: "never" },
];

/** The request never reached SES: no way there, no keys, or TLS that did not come to stand. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EMFILE|(?:CERT|ERR_TLS)_\w+|CredentialsProviderError)$/;
/** The client's own words for a connection that was never made; all its other time limits are named alike. */
const NEVER_CONNECTED = /did not establish a connection/;

/** What a failed call means for the mail. */
export function sendOutcome(error: SesFailure): SendOutcome {
  const text = withoutNames(error.message);
  const detail = `${error.name}: ${text}`.slice(0, 300);
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (NOT_CONNECTED.test(error.code ?? error.name) || NEVER_CONNECTED.test(text))
    return { outcome: "refused", why: "later", detail };
  // A 5xx, a broken connection, no answer in time: SES may have taken it, unless it says that it was asked too often.
  if (status >= 500 && !THROTTLED.test(error.name)) return { outcome: "in-doubt", detail, isAway: true };
  const known = REFUSALS.find(
    ({ code, text: words }) => code.test(error.name) && (words?.test(text) ?? true),
  );
  if (known?.means === "never") return { outcome: "rejected", detail };
  if (known) return { outcome: "refused", why: known.means, detail };
  return status >= 400 ? { outcome: "refused", why: "mend", detail } : { outcome: "in-doubt", detail };
}

/** A log holds no address, and what SES refuses must not be understood by a word in someone's address or role. */
const withoutNames = (message: string): string =>
  message.replace(/\barn:[^\s'"`,]+/g, "<arn>").replace(/[^\s'"`,]+@[^\s'"`,]+/g, "<address>");
