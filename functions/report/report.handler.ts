import { mails } from "coursepost:content";
import { serve } from "../aws/serve.ts";
import { openSurveying } from "../aws/survey.ts";
import { nothingMore, summarise } from "./summarise.ts";

export const handler = serve.schedule(mails, nothingMore, summarise, openSurveying);
