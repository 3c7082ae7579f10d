import { openSampleDesk } from "../console/desk/sample-desk.ts";
import { findBrowser } from "./browser.ts";
import { type Documents, differsInWords, everyMail, everyPage } from "./documents.ts";
import { PICTURES, showEach, takePicture } from "./inspection.ts";

/** `npm run screenshots`: every mail, page and screen on a phone and on a desk, in light and dark, for people to look at. */
const found = await findBrowser();
if ("missing" in found) {
  console.log(found.missing);
} else {
  const mails = [...(await everyMail())].filter(([name]) => !differsInWords(name));
  await take("mail", new Map(mails), [360, 640]);
  await take("page", await everyPage(), [360, 1200]);
  const desk = await openSampleDesk();
  await take("desk", desk.documents, [375, 1280]);
  await desk.close();
  await found.browser.close();
  console.log(PICTURES);
}

async function take(what: string, documents: Documents, widths: number[]): Promise<void> {
  if ("missing" in found) return;
  for (const width of widths)
    for (const colorScheme of ["light", "dark"] as const)
      await showEach(found.browser, documents, { width, colorScheme }, (tab, name) =>
        takePicture(tab, `${what}-${name}-${width}-${colorScheme}`),
      );
}
