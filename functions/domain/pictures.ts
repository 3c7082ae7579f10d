/*
 * Pictures are drawn at build and served from a bucket. Texts are kept before it is known where that bucket answers, so
 * they name a host that is nobody's (RFC 2606), and the stage's own is put in when they leave.
 */

/** As they leave the build. */
export interface Picture {
  /** What it is served under: a hash of its source and how it is drawn. */
  name: string;
  type: "image/png" | "image/jpeg" | "image/gif";
  bytes: Uint8Array;
  /** The author's file, as a path. */
  file: string;
}

/** The folder of the bucket, and of the address. */
export const PICTURES_PATH = "pictures";

/** What a browser and a cache may do with one: keep it for a year, as its address never stands for another. */
export const PICTURE_LIFE = "public, max-age=31536000, immutable";

const TYPES: Record<string, Picture["type"]> = { png: "image/png", jpg: "image/jpeg", gif: "image/gif" };

/** By the ending of its name. Throws for one that the build never gives. */
export function findPictureType(name: string): Picture["type"] {
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)];
  if (!type) throw new Error(`${name} is no picture of the build`);
  return type;
}

const NOBODYS_ORIGIN = "https://pictures.invalid";

/** The address of a picture in a text that has not left yet. */
export const pictureUrl = (name: string): string => `${NOBODYS_ORIGIN}/${PICTURES_PATH}/${name}`;

/** A text with the address at which the stage's pictures answer. */
export const withPictureOrigin = (html: string, { pictureOrigin }: { pictureOrigin: string }): string =>
  html.replaceAll(`${NOBODYS_ORIGIN}/`, `${pictureOrigin}/`);
