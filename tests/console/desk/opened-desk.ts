import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment } from "../../../console/connect.ts";
import { SCREENS } from "../../../console/desk/screens.ts";
import { startDesk } from "../../../console/desk/server.ts";
import { deskStyle } from "../../../console/desk/work.ts";

/** Real milliseconds between two looks at what is not counted yet. */
const LOOK_MS = 20;

/** A desk over a stage, and a browser that is in. */
export interface OpenedDesk {
  origin: string;
  /** A link that opens it in one more browser. */
  makeLink(): Promise<string>;
  /** A page's markup. Throws if it is not there. */
  page(path: string): Promise<string>;
  /** The same, when what goes on by itself is through. */
  counted(path: string): Promise<string>;
  /**
   * Sends the first form of a page that posts there, with what is filled in; the page that follows.
   * @param before what happens while the page is open
   */
  press(path: string, action: string, fields?: Record<string, string>, before?: () => void): Promise<string>;
  /** The same with a file. */
  upload(
    path: string,
    action: string,
    fields: Record<string, string>,
    file: { name: string; text: string },
  ): Promise<string>;
  close(): Promise<void>;
}

export async function openDesk(reach: () => Promise<Deployment>): Promise<OpenedDesk> {
  let [count, minutes] = [0, 0];
  const random = (bytes: number) => `${++count}`.padStart(bytes, "x");
  const links: string[] = [];
  const desk = await startDesk(
    {
      load: async () => ({ screens: SCREENS, reach, style: deskStyle }),
      random,
      // Each link may be made anew.
      now: () => ++minutes * 60_000,
      tell: (link) => links.push(link),
    },
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
    async counted(path) {
      let markup = await page(path);
      // It counts in this very thread.
      for (; markup.includes(" data-live"); markup = await page(path)) await sleep(LOOK_MS);
      return markup;
    },
    async press(path, action, fields = {}, before = () => {}) {
      const hidden = hiddenFields(await page(path), action);
      before();
      const answer = await post(action, { ...hidden, ...fields }, cookie);
      return page(answer.headers.get("location") ?? "/");
    },
    async upload(path, action, fields, file) {
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...hiddenFields(await page(path), action), ...fields }))
        body.set(name, value);
      body.set("file", new File([file.text], file.name, { type: "text/csv" }));
      const headers = { origin, cookie };
      const answer = await fetch(`${origin}${action}`, { method: "POST", headers, body, redirect: "manual" });
      return page(answer.headers.get("location") ?? "/");
    },
    close: () => desk.close(),
  };
}

/** What a form of a page sends without being filled in. Throws if it is not there. */
function hiddenFields(markup: string, action: string): Record<string, string> {
  const [, after] = markup.split(`action="${action}"`);
  if (after === undefined) throw new Error(`There is no form to ${action}`);
  const hidden = (after.split("</form>")[0] ?? "").matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...hidden].map(([, name = "", value = ""]) => [name, unescaped(value)]));
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
