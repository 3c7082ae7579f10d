import { mails } from "coursepost:content";
import { openInbox } from "../aws/inbox.ts";
import { serve } from "../aws/serve.ts";
import { receive } from "./receive.ts";
import { receivedMail } from "./received-mail.ts";

export const handler = serve.queue(mails, receivedMail, receive, openInbox);
