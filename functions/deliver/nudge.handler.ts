import { mails } from "coursepost:content";
import { serve } from "../aws/serve.ts";
import { deliverNudged, readNudge } from "./nudge.ts";

export const handler = serve.queue(mails, readNudge, deliverNudged);
