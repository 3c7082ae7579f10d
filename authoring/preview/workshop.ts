import { setTimeout as sleep } from "node:timers/promises";
import { checkContent } from "../checks/check-content.ts";
import type { Finding } from "../checks/finding.ts";
import { compileSources } from "../compile/compile.ts";
import { isOfIssue, isOfIssueOrLesson } from "../compile/outline.ts";
import { inWords, openSources } from "../compile/sources.ts";
import { Gallery } from "./gallery.ts";
import { problemsOfRendering } from "./try-out.ts";
import { watchFolders } from "./watch.ts";

/** What the last save led to. */
export interface Build {
  /** Grows with every build, good or broken. */
  number: number;
  /** How long it took, real milliseconds. */
  ms: number;
  /** `file:line: field: what to do`, a line each; empty when all is well. */
  problems: string[];
  /** The same of drafts that could not be read and are left out: all else is as it is written. */
  leftOut: string[];
  /** What the checks of the content find; undefined until they have ended, and of a broken build. */
  findings?: Finding[];
}

/** Real milliseconds without another save before the content is checked: two looks at the files. */
const QUIET = 300;

/** The content as it is being written: compiled at every save, the last good version kept. */
export class Workshop {
  /** The last version that could be shown whole. Undefined until there has been one. */
  gallery: Gallery | undefined;
  /** Number of the build that it is from. */
  version = 0;
  build: Build = { number: 0, ms: 0, problems: [], leftOut: [] };
  readonly #root: string;
  readonly #tell: ((build: Build) => void)[] = [];
  #stopWatching = (): void => undefined;
  /** How many were seen, each built or being built. */
  #saves = 0;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Compiles `content/` and `templates/` below the root, then again whenever a file of theirs is saved. */
  static async open(root: string): Promise<Workshop> {
    const workshop = new Workshop(root);
    await workshop.#compile();
    workshop.#stopWatching = watchFolders(root, ["content", "templates"], () => workshop.#compile());
    return workshop;
  }

  /** Tells of each build when it has ended, and once more when it is checked. Returns what ends it. */
  onBuild(tell: (build: Build) => void): () => void {
    this.#tell.push(tell);
    return () => void this.#tell.splice(this.#tell.indexOf(tell), 1);
  }

  close(): void {
    this.#stopWatching();
    // What waits to be checked is not wanted any more.
    this.#saves++;
  }

  async #compile(): Promise<void> {
    const began = performance.now();
    const save = ++this.#saves;
    const problems: string[] = [];
    const number = this.build.number + 1;
    const sources = openSources(this.#root);
    let leftOut: string[] = [];
    try {
      // A lesson that breaks while it is written is shown as it was; at the beginning there is no such version.
      const content = await compileSources(sources, undefined, this.gallery ? isOfIssue : isOfIssueOrLesson);
      leftOut = [...new Set(sources.problems.map(inWords))];
      const gallery = new Gallery(content);
      problems.push(...(await problemsOfRendering(this.#root, content, gallery)));
      if (problems.length === 0) Object.assign(this, { gallery, version: number });
    } catch (error) {
      problems.push(...(error instanceof Error ? error.message : String(error)).split("\n"));
    }
    this.build = { number, ms: performance.now() - began, problems, leftOut };
    this.#tellAll();
    if (problems.length === 0) void this.#check(save);
  }

  /**
   * Takes longer than the build, so it is not waited for, and a build does not wait for it: whoever saves again within a
   * moment has only the last save checked. A newer save makes it stale.
   */
  async #check(save: number): Promise<void> {
    await sleep(QUIET);
    if (this.#saves !== save) return;
    const { findings } = await checkContent(this.#root);
    if (this.#saves !== save) return;
    this.build = { ...this.build, findings };
    this.#tellAll();
  }

  #tellAll(): void {
    for (const tell of [...this.#tell]) tell(this.build);
  }
}
