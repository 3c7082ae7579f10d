import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Preview, startPreview } from "../../authoring/preview/server.ts";
import type { Build } from "../../authoring/preview/workshop.ts";
import { ROOT } from "../../cli/root.ts";

/** An author's copy of the content and the templates, with the preview running over it. */
export interface Writing {
  preview: Preview;
  /** Saves a file after exchanging words in it. */
  save(file: string, words: string, others: string): void;
  /** Resolves when a build has ended that was not there before `act`. */
  built(act: () => void): Promise<void>;
  /** Resolves when the checks of a build have ended that was not there before `act`. */
  checked(act: () => void): Promise<void>;
  stop(): Promise<void>;
}

export async function startWriting(): Promise<Writing> {
  const root = mkdtempSync(join(tmpdir(), "coursepost-writing-"));
  for (const folder of ["content", "templates"])
    cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  const preview = await startPreview(root, { port: 0 });
  const after = async (act: () => void, isMeant: (build: Build) => boolean): Promise<void> => {
    const last = preview.workshop.build.number;
    const done = new Promise<void>((resolve) => {
      const stop = preview.workshop.onBuild((build) => {
        if (build.number <= last || !isMeant(build)) return;
        stop();
        resolve();
      });
    });
    act();
    await done;
  };
  return {
    preview,
    save(file, words, others) {
      const path = join(root, file);
      const source = readFileSync(path, "utf8");
      if (!source.includes(words)) throw new Error(`${file} does not say "${words}"`);
      writeFileSync(
        path,
        source.replace(words, () => others),
      );
    },
    built: (act) => after(act, () => true),
    checked: (act) => after(act, ({ findings }) => findings !== undefined),
    async stop() {
      await preview.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
