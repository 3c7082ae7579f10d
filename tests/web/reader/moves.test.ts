import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Course } from "../../../functions/domain/course/course.ts";
import { type Enrolment, withLeft } from "../../../functions/domain/course/enrolment.ts";
import { PERSONAL_LINK_LIFE, personalToken } from "../../../functions/links/links.ts";
import { find } from "../../support/pages.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

let site: Site;
let course: Course;
let id: string;
let page: string;
beforeEach(async () => {
  site = await openSite();
  course = site.services.content.courses[0] as Course;
  ({ id, page } = await site.join("jo@acme.example"));
  await site.services.store.change(await enrolment(), (current) => ({
    ...current,
    done: [slugAt(0), slugAt(1)],
    silent: 3,
  }));
});
afterEach(() => site.stop());

const slugAt = (place: number): string => course.lessons[place]?.slug ?? "";
const enrolment = async () => (await site.services.store.enrolment(id, course.slug)) as Enrolment;
const press = (form: Record<string, string>) =>
  site.request("POST /reader/{token}", { token: page }, { form: { do: "move", ...form } });
const show = (query: Record<string, string> = {}) =>
  site.request("GET /reader/{token}", { token: page }, { query });

describe("what became of a move, on a reader's page", () => {
  it("is chosen by the mail's link and kept by a press alone", async () => {
    const { body } = await show({ do: "move", lesson: slugAt(0), move: "notYet" });
    expect(body).toContain('name="move" value="notYet" checked');
    expect(body).toContain(`name="lesson" value="${slugAt(0)}"`);
    expect(body).toContain(course.lessons[0]?.move.slice(0, 20));
    const before = await enrolment();
    expect([before.moves, before.silent]).toEqual([undefined, 3]);
    expect((await press({ lesson: slugAt(0), move: "notYet", once: "a" })).body).toContain("It is kept.");
    const after = await enrolment();
    expect(after.moves).toEqual({ [slugAt(0)]: "notYet" });
    expect(after.silent).toBeUndefined();
    expect(after.version).toBe(before.version + 1);
  });

  it("is what was pressed last; a form that is sent twice is sent once", async () => {
    for (const [once, move] of [
      ["a", "notYet"],
      ["b", "made"],
      ["b", "noMoment"],
    ] as const)
      await press({ lesson: slugAt(0), move, once });
    expect((await enrolment()).moves).toEqual({ [slugAt(0)]: "made" });
  });

  it("can be taken back by one press", async () => {
    await press({ lesson: slugAt(1), move: "made", once: "a" });
    const { body } = await press({ lesson: slugAt(1), move: "noMoment", once: "b" });
    const undo = find(body, /name="undo" value="([^"]+)"/);
    await press({ do: "undo", undo });
    expect((await enrolment()).moves).toEqual({ [slugAt(1)]: "made" });
  });

  it("stands beside its lesson, from where it can be changed", async () => {
    await press({ lesson: slugAt(0), move: "made" });
    const { body } = await show();
    expect(body).toContain(`/${course.slug}?do=move&amp;lesson=${slugAt(0)}">Made it</a>`);
    expect(body).toContain(`name="lesson" value="${slugAt(1)}"`);
  });

  it("is refused for what was not sent to them, is gone, or is no answer; and after leaving", async () => {
    for (const [form, says] of [
      [{ lesson: slugAt(5), move: "made" }, "was not sent to you"],
      [{ lesson: "no-such-lesson", move: "made" }, "was not sent to you"],
      [{ move: "made" }, "was not sent to you"],
      [{ lesson: slugAt(0), move: "splendid" }, "one of the three"],
      [{ lesson: slugAt(0) }, "one of the three"],
    ] as const)
      expect((await press(form)).body).toContain(says);
    await site.services.store.change(await enrolment(), withLeft);
    expect((await press({ lesson: slugAt(0), move: "made" })).body).toContain("not in the course now");
    expect((await show({ do: "move", lesson: slugAt(0) })).body).not.toContain('name="move"');
    expect((await enrolment()).moves).toBeUndefined();
  });

  it("is asked about the latest lesson where a link names one that they have not had", async () => {
    const { body } = await show({ do: "move", lesson: slugAt(7), move: "made" });
    expect(body).toContain(`name="lesson" value="${slugAt(1)}"`);
    expect(body).not.toContain(course.lessons[7]?.move.slice(0, 40));
  });

  it("stands in the journal of who wrote nothing else, and in the file of all that is kept", async () => {
    await press({ lesson: slugAt(0), move: "made" });
    const dated = { subscriber: id, expiresAt: T0 + PERSONAL_LINK_LIFE };
    const token = personalToken(await site.services.keyring.keys(), dated);
    const personal = await site.request("GET /personal/{token}", { token });
    expect(personal.body).toContain("Moves made");
    expect(personal.body).toContain(course.lessons[0]?.move.slice(0, 20));
    const post = (form: Record<string, string>) =>
      site.request("POST /personal/{token}", { token }, { form });
    expect((await post({ do: "markdown", course: course.slug })).body).toContain("## Moves made");
    const { items, fields } = JSON.parse((await post({ do: "export" })).body) as {
      items: Record<string, unknown>[];
      fields: Record<string, string>;
    };
    expect(items.find(({ moves }) => moves)?.moves).toEqual({ [slugAt(0)]: "made" });
    expect(fields.moves).toContain("made, not yet");
  });
});
