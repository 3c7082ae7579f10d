import type { Condition, When } from "../../functions/domain/course/whom.ts";

/** A condition as its author would write it: `role = managers and not tag = alumni`; without one, "everybody". */
export const whenInWords = (when: When | undefined): string =>
  when === undefined ? "everybody" : words(when, "all");

/** @param within what it stands in: brackets stand only where its parts would be joined otherwise without them */
function words(when: When, within: "all" | "every" | "not"): string {
  if ("some" in when) {
    const some = when.some.map((one) => words(one, "all")).join(" or ");
    return within === "all" ? some : `(${some})`;
  }
  if ("every" in when) {
    const every = when.every.map((one) => words(one, "every")).join(" and ");
    return within === "not" ? `(${every})` : every;
  }
  return "not" in when ? `not ${words(when.not, "not")}` : conditionInWords(when);
}

/** As it is kept, and as an author writes it. */
const MOVES: Readonly<Record<string, string>> = { made: "made", notYet: "not-yet", noMoment: "no-moment" };

function conditionInWords(condition: Condition): string {
  if ("answer" in condition) return `${condition.answer} = ${condition.is?.map(quoted).join(" | ") ?? "any"}`;
  if ("tag" in condition) return `tag = ${quoted(condition.tag)}`;
  if ("rating" in condition) return `rating = ${condition.rating.join(" | ")}`;
  if ("move" in condition)
    return `move ${condition.move[0]} = ${condition.is.map((is) => MOVES[is] ?? is).join(" | ")}`;
  if ("silent" in condition) return `silent >= ${condition.silent}`;
  if ("state" in condition) return `state = ${condition.state}`;
  return condition.replied === "any" ? "replied" : `replied ${condition.replied[0]}`;
}

const quoted = (value: string): string => (/[\s()|=!<>"]/.test(value) ? `"${value}"` : value);
