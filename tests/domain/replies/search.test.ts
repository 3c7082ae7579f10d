import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GRAVE } from "../../../functions/domain/replies/asks/grave-words.ts";
import { LEAVING } from "../../../functions/domain/replies/asks/leaving.ts";
import { compile } from "../../../functions/domain/replies/asks/pattern.ts";
import { openSearch, PhraseIndex } from "../../../functions/domain/replies/asks/search.ts";
import { readSentences, type Sentence } from "../../../functions/domain/replies/asks/text.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/asks");
const bodies = (name: string): string[] =>
  (JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), "utf8")) as { body: string }[]).map(
    ({ body }) => body,
  );
/** A third of one collection, and all phrasings, which are of each language. */
const sentences: Sentence[] = [
  ...[...bodies("requests.second-stranger"), ...bodies("grave.second-stranger")].filter(
    (_, at) => at % 3 === 0,
  ),
  ...bodies("phrasings"),
].flatMap((body) => readSentences(body));
const texts = [...new Set(sentences.flatMap(({ text, bare, dense }) => [text, bare, dense]))];

interface Phrases {
  phrases: readonly string[];
  names: Record<string, string>;
  how: "search" | "whole";
}
const ofLeaving = Object.entries(LEAVING).map(([language, words]): [string, Phrases[]] => {
  const { ours, me, end } = words;
  const names = { ours, me: me.replaceAll("{ours}", ours), end };
  const searched = [words.asks, words.never, words.maybe, words.mentions, words.all];
  return [
    `leaving, ${language}`,
    [
      ...searched.map((phrases): Phrases => ({ phrases, names, how: "search" })),
      ...[words.alone, words.short, words.because].map(
        (phrases): Phrases => ({ phrases, names, how: "whole" }),
      ),
    ],
  ];
});
const ofGrave = Object.entries(GRAVE).map(([language, { says }]): [string, Phrases[]] => [
  `grave news, ${language}`,
  [{ phrases: says, names: {}, how: "search" }],
]);

describe("phrases that are compiled as they are needed", () => {
  it.each([...ofLeaving, ...ofGrave])("find what one expression of all of them finds: %s", (_, all) => {
    let found = 0;
    const index = new PhraseIndex();
    for (const { phrases, names, how } of all) {
      const search = openSearch(phrases, names, how, index);
      const whole = compile(phrases, names, how);
      const holding = texts.filter((text) => whole.test(text));
      expect(texts.filter((text) => search.test(text))).toEqual(holding);
      found += holding.length;
    }
    expect(found).toBeGreaterThan(0);
  });

  it.each([
    ["(stop|end) (the )?course", ["stop the course", "end course", "the course"]],
    ["un ?subscribe@ me", ["unsubscribe me", "un subscribed me", "subscribe me"]],
    ["colou?r|ab", ["color", "colour", "ab", "col"]],
    ["(?!not )(never|no )?again", ["again", "never again", "gain"]],
    ["@ing *mail", ["sending me the mail", "sending mail", "mail"]],
    ["[a-z]{2}stop", ["unstop", "xxstop", "stop"]],
  ])("leave out no text that a phrase could be in: %s", (phrase, tried) => {
    const search = openSearch([phrase], {});
    const whole = compile([phrase], {}, "search");
    expect(tried.map((text) => search.test(text))).toEqual(tried.map((text) => whole.test(text)));
    expect(tried.map((text) => whole.test(text))).toContain(false);
    expect(tried.map((text) => whole.test(text))).toContain(true);
  });
});
