import { mails } from "coursepost:content";
import { openReporting } from "../aws/report-mails.ts";
import { serve } from "../aws/serve.ts";
import { takeReports } from "./take-reports.ts";

export const handler = serve.schedule(mails, () => undefined, takeReports, openReporting);
