import { Parser } from "htmlparser2";
import type { DmarcReport, DmarcRow } from "../domain/sending/dmarc.ts";
import { SECOND } from "../domain/time.ts";

/** An element with what is in it. */
interface Element {
  name: string;
  text: string;
  children: Element[];
}

/** A report of a large host about a large sender has some ten thousand records, with twenty elements each. */
const MOST_ELEMENTS = 400_000;
const DEEPEST = 16;
const LONGEST_TEXT = 500;
const MOST_SIGNATURES = 20;

const FEEDBACK = "feedback";

/** Why something is no aggregate report, in words. */
export class NoReport extends Error {
  override readonly name = "NoReport";
}

/**
 * Reads an aggregate report (RFC 9990, and RFC 7489 Appendix C before it). Whole documents only; document types and
 * their entities are not looked at. Throws a NoReport that says what is wrong.
 * @param reporter the domain that mailed it, whatever the report says of its writer
 */
export function readAggregate(xml: string, reporter: string): DmarcReport {
  const root = readTree(xml);
  const feedback = [root, ...root.children].flatMap((element) => named(element, FEEDBACK))[0];
  if (!feedback) throw new NoReport("its XML has no <feedback>");
  const text = (path: string): string => textOf(feedback, path);
  const [from, to] = ["begin", "end"].map(
    (end) => Number(text(`report_metadata/date_range/${end}`)) * SECOND,
  );
  if (!isMoment(from) || !isMoment(to) || to < from) throw new NoReport("its date_range is no span of time");
  const id = text("report_metadata/report_id");
  if (id === "") throw new NoReport("it has no report_id");
  const policy = text("policy_published/p").toLowerCase();
  return { reporter, id, from, to, policy, rows: named(feedback, "record").map(readRow) };
}

/** Seconds since 1970 as these reports have them: from then to the year 2100. */
const isMoment = (at: number | undefined): at is number =>
  at !== undefined && Number.isFinite(at) && at > 0 && at < 4_102_444_800 * SECOND;

function readRow(record: Element): DmarcRow {
  const count = Number(textOf(record, "row/count"));
  const source = textOf(record, "row/source_ip");
  if (!Number.isSafeInteger(count) || count < 0) throw new NoReport("a record has no count");
  if (!/^[0-9a-f.:]{2,45}$/i.test(source)) throw new NoReport("a record has no source_ip");
  const judged = (by: string) => textOf(record, `row/policy_evaluated/${by}`).toLowerCase() === "pass";
  const evaluated = inside(record, "row/policy_evaluated");
  const results = inside(record, "auth_results");
  return {
    source: source.toLowerCase(),
    count,
    isAligned: judged("dkim") || judged("spf"),
    reasons: named(evaluated, "reason").map((reason) => ({
      type: textOf(reason, "type").toLowerCase(),
      comment: textOf(reason, "comment"),
    })),
    signatures: named(results, "dkim")
      .slice(0, MOST_SIGNATURES)
      .map((signature) => ({
        domain: textOf(signature, "domain").toLowerCase(),
        result: textOf(signature, "result").toLowerCase(),
      })),
  };
}

const EMPTY: Element = { name: "", text: "", children: [] };

/** The first element at a path such as `row/count`; an empty one where there is none. */
const inside = (element: Element, path: string): Element =>
  path.split("/").reduce((at, step) => at.children.find(({ name }) => name === step) ?? EMPTY, element);
const textOf = (element: Element, path: string): string => inside(element, path).text.trim();
const named = (element: Element, wanted: string): Element[] =>
  element.children.filter(({ name }) => name === wanted);

/** Elements by their local names in lower case; attributes are left out. */
function readTree(xml: string): Element {
  const root: Element = { name: "", text: "", children: [] };
  const open = [root];
  let elements = 0;
  const parser = new Parser(
    {
      onopentag(name) {
        const element = { name: localName(name), text: "", children: [] };
        if (++elements > MOST_ELEMENTS || open.length > DEEPEST)
          throw new NoReport("it is larger than a report is");
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(text) {
        const at = open.at(-1);
        if (at && at.text.length < LONGEST_TEXT) at.text += text.slice(0, LONGEST_TEXT);
      },
      onclosetag(name, isImplied) {
        // What stands around it is often left open: a schema's element, by hosts that took the RFC's example for one.
        if (isImplied && localName(name) === FEEDBACK) throw new NoReport("its XML breaks off");
        open.pop();
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return root;
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1).toLowerCase();
