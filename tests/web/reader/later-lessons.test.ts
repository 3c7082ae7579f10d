import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Course } from "../../../functions/domain/course/course.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { openSite, type Site } from "../../support/web.ts";

let site: Site;
let course: Course;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite();
  course = site.services.content.courses[0] as Course;
  ({ id, page } = await site.join("jo@acme.example"));
});
afterEach(() => site.stop());

const enrolment = async () => (await site.services.store.enrolment(id, course.slug)) as Enrolment;
const completes = async () =>
  site.services.store.change(await enrolment(), (current) => ({
    ...{ ...current, status: "completed" as const, agenda: {} },
  }));
const open = (query = {}) => site.request("GET /reader/{token}", { token: page }, { query });
const press = (later: string) =>
  site.request("POST /reader/{token}", { token: page }, { form: { do: "later", later } });

describe("lessons that are added later, on the page of who has finished", () => {
  it("are offered there, and wanted only by a press: a link that is followed stores nothing", async () => {
    await completes();
    const before = await enrolment();
    const shown = await open({ do: "later" });
    expect(shown.body).toContain("Send me later lessons");
    expect(await enrolment()).toEqual(before);
    expect((await press("yes")).body).toContain("Later lessons come to you.");
    expect(await enrolment()).toMatchObject({ laterLessons: true, status: "completed" });
    expect((await open()).body).toContain("No later lessons");
  });

  it("are wanted no more by another press, and by the undo beside it", async () => {
    await completes();
    const undo = /name="undo" value="([^"]+)"/.exec((await press("yes")).body)?.[1] ?? "";
    const back = await site.request("POST /reader/{token}", { token: page }, { form: { do: "undo", undo } });
    expect(back.status).toBe(200);
    expect((await enrolment()).laterLessons).toBeUndefined();
    await press("yes");
    await press("no");
    expect((await enrolment()).agenda).toEqual({});
  });

  it("are no matter of who is in the middle of the course", async () => {
    expect((await open()).body).not.toContain("Send me later lessons");
    await press("yes");
    expect((await enrolment()).laterLessons).toBeUndefined();
  });
});

describe("who has finished", () => {
  it("leaves just the course by a button of their page, and keeps the newsletter", async () => {
    await completes();
    const person = await site.services.store.subscriber(id);
    if (person) await site.services.store.change(person, (current) => ({ ...current, newsletter: true }));
    const action =
      /action="\/unsubscribe\/([^"]+)"><input[^>]*><button class="quiet">Unsubscribe from this course/.exec(
        (await open()).body,
      )?.[1];
    expect(action).toBeDefined();
    await site.request("POST /unsubscribe/{token}", { token: action ?? "" }, { form: { page: "yes" } });
    expect(await enrolment()).toMatchObject({ status: "left", leftFrom: "completed" });
    expect((await site.services.store.subscriber(id))?.newsletter).toBe(true);
  });
});
