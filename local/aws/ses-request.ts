import { findHeader, type MailHeader, mailboxes, readAddress, readMail } from "./mail-headers.ts";
import { ServiceError } from "./request.ts";

/** SendRawEmail as its form says it, completed from the mail's headers where the form leaves something out. */
export interface SesRequest {
  source: string;
  /** Addresses in the From header. */
  from: string[];
  destinations: string[];
  configurationSet: string | undefined;
  tags: { name: string; value: string }[];
  headers: MailHeader[];
  raw: Buffer;
  /** Characters of base64: what the size limit counts. */
  encodedSize: number;
}

const MOST_ENCODED = 10 * 1024 * 1024;
const MOST_RECIPIENTS = 50;
const LONGEST_LINE = 998;
/** Fields that a mail may have once (developer guide, "Header fields"). */
const SINGLE = new Set(
  "accept-language acceptlanguage archived-at auto-submitted bounces-to comments content-alternative content-base content-class content-description content-disposition content-duration content-id content-language content-length content-location content-md5 content-return content-style content-transfer-encoding content-type date delivered-to disposition-notification-options disposition-notification-to dkim-signature domainkey-signature errors-to feedback-type from importance in-reply-to keywords list-archive list-help list-id list-owner list-post list-subscribe list-unsubscribe list-unsubscribe-post message-context message-id mime-version organization original-from original-message-id original-recipient original-subject precedence priority received-date references reply-to return-path return-receipt-to sender solicitation subject thread-index thread-topic to cc bcc user-agent x-auto-response-suppress x-mailer x-priority".split(
    " ",
  ),
);

/** Reads the form. A field that no mail can do without is reported as SES reports it. */
export function readRequest(body: Buffer): SesRequest {
  const { form, data } = cutMailOut(body);
  const raw = Buffer.from(data, "base64");
  const { headers } = readMail(raw);
  const from = mailboxes(findHeader(headers, "from")).map(readAddress);
  return {
    source: readAddress(form.get("Source") ?? findHeader(headers, "return-path") ?? from[0] ?? ""),
    from,
    destinations: readDestinations(form, headers),
    configurationSet: form.get("ConfigurationSetName") ?? findHeader(headers, "x-ses-configuration-set"),
    tags: readTags(form, headers),
    headers,
    raw,
    encodedSize: data.length,
  };
}

const MAIL = "RawMessage.Data";

/** Apart from the mail, because a tag that is kept holds the text in memory that it was cut from. */
function cutMailOut(body: Buffer): { form: URLSearchParams; data: string } {
  const begin = body.indexOf(`${MAIL}=`);
  if (begin < 0) return { form: new URLSearchParams(body.toString("latin1")), data: "" };
  const next = body.indexOf("&", begin);
  const end = next < 0 ? body.length : next;
  const others = Buffer.concat([body.subarray(0, begin), body.subarray(end)]).toString("latin1");
  const data = new URLSearchParams(body.toString("latin1", begin, end)).get(MAIL) ?? "";
  return { form: new URLSearchParams(others), data };
}

/** A mail's own tag, in SES's form. */
export function findDispatch(body: Buffer): string | undefined {
  const { form } = cutMailOut(body);
  return readTags(form, []).find(({ name }) => name === "dispatch")?.value;
}

function readDestinations(form: URLSearchParams, headers: MailHeader[]): string[] {
  const given = members(form, "Destinations.member", "");
  const named = ["to", "cc", "bcc"].flatMap((name) => mailboxes(findHeader(headers, name)));
  return (given.length > 0 ? given : named).map(readAddress);
}

/** Tags of the call replace those of the header; they are not merged. */
function readTags(form: URLSearchParams, headers: MailHeader[]): SesRequest["tags"] {
  const names = members(form, "Tags.member", ".Name");
  const values = members(form, "Tags.member", ".Value");
  if (names.length > 0) return names.map((name, at) => ({ name, value: values[at] ?? "" }));
  const header = findHeader(headers, "x-ses-message-tags") ?? "";
  return header.split(/[,;]/).flatMap((pair) => {
    const [name = "", value = ""] = pair.split("=").map((part) => part.trim());
    return name === "" ? [] : [{ name, value }];
  });
}

function members(form: URLSearchParams, prefix: string, suffix: string): string[] {
  const found: string[] = [];
  for (let at = 1; form.has(`${prefix}.${at}${suffix}`); at++)
    found.push(form.get(`${prefix}.${at}${suffix}`) ?? "");
  return found;
}

/** Throws what SES says of a mail that it will not take. */
export function validate(request: SesRequest): void {
  if (request.encodedSize > MOST_ENCODED)
    invalid(`Message length is more than ${MOST_ENCODED} bytes long: '${request.encodedSize}'.`);
  if (request.raw.length === 0) invalid("RawMessage.Data must not be empty.");
  for (const tag of request.tags) validateTag(tag);
  validateRecipients(request.destinations);
  validateAddress(request.source);
  validateHeaders(request.headers);
  const long = request.raw
    .toString("latin1")
    .split(/\r?\n/)
    .find((line) => line.length > LONGEST_LINE);
  if (long !== undefined) invalid(`Line longer than ${LONGEST_LINE} characters.`);
}

function validateTag({ name, value }: { name: string; value: string }): void {
  if (name === "") invalid("The tag name must be specified.");
  if (name.length > 255) invalid("Tag name cannot exceed 255 characters.");
  if (!/^(ses:feedback-id-[ab]|[A-Za-z0-9_-]+)$/.test(name))
    invalid(`Invalid tag name <${name}>: only alphanumeric ASCII characters, '_', and '-' are allowed.`);
  if (value === "") invalid("The tag value must be specified.");
  if (value.length > 255) invalid("Tag value cannot exceed 255 characters.");
  if (!/^[A-Za-z0-9_.@-]+$/.test(value))
    invalid(
      `Invalid tag value <${value}>: only alphanumeric ASCII characters, '_', '-', '.', and '@' are allowed.`,
    );
}

function validateRecipients(destinations: string[]): void {
  if (destinations.length === 0) invalid("Missing required header 'To'.");
  if (destinations.length > MOST_RECIPIENTS) invalid(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  for (const address of destinations) validateAddress(address);
}

/** One bad address refuses the whole mail. The address itself is not repeated: it may be anything. */
function validateAddress(address: string): void {
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || domain === "") invalid("Missing final '@domain'");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\x00-\x20\x7f-\uffff]/.test(local)) invalid("Local address contains control or whitespace");
  if (!/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(domain)) invalid("Domain contains illegal character");
}

function validateHeaders(headers: MailHeader[]): void {
  if (findHeader(headers, "from") === undefined) invalid("Missing required header 'From'.");
  const seen = new Set<string>();
  for (const { name } of headers) {
    const key = name.toLowerCase();
    if (SINGLE.has(key) && seen.has(key)) invalid(`Duplicate header '${name}'.`);
    seen.add(key);
  }
}

function invalid(message: string): never {
  throw new ServiceError("InvalidParameterValue", message);
}
