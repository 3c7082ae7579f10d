/** The words of a text in lower case, one space between them. */
export const foldCase = (text: string): string =>
  (
    text
      .slice(0, 500)
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  ).join(" ");
