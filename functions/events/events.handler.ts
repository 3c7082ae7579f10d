import { mails } from "coursepost:content";
import { openTelling } from "../aws/bus.ts";
import { serve } from "../aws/serve.ts";
import { tellWhatHappened } from "./tell.ts";

export const handler = serve.schedule(mails, () => undefined, tellWhatHappened, openTelling);
