import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFunctions } from "../../infra/bundle.ts";
import { unreadLanguages } from "../../infra/languages.ts";
import { foreignWords, placeholders } from "../../infra/placeholders.ts";
import { readVersion } from "../../infra/version.ts";
import { type Check, look, pass, stops } from "./check.ts";

/** Whether what is deployed is what stands here, and has its keys. */
export const DEPLOYED: Check[] = [
  {
    name: "Settings",
    inAccount: true,
    async run({ settings }) {
      const examples = [...placeholders(settings), ...(settings.production ? foreignWords(settings) : [])];
      return examples.length === 0
        ? pass("every field of the stage is your own")
        : stops("the stage still has examples in it", examples.join("\n"));
    },
  },
  {
    name: "Languages",
    async run({ settings }) {
      const unread = unreadLanguages(settings);
      return unread.length === 0
        ? pass("nothing is said to readers in words that nobody has read for you")
        : stops("readers would get words that nobody who speaks their language has read", unread.join("\n"));
    },
  },
  {
    name: "Keys",
    async run({ deployment }) {
      const { signing } = await deployment.services.keyring.keys();
      return pass(
        `${signing.length} signing ${signing.length === 1 ? "key" : "keys"}; links are signed with key ${signing[0]?.id}`,
      );
    },
  },
  {
    name: "Version",
    async run({ deployment, settings }) {
      const folder = await mkdtemp(join(tmpdir(), "coursepost-doctor-"));
      try {
        await bundleFunctions({ outdir: folder });
        const isSame = readVersion(folder) === deployment.outputs.Version;
        return isSame
          ? pass("what is deployed is what stands here")
          : look(
              "what is deployed differs from what stands here, in content or in code",
              settings.stage === "local"
                ? "start it again to see your changes"
                : `npm run plan tells what a deploy would do to readers; then: npm run deploy -- -c stage=${settings.stage}`,
            );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
];
