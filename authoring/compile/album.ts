import type { Picture } from "../../functions/domain/pictures.ts";

/** A picture as its author has it. Sizes in dots. */
export interface PictureFile {
  bytes: Buffer;
  format: string;
  width: number;
  height: number;
  isAnimated: boolean;
}

/** A picture where a text shows it: sizes in pixels as a mail shows it. */
export interface PlacedPicture {
  src: string;
  darkSrc?: string;
  width: number;
  height: number;
}

/** A picture file at the size at which it is mailed. */
export interface Drawing {
  path: string;
  file: PictureFile;
  /** Dots. */
  width: number;
  type: Picture["type"];
  /** Where it is named first. */
  at: { file: string; line: number; field?: string };
}

/** The picture files of the content, and what its texts show of them. */
export interface Album {
  /** By path; a sentence where a file is no picture. */
  files: Map<string, PictureFile | string>;
  /** By the name that they are served under. */
  drawings: Map<string, Drawing>;
}

/** What a reader's program would have to ask a stranger for. */
export const isElsewhere = (href: string): boolean => /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(href);
/** What is said of such a picture. */
export const ELSEWHERE = "is on the web; save it beside the text, and name the file";

export const newAlbum = (): Album => ({ files: new Map(), drawings: new Map() });
