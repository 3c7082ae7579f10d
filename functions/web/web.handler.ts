import { content } from "coursepost:content";
import { openInbox } from "../aws/inbox.ts";
import { serve } from "../aws/serve.ts";
import { answeringEvenly } from "./even-answers.ts";
import { withOtherPaths } from "./other-paths.ts";
import { webRoutes } from "./routes.ts";

/** The landing page, sign-up and confirmation, all that a reader does on their own page, and every other path. */
export const handler = serve.http(content, withOtherPaths(answeringEvenly(webRoutes)), openInbox);
