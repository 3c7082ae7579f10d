import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { messagePage } from "./page.ts";

/** `GET` and `POST /test-mail`: where all links of a test mail lead. Nothing is anybody's here, and nothing happens. */
export const testMailPage = async (services: Services, _request: WebRequest): Promise<WebResponse> =>
  messagePage(services, 200, "testMail");
