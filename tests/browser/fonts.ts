import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** Gelasio has Georgia's widths, so lines break as they do for most readers; the other sets Arabic. */
const PACKAGES = ["@expo-google-fonts/gelasio", "@expo-google-fonts/noto-naskh-arabic"];

/**
 * Writes a font configuration of these tests' own and returns its folder: what is measured and pictured here does
 * not depend on what the machine has installed.
 * @param packaged the folder of the sans-serif face that comes with the browser
 */
export function fontConfiguration(packaged: string): string {
  const folder = join(tmpdir(), "coursepost-fonts");
  const places = [packaged, ...PACKAGES.map((name) => dirname(resolve(`${name}/package.json`)))];
  const file = join(folder, "fonts.conf");
  const configuration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${places.map((place) => `<dir>${place}</dir>`).join("\n")}
<cachedir>${join(folder, "cache")}</cachedir>
${["Georgia", "serif"].map(setIn("Gelasio", "Noto Naskh Arabic")).join("\n")}
</fontconfig>
`;
  mkdirSync(folder, { recursive: true });
  // A browser that runs meanwhile may be reading it.
  if (!existsSync(file) || readFileSync(file, "utf8") !== configuration) writeFileSync(file, configuration);
  return folder;
}

const setIn =
  (...faces: string[]) =>
  (family: string): string =>
    `<alias binding="same"><family>${family}</family><prefer>${faces.map((face) => `<family>${face}</family>`).join("")}</prefer></alias>`;
