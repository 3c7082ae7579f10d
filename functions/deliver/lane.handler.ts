import { mails } from "coursepost:content";
import { openServices } from "../aws/runtime.ts";
import { serve } from "../aws/serve.ts";
import { laneRun, runLane } from "./lane.ts";

export const handler = serve.schedule(mails, laneRun, runLane, (content) => openServices(content));
