import { type Html, html } from "../../cli/html.ts";
import type { Course } from "../../functions/domain/course/course.ts";
import type { SampleReader } from "../samples.ts";
import { listFields, type Whom, type WhomField } from "./as-whom.ts";

interface Asked {
  course: Course | undefined;
  current: string;
  reader: SampleReader;
  whom: Whom | undefined;
  /** Address of what is shown, as nobody in particular. */
  clear: string;
}

/** As whom to look; nothing where the course is the same for everybody. */
export function whomForm({ course, current, reader, whom, clear }: Asked): Html {
  const fields = course ? listFields(course) : [];
  if (fields.length === 0) return html``;
  const says = whom
    ? html`Each lesson, passage and page as this reader gets it. <a href="${clear}">As anybody</a>`
    : html`Each lesson as somebody gets it whom it is for. Choose who looks:`;
  return html`<form class="whom" method="get" action="/${current}" aria-label="As whom">
<p>${says}</p>
<input type="hidden" name="reader" value="${reader.name}"><input type="hidden" name="as" value="one">
${fields.map((field) => html`<label>${field.label} ${control(field, whom?.chosen(field.name) ?? "")}</label>\n`)}<button>Look</button>
</form>`;
}

function control({ name, values }: WhomField, chosen: string): Html {
  if (!values) return html`<input name="${name}" value="${chosen}" maxlength="100" autocomplete="off">`;
  const options = values.map(
    ({ value, says }) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ""}>${says}</option>`,
  );
  return html`<select name="${name}">${options}</select>`;
}
