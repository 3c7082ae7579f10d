import { erase } from "../../functions/consent/erase.ts";
import { exportText, listExportFiles, makeExportFile } from "../../functions/consent/export.ts";
import { measureReading, type Taken } from "../fuzz/verdict.ts";
import { everythingAbout } from "../support/everything-about.ts";
import { addReplies } from "../support/large-person.ts";
import { openSite } from "../support/web.ts";

interface LargePerson {
  items: number;
  files: number;
  /** Everything, file by file, as the page hands it out; as one text, as the console writes it; and erasing it. */
  asFiles: Taken;
  asText: Taken;
  erasing: Taken;
}

/** A person with so many replies, each with a raw mail, over the table in memory: processor and memory above the table's own. */
export async function measureLargePerson(replies: number): Promise<LargePerson> {
  const site = await openSite();
  try {
    const { services, table } = site;
    const { id } = await site.join("jo@acme.example");
    const course = services.content.courses[0]?.slug ?? "";
    await addReplies(table, id, replies, { course, letters: 300 });
    const items = (await everythingAbout(services.store, id)).length;
    const { files } = await listExportFiles(services, id, { number: 1 }, Number.POSITIVE_INFINITY);
    const take = (deed: () => Promise<unknown>) =>
      measureReading(Buffer.alloc(0), async () => void (await deed()));
    const asFiles = await take(async () => {
      for (const { after } of files) await makeExportFile(services, id, after);
    });
    const asText = await take(async () => {
      for await (const piece of exportText(services, id)) if (piece === "") throw new Error("an empty piece");
    });
    return { items, files: files.length, asFiles, asText, erasing: await take(() => erase(services, id)) };
  } finally {
    await site.stop();
  }
}
