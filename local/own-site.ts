import { createServer, type Server } from "node:http";
import { html } from "../cli/html.ts";
import { isForThisMachine, listenNear } from "./aws/listen.ts";
import { formOfOwnSite } from "./demo/web-form.ts";

export interface OwnSite {
  /** Another origin than the course's pages, as an owner's own site is. */
  origin: string;
  close(): Promise<void>;
}

/**
 * A page of someone's own site with the course's sign-up form on it, exactly as `/form` hands it out, under a
 * content security policy that allows no more than that page says is needed.
 */
export async function startOwnSite(webOrigin: string, options: { port: number }): Promise<OwnSite> {
  const server = createServer(async (request, response) => {
    if (!isForThisMachine(request.headers.host)) return void response.writeHead(403).end();
    const isPage = request.method === "GET" && (request.url ?? "/") === "/";
    const form = isPage ? await fetchForm(webOrigin) : undefined;
    response.writeHead(form ? 200 : 404, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; script-src ${webOrigin}; form-action ${webOrigin}`,
    });
    response.end(form ? PAGE.replace(SLOT, () => form) : "There is nothing at this address.");
  });
  const port = await listenNear(server, options.port);
  return { origin: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function fetchForm(webOrigin: string): Promise<string | undefined> {
  return formOfOwnSite(await (await fetch(`${webOrigin}/form`)).text());
}

const SLOT = "<!-- the form -->";
const PAGE = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Somebody’s own site</title>
<style>
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; padding: 0 1.25rem; color: #1d2730; background: #fff; }
h1 { font-size: 1.6rem; line-height: 1.25; }
form { border: 1px solid #5d6b78; border-radius: 6px; padding: 0.5rem 1.25rem; }
input:not([type=checkbox]) { font: inherit; width: 100%; box-sizing: border-box; min-height: 2.75rem; }
button { font: inherit; min-height: 2.75rem; padding: 0 1.25rem; }
</style>
</head>
<body>
<main>
<h1>Somebody’s own site</h1>
<p>This page stands in for a site that knows nothing of the course. The form below was pasted into it.</p>
<!-- the form -->
</main>
</body>
</html>`.markup;

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}
