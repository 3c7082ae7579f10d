import type { PictureFields } from "./front-matter.ts";
import { pictureHtml, placePicture } from "./pictures.ts";
import type { Sources } from "./sources.ts";
import type { Checked } from "./yaml.ts";

/** The widest that they are shown, in pixels. */
const ROOM = { logo: 200, portrait: 160 } as const;

/** The markup of a picture that a field names with its words; undefined without one, or if it is wrong, and reported. */
export function fieldPicture<Name extends keyof typeof ROOM>(
  sources: Sources,
  file: string,
  { value, findLine }: Checked<{ [Field in Name]?: PictureFields }>,
  name: Name,
): string | undefined {
  const named = value[name];
  if (!named) return undefined;
  const at = { file, line: findLine(name, "file"), field: `${name}.file` };
  const found = placePicture(sources, { at, href: named.file, room: ROOM[name] });
  return found && pictureHtml(found, named.alt);
}
