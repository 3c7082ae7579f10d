/** `node console/launch/main.mjs PROGRAM …`: runs one of the owner's programs, as the scripts of package.json do. */
import { launch } from "./launch.mjs";

const [program = "console"] = process.argv.splice(2, 1);
await launch(program);
