import type { Deployment } from "../../../console/connect.ts";
import { SCREENS } from "../../../console/desk/screens.ts";
import { startDesk } from "../../../console/desk/server.ts";

/** A desk over a stage, and a browser that is in. */
export interface OpenedDesk {
  origin: string;
  /** A link that opens it in one more browser. */
  makeLink(): Promise<string>;
  /** A page's markup. Throws if it is not there. */
  page(path: string): Promise<string>;
  /** Sends the first form of a page that posts there, with what is filled in; the page that follows. */
  press(path: string, action: string, fields?: Record<string, string>): Promise<string>;
  close(): Promise<void>;
}

export async function openDesk(reach: () => Promise<Deployment>): Promise<OpenedDesk> {
  let count = 0;
  const random = (bytes: number) => `${++count}`.padStart(bytes, "x");
  const links: string[] = [];
  const desk = await startDesk(
    { screens: SCREENS, reach, random, tell: (link) => links.push(link) },
    { port: 0 },
  );
  const { origin } = desk;
  const post = (path: string, form: Record<string, string>, cookie = "") =>
    fetch(`${origin}${path}`, {
      method: "POST",
      headers: { origin, cookie },
      body: new URLSearchParams(form),
      redirect: "manual",
    });
  const makeLink = async () => {
    await post("/link", {});
    return links.at(-1) ?? "";
  };
  const link = (await makeLink()).split("/").at(-1) ?? "";
  const cookie = (await post("/open", { link })).headers.get("set-cookie")?.split(";")[0] ?? "";
  const page = async (path: string) => {
    const answer = await fetch(`${origin}${path}`, { headers: { cookie } });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.text();
  };
  return {
    origin,
    makeLink,
    page,
    async press(path, action, fields = {}) {
      const markup = await page(path);
      const form = markup.slice(markup.indexOf(`action="${action}"`)).split("</form>")[0] ?? "";
      if (!markup.includes(`action="${action}"`)) throw new Error(`${path} has no form to ${action}`);
      const hidden = [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
      const filled = Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, unescaped(value)]));
      const answer = await post(action, { ...filled, ...fields }, cookie);
      return page(answer.headers.get("location") ?? "/");
    },
    close: () => desk.close(),
  };
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
