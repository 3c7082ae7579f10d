import { mails } from "coursepost:content";
import { serve } from "../aws/serve.ts";
import { deliverNudged, nudgedHolder } from "./nudge.ts";

export const handler = serve.queue(mails, nudgedHolder, deliverNudged);
