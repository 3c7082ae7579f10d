import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { confirm, confirmPage, newLink } from "./confirm.ts";
import { landing } from "./landing.ts";
import { lessonPage } from "./lesson-page.ts";
import { formForOwnSite, formScript } from "./own-site.ts";
import { actOnReaderPage, type ExportAnswer, readerPage } from "./reader.ts";
import { signUp } from "./sign-up.ts";

export type Routes = Record<string, (services: Services, request: WebRequest) => Promise<WebResponse>>;

/** What answers which route. @param exportAnswer how a reader's page hands out all that is known about them */
export const enrolRoutes = (exportAnswer: ExportAnswer): Routes => ({
  "GET /": landing,
  "POST /sign-up": signUp,
  "GET /lesson/{slug}": lessonPage,
  "GET /form": formForOwnSite,
  "GET /form/script": formScript,
  "GET /confirm/{token}": confirmPage,
  "POST /confirm/{token}": confirm,
  "POST /new-link/{token}": newLink,
  "GET /reader/{token}": readerPage,
  "POST /reader/{token}": actOnReaderPage(exportAnswer),
});
