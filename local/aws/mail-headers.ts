export interface MailHeader {
  name: string;
  /** Unfolded: line ends are taken out, the space that began the next line stays. */
  value: string;
}

/** A raw mail cut at the empty line. Header text is latin1, one character a byte. */
interface RawMail {
  headers: MailHeader[];
  /** Header lines as they are, without the empty line. */
  head: string;
  body: Buffer;
}

export function readMail(raw: Uint8Array): RawMail {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const gap = /\r?\n\r?\n/.exec(bytes.toString("latin1"));
  const end = gap?.index ?? bytes.length;
  // Not a slice of the whole mail's text: a header that is kept would keep all of that in memory.
  const head = bytes.toString("latin1", 0, end);
  return { headers: readHeaders(head), head, body: bytes.subarray(end + (gap?.[0].length ?? 0)) };
}

function readHeaders(head: string): MailHeader[] {
  const unfolded = head.replace(/\r?\n(?=[ \t])/g, "");
  return unfolded.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(":");
    return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
  });
}

/** The mail with other header fields: some removed (names in lower case), some added at the end of the head. */
export function rewriteHead(mail: RawMail, remove: ReadonlySet<string>, add: MailHeader[]): Buffer {
  const fields = mail.head.split(/\r?\n(?![ \t])/).filter((field) => field !== "");
  const kept = fields.filter((field) => !remove.has(field.slice(0, field.indexOf(":")).trim().toLowerCase()));
  const added = add.map(({ name, value }) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`${[...kept, ...added].join("\r\n")}\r\n\r\n`, "latin1"), mail.body]);
}

export const findHeader = (headers: MailHeader[], name: string): string | undefined =>
  headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;

/** A list of mailboxes, one string each as written, for example `"Doe, Jane" <jane@acme.example>`. */
export function mailboxes(value: string | undefined): string[] {
  const parts = (value ?? "").match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^",<])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** The address in a mailbox: `jane@acme.example`. */
export const readAddress = (mailbox: string): string =>
  (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();

/** Headers for an event, as many as fit in a number of bytes. */
export function truncateHeaders(
  headers: MailHeader[],
  most: number,
): { headers: MailHeader[]; truncated: boolean } {
  let size = 0;
  const kept = headers.filter((header) => {
    size += header.name.length + header.value.length;
    return size <= most;
  });
  return { headers: kept, truncated: kept.length < headers.length };
}

/** The fields that SES repeats in `commonHeaders`. */
export function commonHeaders(headers: MailHeader[]) {
  const list = (name: string) => {
    const value = findHeader(headers, name);
    return value === undefined ? undefined : mailboxes(value);
  };
  return {
    from: list("from"),
    date: findHeader(headers, "date"),
    to: list("to"),
    cc: list("cc"),
    replyTo: list("reply-to"),
    messageId: findHeader(headers, "message-id"),
    subject: findHeader(headers, "subject"),
  };
}
