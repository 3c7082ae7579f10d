import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatFinding } from "../../authoring/checks/finding.ts";
import { measureSize } from "../../authoring/checks/mail.ts";
import { withInlinePictures } from "../../authoring/inline-pictures.ts";
import { sampleComposition } from "../../authoring/samples.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import { composeIssue } from "../../functions/mail/compose/issue.ts";
import type { StageSettings } from "../../infra/stage-schema.ts";
import { senderAddress } from "../../infra/stages.ts";

/** Below the working tree, and not under version control. */
const FOLDER = join("out", "issue");

/**
 * Writes an issue's mail as a sample reader gets it, and says where: both parts, without a server or a browser.
 * @param stage whose address stands in From
 */
export async function previewIssue(
  root: string,
  content: Content,
  issue: Issue,
  stage: StageSettings,
): Promise<string> {
  const mail = composeIssue(
    sampleComposition(content, content.courses[0] as Course, "issue", issue.slug, { issue }),
  );
  await mkdir(join(root, FOLDER), { recursive: true });
  const files = { html: withInlinePictures(mail.html, content.pictures), txt: mail.text };
  for (const [ending, part] of Object.entries(files))
    await writeFile(join(root, FOLDER, `${issue.slug}.${ending}`), part);
  return [
    `Subject      ${mail.subject}`,
    `Preview      ${issue.preview}`,
    `From         ${mail.from.name} <${senderAddress(stage)}>`,
    `HTML         ${join(FOLDER, `${issue.slug}.html`)} (${Math.ceil(Buffer.byteLength(mail.html) / 1000)} KB)`,
    `Plain text   ${join(FOLDER, `${issue.slug}.txt`)}`,
    ...measureSize(`content/newsletter/${issue.slug}.md`, mail.html).map(formatFinding),
    "To see it change while you write, on other readers and as its public page: npm run preview",
  ].join("\n");
}
