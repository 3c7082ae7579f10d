import { request } from "node:http";

/*
 * As much of a browser as decides whether a page may harm another: which cookies go along, what is told of who asks, what
 * asks first whether it may ask, and what may be read of an answer (Fetch, "HTTP-network-or-cache fetch" and "CORS protocol";
 * RFC 6265bis, "SameSite"; Fetch Metadata, "Sec-Fetch-Site").
 */

export interface Asked {
  /** The page that asks: its origin, `null` for a sandboxed one, or the owner who types an address. */
  from: string;
  to: string;
  method?: string;
  /** What of a page it is: a navigation by a link or a form, or a request of a script, a picture, a frame. */
  mode?: "navigate" | "no-cors" | "cors" | "websocket";
  dest?: string;
  type?: string;
  body?: string;
  headers?: Record<string, string>;
  /** What the name of the address leads to, where its owner has made it lead elsewhere. */
  rebound?: string;
  /** From before 2023: it does not say who asks by `Sec-Fetch-…`. */
  isOld?: boolean;
}

export interface Answered {
  /** 0: the browser did not send it. */
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** What the page that asked gets to see of it. */
  isReadable: boolean;
}

interface Cookie {
  name: string;
  value: string;
  path: string;
  site: string;
}

/** What a form or a script may send without asking first. */
const SIMPLE_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)/;
const SIMPLE_METHODS = ["GET", "HEAD", "POST"];

/** The owner's browser, in which other sites' pages are open as well. */
export class BrowserLike {
  readonly #cookies: Cookie[] = [];

  async ask(asked: Asked): Promise<Answered> {
    const { from, to, mode = "navigate", method = "GET" } = asked;
    if (mode === "cors" && needsPreflight(asked) && !(await this.#mayAsk(asked)))
      return { status: 0, headers: {}, body: "", isReadable: false };
    const answer = await this.#send(asked, {
      ...this.#cookieHeader(asked),
      ...(method !== "GET" && from !== TYPED && { origin: from }),
      ...((mode === "cors" || mode === "websocket") && { origin: from }),
      ...(asked.type && { "content-type": asked.type }),
      ...asked.headers,
    });
    this.#keepCookies(to, answer);
    const isOwn = from === originOf(to) || from === TYPED;
    return { ...answer, isReadable: isOwn || mayRead(answer, from) };
  }

  /** A preflight is sent without cookies. */
  async #mayAsk(asked: Asked): Promise<boolean> {
    const answer = await this.#send(
      { ...asked, method: "OPTIONS", body: "" },
      {
        origin: asked.from,
        "access-control-request-method": asked.method ?? "GET",
        "access-control-request-headers": ["content-type", ...Object.keys(asked.headers ?? {})].join(","),
        "access-control-request-private-network": "true",
      },
    );
    return answer.status < 300 && mayRead(answer, asked.from);
  }

  /** SameSite=Strict: from pages of the same site alone, whatever their port; and to the cookie's own path. */
  #cookieHeader({ from, to }: Asked): Record<string, string> {
    const { hostname, pathname } = new URL(to);
    const isSameSite = from === TYPED || siteOf(from) === hostname;
    const isTaken = ({ site, path }: Cookie) => site === hostname && isBelow(pathname, path);
    const taken = isSameSite ? this.#cookies.filter(isTaken) : [];
    return taken.length > 0 ? { cookie: taken.map(({ name, value }) => `${name}=${value}`).join("; ") } : {};
  }

  #keepCookies(to: string, { headers }: { headers: Answered["headers"] }): void {
    for (const line of headers["set-cookie"] ?? []) {
      const [pair = "", ...attributes] = line.split("; ");
      const path = attributes.find((one) => one.startsWith("Path="))?.slice("Path=".length) ?? "/";
      this.#cookies.push({
        name: pair.split("=")[0] ?? "",
        value: pair.slice(pair.indexOf("=") + 1),
        path,
        site: new URL(to).hostname,
      });
    }
  }

  #send(asked: Asked, headers: Record<string, string>): Promise<Omit<Answered, "isReadable">> {
    const { from, to, method = "GET", mode = "navigate", dest = "document", body, rebound, isOld } = asked;
    const { host, port, pathname, search } = new URL(to);
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          ...{ host: "127.0.0.1", port: rebound ?? port, method, path: pathname + search },
          headers: {
            host,
            ...(!isOld && {
              "sec-fetch-site": relation(from, to),
              "sec-fetch-mode": mode,
              "sec-fetch-dest": dest,
            }),
            ...headers,
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => {
            text += part;
          });
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  }
}

/** Who types an address, or follows a link of another program. */
export const TYPED = "typed";

const originOf = (url: string): string => new URL(url).origin;
const siteOf = (origin: string): string => (origin === "null" ? "null" : new URL(origin).hostname);
const isBelow = (path: string, cookiePath: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith("/") ? cookiePath : `${cookiePath}/`);

function relation(from: string, to: string): string {
  if (from === TYPED) return "none";
  if (from === originOf(to)) return "same-origin";
  return siteOf(from) === new URL(to).hostname ? "same-site" : "cross-site";
}

const needsPreflight = ({ method = "GET", type = "", headers = {} }: Asked): boolean =>
  !SIMPLE_METHODS.includes(method) ||
  (type !== "" && !SIMPLE_TYPES.test(type)) ||
  Object.keys(headers).length > 0;

const mayRead = ({ headers }: Pick<Answered, "headers">, from: string): boolean =>
  ["*", from].includes(String(headers["access-control-allow-origin"] ?? ""));
