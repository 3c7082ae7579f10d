import { basename, join } from "node:path";
import { ROOT } from "../../cli/root.ts";
import {
  type Editions,
  type EditionsOfSeveral,
  makeEditionsOfSeveral,
} from "../../local/simulation/editions.ts";

const FOLDER = "tests/fixtures/sample-courses/courses";
/** One that branches, with questions and pictures; a cohort from Sunday to Thursday in two languages; a daily one whose lessons wait. */
export const CLEAR_ASK = `${FOLDER}/clear-ask`;
export const HANDOVER = `${FOLDER}/the-handover`;
export const KNIFE = `${FOLDER}/a-sharp-knife`;
const SAMPLES = [CLEAR_ASK, HANDOVER, KNIFE];

/** Bundled when one is first lived, and once for all: seconds of a processor. */
export class SampleEditions {
  #made: Promise<EditionsOfSeveral> | undefined;

  async of(course: string): Promise<Editions> {
    this.#made ??= makeEditionsOfSeveral(SAMPLES.map((one) => join(ROOT, one)));
    return (await this.#made).of(basename(course));
  }

  async remove(): Promise<void> {
    await (await this.#made)?.remove();
  }
}
