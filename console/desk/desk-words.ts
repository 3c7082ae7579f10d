/** What a command's sentences call by a flag, as the desk's forms call it. The longest stand first. */
const FLAGS: readonly (readonly [flag: RegExp, field: string])[] = [
  [/ \(--include mid-course\)/g, " (“Also who is in the middle of a course” takes them in)"],
  [/--archive public/g, "“In the public archive: public”"],
  [/, for example: --map email=E-mail,first-name=Vorname/g, ", under “Which column is which”"],
  [/--map ([a-z-]+)=/g, "“Which column is which”, $1: "],
  [/--date-format ([A-Z]+)/g, "“What comes first in dates” $1"],
  [/--encoding [\w|-]+/g, "“Encoding”"],
  [/--though-they-complained/g, "the tick beside it"],
  [/--date-format/g, "“What comes first in dates”"],
  [/--source/g, "“Where they agreed”"],
  [/--date/g, "“When”"],
  [/--words/g, "“To which words”"],
  [/--newsletter/g, "“The words cover the newsletter”"],
  [/--start-course/g, "“The course begins at once”"],
  [/--confirm/g, "“Each is asked by mail”"],
  [/--per-hour/g, "“Confirmations an hour”"],
  [/--per-day/g, "“No more than these in 24 hours”"],
  [/--map/g, "“Which column is which”"],
  [/--audience/g, "“To whom”"],
  [/--include/g, "“Also who is in the middle of a course”"],
  [/--list\b/g, "a list in a file"],
  [/--local/g, "the hour on each reader's clock"],
  [/--at\b/g, "the moment"],
  [/--until/g, "“Until”"],
  [/--again/g, "“send what they have had once more”"],
  [/--because/g, "“Why, for the record”"],
  [/--course/g, "the course"],
];

/** The same sentence for who has a form before them, and no command line. */
export const inDeskWords = (says: string): string =>
  FLAGS.reduce((text, [flag, field]) => text.replaceAll(flag, field), says);
