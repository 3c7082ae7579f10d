export type FlowedSpaces = "spaces stay" | "spaces go";

/**
 * Joins the lines that the reader's client had broken (RFC 3676), but never a line of the reader's own to the quoted
 * one below it. A paragraph is collected and joined once: linear in the text.
 */
export function joinFlowed(text: string, flow: FlowedSpaces): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  const end = () => {
    if (paragraph.length > 0) lines.push(paragraph.join(""));
    paragraph = [];
  };
  let goesOn = false;
  for (const line of text.split(/\r?\n/)) {
    const isQuoted = line.startsWith(">");
    const plain = line.startsWith(" ") ? line.slice(1) : line;
    if (goesOn && !isQuoted) {
      const last = paragraph.pop() as string;
      paragraph.push(flow === "spaces go" ? last.slice(0, -1) : last, plain);
    } else {
      end();
      paragraph.push(plain);
    }
    goesOn = plain.endsWith(" ") && plain !== "-- " && !isQuoted;
  }
  end();
  return lines.join("\n");
}
