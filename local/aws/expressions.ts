import { ServiceError } from "./request.ts";

/** An attribute's value as it is on DynamoDB's wire: `{ S: "…" }`, `{ N: "1" }` … */
export type Value = Record<string, unknown>;
export type TableItem = Record<string, Value>;

/** The placeholders of a request. */
interface Placeholders {
  names?: Record<string, string>;
  values?: Record<string, Value>;
}

type Test = (item: TableItem) => boolean;
type Operand = (item: TableItem) => Value | undefined;

const COMPARISONS: Record<string, (order: number) => boolean> = {
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/**
 * A condition, filter or key condition, made a test of items. Knows comparisons, BETWEEN, IN, AND, OR, NOT,
 * parentheses, and the functions attribute_exists, attribute_not_exists, attribute_type, begins_with, contains, size.
 * Throws a ValidationException for what it cannot read.
 */
export function condition(text: string | undefined, placeholders: Placeholders): Test {
  if (text === undefined) return () => true;
  const parser = new Parser(text, placeholders);
  const test = parser.either();
  parser.end();
  return test;
}

/** An update of an item in place: SET (with +, -, if_not_exists, list_append), REMOVE, ADD, DELETE. */
export function update(text: string | undefined, placeholders: Placeholders): (item: TableItem) => void {
  if (text === undefined) return () => undefined;
  const parser = new Parser(text, placeholders);
  const actions = parser.actions();
  parser.end();
  return (item) => {
    // Every operand is read from the item as it was.
    const before = structuredClone(item);
    for (const act of actions) act(item, before);
  };
}

/** Names of the attributes in a projection; paths into documents are not emulated. */
export function projection(text: string | undefined, { names }: Placeholders): string[] | undefined {
  return text?.split(",").map((name) => names?.[name.trim()] ?? name.trim());
}

type Action = (item: TableItem, before: TableItem) => void;

class Parser {
  readonly #tokens: string[];
  readonly #placeholders: Placeholders;

  constructor(text: string, placeholders: Placeholders) {
    this.#tokens = text.match(/<>|<=|>=|[=<>(),+-]|[:#]?[\w.]+/g) ?? [];
    this.#placeholders = placeholders;
  }

  end(): void {
    if (this.#tokens.length > 0) invalid(`Syntax error near "${this.#tokens[0]}"`);
  }

  either(): Test {
    let test = this.#both();
    while (this.#takes("OR")) {
      const [one, other] = [test, this.#both()];
      test = (item) => one(item) || other(item);
    }
    return test;
  }

  #both(): Test {
    let test = this.#single();
    while (this.#takes("AND")) {
      const [one, other] = [test, this.#single()];
      test = (item) => one(item) && other(item);
    }
    return test;
  }

  #single(): Test {
    if (this.#takes("NOT")) {
      const test = this.#single();
      return (item) => !test(item);
    }
    if (this.#takes("(")) {
      const test = this.either();
      this.#expect(")");
      return test;
    }
    const name = this.#tokens[0]?.toLowerCase() ?? "";
    if (this.#tokens[1] === "(" && name !== "size") return this.#function(name);
    return this.#comparison();
  }

  #function(name: string): Test {
    this.#tokens.splice(0, 2);
    const operands = this.#list();
    const [first = nothing, second = nothing] = operands;
    switch (name) {
      case "attribute_exists":
        return (item) => first(item) !== undefined;
      case "attribute_not_exists":
        return (item) => first(item) === undefined;
      case "attribute_type":
        return (item) => Object.keys(first(item) ?? {})[0] === second(item)?.S;
      case "begins_with":
        return (item) => String(first(item)?.S ?? "").startsWith(String(second(item)?.S));
      case "contains":
        return (item) => contains(first(item), second(item));
      default:
        return invalid(`Invalid function name; function: ${name}`);
    }
  }

  #comparison(): Test {
    const left = this.#operand();
    const sign = this.#tokens.shift() ?? "";
    if (/^between$/i.test(sign)) {
      const low = this.#operand();
      this.#expect("AND");
      const high = this.#operand();
      return (item) => holds(">=", left(item), low(item)) && holds("<=", left(item), high(item));
    }
    if (/^in$/i.test(sign)) {
      this.#expect("(");
      const choices = this.#list();
      return (item) => choices.some((choice) => holds("=", left(item), choice(item)));
    }
    if (!(sign in COMPARISONS)) invalid(`Syntax error; operator: "${sign}"`);
    const right = this.#operand();
    return (item) => holds(sign, left(item), right(item));
  }

  /** `a, b)`: up to and with the closing parenthesis. */
  #list(): Operand[] {
    const operands = [this.#operand()];
    while (this.#takes(",")) operands.push(this.#operand());
    this.#expect(")");
    return operands;
  }

  #operand(): Operand {
    const token = this.#tokens.shift() ?? invalid("The expression ends too early");
    if (token.startsWith(":")) {
      const value = this.#placeholders.values?.[token];
      if (value === undefined)
        invalid(`An expression attribute value used in expression is not defined: ${token}`);
      return () => value;
    }
    if (token === "size" && this.#takes("(")) {
      const [of = nothing] = this.#list();
      return (item) => attributeSize(of(item));
    }
    if (/^(if_not_exists|list_append)$/.test(token) && this.#takes("(")) {
      const [one = nothing, other = nothing] = this.#list();
      return token === "if_not_exists"
        ? (item) => one(item) ?? other(item)
        : (item) => ({ L: [...attributeList(one(item)), ...attributeList(other(item))] });
    }
    const path = this.#path(token);
    return (item) => readValue(item, path);
  }

  #path(token: string): string[] {
    return token.split(".").map((name) => {
      if (!name.startsWith("#")) return name;
      return (
        this.#placeholders.names?.[name] ??
        invalid(`An expression attribute name used is not defined: ${name}`)
      );
    });
  }

  actions(): Action[] {
    const actions: Action[] = [];
    while (this.#tokens.length > 0) {
      const verb = this.#tokens.shift()?.toUpperCase() ?? "";
      do actions.push(this.#action(verb));
      while (this.#takes(","));
    }
    return actions;
  }

  #action(verb: string): Action {
    const path = this.#path(this.#tokens.shift() ?? "");
    if (verb === "REMOVE") return (item) => assign(item, path, undefined);
    if (verb === "SET") {
      this.#expect("=");
      const value = this.#sum();
      return (item, before) => assign(item, path, value(before));
    }
    const operand = this.#operand();
    const combine =
      { ADD: addValues, DELETE: removeValues }[verb] ?? invalid(`Syntax error; token: "${verb}"`);
    return (item, before) => assign(item, path, combine(readValue(before, path), operand(before) as Value));
  }

  #sum(): Operand {
    const first = this.#operand();
    const sign = ["+", "-"].find((each) => this.#takes(each));
    if (sign === undefined) return first;
    const second = this.#operand();
    const direction = sign === "+" ? 1 : -1;
    return (item) => ({
      N: String(attributeNumber(first(item)) + direction * attributeNumber(second(item))),
    });
  }

  #takes(token: string): boolean {
    if (this.#tokens[0]?.toUpperCase() !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #expect(token: string): void {
    if (!this.#takes(token))
      invalid(`Syntax error; expected "${token}" before "${this.#tokens[0] ?? "the end"}"`);
  }
}

function invalid(message: string): never {
  throw new ServiceError("ValidationException", `Invalid expression: ${message}`);
}

const nothing: Operand = () => undefined;
const attributeNumber = (value: Value | undefined): number => Number(value?.N ?? Number.NaN);
const attributeList = (value: Value | undefined): unknown[] => (value?.L as unknown[] | undefined) ?? [];

function readValue(item: TableItem, [first = "", ...rest]: string[]): Value | undefined {
  let value = item[first];
  for (const name of rest) value = (value?.M as TableItem | undefined)?.[name];
  return value;
}

function assign(item: TableItem, path: string[], value: Value | undefined): void {
  const [last = "", ...above] = [...path].reverse();
  let map = item;
  for (const name of above.reverse())
    map = (map[name]?.M as TableItem | undefined) ?? invalid("no such document path");
  if (value === undefined) delete map[last];
  else map[last] = value;
}

/** Undefined or of another type: no comparison holds but "not equal". */
function holds(sign: string, left: Value | undefined, right: Value | undefined): boolean {
  const order =
    left && right && attributeType(left) === attributeType(right) ? compare(left, right) : undefined;
  if (order === undefined) return sign === "<>";
  return COMPARISONS[sign]?.(order) ?? false;
}

const attributeType = (value: Value): string => Object.keys(value)[0] ?? "";

/** The order of two values of one type; for documents only whether they are the same. */
export function compare(left: Value, right: Value): number {
  if (left.N !== undefined) return Number(left.N) - Number(right.N);
  // By UTF-16, which is the order of UTF-8 but for characters beyond the first 65,536.
  if (left.S !== undefined) return left.S === right.S ? 0 : String(left.S) < String(right.S) ? -1 : 1;
  return JSON.stringify(left) === JSON.stringify(right) ? 0 : 1;
}

function contains(value: Value | undefined, part: Value | undefined): boolean {
  if (value?.S !== undefined) return String(value.S).includes(String(part?.S));
  const set = (value?.SS ?? value?.NS) as string[] | undefined;
  if (set) return set.includes(String(part?.S ?? part?.N));
  return attributeList(value).some((one) => JSON.stringify(one) === JSON.stringify(part));
}

function attributeSize(value: Value | undefined): Value | undefined {
  const [inner] = Object.values(value ?? {});
  if (inner === undefined) return undefined;
  if (typeof inner === "string") return { N: String(Buffer.byteLength(inner)) };
  return { N: String(Array.isArray(inner) ? inner.length : Object.keys(inner as object).length) };
}

function addValues(value: Value | undefined, more: Value): Value {
  if (more.N !== undefined) return { N: String((value ? attributeNumber(value) : 0) + Number(more.N)) };
  const kind = attributeType(more);
  return { [kind]: [...new Set([...((value?.[kind] as string[]) ?? []), ...(more[kind] as string[])])] };
}

function removeValues(value: Value | undefined, less: Value): Value | undefined {
  const kind = attributeType(less);
  const left = ((value?.[kind] as string[]) ?? []).filter((one) => !(less[kind] as string[]).includes(one));
  return left.length === 0 ? undefined : { [kind]: left };
}
