import { content } from "coursepost:content";
import { serveApi } from "../aws/serve-api.ts";
import { openApi } from "./answer-request.ts";

export const handler = serveApi(content, openApi);
