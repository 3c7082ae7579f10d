import { mails } from "coursepost:content";
import { openInbox } from "../aws/inbox.ts";
import { serve } from "../aws/serve.ts";
import { takeMessage } from "./receive.ts";
import { readReplyMessage } from "./received-mail.ts";

export const handler = serve.queue(mails, readReplyMessage, takeMessage, openInbox);
