import { Parser } from "htmlparser2";

/** A form of a page, as a browser would send it untouched. */
export interface PageForm {
  action: string;
  fields: Record<string, string>;
}

/** The forms of a page, in their order. Reads what the pages of a stage hold: inputs, and selects with an option chosen. */
export function listForms(page: string): PageForm[] {
  const forms: PageForm[] = [];
  let select = "";
  const parser = new Parser({
    onopentag(name, { action = "", name: field = "", value = "", type = "text", ...rest }) {
      if (name === "form") forms.push({ action, fields: {} });
      const fields = forms.at(-1)?.fields;
      if (!fields) return;
      const isLeftOut = (type === "checkbox" || type === "radio") && rest.checked === undefined;
      if (name === "input" && field !== "" && !isLeftOut) fields[field] = value;
      if (name === "select") select = field;
      if (name === "option" && select !== "" && (rest.selected !== undefined || fields[select] === undefined))
        fields[select] = value;
    },
    onclosetag(name) {
      if (name === "select") select = "";
    },
  });
  parser.end(page);
  return forms;
}
