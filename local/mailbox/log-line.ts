import type { Happening } from "../aws/world.ts";
import { sentenceAbout } from "./happening-words.ts";

/** A line of a function's log, for reading. */
interface LogEntry {
  at: number;
  /** `lane`, `web`, `feedback` … */
  where: string;
  level: "info" | "warn" | "error";
  /** What happened, as an owner would tell it; what was logged, where only a developer looks for it. */
  says: string;
  /** The log's own name for it; empty where the line is not one of ours. */
  event: string;
  /** `name value`, as logged. */
  details: string[];
}

/** A function's line, read; undefined for a metric, which only CloudWatch reads. */
export function readLogLine({ at, where, text }: Happening): LogEntry | undefined {
  const fields = readLogFields(text);
  const place = shortName(where);
  if (!fields) return { at, where: place, level: "info", says: text, event: "", details: [] };
  const { level, event: logged, at: _, stack, ...rest } = fields;
  if (level === "metric") return undefined;
  const event = String(logged ?? text);
  const named = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  const details = Object.entries(named).map(([name, value]) => `${name} ${value}`);
  return {
    at,
    where: place,
    level: level === "warn" || level === "error" ? level : "info",
    says: sentenceAbout(event, named) ?? event,
    event,
    details: typeof stack === "string" ? [...details, stack] : details,
  };
}

function readLogFields(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** CloudFormation's name of a function is its construct's, with a hash behind. */
const shortName = (name: string): string => name.replace(/Function[0-9A-F]{8}$/, "").toLowerCase();
