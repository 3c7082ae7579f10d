import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import { type MailboxServer, startMailbox } from "../../../local/mailbox/server.ts";
import { type SmallWorld, START, smallWorld } from "./mailbox-world.ts";

let world: SmallWorld;
let mailbox: MailboxServer;

beforeEach(async () => {
  world = await smallWorld();
  mailbox = await startMailbox(world, { port: 0 });
});
afterEach(async () => {
  await mailbox.close();
  await world.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(mailbox.origin + path, { headers, redirect: "manual" });

const post = (path: string, form: Record<string, string>, origin = mailbox.origin) =>
  fetch(mailbox.origin + path, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { origin },
    redirect: "manual",
  });

describe("a form that asks for what every object has", () => {
  it("does nothing: the clock goes on telling the time", async () => {
    const before = await (await get("/now")).text();
    for (const jump of ["constructor", "toString", "__proto__"])
      expect((await post("/clock", { jump })).status).toBe(404);
    expect((await post("/mail/0100-1/constructor", {})).status).toBe(404);
    expect((await get("/?view=constructor")).status).toBe(200);
    expect(await (await get("/now")).text()).toBe(before);
  });

  it("leads back to a page of this site only, however a browser reads the path", async () => {
    for (const back of [
      "//evil.example",
      "/\\evil.example",
      "/\t/evil.example",
      "https://evil.example",
      "/..//evil.example",
    ]) {
      const { headers } = await post("/zone", { zone: "UTC", back });
      const location = new URL(headers.get("location") ?? "", mailbox.origin);
      expect([back, location.origin]).toEqual([back, mailbox.origin]);
    }
    expect(
      (await post("/zone", { zone: "UTC", back: "/mail/0100-2?view=text" })).headers.get("location"),
    ).toBe("/mail/0100-2?view=text");
  });
});

describe("the inbox shows", () => {
  it("every mail with sender, subject, beginning and its virtual time, newest first", async () => {
    const page = await (await get("/")).text();
    expect(page).toContain("Managing Up, Leading Down");
    expect(page).toContain("The order was yours on Monday &amp; lost on Friday.");
    expect(page).toContain("Tue 24 Mar 2026, 10:15");
    expect(page.indexOf("hardest headwind")).toBeLessThan(page.indexOf("Press the button"));
  });

  it("times in the zone that the person chose, with its daylight-saving name", async () => {
    const summer = { cookie: "zone=Europe%2FBerlin" };
    await post("/clock", { jump: "week" });
    const page = await (await get("/", summer)).text();
    expect(page).toContain("Tue 31 Mar 2026, 11:15");
    expect(page).toContain("CEST · 09:15 UTC");
  });

  it("a mail's plain text and its source as they are", async () => {
    expect(await (await get("/mail/0100-2?view=text")).text()).toContain("In plain text.");
    const source = await (await get("/mail/0100-2?view=source")).text();
    expect(source).toContain("References: &lt;first@amazonses.com&gt;");
  });

  it("a mail's HTML in a frame where no script can run", async () => {
    const page = await (await get("/mail/0100-1")).text();
    expect(page).toMatch(/<iframe[^>]*sandbox="(?![^"]*allow-scripts)[^"]*"/);
    const body = await get("/mail/0100-1/body");
    expect(body.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(body.headers.get("content-security-policy")).not.toContain("script-src");
    expect(await body.text()).toContain('<base target="_blank">');
  });

  it("a subject with markup as text", async () => {
    const [mail] = world.mails();
    if (!mail) throw new Error("the world has mails");
    const raw = mail.raw.toString().replace("Press the button", "<img src=x onerror=alert(1)>");
    world.leave({ ...mail, messageId: "0100-3", raw: Buffer.from(raw) });
    expect(await (await get("/mail/0100-3")).text()).not.toContain("<img");
  });

  it("only one mailbox when asked, and all of them otherwise", async () => {
    const [mail] = world.mails();
    if (!mail) throw new Error("the world has mails");
    world.leave({ ...mail, messageId: "0100-4", to: ["owner@example.org"] });
    expect(await (await get("/?of=owner%40example.org")).text()).not.toContain("hardest headwind");
    expect(await (await get("/")).text()).toContain("to owner@example.org");
  });

  it("what the functions said, and that there are no dead letters", async () => {
    const page = await (await get("/log")).text();
    expect(page).toContain("signed-up");
    expect(page).toContain("Nothing. A message that a function fails on");
  });

  it("a function's line as an event with its details, and no metrics", async () => {
    world.logs = () => [
      {
        at: START,
        where: "LaneFunction4F2AF280",
        text: '{"level":"warn","event":"delivery-failed","code":"x"}',
      },
      { at: START, where: "LaneFunction4F2AF280", text: '{"level":"metric","event":"Sent","Sent":1}' },
      { at: START, where: "WebFunction4F2AF281", text: "not JSON <b>" },
    ];
    const page = await (await get("/log")).text();
    expect(page).toMatch(
      /<tr class="warn">[\s\S]*?<td><b>A mail could not be sent for a fault of ours[^<]*<\/b><\/td>\s*<td><code>lane · delivery-failed · code x</,
    );
    expect(page).not.toContain("Sent");
    expect(page).toContain("not JSON &lt;b&gt;");
  });

  it("a speaking page for a letter that is not there", async () => {
    const answer = await get("/mail/0100-9");
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("There is no such letter");
  });
});

describe("a reply", () => {
  it("goes through the SMTP port to Reply-To, in the letter's thread, with the letter quoted", async () => {
    const answer = await post("/mail/0100-2/reply", {
      words: "Nobody would decide.\nIt cost us the order.",
      back: "/mail/0100-2",
    });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/mail/0100-2"]);
    const mail = await PostalMime.parse(world.received[0] ?? "");
    expect(mail.from?.address).toBe("reader@example.org");
    expect(mail.to?.[0]?.address).toBe("reply+abc@learn.example.com");
    expect(mail.subject).toBe("Re: Where your hardest headwind can come from");
    expect(mail.inReplyTo).toBe("<0100-2@eu-central-1.amazonses.com>");
    expect(mail.references).toBe("<first@amazonses.com> <0100-2@eu-central-1.amazonses.com>");
    expect(mail.date).toBe(new Date(START).toISOString());
    expect(mail.text).toMatch(
      /^Nobody would decide\.\nIt cost us the order\.\n\nOn Tue 24 Mar 2026.* wrote:\n\n> In plain text\./,
    );
  });

  it("stays visible under the letter", async () => {
    await post("/mail/0100-2/reply", { words: "Nobody would decide.", back: "/" });
    const page = await (await get("/mail/0100-2")).text();
    expect(page).toContain("Nobody would decide.");
    expect(page).toContain("on its way");
  });

  it("of nothing is refused with a word about it, and nothing is sent", async () => {
    await post("/mail/0100-2/reply", { words: "  ", back: "/" });
    expect(await (await get("/")).text()).toContain("The reply is empty");
    expect(world.received).toEqual([]);
  });
});

describe("the buttons on a mail", () => {
  it.each([
    ["bounce", "bounce 0100-2"],
    ["complain", "complain 0100-2"],
  ])("%s does to this mail what SES's simulator address does", async (path, asked) => {
    expect((await post(`/mail/0100-2/${path}`, { back: "/" })).status).toBe(303);
    expect(world.asked).toEqual([asked]);
  });

  it("out-of-office answers as a mail program does, and names a day, so that the course can be seen to wait", async () => {
    await post("/mail/0100-2/out-of-office", { back: "/" });
    expect(world.asked).toEqual(["out of office 0100-2"]);
    const [note = ""] = world.received;
    expect(note).toMatch(/^Auto-Submitted: auto-replied$/im);
    expect(note).toMatch(/^To: .*reply\+abc@learn\.example\.com/im);
    expect(note).toContain("I am out of the office until Fri 3 Apr 2026");
    expect(await (await get("/mail/0100-2")).text()).toContain(
      "answered out of office, until Fri 3 Apr 2026",
    );
  });

  it("unsubscribe posts what RFC 8058 says, without cookies", async () => {
    const posted: string[] = [];
    const site = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      posted.push(`${request.method} ${request.url} ${body} ${request.headers.cookie ?? "no cookie"}`);
      response.end();
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    const other = await smallWorld(`http://127.0.0.1:${(site.address() as AddressInfo).port}`);
    const theirs = await startMailbox(other, { port: 0 });
    await fetch(`${theirs.origin}/mail/0100-2/unsubscribe`, {
      method: "POST",
      headers: { origin: theirs.origin },
      redirect: "manual",
    });
    expect(posted).toEqual(["POST /unsubscribe/token List-Unsubscribe=One-Click no cookie"]);
    await theirs.close();
    await other.close();
    site.close();
  });

  it("unsubscribe is not offered where the mail does not", async () => {
    expect(await (await get("/mail/0100-1")).text()).not.toContain("/unsubscribe");
    expect(await (await get("/mail/0100-2")).text()).toContain("/mail/0100-2/unsubscribe");
  });
});

describe("the clock", () => {
  it.each([
    ["hour", START + HOUR],
    ["day", START + DAY],
    ["week", START + 7 * DAY],
    ["next", START + DAY],
  ])("goes on by %s", async (jump, then) => {
    expect((await post("/clock", { jump, back: "/" })).status).toBe(303);
    expect(world.now()).toBe(then);
  });
});

describe("the next event", () => {
  it("is the next mail, whatever the machinery does on the way", async () => {
    const [mail] = world.mails();
    if (!mail) throw new Error("the world has mails");
    const moments = [START + HOUR, START + 2 * HOUR, START + 3 * HOUR];
    world.nextEventAt = () => moments[0];
    const advanceTo = world.advanceTo;
    world.advanceTo = async (moment) => {
      await advanceTo(moment);
      moments.shift();
      if (moment === START + 2 * HOUR) world.leave({ ...mail, messageId: "0100-6", at: moment });
    };
    await post("/clock", { jump: "next", back: "/" });
    expect(world.now()).toBe(START + 2 * HOUR);
    expect(await (await get("/")).text()).toContain("One mail came.");
  });

  it("is nothing when nothing waits", async () => {
    world.nextEventAt = () => undefined;
    await post("/clock", { jump: "next", back: "/" });
    expect(await (await get("/")).text()).toContain("Nothing is waiting");
  });
});

describe("nobody else can use the inbox", () => {
  it("another site's form changes nothing", async () => {
    expect((await post("/clock", { jump: "week" }, "https://elsewhere.example")).status).toBe(403);
    expect((await post("/mail/0100-2/bounce", {}, "null")).status).toBe(403);
    expect(world.now()).toBe(START);
    expect(world.asked).toEqual([]);
  });

  it("a POST without an Origin changes nothing", async () => {
    const answer = await fetch(`${mailbox.origin}/clock`, {
      method: "POST",
      body: new URLSearchParams({ jump: "week" }),
    });
    expect(answer.status).toBe(403);
    expect(world.now()).toBe(START);
  });

  it("a GET changes nothing", async () => {
    expect((await get("/clock?jump=week")).status).toBe(404);
    expect(world.now()).toBe(START);
  });

  it("a form sends the browser back to the inbox only", async () => {
    const answer = await post("/clock", { jump: "hour", back: "//elsewhere.example" });
    expect(answer.headers.get("location")).toBe("/");
  });

  it("a form of a megabyte is refused", async () => {
    expect((await post("/mail/0100-2/reply", { words: "x".repeat(1_000_000) })).status).toBe(413);
    expect(world.received).toEqual([]);
  });
});

describe("an open page", () => {
  it("hears of a mail that was left", async () => {
    const events = (await get("/live")).body?.getReader();
    if (!events) throw new Error("a stream was expected");
    const next = async () => Buffer.from((await events.read()).value ?? []).toString();
    const before = await next();
    const [mail] = world.mails();
    if (mail) world.leave({ ...mail, messageId: "0100-5" });
    expect(await next()).not.toBe(before);
    await events.cancel();
  });
});
