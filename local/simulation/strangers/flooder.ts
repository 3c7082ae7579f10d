import { readReplyAddress } from "../mail-program.ts";
import type { Gang } from "./gang.ts";
import { STRANGERS_DOMAIN } from "./limits.ts";
import { type ForwardedMail, readLinkedPaths } from "./loot.ts";

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
/** One of each flood, of the families by turns. */
const LARGE_SIZE = 2_048 * KB;
/** With these it is more than are kept of a reader's in two of the limit's days. */
const SMALL_ONES = 44;
/** Pages that anybody may ask for, and one that is none. */
const PAGES = ["/", "/newsletter", "/newsletter/feed.xml", "/privacy", "/wp-login.php"];
/** Each page, and each link of a forwarded mail, as often in the same second. */
const LOOKS = 8;

/** Mails first, then pages. */
export async function floods(gang: Gang): Promise<void> {
  const { chance, loot } = gang;
  const forwarded = loot.forwarded.length > 0 ? chance.one(loot.forwarded) : undefined;
  await floodsWithMails(gang, forwarded);
  await floodsPages(gang, forwarded);
}

/** A few large mails at once, and many small ones, to an address that is known or to one that everybody can guess. */
async function floodsWithMails(gang: Gang, forwarded: ForwardedMail | undefined): Promise<void> {
  const { world } = gang;
  const to = (forwarded && readReplyAddress(forwarded.mail)) ?? `reply@${world.mailDomain}`;
  const largest = gang.next() % FAMILIES.length;
  const large = FAMILIES.map(([head, pattern], at) => ({
    head,
    text: pattern.repeat((at === largest ? LARGE_SIZE : SIZE) / pattern.length),
  }));
  const small = Array.from({ length: SMALL_ONES }, () => ({ head: TEXT, text: "Stop." }));
  const mails = [...large, ...small].map(({ head, text }) => {
    const from = `flood${gang.next()}@${STRANGERS_DOMAIN}`;
    const start = [`From: ${from}`, "Subject: x", "MIME-Version: 1.0", head, "", ""].join(CRLF);
    return gang.post(from, to, start + text);
  });
  await Promise.all(mails);
  if (forwarded) world.checkRoom(forwarded.person.watched.address);
}

/** Whatever is only looked at changes nothing, also behind the links of a mail: as scanners do it. */
async function floodsPages(gang: Gang, forwarded: ForwardedMail | undefined): Promise<void> {
  const links = forwarded ? await readLinkedPaths(forwarded, gang.world.origin) : [];
  const paths = Array.from({ length: LOOKS }, () => [...PAGES, ...links]).flat();
  gang.acts("looks at pages");
  await Promise.all(paths.map((path) => gang.ask("GET", path, gang.network())));
  forwarded?.person.checkUntouched("pages that were looked at");
}
