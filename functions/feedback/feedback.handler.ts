import { mails } from "coursepost:content";
import { serve } from "../aws/serve.ts";
import { feedback } from "./feedback.ts";
import { sesEvent } from "./ses-event.ts";

export const handler = serve.queue(mails, sesEvent, feedback);
