import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An account as AWS's query protocol shows it: what each action answers, inside its `<…Result>`. */
export type Account = Record<string, string>;

const ERROR_STATUS = 400;

/** Answers the query protocol (SES, SNS, CloudFormation) from `account`; an action that is not in it is refused. */
export async function startAccount(account: Account): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      const action = new URLSearchParams(body).get("Action") ?? "";
      const result = account[action] ?? error("AccessDenied", `not allowed: ${action}`);
      const isError = result.startsWith("<Error>");
      response.writeHead(isError ? ERROR_STATUS : 200);
      response.end(isError ? `<ErrorResponse>${result}</ErrorResponse>` : answered(action, result));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise((closed) => server.close(() => closed())),
  };
}

const answered = (action: string, result: string): string =>
  `<${action}Response xmlns="http://x"><${action}Result>${result}</${action}Result></${action}Response>`;

/** An answer that is an error. */
export const error = (code: string, message: string): string =>
  `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;

/** What DescribeStacks tells of a stack with these outputs. */
export function stackWith(outputs: Record<string, string>): string {
  const members = Object.entries(outputs).map(
    ([name, value]) =>
      `<member><OutputKey>Deployed${name}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<Stacks><member><StackId>arn:aws:cloudformation:eu-west-1:222222222222:stack/coursepost-dev/1</StackId><StackName>coursepost-dev</StackName><Outputs>${members.join("")}</Outputs></member></Stacks>`;
}
