import { decodeHTML } from "entities";

/** What a sample must show to be the one that its name says. */
export interface Shows {
  /** The subject of a mail, the first heading of a page. */
  heading: string;
  /** A piece of its text or markup that tells its state; not needed where no other sample has its heading. */
  fact?: string | undefined;
  /** What the other state of it would show. */
  lacks?: string | undefined;
}

/** A mail or a page as it came out. */
export interface Looked {
  heading: string;
  html: string;
  shows: Shows;
}

/**
 * What is wrong with samples, a sentence each: one that shows something else than its name says, two that nobody
 * could tell apart, and one that says of itself what is true of the others too, so that it could never be missed.
 */
export function sampleFaults(samples: ReadonlyMap<string, Looked>): string[] {
  const read = [...samples].map(([name, { heading, html, shows }]) => ({
    ...{ name, heading: plain(heading), markup: plain(html), text: visibleText(html) },
    shows: { heading: plain(shows.heading), fact: plain(shows.fact), lacks: plain(shows.lacks) },
  }));
  return [
    ...read.flatMap(mistakes),
    ...read.flatMap((one, at) => twins(one, read.slice(0, at))),
    ...read.flatMap((one) => emptyClaims(one, read)),
  ];
}

interface ReadSample {
  name: string;
  heading: string;
  markup: string;
  text: string;
  shows: { heading: string; fact: string; lacks: string };
}

/** What one sample shows against what it should. */
function mistakes({ name, heading, markup, shows }: ReadSample): string[] {
  return [
    ...(heading === shows.heading ? [] : [`"${name}" is headed "${heading}", not "${shows.heading}"`]),
    ...(markup.includes(shows.fact) ? [] : [`"${name}" does not show "${shows.fact}"`]),
    ...(shows.lacks && markup.includes(shows.lacks) ? [`"${name}" shows "${shows.lacks}"`] : []),
  ];
}

const twins = ({ name, heading, text }: ReadSample, others: ReadSample[]): string[] =>
  others
    .filter((other) => other.text === text && other.heading === heading)
    .map((other) => `"${name}" and "${other.name}" are alike`);

/** A fact that all samples under one heading show tells nothing; nor does a heading alone that several have. */
function emptyClaims(one: ReadSample, all: ReadSample[]): string[] {
  const { heading, fact, lacks } = one.shows;
  const others = all.filter((other) => other !== one && other.shows.heading === heading);
  const isTold = others.length === 0 || others.some(({ markup }) => isNotTrue(fact, lacks, markup));
  return isTold ? [] : [`what "${one.name}" should show is shown by every sample headed "${heading}"`];
}

const isNotTrue = (fact: string, lacks: string, markup: string): boolean =>
  !markup.includes(fact) || (lacks !== "" && markup.includes(lacks));

const plain = (markup = ""): string => decodeHTML(markup).replace(/\s+/g, " ").trim();

/** What is seen, without the tokens and numbers that differ from one time to the next. */
const visibleText = (html: string): string =>
  plain(
    html.replace(/<(style|script)[\s\S]*?<\/\1>|<textarea[\s\S]*?<\/textarea>|<!--[\s\S]*?-->|<[^>]+>/g, " "),
  );

/** All of the first heading of a page; empty where it has none. */
export const firstHeading = (html: string): string =>
  (/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? "").replace(/<[^>]+>/g, "");
