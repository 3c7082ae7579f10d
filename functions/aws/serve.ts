import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  SQSBatchResponse,
  SQSEvent,
} from "aws-lambda";
import { type Content, findLanguage } from "../domain/content.ts";
import { say } from "../domain/words/words.ts";
import { forLog, OperationalError } from "../errors.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { webRequest, webResult } from "./http.ts";
import { type OpenInbox, openServices } from "./runtime.ts";

/** What answers a route. */
export type AnswerRoute = (services: Services, request: WebRequest) => Promise<WebResponse>;

/** Said in the first course's language, also where no setting could be read. */
const notFound = (content: Content): WebResponse => ({
  status: 404,
  body: say(firstWords(content), "plain.notFound"),
});
const ourFault = (content: Content): WebResponse => ({
  status: 503,
  headers: { "retry-after": "60" },
  body: say(firstWords(content), "plain.ourFault"),
});
const firstWords = (content: Content) =>
  findLanguage(content, { language: content.courses[0]?.language ?? "" }).words;

/** How an event becomes a verb: a handler is one call of these. Services are opened at the first event. */
export const serve = {
  /** The HTTP API's routes, by route key. A failure is logged with its code and answered by a plain sentence. */
  http(content: Content, routes: Record<string, AnswerRoute>, inbox?: OpenInbox) {
    const services = once(() => openServices(content, inbox));
    return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
      const route = routes[event.routeKey];
      if (!route) return webResult(notFound(content));
      try {
        return webResult(await route(services(), await webRequest(event)));
      } catch (error) {
        report(services(), error, { route: event.routeKey });
        return webResult(ourFault(content));
      }
    };
  },

  /**
   * A queue. A message that fails goes back and, after its tries, to the dead-letter queue; the others of its
   * batch are not harmed. `parse` returns undefined for what is to be ignored.
   */
  queue<T>(
    content: Content,
    parse: (body: string) => T | undefined,
    verb: (services: Services, message: T) => Promise<void>,
    inbox?: OpenInbox,
  ) {
    const services = once(() => openServices(content, inbox));
    return async (event: SQSEvent): Promise<SQSBatchResponse> => {
      const failed: SQSBatchResponse["batchItemFailures"] = [];
      for (const record of event.Records) {
        try {
          const message = parse(record.body);
          if (message !== undefined) await verb(services(), message);
        } catch (error) {
          report(services(), error, { message: record.messageId });
          failed.push({ itemIdentifier: record.messageId });
        }
      }
      return { batchItemFailures: failed };
    };
  },

  /** A schedule's input. A failure fails the invocation, so that its alarm sees it. `open` makes what the verb needs. */
  schedule<T, S extends Services>(
    content: Content,
    parse: (input: unknown) => T,
    verb: (services: S, input: T) => Promise<void>,
    open: (content: Content) => S,
  ) {
    const services = once(() => open(content));
    return async (input: unknown): Promise<void> => {
      try {
        await verb(services(), parse(input));
      } catch (error) {
        report(services(), error, {});
        throw error;
      }
    };
  },
};

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function report({ log }: Services, error: unknown, where: Record<string, string>): void {
  log.warn(error instanceof OperationalError ? "failed" : "crashed", { ...where, ...forLog(error) });
}
