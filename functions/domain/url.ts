/**
 * The address that a text is, or undefined where it is none. In place of `URL.canParse`, which in Node 20 refuses a host
 * with a letter such as ü once it has run some thousand times (its compiled form takes Latin-1 for UTF-8).
 * @param base what a path is completed with
 */
export function findUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
