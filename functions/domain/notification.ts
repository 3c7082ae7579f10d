/**
 * What SNS brought to a queue, decoded from JSON: out of its envelope, or as it is where the subscription
 * delivers raw messages. Undefined for what is to be ignored: SNS's own confirmations, and the plain sentence
 * by which SES tries a topic out ("Successfully validated SNS topic …").
 * JSON that is broken comes back as the text that it is: no reader of notifications takes a string.
 */
export function readNotification(body: string): unknown | undefined {
  return unwrap(body, MOST_WRAPPED);
}

/** A topic behind a topic wraps twice. */
const MOST_WRAPPED = 3;

function unwrap(given: unknown, deep: number): unknown | undefined {
  const value = typeof given === "string" ? decodeNotification(given) : (given ?? undefined);
  if (deep === 0 || !isEnvelope(value)) return value;
  return value.Type === "Notification" ? unwrap(value.Message, deep - 1) : undefined;
}

function decodeNotification(given: string): unknown | undefined {
  // A byte order mark is white space to `trim`, and none to JSON.
  const text = given.trim();
  const isQuoted = text.startsWith('"');
  if (!text.startsWith("{") && !isQuoted) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isQuoted ? decodeNotification(String(value)) : value;
  } catch {
    return text;
  }
}

function isEnvelope(value: unknown): value is { Type: string; Message?: unknown } {
  return typeof value === "object" && value !== null && "Type" in value && typeof value.Type === "string";
}
