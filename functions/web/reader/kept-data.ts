import { A_PIECE, erase } from "../../consent/erase.ts";
import { type FileStart, listExportFiles, makeExportFile } from "../../consent/export.ts";
import { siteWords } from "../../domain/content.ts";
import { SECOND } from "../../domain/time.ts";
import { say } from "../../domain/words/words.ts";
import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { pageAnswer, plainAnswer } from "../page.ts";
import type { Said } from "./act.ts";

/** Of the twenty that a page's function has: a file is read once more when it is downloaded. */
const MOST_LOOKING = 8 * SECOND;
/** DynamoDB's longest sort key, in bytes. */
const LONGEST_KEY = 1_024;

/**
 * All that is known about a person: a file, or, where one would be more than Lambda answers with, a list of files on
 * the page. Each is made when it is asked for and kept nowhere: what lies in a bucket for a download would be one more
 * copy to erase, readable by whoever has its link.
 */
export async function exportKeptData(
  services: Services,
  subscriber: string,
  form: WebRequest["form"],
): Promise<Said | { answer: WebResponse }> {
  const from = readStart(form);
  if (form.list !== "yes") {
    const { text, after } = await makeExportFile(services, subscriber, from.after);
    if (after === undefined || form.number !== undefined) return { answer: download(text, from.number) };
  }
  const until = services.clock.now() + MOST_LOOKING;
  return { exported: await listExportFiles(services, subscriber, from, until) };
}

/** What a button says that the page has made. The key is looked up in the person's own partition, so another's is nobody's. */
function readStart({ after = "", number = "1" }: WebRequest["form"]): FileStart {
  const isKey = after !== "" && Buffer.byteLength(after) <= LONGEST_KEY;
  return { number: /^\d{1,4}$/.test(number) ? Number(number) : 1, ...(isKey && { after }) };
}

function download(text: string, number: number): WebResponse {
  const name = number === 1 ? "everything-about-me" : `everything-about-me-${number}`;
  return plainAnswer(200, text, {
    "content-type": "application/json; charset=utf-8",
    "content-disposition": `attachment; filename="${name}.json"`,
  });
}

/** Erases as much as one request has time for. The page asks for the rest by itself, or by its button. */
export async function eraseKeptData(
  services: Services,
  subscriber: string,
  { path }: WebRequest,
): Promise<WebResponse> {
  const isDone = await erase(services, subscriber, services.clock.now() + A_PIECE);
  return pageAnswer(services, {
    name: "erased",
    title: say(siteWords(services), isDone ? "erased.heading" : "erased.goesOn"),
    values: { isDone, action: `/personal/${path.token}` },
  });
}
