import type { Line } from "./lines.ts";

/** Lines that are no words: PGP's armour around a signed mail, its signatures and keys, and files as text (uuencode). */
export function dropArmour(lines: Line[]): void {
  let until: RegExp | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (until !== undefined) {
      line.dropped = true;
      if (until.test(line.plain)) until = undefined;
      continue;
    }
    until = beginning(lines, index);
    if (until !== undefined) line.dropped = true;
    else if (isSignedHeader(lines, index)) line.dropped = true;
  }
}

/** What ends the block that begins here; a block that never ends is none. */
function beginning(lines: Line[], index: number): RegExp | undefined {
  const { plain } = lines[index] as Line;
  const [, kind] =
    /^-----BEGIN (PGP (?:SIGNATURE|MESSAGE|PUBLIC KEY BLOCK|PRIVATE KEY BLOCK)|CERTIFICATE|PKCS7)-----$/.exec(
      plain,
    ) ?? [];
  if (kind !== undefined) return ends(lines, index, new RegExp(`^-----END ${kind}-----$`));
  if (!/^begin [0-7]{3,4} \S.{0,100}$/.test(plain)) return undefined;
  const isEncoded = /^[\x20-`]{2,62}$/.test((lines[index + 1] as Line | undefined)?.plain ?? "");
  return isEncoded ? ends(lines, index, /^end$/) : undefined;
}

const ends = (lines: Line[], index: number, end: RegExp): RegExp | undefined =>
  lines.slice(index + 1).some(({ plain }) => end.test(plain)) ? end : undefined;

/** `-----BEGIN PGP SIGNED MESSAGE-----`, and `Hash: SHA512` below it. */
function isSignedHeader(lines: Line[], index: number): boolean {
  const isBegin = (at: number) =>
    /^-----BEGIN PGP SIGNED MESSAGE-----$/.test((lines[at] as Line | undefined)?.plain ?? "");
  return isBegin(index) || (/^Hash: [\w, -]{1,60}$/.test((lines[index] as Line).plain) && isBegin(index - 1));
}
