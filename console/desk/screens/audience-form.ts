import { type Html, html } from "../../../cli/html.ts";
import type { Content } from "../../../functions/domain/content.ts";
import { COURSE_STATES, type CourseState } from "../../audience.ts";
import { SELECTION_FORM } from "../../issue/audience.ts";

/** Whom an issue goes to, by choices. What is chosen stands there again. */
export function audienceFields(query: URLSearchParams, { courses }: Content): Html {
  const states = query.getAll("state");
  const parts = courses.flatMap((course) => course.parts);
  return html`<fieldset><legend>To whom</legend>
    <p class="quiet">Everybody who gets the newsletter and is not in the middle of a course, unless you choose. What you choose must all hold.</p>
    <div class="field"><span id="states">Only who is</span>
      <div class="inline" role="group" aria-labelledby="states">${COURSE_STATES.map(
        (state) =>
          html`<label><input type="checkbox" name="state" value="${state}"${states.includes(state) && html` checked`}> ${STATES[state]}</label>`,
      )}</div></div>
    <p><label class="choice"><input type="checkbox" name="include" value="mid-course"${query.has("include") && html` checked`}> Also who is in the middle of a course</label></p>
    <div class="inline">
      ${textField(query, "tag", "With the tag", "coaches")}
      ${textField(query, "zone", "In the time zone", "Europe/*")}
      <div class="field"><label for="part">In the part</label><select id="part" name="part"><option value="">any</option>${parts.map(({ slug, title }) => html`<option value="${slug}"${slug === query.get("part") && html` selected`}>${title}</option>`)}</select></div>
      <div class="field"><label for="joined">Joined since</label><input id="joined" name="joined" type="date" value="${query.get("joined") ?? ""}"></div>
      ${textField(query, "silent", "Silent for lessons, at least", "6")}
    </div>
    <details${query.get("audience") !== null && query.get("audience") !== "" && html` open`}><summary>In words of your own, with and, or, not and brackets</summary>
      <div class="field"><label for="audience">Instead of the choices</label><input id="audience" name="audience" size="60" value="${query.get("audience") ?? ""}" aria-describedby="audience-form"><p class="quiet small" id="audience-form">${SELECTION_FORM}</p></div></details>
  </fieldset>`;
}

const STATES: Record<CourseState, string> = {
  "never-enrolled": "never in a course",
  "mid-course": "in the middle of a course",
  paused: "paused",
  finished: "through a course",
  left: "no longer in a course",
};

const textField = (query: URLSearchParams, name: string, label: string, example: string): Html =>
  html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${query.get(name) ?? ""}" placeholder="${example}"></div>`;

/** The choices as the flags of `issue send` have them. */
export function readAudienceFields(form: URLSearchParams): { audience?: string; include?: string } {
  const include = form.get("include");
  const asked = include ? { include } : {};
  const own = form.get("audience")?.trim();
  if (own) return { audience: own, ...asked };
  const [tag, zone, part, joined, silent] = ["tag", "zone", "part", "joined", "silent"].map((name) =>
    form.get(name)?.trim(),
  );
  const state = form.getAll("state").join("|");
  const conditions = [
    state && `state=${state}`,
    tag && `tag="${tag.replaceAll('"', "")}"`,
    zone && `zone=${zone}`,
    part && `part=${part}`,
    joined && `joined>=${joined}`,
    silent && `silent>=${silent}`,
  ].filter(Boolean);
  return conditions.length === 0 ? asked : { audience: conditions.join(" and "), ...asked };
}

/** When, in the stage's zone; or on each reader's clock. */
export function whenFields(query: URLSearchParams, zone: string): Html {
  const when = query.get("when") ?? "now";
  const choice = (value: string, says: string, more: Html = html``) =>
    html`<p><label class="choice"><input type="radio" name="when" value="${value}"${value === when && html` checked`}> ${says}</label> ${more}</p>`;
  return html`<fieldset><legend>When</legend>
    ${choice("now", "Now")}
    ${choice("at", `At this moment, by the clock of ${zone}`, html`<input type="datetime-local" name="at" aria-label="Moment, by the clock of ${zone}" value="${query.get("at") ?? ""}">`)}
    ${choice("local", "At this hour on each reader's own clock", html`<input type="time" name="local" aria-label="Hour on each reader's clock" value="${query.get("local") ?? "07:30"}"> <label for="day">from the day</label> <input type="date" id="day" name="day" value="${query.get("day") ?? ""}">`)}
    <details${(query.get("per-day") ?? "") !== "" && html` open`}><summary>Portions, and the archive</summary>
      <div class="inline"><div class="field"><label for="per-day">No more than these in 24 hours</label><input id="per-day" name="per-day" inputmode="numeric" value="${query.get("per-day") ?? ""}"></div>
      <div class="field"><label for="archive">In the public archive</label><select id="archive" name="archive">${["", "public", "private"].map((one) => html`<option value="${one}"${one === (query.get("archive") ?? "") && html` selected`}>${one === "" ? "as its file says" : one}</option>`)}</select></div></div></details>
  </fieldset>`;
}
