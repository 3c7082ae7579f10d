import { content } from "coursepost:content";
import { serve } from "../aws/serve.ts";
import { toldOfFloods } from "./leave/flood.ts";
import { unsubscribeRoutes } from "./leave/unsubscribe.ts";

/** The links of List-Unsubscribe: a function of its own, so that no traffic on the pages can hold up a leaving. */
export const handler = serve.http(content, toldOfFloods(unsubscribeRoutes));
