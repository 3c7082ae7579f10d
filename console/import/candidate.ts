import { inEnglish } from "../../authoring/in-english.ts";
import { isZone } from "../../functions/domain/course/schedule.ts";
import { readAddress, readFirstName } from "../../functions/domain/people/address.ts";
import type { StopReason } from "../../functions/domain/people/subscriber.ts";
import type { Instant } from "../../functions/domain/time.ts";
import { readCell } from "../cells.ts";
import { readTags } from "../tags.ts";
import type { Columns, Field } from "./columns.ts";
import type { Row } from "./read-csv.ts";
import { readTagsCell } from "./tags-cell.ts";

/** Why a row adds no person. */
export const REASONS = {
  malformed: "malformed",
  doubled: "doubled in the file",
  known: "known already",
  suppressed: "suppressed here",
  gone: "left, bounced or complained there",
  unconfirmed: "never confirmed there",
  nothing: "agreed to nothing of this",
} as const;
export type Reason = keyof typeof REASONS;

export interface Reject {
  line: number;
  /** The address as the file has it. */
  given: string;
  reason: Reason;
  says: string;
}

/** What a row says about a person, read and found good. */
export interface Candidate {
  line: number;
  given: string;
  address: string;
  canonical: string;
  firstName?: string;
  /** As given; undefined where it is no zone that this runtime knows. */
  zone?: string;
  tags: string[];
  joinedAt?: Instant;
  /** Undefined where no column tells it. */
  newsletter?: boolean;
  course?: string;
  stoppedBy?: StopReason;
}

/** States of those who may be written to; a cold reader of Kit's has agreed like any other. */
const GOOD_STATES = ["", "active", "confirmed", "subscribed", "cold"];
const UNCONFIRMED_STATES = ["inactive", "unconfirmed", "pending"];
const YES = ["yes", "y", "true", "1", "x", "subscribed"];
const NO = ["", "no", "n", "false", "0", "unsubscribed"];
const STOPS: readonly StopReason[] = ["reader", "bounce", "complaint", "owner"];

/** Reads a row. A zone that is not known is no reason to refuse a person; anything else that is wrong is. */
export function readRow(row: Row, columns: Columns, now: Instant): Candidate | Reject {
  const cell = (field: Field): string => {
    const cells = columns.places.get(field)?.map((place) => readCell(row.cells[place] ?? "").trim()) ?? [];
    return cells.find((text) => text !== "") ?? "";
  };
  const given = cell("email");
  const reject = (reason: Reason, says: string): Reject => ({ line: row.line, given, reason, says });
  if (row.cells.length !== columns.count)
    return reject("malformed", `it has ${row.cells.length} cells, and the heading has ${columns.count}`);
  const address = readAddress(given);
  if ("problem" in address) return reject("malformed", inEnglish(address.problem));
  const name = readFirstName(cell("first-name"));
  if ("problem" in name) return reject("malformed", inEnglish(name.problem));
  const status = cell("status").toLowerCase();
  if (UNCONFIRMED_STATES.includes(status)) return reject("unconfirmed", `it is ${status} there`);
  const stoppedBy =
    columns.form === "Coursepost" && status === "stopped" ? readStop(cell("stopped-by")) : undefined;
  if (cell("left") !== "") return reject("gone", `it left or was cleaned there at ${cell("left")}`);
  if (!stoppedBy && !GOOD_STATES.includes(status)) return reject("gone", `it is ${status} there`);
  const joinedAt = readJoined(cell("joined"));
  if (joinedAt === "unreadable" || (joinedAt ?? 0) > now)
    return reject(
      "malformed",
      `its date "${cell("joined")}" is ${joinedAt === "unreadable" ? "not like 2026-03-24 or 2026-03-24 07:30:00" : "in the future"}`,
    );
  const newsletter = readYes(columns.places.has("newsletter") ? cell("newsletter") : undefined);
  if (newsletter === "unreadable")
    return reject("malformed", `its newsletter "${cell("newsletter")}" is neither yes nor no`);
  const zone = cell("zone");
  return {
    line: row.line,
    given,
    address: address.entered,
    canonical: address.canonical,
    ...(name.firstName !== undefined && { firstName: name.firstName }),
    ...(isZone(zone) && { zone }),
    tags: readTags(readTagsCell(cell("tags"))),
    ...(joinedAt !== undefined && { joinedAt }),
    ...(newsletter !== undefined && { newsletter }),
    ...(cell("course") !== "" && { course: cell("course") }),
    ...(stoppedBy && { stoppedBy }),
  };
}

const readStop = (text: string): StopReason => STOPS.find((reason) => reason === text) ?? "owner";

function readYes(text: string | undefined): boolean | undefined | "unreadable" {
  if (text === undefined) return undefined;
  if (YES.includes(text.toLowerCase())) return true;
  return NO.includes(text.toLowerCase()) ? false : "unreadable";
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)? ?(Z|UTC|[+-]\d\d:?\d\d)?)?$/;

/** A moment as the tools write it; without a zone it is UTC. Undefined if there is none. */
function readJoined(text: string): Instant | undefined | "unreadable" {
  if (text === "") return undefined;
  const [, day, time = "00:00", zone = "Z"] = DATE.exec(text) ?? [];
  const offset = zone === "UTC" ? "Z" : zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  const moment = day === undefined ? Number.NaN : Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(moment) ? "unreadable" : moment;
}
