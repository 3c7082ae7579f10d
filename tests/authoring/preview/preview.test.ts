import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPreview } from "../../../authoring/preview/server.ts";
import { inScheme } from "../../../authoring/preview/view.ts";
import { Workshop } from "../../../authoring/preview/workshop.ts";
import { makeSamples, SAMPLE_READERS } from "../../../authoring/samples.ts";
import { ROOT } from "../../../cli/root.ts";
import { PAGES } from "../../../functions/domain/content.ts";
import { shippedContent } from "../../mail/composition.ts";
import { startWriting, type Writing } from "../../support/writing.ts";

const LESSON = "content/courses/managing-up-leading-down/lessons/headwinds-inside.md";
const ISSUE = "content/newsletter/declining-a-number-with-grace.md";
const TEMPLATE = "templates/emails/lesson.mjml";
const READER_PAGE = "templates/pages/reader.hbs";
/** The words that the build puts in. */
const QUESTION = "{{words.lesson.question}}";
const AT_LESSON = "/mail/lesson-headwinds-inside";
let writing: Writing;
beforeAll(async () => {
  writing = await startWriting();
});
afterAll(() => writing.stop());

const get = async (path: string): Promise<string> => (await fetch(writing.preview.origin + path)).text();
const lesson = () => get(`/frame/light${AT_LESSON}`);

describe("the preview", () => {
  it("lists every mail and every page that there is", async () => {
    const list = await get("/");
    for (const { name } of makeSamples(await shippedContent()))
      expect(list).toContain(`href="/mail/${name}?`);
    const shown = [...list.matchAll(/href="\/page\/([a-z-]+)\?/g)].map(([, name]) => name);
    const parts = ["own-site-form"];
    expect(shown).toEqual(expect.arrayContaining(PAGES.filter((name) => !parts.includes(name))));
  });

  it("shows each of them, on a desk and on a phone, in light and dark", async () => {
    const addresses = [...(await get("/")).matchAll(/data-exhibit href="([^"?]+)/g)].map(([, path]) => path);
    expect(addresses.length).toBeGreaterThan(60);
    for (const { name } of SAMPLE_READERS) {
      const isPlain = name === SAMPLE_READERS[0].name;
      for (const path of addresses.filter((one) => isPlain || one?.startsWith("/page/"))) {
        const answer = await fetch(
          `${writing.preview.origin}/frame/dark${path}?reader=${encodeURIComponent(name)}`,
        );
        expect([answer.status, path, name]).toEqual([200, path, name]);
      }
    }
    const frames = [...(await get(AT_LESSON)).matchAll(/<iframe title="[^"]*, (\d+ px, \w+)"/g)];
    expect(frames.map(([, says]) => says)).toEqual([
      "640 px, light",
      "360 px, light",
      "640 px, dark",
      "360 px, dark",
    ]);
  });

  it("shows the text part beside its size and its subject", async () => {
    const page = await get(AT_LESSON);
    expect(page).toContain("Plain text, 72 columns");
    expect(page).toContain("THIS WEEK’S MOVE");
    expect(page).toMatch(/\d+\.\d KB of HTML, \d+\.\d KB of text/);
    expect(page).toContain("Where your hardest headwind can come from");
  });

  it("shows what a reader sees whose device is set to dark, whatever this one's is", () => {
    const styled = "<style>:root { color-scheme: light dark } @media (prefers-color-scheme: dark) {}</style>";
    expect(inScheme(styled, "dark")).toContain("color-scheme: dark } @media (min-width: 0px)");
    expect(inScheme(styled, "light")).toContain("color-scheme: light } @media (max-width: 0px)");
  });

  it("follows a saved lesson and a saved template, and tells the open pages", async () => {
    const live = await fetch(`${writing.preview.origin}/live`);
    const events = live.body?.pipeThrough(new TextDecoderStream()).getReader();
    await events?.read();
    await writing.built(() => writing.save(LESSON, "You have the customer's yes.", "The yes is yours."));
    expect((await events?.read())?.value).toMatch(/^event: build\ndata: \d+/);
    await events?.cancel();
    expect(await lesson()).toContain("The yes is yours.");
    await writing.built(() => writing.save(TEMPLATE, QUESTION, `The only ${QUESTION}`));
    expect(await lesson()).toContain("The only The question");
    await writing.built(() => writing.save(TEMPLATE, `The only ${QUESTION}`, QUESTION));
  });

  it("gives the checks' verdict on the words of the open mail, and none on another's", async () => {
    const [said, shouted] = ["Still the order waits,", "Still the order waits!"];
    await writing.checked(() => writing.save(LESSON, said, shouted));
    expect(await get(AT_LESSON)).toMatch(/id="verdict"><ul><li>[^<]*headwinds-inside\.md:\d+: error/);
    const other = await get("/mail/lesson-bring-the-example");
    expect(other).toContain("Nothing to mend");
    expect(other).toMatch(/To mend in all: \d/);
    await writing.checked(() => writing.save(LESSON, shouted, said));
    expect(await get(AT_LESSON)).toContain("Nothing to mend");
  });

  it("says of a page, too, whether it shows what its name says", async () => {
    expect(await get("/page/reader-paused")).toContain("Nothing to mend");
    const [heading, other] = ["<h1>{{words.reader.heading}}</h1>", "<h1>Another page</h1>"];
    await writing.built(() => writing.save(READER_PAGE, heading, other));
    expect(await get("/page/reader-paused")).toContain(
      "&quot;reader-paused&quot; is headed &quot;Another page&quot;, not &quot;Your course&quot;",
    );
    await writing.built(() => writing.save(READER_PAGE, other, heading));
    expect(await get("/page/reader-paused")).toContain("Nothing to mend");
  });

  it("of a broken lesson names file and line, keeps the last good version, and forgets it once mended", async () => {
    const before = await lesson();
    await writing.built(() => writing.save(LESSON, "\npart: up", "\npart: upwards"));
    const broken = await get(AT_LESSON);
    expect(broken).toContain("This does not compile");
    expect(broken).toContain("this is the last version that did");
    expect(broken).not.toContain("Nothing to mend");
    expect(broken).toMatch(new RegExp(`${LESSON}:\\d+: part: is not a part of the course`));
    expect(await lesson()).toBe(before);
    await writing.built(() => writing.save(LESSON, "\npart: upwards", "\npart: up"));
    expect(await get(AT_LESSON)).not.toContain("This does not compile");
  });

  it("of a draft that does not compile says so in red, and goes on with all else as it is written", async () => {
    const [subject, mended] = ["\nsubject: ", "\nsubjekt: "];
    await writing.built(() => writing.save(ISSUE, subject, mended));
    await writing.built(() => writing.save(LESSON, "The yes is yours.", "The yes is all yours."));
    const page = await get(AT_LESSON);
    expect(page).toContain("This does not compile");
    expect(page).toMatch(new RegExp(`${ISSUE}:\\d+: subject: is missing`));
    expect(page).toContain("all else is shown as it is written");
    expect(await lesson()).toContain("The yes is all yours.");
    await writing.built(() => writing.save(LESSON, "The yes is all yours.", "The yes is yours."));
    await writing.built(() => writing.save(ISSUE, mended, subject));
    expect(await get(AT_LESSON)).not.toContain("This does not compile");
  });

  it("can be opened while drafts do not compile, a lesson and an issue, and shows all else", async () => {
    const root = mkdtempSync(join(tmpdir(), "coursepost-preview-"));
    for (const name of ["content", "templates"])
      cpSync(join(ROOT, name), join(root, name), { recursive: true });
    writeFileSync(join(root, "content/newsletter/draft.md"), "---\ntitle: A\npreview:\n---\n");
    writeFileSync(
      join(root, LESSON),
      readFileSync(join(root, LESSON), "utf8").replace("\nsubject: ", "\nsubjekt: "),
    );
    const workshop = await Workshop.open(root);
    workshop.close();
    expect(workshop.build.problems).toEqual([]);
    expect(workshop.build.leftOut).toEqual(
      expect.arrayContaining([
        expect.stringContaining("content/newsletter/draft.md:3: preview: is empty"),
        expect.stringContaining(`${LESSON}:2: subject: is missing`),
      ]),
    );
    expect(workshop.gallery?.mail("lesson-bring-the-example", SAMPLE_READERS[0])?.html).toContain("<h1");
    rmSync(root, { recursive: true, force: true });
  });

  it("of a broken template names file and line, and of a value that no mail has, the mail", async () => {
    await writing.built(() => writing.save(TEMPLATE, "{{/each}}", "{{/with}}"));
    expect(await get(AT_LESSON)).toMatch(new RegExp(`${TEMPLATE}:5: is not Handlebars`));
    await writing.built(() => writing.save(TEMPLATE, "{{/with}}", "{{/each}}"));
    await writing.built(() => writing.save(TEMPLATE, "{{title}}", "{{tittle}}"));
    expect(await get(AT_LESSON)).toMatch(
      /templates\/emails\/lesson\.mjml:\d+: &quot;tittle&quot; not defined/,
    );
    expect(await lesson()).toContain("The headwind inside the building");
    await writing.built(() => writing.save(TEMPLATE, "{{tittle}}", "{{title}}"));
    expect(await lesson()).toContain("The headwind inside the building");
  });

  it("takes a free port where its own is taken", async () => {
    const { port } = new URL(writing.preview.origin);
    const other = await startPreview(ROOT, { port: Number(port) });
    expect((await fetch(other.origin)).status).toBe(200);
    expect(new URL(other.origin).port).not.toBe(port);
    await other.close();
  });

  it("answers this machine only, and is only to be looked at", async () => {
    const { port } = new URL(writing.preview.origin);
    const asked = request({ port, path: "/", headers: { host: "rebound.example" } }).end();
    const [answer] = await once(asked, "response");
    expect(answer.statusCode).toBe(403);
    answer.resume();
    expect((await fetch(writing.preview.origin, { method: "POST" })).status).toBe(405);
    expect((await fetch(`${writing.preview.origin}/mail/nope`)).status).toBe(404);
  });

  it("begins with one command, says how long a build took, and ends with Ctrl-C", async () => {
    const main = resolve(ROOT, "authoring/preview/main.ts");
    const preview = spawn(process.execPath, ["--import", "tsx", main]);
    let said = "";
    // It goes on printing: the pipe must stay open.
    await new Promise<void>((compiled) => {
      preview.stdout.on("data", (chunk) => {
        said += String(chunk);
        if (said.includes("compiled")) compiled();
      });
    });
    expect(said).toMatch(/http:\/\/localhost:\d+\/[\s\S]*\b\d+ ms {2}compiled/);
    preview.kill("SIGINT");
    const [code] = await once(preview, "exit");
    expect(code).toBe(0);
  });

  it.each(["authoring/preview/main.ts", "local/cost/main.ts"])(
    "starts nothing where it is only asked what it takes: %s",
    async (main) => {
      const asked = spawn(process.execPath, ["--import", "tsx", resolve(ROOT, main), "--help"]);
      let said = "";
      asked.stdout.on("data", (chunk) => {
        said += String(chunk);
      });
      const [code] = await once(asked, "close");
      expect([code, said]).toEqual([0, expect.stringMatching(/--help +this\n$/)]);
    },
  );
});
