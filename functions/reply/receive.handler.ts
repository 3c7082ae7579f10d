import { content } from "coursepost:content";
import { serve } from "../aws/serve.ts";
import { receive } from "./receive.ts";
import { receivedMail } from "./received-mail.ts";

export const handler = serve.queue(content, receivedMail, receive);
