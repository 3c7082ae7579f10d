import { describe, expect, it } from "vitest";
import { findForm, readHeading } from "../../../local/demo/web-form.ts";

const PAGE = `<h1>One &amp; <em>two</em></h1>
<form action="/other"><input name="x" value="1"></form>
<form method="post" action="/sign-up">
  <input type="hidden" name="form" value="a&amp;b">
  <input name="email" type="email" required>
  <input type="checkbox" name="newsletter" value="yes">
  <label><input type="radio" name="pace" value="weekly" checked> weekly</label>
  <input type="radio" name="pace" value="twice-weekly">
  <select name="zone"><option value="UTC">UTC</option><option value="Europe/Berlin" selected>Berlin</option></select>
  <select name="day"><option>Monday</option></select>
  <button>Go</button>
</form>`;

describe("a form of a page", () => {
  it("is sent with what a browser would send if nobody touched it", () => {
    expect(findForm(PAGE, "/sign-up")).toEqual({
      method: "post",
      action: "/sign-up",
      fields: { form: "a&b", email: "", pace: "weekly", zone: "Europe/Berlin", day: "Monday" },
    });
  });

  it("is found by where it goes", () => {
    expect(findForm(PAGE, "/other")?.fields).toEqual({ x: "1" });
    expect(findForm(PAGE, "/confirm/")).toBeUndefined();
  });
});

it("the heading of a page is its first one, as text", () => {
  expect(readHeading(PAGE)).toBe("One & two");
});
