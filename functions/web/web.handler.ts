import { content } from "coursepost:content";
import { openInbox } from "../aws/inbox.ts";
import { serve } from "../aws/serve.ts";
import { answeringEvenly } from "./even-answers.ts";
import { webRoutes } from "./routes.ts";

/** The landing page, sign-up and confirmation, and all that a reader does on their own page. */
export const handler = serve.http(content, answeringEvenly(webRoutes), openInbox);
