import { expect, it } from "vitest";
import { isSameMail, restoredWords } from "../../../functions/domain/replies/reflection.ts";
import { aReflection } from "../../support/reflections.ts";

const NOW = Date.UTC(2026, 10, 24, 8);
const reply = (change: Parameters<typeof aReflection>[2]) => aReflection("reader", NOW, change);

it("two replies are one mail under two Message-IDs where second and words are the same, and never without a date", () => {
  const first = reply({ id: "r1", dated: "Tue, 24 Nov 2026 08:00:00 +0000", ownWords: "A car." });
  expect(isSameMail(first, { ...first, id: "r2" })).toBe(true);
  expect(isSameMail(first, first)).toBe(false);
  expect(isSameMail(first, { ...first, id: "r2", dated: "Tue, 24 Nov 2026 08:00:01 +0000" })).toBe(false);
  expect(isSameMail(first, { ...first, id: "r2", ownWords: "A car" })).toBe(false);
  const undated = reply({ id: "r1", ownWords: "A car." });
  expect(isSameMail(undated, { ...undated, id: "r2" })).toBe(false);
});

it("a reader's words stand again as before the latest change, beside a request too; what was not changed stays", () => {
  expect(restoredWords(reply({ ownWords: "", wordsBefore: "A car." }))).toEqual(
    reply({ ownWords: "A car." }),
  );
  const besides = reply({ ownWords: "pause", besides: "", wordsBefore: "A car." });
  expect(restoredWords(besides)).toEqual(reply({ ownWords: "pause", besides: "A car." }));
  const untouched = reply({ ownWords: "A car." });
  expect(restoredWords(untouched)).toBe(untouched);
});
