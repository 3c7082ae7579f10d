import { readReplyAddress } from "../mail-program.ts";
import type { Gang } from "./gang.ts";

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

/** A few large mails at once, to an address that is known and to one that everybody can guess. */
export async function floods(gang: Gang): Promise<void> {
  const { chance, loot, world } = gang;
  const known = loot.forwarded.length > 0 ? readReplyAddress(chance.one(loot.forwarded).mail) : undefined;
  const mails = FAMILIES.map(([head, pattern]) => {
    const to = known ?? `reply@${world.mailDomain}`;
    const from = `flood${gang.next()}@strangers.example`;
    const start = [`From: ${from}`, "Subject: x", "MIME-Version: 1.0", head, "", ""].join(CRLF);
    return gang.post(from, to, start + pattern.repeat(SIZE / pattern.length));
  });
  await Promise.all(mails);
}
