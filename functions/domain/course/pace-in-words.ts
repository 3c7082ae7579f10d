import { say, type Words } from "../words/words.ts";
import {
  type Cadence,
  isWorkingWeek,
  lessonWeek,
  plainRhythm,
  type Rhythm,
  type Weekday,
} from "./cadence.ts";

type Paced = Rhythm & Pick<Cadence, "week">;

/** "twice a week", in a sentence. */
export function paceInWords(words: Words, paced: Paced): string {
  const { pace, weeks } = plainRhythm(paced);
  const days = namedDays(paced);
  if (days) return say(words, "notices.pace.onDays", { days: listDays(words, days) });
  return say(words, weeks ? "notices.pace.everyTwoWeeks" : `notices.pace.${pace}`);
}

/** "Twice a week: that day and three days later", beside the button that chooses it. */
export function paceToChoose(words: Words, paced: Paced): string {
  const { pace, weeks } = plainRhythm(paced);
  const days = namedDays(paced);
  if (days) return say(words, "cadence.onDays", { days: listDays(words, days) });
  if (pace === "twice-weekly" && !isWorkingWeek(lessonWeek(paced))) return say(words, "cadence.twiceInWeek");
  return say(words, weeks ? "cadence.everyTwoWeeks" : `cadence.${pace}`);
}

/** The weekdays that are called by name: a set, and each day of a week that is not Monday to Friday. */
function namedDays(paced: Paced): readonly Weekday[] | undefined {
  const { pace, days } = plainRhythm(paced);
  const week = lessonWeek(paced);
  return days ?? (pace === "workdays" && !isWorkingWeek(week) ? week : undefined);
}

const listDays = (words: Words, days: readonly Weekday[]): string =>
  new Intl.ListFormat(words.language, { type: "conjunction" }).format(
    days.map((day) => words.weekdays[day - 1] ?? ""),
  );
