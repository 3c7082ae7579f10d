import type { Condition, Facts, When } from "./whom.ts";

/*
 * Whether conditions can be true, of whom they can become true, and how many of them at once: decided by going through
 * what can be known of a reader, which is finite. An answer is one of its question's options, a tag stands or does
 * not, a count of silent lessons is below each number that is named or is not.
 *
 *   role = managers and not tag = alumni
 *     role?  managers ─┬─ alumni? no  → true
 *            sellers   │          yes → false
 *            nothing   └─ (others: false at once, and nothing more is asked)
 */

/** Something that can be known of a reader; its values are compared only. */
type Value = string | number | boolean | undefined;

/** What a condition asks. */
interface Asked {
  /** One name for each thing that is known on its own. */
  name: string;
  condition: Condition;
}

/** What can be known of the reader when it is asked, in any order; nothing stands for what cannot be known at all. */
export type Possible = (asked: Asked) => readonly Value[];

/** More steps are not gone: what is not decided by then counts as not certain. Authors' conditions need dozens. */
const MOST_STEPS = 20_000;

/** One name for each thing that can be known on its own: `answer role`, `tag alumni`. */
export const nameAsked = (condition: Condition): string => {
  if ("answer" in condition) return `answer ${condition.answer}`;
  if ("tag" in condition) return `tag ${condition.tag}`;
  if ("move" in condition) return `move ${condition.move[0]}`;
  if ("replied" in condition)
    return condition.replied === "any" ? "replied" : `replied ${condition.replied[0]}`;
  if ("state" in condition) return `state ${condition.state}`;
  return "rating" in condition ? "rating" : "silent";
};

type Known = ReadonlyMap<string, Value>;

/** True or false by what is known; or the condition that has to be asked first. */
type Verdict = true | false | Condition;

function judge(when: When, known: Known): Verdict {
  if ("every" in when) return judgeAll(when.every, known, false);
  if ("some" in when) return judgeAll(when.some, known, true);
  if ("not" in when) {
    const verdict = judge(when.not, known);
    return typeof verdict === "boolean" ? !verdict : verdict;
  }
  const name = nameAsked(when);
  return known.has(name) ? isTrueOf(when, known.get(name)) : when;
}

/** @param decides the verdict of one that decides for all */
function judgeAll(whens: readonly When[], known: Known, decides: boolean): Verdict {
  let open: Condition | undefined;
  for (const when of whens) {
    const verdict = judge(when, known);
    if (verdict === decides) return decides;
    if (typeof verdict !== "boolean") open ??= verdict;
  }
  return open ?? !decides;
}

function isTrueOf(condition: Condition, value: Value): boolean {
  if ("silent" in condition) return Number(value) >= condition.silent;
  if ("answer" in condition || "move" in condition)
    return value !== undefined && (condition.is?.includes(String(value)) ?? true);
  return "rating" in condition ? condition.rating.includes(Number(value)) : value === true;
}

/** Whether all of these can be true of one reader. What takes too long to find out can. */
export const canHold = (whens: readonly When[], possible: Possible): boolean =>
  search(whens, possible) !== "nobody";

/** A reader of whom all of these are true, and little else is known; undefined where there is none, or finding one takes too long. */
export function findFacts(whens: readonly When[], possible: Possible): Facts | undefined {
  const found = search(whens, possible);
  return typeof found === "string" ? undefined : factsKnown(found);
}

function search(whens: readonly When[], possible: Possible): Known | "nobody" | "undecided" {
  let steps = 0;
  const go = (known: Known): ReturnType<typeof search> => {
    const verdict = judgeAll(whens, known, false);
    if (typeof verdict === "boolean") return verdict ? known : "nobody";
    if (++steps > MOST_STEPS) return "undecided";
    for (const next of eachKnown(verdict, known, possible)) {
      const found = go(next);
      if (found !== "nobody") return found;
    }
    return "nobody";
  };
  return go(new Map());
}

/** A reader of whom this is known. The names are those of `nameAsked`. */
export function factsKnown(known: Known): Facts {
  const named = <Kind extends Value>(kind: string) =>
    Object.fromEntries(
      [...known].flatMap(([name, value]) =>
        name.startsWith(kind) && value ? [[name.slice(kind.length), value as Kind] as const] : [],
      ),
    );
  const replied = named<true>("replied ");
  return {
    ...{
      answers: named<string>("answer "),
      tags: named<true>("tag "),
      moves: named<string>("move "),
      replied,
    },
    rating: known.get("rating") as Facts["rating"],
    hasReplied: known.get("replied") === true || Object.keys(replied).length > 0,
    silent: Number(known.get("silent") ?? 0),
    isAgain: known.get("state again") === true,
    newsletter: known.get("state newsletter") === true,
  };
}

function eachKnown(condition: Condition, known: Known, possible: Possible): Known[] {
  const name = nameAsked(condition);
  const values = possible({ name, condition }).filter((value) => isConsistent(name, value, known));
  return values.map((value) => new Map([...known, [name, value]]));
}

/** Who has replied to a lesson has replied. */
function isConsistent(name: string, value: Value, known: Known): boolean {
  if (name === "replied" && value === false)
    return ![...known].some(([other, is]) => other.startsWith("replied ") && is === true);
  return !(name.startsWith("replied ") && value === true && known.get("replied") === false);
}

/** Of how many conditions the fewest readers, and the most, have true. */
export interface HowMany {
  least: number;
  most: number;
}

/** How many of these can be true of one reader at once. What takes too long to find out is taken to be anything. */
export function countTrue(whens: readonly When[], possible: Possible): HowMany {
  let steps = 0;
  const go = (known: Known): HowMany => {
    const verdicts = whens.map((when) => judge(when, known));
    const sure = verdicts.filter((verdict) => verdict === true).length;
    const open = verdicts.filter((verdict): verdict is Condition => typeof verdict !== "boolean");
    const [first] = open;
    if (!first) return { least: sure, most: sure };
    if (++steps > MOST_STEPS) return { least: sure, most: sure + open.length };
    return joinCounts(eachKnown(first, known, possible).map(go));
  };
  return go(new Map());
}

const joinCounts = (counts: readonly HowMany[]): HowMany => ({
  least: Math.min(...counts.map(({ least }) => least)),
  most: Math.max(...counts.map(({ most }) => most)),
});

/** What can be said of a condition where nothing is known, but for answers: of those the options of a course. */
export function anything(options: (question: string) => readonly string[] | undefined): Possible {
  return ({ condition }) => {
    if ("answer" in condition) return [undefined, ...(options(condition.answer) ?? [ANY_TEXT])];
    if ("move" in condition) return [undefined, "made", "notYet", "noMoment"];
    if ("rating" in condition) return [undefined, 1, 2, 3, 4, 5];
    return "silent" in condition ? upTo(MOST_SILENT) : [false, true];
  };
}
const ANY_TEXT = "some words";
const MOST_SILENT = 60;

const upTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, count) => count);

/** What can come to be known of a reader of whom this is known: what they have said stays. */
export function whatMayCome(facts: Facts, anyhow: Possible): Possible {
  return (asked) => {
    const { condition } = asked;
    const known = knownValue(condition, facts);
    return known === undefined ? anyhow(asked) : [known];
  };
}

/** Undefined where it is open: a reader may still answer, reply, tell of a move, or fall silent. */
function knownValue(condition: Condition, facts: Facts): Value {
  if ("answer" in condition) return facts.answers[condition.answer];
  if ("tag" in condition) return facts.tags[condition.tag] === true;
  if ("rating" in condition) return facts.rating;
  if ("move" in condition)
    return condition.move.map((name) => facts.moves[name]).find((told) => told !== undefined);
  if ("state" in condition) return condition.state === "again" ? facts.isAgain : facts.newsletter;
  if ("silent" in condition) return undefined;
  const names = condition.replied;
  return (names === "any" ? facts.hasReplied : names.some((name) => facts.replied[name])) || undefined;
}
