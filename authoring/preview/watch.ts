import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Real milliseconds between two looks. A look at a hundred files takes one. */
const EVERY = 150;

/**
 * Calls `changed` when a file below the folders was saved, added or removed; not again before it has finished.
 * Looks instead of listening: editors save by writing, renaming or replacing, and events differ by platform.
 * Returns what ends it.
 */
export function watchFolders(root: string, folders: string[], changed: () => Promise<void>): () => void {
  let seen = folderState(root, folders);
  let isBusy = false;
  const look = async (): Promise<void> => {
    const now = folderState(root, folders);
    if (isBusy || now === seen) return;
    seen = now;
    isBusy = true;
    try {
      await changed();
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void look(), EVERY);
  return () => clearInterval(timer);
}

const folderState = (root: string, folders: string[]): string =>
  folders.flatMap((folder) => listFiles(join(root, folder))).join("\n");

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => fileStamp(join(entry.parentPath, entry.name)));
  } catch {
    return [];
  }
}

/** A file that is just being replaced is not there for a moment; the next look sees it. */
function fileStamp(file: string): string {
  const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: -1 };
  return `${file} ${mtimeMs} ${size}`;
}
