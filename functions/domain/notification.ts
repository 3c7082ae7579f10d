/**
 * What SNS brought to a queue, decoded from JSON: out of its envelope, or as it is where the subscription
 * delivers raw messages. Undefined for what is to be ignored: SNS's own confirmations, and the plain sentence
 * by which SES tries a topic out ("Successfully validated SNS topic …").
 * JSON that is broken comes back as the text that it is: no reader of notifications takes a string.
 */
export function readNotification(body: string): unknown | undefined {
  const outer = decoded(body);
  if (!isEnvelope(outer)) return outer;
  if (outer.Type !== "Notification") return undefined;
  return typeof outer.Message === "string" ? decoded(outer.Message) : (outer.Message ?? undefined);
}

function decoded(given: string): unknown | undefined {
  // A byte order mark is white space to `trim`, and none to JSON.
  const text = given.trim();
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isEnvelope(value: unknown): value is { Type: string; Message?: unknown } {
  return typeof value === "object" && value !== null && "Type" in value && typeof value.Type === "string";
}
