import * as z from "zod";
import { EVENT_SCHEMAS, EVENT_TYPES, type EventType } from "../../functions/domain/events/reader-event.ts";

type Schema = { description?: string; properties?: Record<string, Schema> };

/** The JSON Schema (2020-12) of an event, as it is on the bus and in a webhook's body. More fields may be added to `data`. */
export function eventSchema(type: EventType): object {
  const open = ({ jsonSchema }: { jsonSchema: { additionalProperties?: unknown } }) => {
    // A receiver must take what later versions add.
    delete jsonSchema.additionalProperties;
  };
  return { title: type, ...z.toJSONSchema(EVENT_SCHEMAS[type], { override: open }) };
}

const section = (type: EventType): string => {
  const schema = eventSchema(type) as Schema;
  return `### \`${type}\`\n\n${schema.properties?.data?.description ?? ""}\n\n\`\`\`json\n${inLines(schema)}\n\`\`\`\n`;
};

/** JSON with what holds no other object on a line of its own. */
function inLines(value: unknown, indent = ""): string {
  const isFlat = !Object.values(value as object).some(
    (part) => typeof part === "object" && !Array.isArray(part),
  );
  if (Array.isArray(value) || isFlat)
    return JSON.stringify(value).replaceAll('","', '", "').replaceAll('":', '": ').replaceAll(',"', ', "');
  const lines = Object.entries(value as object).map(([name, part]) => {
    const text =
      typeof part === "object" && part !== null ? inLines(part, `${indent}  `) : JSON.stringify(part);
    return `${indent}  ${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

/** Where the part of docs/EVENTS.md begins that is made from the types. It goes on to the end. */
const BEGINS = "<!-- From here on the page is made from functions/domain/events/reader-event.ts. -->";

/** The page with its second part made anew. Throws where the page does not say where that begins. */
export function withEventSchemas(page: string): string {
  const at = page.indexOf(BEGINS);
  if (at < 0) throw new Error(`docs/EVENTS.md: the line ${BEGINS} is missing`);
  return `${page.slice(0, at)}${BEGINS}\n\n${EVENT_TYPES.map(section).join("\n")}`;
}
