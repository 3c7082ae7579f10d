import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { htmlText } from "../../functions/mail/inbound/html-text.ts";
import type { Reply } from "../../functions/mail/inbound/own-words/sent-mail.ts";
import { ownWords } from "../../functions/mail/inbound/own-words.ts";

/** Something that tells a reader's own words in a reply from what stands around them. */
export interface Tool {
  name: string;
  parse: (reply: Reply) => string;
}

export const OURS: Tool = { name: "coursepost", parse: (reply) => ownWords(reply).text };
export const OURS_UNKNOWN: Tool = {
  name: "coursepost, its mail unknown",
  parse: (reply) => ownWords({ ...reply, sent: { ...reply.sent, text: "" } }).text,
};
/** The control: it takes nothing away. */
export const NOTHING: Tool = { name: "none: all is kept", parse: (reply) => bodyText(reply) };

/** The best that npm has. Fetched by the bench only: nothing else needs them. */
const PEERS = ["planer@1.2.0", "email-reply-parser@2.3.9", "node-email-reply-parser@0.1.4"];
const FOLDER = join(tmpdir(), "coursepost-bench-peers");
const FETCH_MS = 60_000;

/** They read text. Quotations of HTML are marked for them, line by line. */
const bodyText = ({ text, html }: Reply): string => text ?? htmlText(html ?? "");

/** The peers, or why they are not here, for the owner to read. */
export async function findPeers(): Promise<Tool[] | string> {
  try {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(join(FOLDER, "package.json"), '{ "private": true }\n');
    const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    await promisify(execFile)("npm", ["install", ...quiet, ...PEERS], { cwd: FOLDER, timeout: FETCH_MS });
    return await loadPeers();
  } catch (error) {
    return `The peers could not be fetched into ${FOLDER}: ${String(error).split("\n", 1)[0]}. With a network, run it again.`;
  }
}

interface Crisp {
  default: new () => { read: (text: string) => { getVisibleText: () => string } };
}

async function loadPeers(): Promise<Tool[]> {
  const load = createRequire(join(FOLDER, "package.json"));
  const planer = load("planer") as { extractFrom: (text: string, type: string) => string };
  const node = load("node-email-reply-parser") as (text: string, onlyVisible: boolean) => string;
  const { default: Parser } = (await import(pathToFileURL(load.resolve("email-reply-parser")).href)) as Crisp;
  const parser = new Parser();
  return [
    { name: "planer 1.2.0", parse: (reply) => planer.extractFrom(bodyText(reply), "text/plain") },
    {
      name: "email-reply-parser 2.3.9 (Crisp)",
      parse: (reply) => parser.read(bodyText(reply)).getVisibleText(),
    },
    { name: "node-email-reply-parser 0.1.4", parse: (reply) => node(bodyText(reply), true) },
  ];
}
