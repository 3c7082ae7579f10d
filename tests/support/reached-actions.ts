import { join } from "node:path";
import { build } from "esbuild";
import { parseAst } from "vite";
import { ROOT } from "../../cli/root.ts";

/**
 * Which actions of AWS a function can come to ask for, read from its code: from its handler on, by the names it refers to
 * and the methods of ports that it names, down to the commands of the SDK. A port is whatever is opened by the adapter's
 * `open…`; its methods count one by one, so that what nobody calls asks for nothing. What may be called counts as called.
 */

/** What a factory's methods are called by; those that `openStore` opens are the store's topics, parts of one object. */
const PORTS: Record<string, string> = {
  openTableReads: "table",
  openTableWrites: "table",
  openVersionedItems: "items",
  openBroadcasts: "broadcasts",
  openBatches: "broadcasts",
  openInbox: "inbox",
  openMailer: "mailer",
  openNudge: "nudge",
  openErrands: "errands",
  openWritten: "written",
  openKeyring: "keyring",
  openAlarms: "alarms",
  openIncidents: "kept",
  openSurvey: "survey",
  openReportMails: "reports",
  openTopic: "topic",
  openOutbox: "outbox",
  openBus: "bus",
  openWebhookCaller: "caller",
  openPutsoff: "services",
  openDeadLetters: "deadLetters",
};
const STORE = "store";
const PORT_NAMES = new Set([...Object.values(PORTS), STORE]);

/** The service of each package of the SDK, as its actions name it. */
const SERVICES: Record<string, string> = {
  "@aws-sdk/client-dynamodb": "dynamodb",
  "@aws-sdk/lib-dynamodb": "dynamodb",
  "@aws-sdk/client-s3": "s3",
  "@aws-sdk/client-ses": "ses",
  "@aws-sdk/client-sns": "sns",
  "@aws-sdk/client-eventbridge": "events",
  "@aws-sdk/client-sqs": "sqs",
  "@aws-sdk/client-secrets-manager": "secretsmanager",
};
/** Actions that are not called as their command is, and one that S3 asks for besides, to tell a missing key. */
const OTHERWISE: Record<string, string[]> = {
  "s3:DeleteObjects": ["s3:DeleteObject"],
  "s3:GetObject": ["s3:GetObject", "s3:ListBucket"],
};

/** As much of ESTree as is looked at here. */
interface Node {
  type: string;
  name?: string;
  id?: Node;
  key?: Node;
  value?: Node;
  init?: Node;
  body?: Node | Node[];
  argument?: Node;
  object?: Node;
  property?: Node;
  callee?: Node;
  computed?: boolean;
  properties?: Node[];
  declarations?: Node[];
  specifiers?: { local: Node; imported?: Node }[];
  source?: { value: string };
}

type Change = (path: string, source: string) => string;

/** The function's own code as one script; what comes from packages is left outside. @param change edits a source first */
async function bundled(entry: string, change?: Change): Promise<string> {
  const changing = {
    name: "changing",
    setup: ({
      onLoad,
    }: {
      onLoad: (filter: { filter: RegExp }, load: (file: { path: string }) => Promise<unknown>) => void;
    }) =>
      onLoad({ filter: /functions[\\/].*\.ts$/ }, async ({ path }) => {
        const { readFile } = await import("node:fs/promises");
        const source = await readFile(path, "utf8");
        return { contents: change?.(path.replaceAll("\\", "/"), source) ?? source, loader: "ts" };
      }),
  };
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    packages: "external",
    external: ["coursepost:content"],
    logLevel: "silent",
    plugins: [changing as never],
  });
  return outputFiles[0]?.text ?? "";
}

/** What is declared where, to be looked up by name. */
interface Code {
  /** Declarations of the script, by name. */
  top: Map<string, Node>;
  /** Of the methods of ports: `table.get`. */
  methods: Map<string, { node: Node; factory: string }>;
  /** Functions inside a factory: `openHolders/save`. */
  locals: Map<string, Node>;
  /** The port that each factory opens. */
  ports: Map<string, string>;
  /** Commands of the SDK by the name they have here: `dynamodb:GetItem`. */
  commands: Map<string, string>;
}

/** @returns actions, those on an index marked as such, sorted */
export async function reachedActions(entry: string, change?: Change): Promise<string[]> {
  const code = readCode(parseAst(await bundled(entry, change)) as unknown as { body: Node[] });
  const actions = new Set<string>();
  const seen = new Set<Node>();
  const visit = (node: Node, factory: string): void => {
    if (seen.has(node)) return;
    seen.add(node);
    walk(node, (found, ownNames) => {
      if (found !== node && isHeldBack(found, code)) return false;
      for (const next of refersTo(found, factory, ownNames, code)) visit(next.node, next.factory);
      for (const action of asksFor(found, code)) actions.add(action);
      return true;
    });
  };
  const handler = code.top.get("handler");
  if (!handler) throw new Error(`${entry} has no handler`);
  visit(handler, "");
  return [...actions].sort();
}

function readCode({ body }: { body: Node[] }): Code {
  const code: Code = {
    ...{ top: new Map(), methods: new Map(), locals: new Map(), ports: new Map(), commands: new Map() },
  };
  for (const statement of body) {
    if (statement.type === "ImportDeclaration") readImports(statement, code);
    for (const [name, node] of declared(statement)) code.top.set(name, node);
  }
  for (const name of code.top.keys()) {
    const port = PORTS[plainName(name)];
    if (port) code.ports.set(name, port);
  }
  for (const name of listTopics(code)) code.ports.set(name, STORE);
  for (const [factory, port] of code.ports) readFactory(factory, port, code.top.get(factory) as Node, code);
  return code;
}

/** What `openStore` opens. */
function listTopics({ top }: Code): string[] {
  const openStore = top.get("openStore");
  if (!openStore) throw new Error("The bundle has no openStore: name here what puts the store together");
  const topics: string[] = [];
  walk(openStore, ({ type, name }) => {
    if (type === "Identifier" && name && /^open[A-Z]/.test(name)) topics.push(name);
    return true;
  });
  return topics;
}

function readImports({ source, specifiers = [] }: Node, { commands }: Code): void {
  const service = SERVICES[source?.value ?? ""];
  for (const { local, imported } of specifiers) {
    const [, action] = /^(\w+)Command$/.exec(imported?.name ?? "") ?? [];
    if (service && action && local.name) commands.set(local.name, `${service}:${action}`);
  }
}

/** The names that a statement declares, and what each stands for. */
function declared(statement: Node): [string, Node][] {
  if (statement.type === "FunctionDeclaration" && statement.id?.name) return [[statement.id.name, statement]];
  return (statement.declarations ?? []).flatMap(({ id, init }) =>
    id?.name && init ? [[id.name, init] as [string, Node]] : [],
  );
}

/** A factory's inner functions, and the methods of what it returns. One that returns a function has one method, called by its port's name. */
function readFactory(factory: string, port: string, node: Node, code: Code): void {
  const block = (node.body as Node).body as Node[];
  for (const statement of block) {
    for (const [name, local] of declared(statement))
      if (isFunction(local)) code.locals.set(`${factory}/${name}`, local);
    if (statement.type !== "ReturnStatement" || !statement.argument) continue;
    if (isFunction(statement.argument)) code.methods.set(`${port}.`, { node: statement.argument, factory });
    for (const { key, value } of statement.argument.properties ?? [])
      if (key?.name && value) code.methods.set(`${port}.${key.name}`, { node: value, factory });
  }
}

const isFunction = ({ type }: Node): boolean => /Function/.test(type);

/** Inside a factory its methods and inner functions wait until somebody refers to them. */
function isHeldBack(node: Node, { methods, locals }: Code): boolean {
  return [...methods.values()].some((method) => method.node === node) || [...locals.values()].includes(node);
}

interface Place {
  node: Node;
  factory: string;
}

/** Where a name or the method of a port leads to. @param ownNames of the function around it, which are nobody else's */
function refersTo(node: Node, factory: string, ownNames: ReadonlySet<string>, code: Code): Place[] {
  if (node.type === "Identifier") return namedPlaces(node.name ?? "", factory, ownNames, code);
  if (node.type === "MemberExpression") return methodsOf(node.object, [node.property], code);
  if (node.type === "VariableDeclarator" && node.id?.properties) {
    const taken = node.id.properties.map(({ key }) => key);
    return methodsOf(node.init, taken, code);
  }
  return [];
}

function namedPlaces(name: string, factory: string, ownNames: ReadonlySet<string>, code: Code): Place[] {
  // A port that is a function is called by the name that it was handed over by.
  const called = code.methods.get(`${plainName(name)}.`);
  if (called) return [called];
  if (ownNames.has(name)) return [];
  const local = code.locals.get(`${factory}/${name}`);
  if (local) return [{ node: local, factory }];
  const top = code.top.get(name);
  return top ? [{ node: top, factory: code.ports.has(name) ? name : "" }] : [];
}

/** Without the number by which the bundler tells namesakes apart. */
const plainName = (name: string): string => name.replace(/\d+$/, "");

/** `services.store.count`, `store.count`, and `openTable(…).get`. */
function methodsOf(
  receiver: Node | undefined,
  names: (Node | undefined)[],
  { methods, ports }: Code,
): Place[] {
  const opened = receiver?.type === "CallExpression" ? ports.get(receiver.callee?.name ?? "") : undefined;
  const last = receiver?.type === "MemberExpression" ? receiver.property?.name : receiver?.name;
  const port = opened ?? plainName(last ?? "");
  if (!PORT_NAMES.has(port)) return [];
  return names.flatMap((name) => methods.get(`${port}.${name?.name}`) ?? []);
}

function asksFor(node: Node, { commands }: Code): string[] {
  if (node.type !== "NewExpression") return [];
  const action = commands.get(node.callee?.name ?? "");
  if (action === undefined) return [];
  let isOnIndex = false;
  walk(node, ({ type, key }) => {
    isOnIndex ||= type === "Property" && key?.name === "IndexName";
    return true;
  });
  return (OTHERWISE[action] ?? [action]).map((one) => (isOnIndex ? `${one} on an index` : one));
}

type Look = (node: Node, ownNames: ReadonlySet<string>) => boolean;

/** Goes through a tree, by what is referred to: a name that is only given there leads nowhere. @param look false keeps it from going deeper */
function walk(node: Node, look: Look, ownNames: ReadonlySet<string> = new Set()): void {
  if (!look(node, ownNames)) return;
  const inside = isFunction(node) ? new Set([...ownNames, ...givenNames(node)]) : ownNames;
  for (const [part, child] of childrenOf(node)) {
    if (isGivenName(node, part, child)) continue;
    // A pattern gives names; what it falls back on is referred to.
    const reached = PATTERNS.has(child.type) ? fallbacksOf(child) : [child];
    for (const one of reached) walk(one, look, inside);
  }
}

const childrenOf = (node: Node): [string, Node][] =>
  Object.entries(node).flatMap(([part, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((child) => typeof child === "object" && child !== null && "type" in child)
      .map((child) => [part, child] as [string, Node]),
  );

const PATTERNS: ReadonlySet<string> = new Set([
  "ObjectPattern",
  "ArrayPattern",
  "AssignmentPattern",
  "RestElement",
]);

function fallbacksOf(pattern: Node): Node[] {
  return childrenOf(pattern).flatMap(([part, child]) => {
    if (pattern.type === "AssignmentPattern" && part === "right") return [child];
    return child.type === "Property" || PATTERNS.has(child.type) ? fallbacksOf(child) : [];
  });
}

const isGivenName = ({ computed }: Node, part: string, child: Node): boolean =>
  (["key", "property"].includes(part) && !computed) ||
  (["id", "params", "label"].includes(part) && child.type === "Identifier");

/** What a function names itself: its parameters and what it declares, not what functions inside it do. */
function givenNames(node: Node): string[] {
  const names: string[] = [];
  const look = (child: Node, isPattern: boolean): void => {
    if (child.type === "Identifier") {
      if (isPattern && child.name) names.push(child.name);
      return;
    }
    if (child !== node && isFunction(child)) {
      if (child.type === "FunctionDeclaration" && child.id?.name) names.push(child.id.name);
      return;
    }
    for (const [part, next] of childrenOf(child)) {
      const begins =
        (child === node && part === "params") || (child.type === "VariableDeclarator" && part === "id");
      const goesOn = isPattern && part !== "key" && !(child.type === "AssignmentPattern" && part === "right");
      look(next, begins || goesOn);
    }
  };
  look(node, false);
  return names;
}
