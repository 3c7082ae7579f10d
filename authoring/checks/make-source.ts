import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SHINGLE, sourceFile } from "./source.ts";

/** `npm run content:source -- ARTICLE.txt COURSE-FOLDER`: writes what the checks need to know of an article. */
const [article, course] = process.argv.slice(2);
if (!article || !course || !existsSync(article) || !existsSync(join(course, "course.yaml"))) {
  console.error(
    "npm run content:source -- ARTICLE.txt COURSE-FOLDER\n\nARTICLE.txt is the article that the course rests on, as plain text; COURSE-FOLDER holds course.yaml.",
  );
  process.exitCode = 2;
} else {
  const file = join(course, "source.yaml");
  writeFileSync(file, sourceFile(readFileSync(article, "utf8")));
  console.log(
    `${file}: its figures, and a hash of every ${SHINGLE} words in a row. The article is not kept.`,
  );
}
