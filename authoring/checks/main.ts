import { relative, resolve, sep } from "node:path";
import { ArgumentError, type Flags, readArguments, usage } from "../../cli/arguments.ts";
import { ROOT } from "../../cli/root.ts";
import { checkContent, type Findings } from "./check-content.ts";
import { formatFinding, inOrder } from "./finding.ts";
import { checkReachable } from "./links.ts";

/** `npm run check:content`: what a reader should not get, by file and line. */
const NAME = "npm run check:content";
const FLAGS = {
  content: { value: "FOLDER", says: "another content folder than content/" },
  links: { says: "ask for every external link, too; needs the network" },
  json: { says: "the findings as JSON" },
  help: { says: "this" },
} satisfies Flags;

try {
  const { content, links, json, help } = readArguments(NAME, FLAGS, process.argv.slice(2));
  if (help) console.log(usage(NAME, FLAGS));
  else {
    const folder = content === undefined ? undefined : relative(ROOT, resolve(content)).split(sep).join("/");
    const found = await checkContent(ROOT, folder);
    const reached = links ? await checkReachable(found.links) : [];
    report({ ...found, findings: inOrder([...found.findings, ...reached]) }, json);
  }
} catch (error) {
  if (!(error instanceof ArgumentError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function report({ findings, counted }: Findings, asJson: true | undefined): void {
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  if (asJson) console.log(JSON.stringify({ ...counted, errors, warnings, findings }, undefined, 2));
  else {
    for (const finding of findings) console.log(formatFinding(finding));
    const { lessons, issues, mails, heaviest } = counted;
    if (heaviest)
      console.log(
        `Pictures: ${heaviest.mail} shows ${Math.ceil(heaviest.pictures / 1_000)} KB, the most of all mails`,
      );
    const totals: [number, string][] = [
      [lessons, "lesson"],
      [issues, "issue"],
      [mails, "mail"],
      [errors, "error"],
      [warnings, "warning"],
    ];
    console.log(totals.map(([number, noun]) => `${number} ${noun}${number === 1 ? "" : "s"}`).join(", "));
  }
  process.exitCode = errors > 0 ? 1 : 0;
}
