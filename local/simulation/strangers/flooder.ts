import { readReplyAddress } from "../mail-program.ts";
import type { Gang } from "./gang.ts";
import { STRANGERS_DOMAIN } from "./limits.ts";

const KB = 1_024;
const CRLF = "\r\n";
const TEXT = "Content-Type: text/plain; charset=utf-8";
/** How the head goes on, and what fills the mail: of the bench's families those that once cost most. */
const FAMILIES = [
  [`${TEXT}; format=flowed; delsp=yes`, "a \r\n"],
  [TEXT, "\n"],
  [TEXT, "a\r\n"],
  ["Content-Type: multipart/mixed; boundary = b", "--b\r\n\r\nhi\r\n"],
  ["Content-Type: text/html", "<blockquote>a"],
  [`${TEXT}\r\nContent-Transfer-Encoding: base64`, "YQ=\r\n"],
] as const;
const SIZE = 128 * KB;
/** With these it is more than are kept of a reader's in two of the limit's days. */
const SMALL_ONES = 44;

/** A few large mails at once, and many small ones, to an address that is known or to one that everybody can guess. */
export async function floods(gang: Gang): Promise<void> {
  const { chance, loot, world } = gang;
  const forwarded = loot.forwarded.length > 0 ? chance.one(loot.forwarded) : undefined;
  const to = (forwarded && readReplyAddress(forwarded.mail)) ?? `reply@${world.mailDomain}`;
  const large = FAMILIES.map(([head, pattern]) => ({ head, text: pattern.repeat(SIZE / pattern.length) }));
  const small = Array.from({ length: SMALL_ONES }, () => ({ head: TEXT, text: "Stop." }));
  const mails = [...large, ...small].map(({ head, text }) => {
    const from = `flood${gang.next()}@${STRANGERS_DOMAIN}`;
    const start = [`From: ${from}`, "Subject: x", "MIME-Version: 1.0", head, "", ""].join(CRLF);
    return gang.post(from, to, start + text);
  });
  await Promise.all(mails);
  if (forwarded) world.checkRoom(forwarded.person.watched.address);
}
