import { parse } from "csv-parse/sync";

/** Tags in one cell, with commas between; those that hold a comma or a quote stand in quotes. */
export const tagsCell = (tags: readonly string[]): string =>
  tags.map((tag) => (/[",]/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)).join(",");

/** The tags of a cell: `VIP, customer` as Kit has them, `"VIP","customer"` as Mailchimp has. */
export function readTagsCell(cell: string): string[] {
  if (!cell.includes('"')) return cell.split(",");
  const [tags = []] = parse(cell, {
    trim: true,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: "\n",
  });
  return tags;
}
