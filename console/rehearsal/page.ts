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

/** What a page says is wrong with a field of its form; an empty word if it says nothing. */
export function findFieldProblem(page: string, field: string): string {
  const said: string[] = [];
  let depth = 0;
  const parser = new Parser({
    onopentag(_, { id }) {
      if (depth > 0 || id === `${field}-wrong`) depth += 1;
    },
    ontext(text) {
      if (depth > 0) said.push(text);
    },
    onclosetag() {
      if (depth > 0) depth -= 1;
    },
  });
  parser.end(page);
  return said.join("").replace(/\s+/g, " ").trim();
}
