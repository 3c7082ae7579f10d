import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../cli/root.ts";
import { assemble, startAssembled } from "../../local/assemble.ts";
import { startMailbox } from "../../local/mailbox/server.ts";
import { findBrowser } from "./browser.ts";
import { confirm, firstLesson, signUp, sitDown } from "./first-lesson.ts";

/** Takes the README's picture: lesson 1 in an inbox. `node --import tsx tests/browser/picture.ts` */
const FOLDER = join(ROOT, "docs/images");

const found = await findBrowser();
if ("missing" in found) {
  console.log(found.missing);
} else {
  const assembled = await assemble();
  const world = await startAssembled(assembled, { startAt: Date.parse("2026-03-06T17:00Z") });
  const mailbox = await startMailbox(world, { port: 0 });
  const at = await sitDown(found.browser, world, mailbox.origin, { scale: 1.5 });
  await signUp(at);
  await confirm(at);
  const page = await firstLesson(at);
  await mkdir(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, "lesson-1.png") });
  await found.browser.close();
  await mailbox.close();
  await world.stop();
  await assembled.remove();
  console.log(join(FOLDER, "lesson-1.png"));
}
