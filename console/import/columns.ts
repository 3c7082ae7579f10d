import { ArgumentError } from "../../cli/arguments.ts";

/** What a column can tell about a person. */
const FIELDS = [
  "email",
  "first-name",
  "zone",
  "tags",
  "joined",
  "newsletter",
  "course",
  "status",
  "stopped-by",
  "left",
] as const;
export type Field = (typeof FIELDS)[number];

/** Fields that `--map` gives a column. The others are known by the headings of a tool. */
const MAPPABLE = ["email", "first-name", "zone", "tags", "joined", "newsletter", "course"] as const;

/** A file whose form is known: which cells tell what. The first of several that is not empty counts. */
export interface Columns {
  /** Whose export it is, for people. */
  form: "Kit" | "Mailchimp" | "Coursepost" | "mapped";
  count: number;
  places: ReadonlyMap<Field, readonly number[]>;
}

interface Form {
  name: Columns["form"];
  /** How many of these tell that it is this form. */
  told: { by: string[]; least: number };
  fields: Partial<Record<Field, string[]>>;
}

/** As these tools export: all headings in lower case. */
const FORMS: readonly Form[] = [
  {
    name: "Coursepost",
    told: { by: ["email", "status", "stopped_by", "newsletter", "joined"], least: 5 },
    fields: {
      email: ["email"],
      "first-name": ["first_name"],
      zone: ["zone"],
      tags: ["tags"],
      joined: ["joined"],
      newsletter: ["newsletter"],
      course: ["course"],
      status: ["status"],
      "stopped-by": ["stopped_by"],
    },
  },
  {
    name: "Mailchimp",
    told: { by: ["email address", "member_rating", "optin_time", "confirm_time", "leid", "euid"], least: 3 },
    fields: {
      email: ["email address"],
      "first-name": ["first name", "fname"],
      zone: ["timezone"],
      tags: ["tags"],
      joined: ["confirm_time", "optin_time"],
      left: ["unsub_time", "clean_time"],
    },
  },
  {
    name: "Kit",
    told: { by: ["first_name", "created_at", "state", "status"], least: 3 },
    fields: {
      email: ["email", "email_address", "email address"],
      "first-name": ["first_name"],
      zone: ["timezone", "time_zone"],
      tags: ["tags"],
      joined: ["created_at"],
      status: ["state", "status"],
    },
  },
];

const EXAMPLE = "--map email=E-mail,first-name=Vorname";

/** Tells by its headings whose export a file is, or takes the owner's word for it. Throws an ArgumentError. */
export function readColumns(file: string, headings: readonly string[], map: string | undefined): Columns {
  const names = headings.map((heading) => heading.trim());
  if (map !== undefined) return mapped(file, names, map);
  const lower = names.map((name) => name.toLowerCase());
  const form = FORMS.find(
    ({ told, fields }) =>
      told.by.filter((name) => lower.includes(name)).length >= told.least &&
      fields.email?.some((name) => lower.includes(name)),
  );
  if (!form)
    throw new ArgumentError(
      `${file} is not as Kit, Mailchimp or Coursepost export it: its headings are ${quoted(names)}. Say which is which, for example: ${EXAMPLE}.`,
    );
  const places = Object.entries(form.fields).flatMap(([field, aliases]) => {
    const found = aliases
      .map((name) => columnIndex(file, lower, name))
      .filter((place) => place !== undefined);
    return found.length > 0 ? [[field as Field, found] as const] : [];
  });
  return { form: form.name, count: headings.length, places: new Map(places) };
}

function mapped(file: string, names: readonly string[], map: string): Columns {
  const places = new Map<Field, number[]>();
  // A comma belongs to a column's name unless another field follows it.
  for (const part of map.split(/,(?=[a-z-]+=)/)) {
    const [, name = "", column = ""] = /^([^=]*)=(.+)$/.exec(part) ?? [];
    const field = MAPPABLE.find((known) => known === name);
    if (!field)
      throw new ArgumentError(
        `--map does not know "${part}". It takes ${MAPPABLE.map((known) => `${known}=COLUMN`).join(",")}.`,
      );
    if (places.has(field)) throw new ArgumentError(`--map names ${field} twice. One column tells it.`);
    const place = columnIndex(file, names, column.trim());
    if (place === undefined)
      throw new ArgumentError(`--map ${part}: ${file} has no column "${column}". It has ${quoted(names)}.`);
    places.set(field, [place]);
  }
  if (!places.has("email"))
    throw new ArgumentError(`--map does not say which column is the address: add email=COLUMN.`);
  return { form: "mapped", count: names.length, places };
}

/** Undefined if there is no such heading. One that stands twice could be either. */
function columnIndex(file: string, names: readonly string[], name: string): number | undefined {
  const first = names.indexOf(name);
  const second = names.indexOf(name, first + 1);
  if (first >= 0 && second >= 0)
    throw new ArgumentError(
      `${file}, line 1: the heading "${name}" stands twice, in columns ${first + 1} and ${second + 1}. Rename one of them.`,
    );
  return first < 0 ? undefined : first;
}

const MOST_NAMED = 12;
const quoted = (names: readonly string[]): string =>
  names
    .slice(0, MOST_NAMED)
    .map((name) => `"${name.slice(0, 40)}"`)
    .join(", ") + (names.length > MOST_NAMED ? ", …" : "");
