/** A form of a page, as a browser would send it untouched but for what it demands. */
export interface WebForm {
  method: string;
  /** As it stands in the page: absolute or not. */
  action: string;
  fields: Record<string, string>;
}

/**
 * The page's first form whose action starts with `action`, and whose field `do` says what is wanted if that is given.
 * Reads our own pages, not the web's.
 */
export function findForm(page: string, action: string, wanted?: string): WebForm | undefined {
  for (const [, head = "", body = ""] of page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)) {
    const attributes = readAttributes(head);
    if (!attributes.action?.startsWith(action)) continue;
    const fields = readFields(body);
    if (wanted === undefined || fields.do === wanted)
      return { method: attributes.method ?? "get", action: attributes.action, fields };
  }
  return undefined;
}

/** The first heading, as text. */
export const readHeading = (page: string): string =>
  decodeEntities((/<h1[^>]*>([\s\S]*?)<\/h1>/i.exec(page)?.[1] ?? "").replace(/<[^>]+>/g, "")).trim();

/** The form that a page hands out as text, to be pasted elsewhere. */
export function formOfOwnSite(page: string): string | undefined {
  const text = /<textarea\b[^>]*>([\s\S]*?)<\/textarea>/i.exec(page)?.[1];
  return text === undefined ? undefined : decodeEntities(text);
}

const AN_ANSWER = "Fewer surprises";

function readFields(body: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, head = ""] of body.matchAll(/<input\b([^>]*)>/gi)) {
    const { name, value = "", type = "text", checked, required } = readAttributes(head);
    const isChoice = type === "checkbox" || type === "radio";
    const isAsked = type === "text" && required !== undefined && value === "";
    // Without one of these a browser would not send it: a reader takes the first.
    const isTaken =
      checked !== undefined ||
      (type === "radio" && required !== undefined && fields[name ?? ""] === undefined);
    if (name && (!isChoice || isTaken)) fields[name] = isAsked ? AN_ANSWER : value;
  }
  for (const [, head = "", options = ""] of body.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/gi)) {
    const { name } = readAttributes(head);
    if (name) fields[name] = readChosen(options);
  }
  return fields;
}

/** The option that is selected, else the first one. */
function readChosen(options: string): string {
  const all = [...options.matchAll(/<option\b([^>]*)>([^<]*)/gi)].map(([, head = "", label = ""]) => ({
    attributes: readAttributes(head),
    label: label.trim(),
  }));
  const chosen = all.find(({ attributes }) => "selected" in attributes) ?? all[0];
  return chosen?.attributes.value ?? chosen?.label ?? "";
}

function readAttributes(head: string): Record<string, string | undefined> {
  const found = head.matchAll(/([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi);
  return Object.fromEntries(
    [...found].map(([, name = "", double, single, bare]) => [
      name.toLowerCase(),
      decodeEntities(double ?? single ?? bare ?? ""),
    ]),
  );
}

const decodeEntities = (text: string): string =>
  text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    )
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
