import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { NoReport } from "./read-aggregate.ts";

/** A year's report of a large host about a course of a million readers stays below. */
const LARGEST_XML = 10 * 1024 * 1024;
const LATIN = new TextDecoder("latin1");

/**
 * The XML of an attachment: zipped, gzipped, or as it is, told by its first bytes, whatever its name and type say.
 * Never more than 10 MB are unpacked. Throws a NoReport that says what is wrong.
 */
export function unpackXml(bytes: Uint8Array): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return decode(gunzip(bytes));
  if (LATIN.decode(bytes.subarray(0, 4)) === "PK\u0003\u0004") return decode(unzip(bytes));
  if (bytes.length > LARGEST_XML) throw new NoReport("it is larger than a report is");
  return decode(bytes);
}

function gunzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(withoutLineEnds(bytes), { maxOutputLength: LARGEST_XML });
  } catch (error) {
    const isBomb = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new NoReport(isBomb ? "unpacked, it is larger than a report is" : "its gzip cannot be read");
  }
}

/** Some hosts (Mimecast) send a line end behind it. What belongs to it ends in a zero: its size, below 16 MB (RFC 1952 §2.3.1). */
function withoutLineEnds(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (bytes[end - 1] === 0x0d || bytes[end - 1] === 0x0a) end -= 1;
  return bytes.subarray(0, end);
}

/** The first XML file in it. What is unpacked never grows beyond the size that the archive names. */
function unzip(bytes: Uint8Array): Uint8Array {
  let isTooLarge = false;
  let isTaken = false;
  try {
    const files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (isTaken || !/\.xml$/i.test(name)) return false;
        isTaken = originalSize <= LARGEST_XML;
        isTooLarge ||= !isTaken;
        return isTaken;
      },
    });
    const [xml] = Object.values(files);
    if (xml) return xml;
  } catch {
    throw new NoReport("its zip cannot be read");
  }
  throw new NoReport(isTooLarge ? "unpacked, it is larger than a report is" : "its zip holds no XML");
}

/** UTF-8, or UTF-16 by its mark, as XML 1.0 (appendix F) tells them. */
function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
