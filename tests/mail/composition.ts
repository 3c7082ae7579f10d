import { loadContent } from "../../authoring/compile/compile.ts";
import { sampleComposition } from "../../authoring/samples.ts";
import type { Content } from "../../functions/domain/content.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { DispatchKind } from "../../functions/domain/sending/mail-kinds.ts";
import type { Composition } from "../../functions/mail/compose/composition.ts";

export {
  SAMPLE_NOW as TUESDAY,
  sampleReflection as reflectionOn,
  sampleSettings as settings,
} from "../../authoring/samples.ts";

import { ROOT } from "../../cli/root.ts";

let shipped: Promise<Content> | undefined;
/** The content that ships, read once for all files of a process: nothing changes it, and its templates are compiled when first used. */
export function shippedContent(): Promise<Content> {
  shipped ??= loadContent(ROOT);
  return shipped;
}

export const theCourse = (content: Content): Course => content.courses[0] as Course;

/** Everything that any mail of the course that ships could ask for, about one reader. */
export const makeComposition = (
  content: Content,
  kind: DispatchKind,
  slug: string,
  changes: Partial<Composition> = {},
): Composition => sampleComposition(content, theCourse(content), kind, slug, changes);
