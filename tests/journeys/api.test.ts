import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../functions/domain/time.ts";
import { type OwnersCloud, openOwnersCloud, typed } from "../support/console.ts";
import { Reader } from "../support/reader.ts";

/** Another program of the owner's, over HTTP. */
class Program {
  readonly #origin: string;
  readonly #key: string;

  constructor(origin: string, key: string) {
    [this.#origin, this.#key] = [origin, key];
  }

  async ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const response = await fetch(`${this.#origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  }
}

let owners: OwnersCloud;
let shop: Program;
beforeAll(async () => {
  owners = await openOwnersCloud();
});
afterAll(() => owners.stop());

const run = async (...given: string[]) => typed(await owners.reached(), ...given);
const makeKey = async (name: string, ...more: string[]): Promise<Program> => {
  const { out } = await run("api-keys", "make", name, ...more, "--yes");
  const [key = ""] = out.split("\n");
  return new Program(owners.cloud.webOrigin, key);
};
const ADA = "ada@mail.example";

describe("a shop that signs its customers up by the API", () => {
  it("finds nothing there before the owner has made a key, whatever it asks", async () => {
    const none = new Program(owners.cloud.webOrigin, "cp_aaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    for (const path of ["/lists", "/subscribers", "/openapi.json", "/nowhere"])
      expect((await none.ask("GET", path)).status, path).toBe(404);
  });

  it("asks in a customer's name; they are in the course once they have pressed the button of their mail", async () => {
    shop = await makeKey(
      "the shop",
      "--scopes",
      "sign-ups:write,subscribers:read,subscribers:write,subscribers:erase",
    );
    const body = { email: "Ada@mail.example", zone: "Europe/Berlin", network: "198.51.100.7" };
    const again = { "idempotency-key": "order-1" };
    const answers = [
      await shop.ask("POST", "/sign-ups", body, again),
      await shop.ask("POST", "/sign-ups", body, again),
    ];
    expect(answers.map(({ status, body: said }) => [status, said])).toEqual([
      [202, { status: "asked" }],
      [202, { status: "asked" }],
    ]);
    await owners.cloud.advanceBy(2 * MINUTE);
    const ada = new Reader(owners.cloud, "Ada@mail.example");
    expect(await ada.letters()).toHaveLength(1);
    const before = await shop.ask("POST", "/subscribers/search", { email: ADA });
    expect(before.body).toMatchObject({ status: "unconfirmed", courses: [] });
    await ada.confirm();
    await owners.cloud.advanceBy(2 * MINUTE);
    const after = await shop.ask("POST", "/subscribers/search", { email: ADA });
    expect(after.body).toMatchObject({ status: "active", courses: [{ status: "active", lessonsHad: 0 }] });
  });

  it("gets the same answer for who is a reader, and they get no second confirmation", async () => {
    const { status, body } = await shop.ask("POST", "/sign-ups", { email: ADA });
    expect([status, body]).toEqual([202, { status: "asked" }]);
    await owners.cloud.advanceBy(2 * MINUTE);
    const subjects = await new Reader(owners.cloud, "Ada@mail.example").subjects();
    expect(subjects.filter((subject) => /confirm/i.test(subject))).toHaveLength(1);
  });

  it("lists who is there page by page, each once, by the index of the table", async () => {
    for (const name of ["bo", "cy", "di", "ed"])
      await new Reader(owners.cloud, `${name}@mail.example`).signUp();
    await owners.cloud.advanceBy(2 * MINUTE);
    const found: string[] = [];
    let [cursor, pages] = ["", 0];
    do {
      const { status, body } = await shop.ask("GET", `/subscribers?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      for (const { email } of body.subscribers) found.push(email.toLowerCase());
      [cursor, pages] = [body.next ?? "", pages + 1];
    } while (cursor !== "");
    expect([found.sort(), pages]).toEqual([
      ["ada", "bo", "cy", "di", "ed"].map((name) => `${name}@mail.example`),
      3,
    ]);
    const active = await shop.ask("GET", "/subscribers?status=active");
    expect(active.body.subscribers).toHaveLength(1);
  });

  it("tags them, by words of any script, and finds them by it", async () => {
    const { body } = await shop.ask("POST", "/subscribers/search", { email: ADA });
    const tag = "Käufer 🙂 a/b?c#d";
    const tagged = await shop.ask("PUT", `/subscribers/${body.id}/tags/${encodeURIComponent(tag)}`);
    expect(tagged.body.tags).toEqual([tag]);
    const found = await shop.ask("GET", `/subscribers?tag=${encodeURIComponent(tag)}`);
    expect(found.body.subscribers.map(({ id }: { id: string }) => id)).toEqual([body.id]);
    expect((await run("subscribers", "show", ADA)).out).toContain(tag);
  });

  it("sees which lessons left and when, and not a word that they wrote", async () => {
    await owners.cloud.advanceBy(9 * DAY);
    const ada = new Reader(owners.cloud, "Ada@mail.example");
    await ada.reply(await ada.newest(), "My own words about my manager, Ms Quill.");
    await owners.cloud.advanceBy(HOUR);
    const { body: one } = await shop.ask("POST", "/subscribers/search", { email: ADA });
    const { body } = await shop.ask("GET", `/subscribers/${one.id}/progress`);
    const [course] = body.courses;
    expect(course.had.length).toBeGreaterThan(0);
    for (const { sentAt } of course.had) expect(Date.parse(sentAt)).toBeLessThan(owners.cloud.now());
    expect(Date.parse(course.next.dueAt)).toBeGreaterThan(owners.cloud.now());
    const all = [
      await shop.ask("GET", `/subscribers/${one.id}`),
      await shop.ask("GET", "/subscribers"),
      { body },
    ];
    expect(JSON.stringify(all.map((answer) => answer.body))).not.toContain("Quill");
    // Kept all the same: the owner reads it.
    expect((await run("subscribers", "export", ADA)).out).toContain("Quill");
  });

  it("takes them off everything, and nothing more is mailed to them", async () => {
    const { body } = await shop.ask("POST", "/subscribers/search", { email: ADA });
    expect((await shop.ask("POST", `/subscribers/${body.id}/leave`, { list: "everything" })).status).toBe(
      204,
    );
    const ada = new Reader(owners.cloud, "Ada@mail.example");
    const before = (await ada.letters()).length;
    await owners.cloud.advanceBy(21 * DAY);
    expect(await ada.letters()).toHaveLength(before);
    expect((await run("subscribers", "export", ADA)).out).toContain("API key the shop");
  });

  it("erases them, and nobody is found under the id or the address", async () => {
    const { body } = await shop.ask("POST", "/subscribers/search", { email: ADA });
    expect((await shop.ask("DELETE", `/subscribers/${body.id}`)).status).toBe(204);
    expect((await shop.ask("GET", `/subscribers/${body.id}`)).status).toBe(404);
    expect((await shop.ask("POST", "/subscribers/search", { email: ADA })).status).toBe(404);
    await owners.cloud.advanceBy(2 * HOUR);
    expect(
      (await shop.ask("GET", "/subscribers")).body.subscribers.map(({ id }: { id: string }) => id),
    ).not.toContain(body.id);
  });

  it("may not do what its key has no scope for, nor anything once the key is revoked", async () => {
    await new Reader(owners.cloud, "fay@mail.example").join();
    const reader = await makeKey("a report", "--scopes", "subscribers:read");
    const { subscribers } = (await reader.ask("GET", "/subscribers")).body;
    const path = `/subscribers/${subscribers[0].id}`;
    const refused = [
      await reader.ask("PATCH", path, { firstName: "Eve" }),
      await reader.ask("DELETE", path),
      await reader.ask("POST", "/sign-ups", { email: "eve@mail.example" }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
    await run("api-keys", "revoke", "a report", "--yes");
    expect((await reader.ask("GET", path)).status).toBe(401);
    expect((await shop.ask("GET", path)).status).toBe(200);
    expect((await run("api-keys")).out).toMatch(/a report: subscribers:read; .*revoked/);
  });

  it("logs neither an address, a name nor a key", () => {
    const logged = owners.cloud
      .logs()
      .map(({ text }) => text)
      .join("\n");
    expect(logged).toContain('"operation":"signUp"');
    expect(logged).not.toMatch(/@mail\.example|Käufer|cp_[a-z2-7]{8}_/i);
  });
});
