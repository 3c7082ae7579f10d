/*
 * What was made for one reader may be handed to another if it was made of nothing in which they differ. There is no
 * list of what that is: the maker is watched while it reads, and each thing that it looked at is a question.
 *
 *   dispatch.slug? ── lesson-4 ── enrolment.cadence.zone? ─┬─ Europe/Berlin ── …  made
 *                                                          └─ Asia/Tokyo ── …     made
 *
 * A maker that makes the same of the same asks the next question by the answers so far. So the questions are a
 * tree, and what was made stands at the end of its answers: a reader of whom all of them are true finds it there.
 */

type Path = readonly PropertyKey[];
interface Read {
  path: Path;
  answer: unknown;
}

interface Node<Made> {
  /** What is asked here; not yet known where nothing was made. */
  path?: Path;
  next: Map<unknown, Node<Made>>;
  made?: Made;
  from?: { node: Node<Made>; answer: unknown };
}

interface Shared<Given, Made> {
  /** What was made of the same. */
  find(given: Given): Made | undefined;
  /** Makes it, and keeps it for all who differ in nothing that was read. */
  make(given: Given, how: (watched: Given) => Made): Made;
}

/**
 * @param most how many are kept; the oldest goes first
 * @param same fields that hold the very same object for everybody, and never another content: not looked into
 */
export function openShared<Given extends object, Made extends object>(
  most: number,
  same: readonly (keyof Given)[],
): Shared<Given, Made> {
  const isOpen = (path: Path, value: unknown): value is object =>
    isPlain(value) && !(path.length === 1 && same.includes(path[0] as keyof Given));
  const root: Node<Made> = { next: new Map() };
  const kept: Node<Made>[] = [];

  function find(given: Given): Made | undefined {
    let node: Node<Made> | undefined = root;
    while (node?.path && !node.made) node = node.next.get(findAnswer(given, node.path));
    return node?.made;
  }

  function findAnswer(given: Given, path: Path): unknown {
    let value: unknown = given;
    for (const key of path) value = key === KEYS ? listKeys(value as object) : (value as Fields)[key];
    return readAnswer(value, isOpen(path, value));
  }

  function keep(reads: readonly Read[], made: Made): void {
    let node = root;
    for (const { path, answer } of reads) {
      node.path ??= path;
      // Who asks otherwise after the same answers goes by something that they were not given.
      if (!isSame(node.path, path)) return;
      const from = { node, answer };
      node = node.next.get(answer) ?? { next: new Map(), from };
      from.node.next.set(answer, node);
    }
    node.made = made;
    if (kept.push(node) > most) forget(kept.shift() as Node<Made>);
  }

  return {
    find,
    make(given, how) {
      const { watched, reads } = watch(given, isOpen);
      const made = how(watched);
      keep(reads, made);
      return made;
    },
  };
}

type Fields = Record<PropertyKey, unknown>;

/** Stands in a path for the question which fields there are. */
const KEYS = Symbol("which fields");
const LIST = Symbol("a list");
const RECORD = Symbol("a record");

const listKeys = (target: object): string => JSON.stringify(Reflect.ownKeys(target).map(String));

/** Of what can be looked into, the answer is only what it is; anything else is the same if it is the very same. */
const readAnswer = (value: unknown, isOpen: boolean): unknown =>
  isOpen ? (Array.isArray(value) ? LIST : RECORD) : value;

/** A list or a record of the language's own: all that can be seen of it, a proxy sees. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const kind = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === Array.prototype;
}

const isSame = (one: Path, other: Path): boolean =>
  one.length === other.length && one.every((key, place) => key === other[place]);

function forget<Made>(leaf: Node<Made>): void {
  leaf.made = undefined;
  for (let node = leaf; node.from && node.next.size === 0; node = node.from.node)
    node.from.node.next.delete(node.from.answer);
}

/** The same, but whatever is looked at in it is written down, once, in the order of looking. */
function watch<Given extends object>(given: Given, isOpen: (path: Path, value: unknown) => value is object) {
  const reads: Read[] = [];
  const open = <Target extends object>(target: Target, at: Path): Target => {
    const seen = new Map<PropertyKey, unknown>();
    const look = (key: PropertyKey, value: unknown): unknown => {
      if (seen.has(key)) return seen.get(key);
      const path = [...at, key];
      const opens = isOpen(path, value);
      reads.push({ path, answer: readAnswer(value, opens) });
      seen.set(key, opens ? open(value, path) : value);
      return seen.get(key);
    };
    const lookAtKeys = () => look(KEYS, listKeys(target));
    return new Proxy(target, {
      get: (_, key) => look(key, (target as Fields)[key]),
      has(_, key) {
        lookAtKeys();
        return key in target;
      },
      ownKeys() {
        lookAtKeys();
        return Reflect.ownKeys(target);
      },
      getOwnPropertyDescriptor(_, key) {
        lookAtKeys();
        const found = Reflect.getOwnPropertyDescriptor(target, key);
        if (!found) return undefined;
        const { configurable, enumerable } = found;
        return { configurable, enumerable, writable: true, value: look(key, (target as Fields)[key]) };
      },
    });
  };
  return { watched: open(given, []), reads };
}
