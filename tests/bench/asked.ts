import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findOwnSubject } from "../../functions/domain/replies/asks/asks.ts";
import { asksOf } from "../support/asks.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/asks");

/** A row of the collections of `leaving`, `requests` and `grave`; each says in its own word what is right. */
interface Row {
  subject?: string;
  body: string;
  asks?: string;
  want?: string;
  grave?: boolean;
}

/** Of what was meant how much was heard, and of the rest how much was taken for it. */
export interface Heard {
  collection: string;
  meant: number;
  heard: number;
  others: number;
  falseAlarms: number;
}

const collections = (kind: RegExp): string[] => readdirSync(FOLDER).filter((name) => kind.test(name));
const rows = (name: string): Row[] => JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as Row[];
/** Those of the strangers answer one lesson of theirs. */
const THEIR_SUBJECT = /^(?:\p{L}+: )?Lesson \d|What nobody says in the meeting/u;
const ownSubject = ({ subject = "" }: Row): string | undefined =>
  THEIR_SUBJECT.test(subject) ? undefined : findOwnSubject(subject, "");

const count = (name: string, isMeant: (row: Row) => boolean, isHeard: (row: Row) => boolean): Heard => {
  const meant = rows(name).filter(isMeant);
  const others = rows(name).filter((row) => !isMeant(row));
  return {
    collection: name.replace(".json", ""),
    meant: meant.length,
    heard: meant.filter(isHeard).length,
    others: others.length,
    falseAlarms: others.filter(isHeard).length,
  };
};

/** Requests to leave, by collection. */
export const countLeavings = (): Heard[] =>
  collections(/^(?:leaving|requests)\..*json$/).map((name) =>
    count(
      name,
      ({ asks, want }) => (asks ?? want) === "leave",
      (row) => asksOf(row.body, { subject: ownSubject(row) }).leave !== undefined,
    ),
  );

/** Grave news, by collection. */
export const countGraveNews = (): Heard[] =>
  collections(/^grave\..*json$/).map((name) =>
    count(
      name,
      ({ grave }) => grave === true,
      ({ body }) => asksOf(body).isGrave,
    ),
  );
