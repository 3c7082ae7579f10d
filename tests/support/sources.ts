import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { ROOT } from "../../cli/root.ts";

/** A TypeScript file of this project. Its path is from the root, with slashes. */
export interface Source {
  path: string;
  text: string;
}

/** Every TypeScript file below a folder. */
export function sources(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { path: relative(ROOT, file).split(sep).join("/"), text: readFileSync(file, "utf8") };
    });
}

/** What a file imports, types and `import(…)` included: paths from the root for our own, package names for others. */
export function imports({ path, text }: Source): string[] {
  const specifiers = [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([^"\n]+)"/g)].map(
    ([, name]) => name as string,
  );
  return specifiers.map((name) => (name.startsWith(".") ? posix.join(posix.dirname(path), name) : name));
}

/** One way round each circle of imports, as `a.ts → b.ts → a.ts`; each file is looked at once. */
export function circles(files: Source[]): string[] {
  const known = new Map(files.map((source) => [source.path, imports(source)]));
  const found: string[] = [];
  const done = new Set<string>();
  const follow = (path: string, way: string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) found.push([...way.slice(at), path].join(" → "));
    if (at >= 0 || done.has(path)) return;
    for (const next of known.get(path) ?? []) if (known.has(next)) follow(next, [...way, path]);
    done.add(path);
  };
  for (const path of known.keys()) follow(path, []);
  return found;
}
