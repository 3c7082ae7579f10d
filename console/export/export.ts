import { existsSync, renameSync } from "node:fs";
import { stdout } from "node:process";
import { ArgumentError, type Given } from "../../cli/arguments.ts";
import { listQuestions } from "../answers.ts";
import { csvLine } from "../cells.ts";
import { verb, type Watching } from "../command.ts";
import { type Deployment, STAGE_FLAG } from "../connect.ts";
import { into, type OutFile, openOutFile } from "../out-file.ts";
import { headings, toCells, toLine } from "./person.ts";

const FORMATS = ["csv", "jsonl"] as const;
const FLAGS = {
  ...STAGE_FLAG,
  format: {
    value: FORMATS.join("|"),
    says: "a row each, or everything that is kept as JSON lines; csv otherwise",
  },
  out: { value: "FILE", says: "where to write it; - for standard output" },
  force: { says: "write over a file that is there" },
} as const;

/** The whole list, as a file. */
export const EXPORT = verb({
  flags: FLAGS,
  run: async ({ flags, tell, reach }) => {
    const format = readFormat(flags);
    const file = chooseFile(flags, format);
    return runExport(await reach(), format, file, { isForced: flags.force === true, tell });
  },
});

function readFormat({ format = "csv" }: Given<typeof FLAGS>): (typeof FORMATS)[number] {
  const found = FORMATS.find((known) => known === format);
  if (!found) throw new ArgumentError(`--format ${format}? It is ${FORMATS.join(" or ")}.`);
  return found;
}

function chooseFile({ out }: Given<typeof FLAGS>, format: string): string {
  if (out === undefined)
    throw new ArgumentError(
      `An export holds addresses and readers' words, so it does not go to the screen: name a file, --out list.${format}, or - for standard output.`,
    );
  return out;
}

const STANDARD: OutFile = { write: (text) => into(stdout, text), close: async () => {} };
/** A byte order mark, so that spreadsheets take the file for UTF-8. */
const MARK = "\ufeff";

/** Writes everybody, person by person, and says how many. */
export async function runExport(
  { allPeople, place, services }: Pick<Deployment, "allPeople" | "place" | "services">,
  format: (typeof FORMATS)[number],
  file: string,
  { isForced, tell }: { isForced: boolean } & Pick<Watching, "tell">,
): Promise<string> {
  const isStandard = file === "-";
  if (!isStandard && existsSync(file) && !isForced)
    throw new ArgumentError(`${file} is there already. Name another file, or add --force to write over it.`);
  const out = isStandard ? STANDARD : openOutFile(`${file}.part`);
  let people = 0;
  const questions = listQuestions(services.content.courses);
  if (format === "csv") await out.write(MARK + csvLine(headings(questions)));
  for await (const personRecord of allPeople.personRecords()) {
    await out.write(format === "csv" ? csvLine(toCells(personRecord, questions)) : toLine(personRecord));
    tell("people", ++people);
  }
  await out.close();
  // What was cut off must not look like the whole list.
  if (!isStandard) renameSync(`${file}.part`, file);
  return isStandard ? "" : `${people} people of ${place} are in ${file}. It holds personal data: keep it so.`;
}
