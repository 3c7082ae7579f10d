/** A resource of a CloudFormation template. */
export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
  Condition?: string;
}

export interface StackTemplate {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown }>;
}

/** What `Ref` and `Fn::GetAtt` give for a resource here. */
export interface Physical {
  ref: string;
  attributes: Record<string, string>;
}

/**
 * Reads a synthesized template: the resources of a type, with every intrinsic function in their properties
 * resolved. `physical` says what a resource is called on this machine.
 */
export class TemplateReader {
  readonly #template: StackTemplate;
  readonly #physical: (id: string, resource: Resource) => Physical;
  readonly #pseudo: Record<string, string>;
  readonly #origins: Record<string, string>;

  /** @param origins what answers here instead of an address beginning with `https://` and a name of `physical` */
  constructor(
    template: StackTemplate,
    pseudo: Record<string, string>,
    physical: (id: string, resource: Resource) => Physical,
    origins: Record<string, string> = {},
  ) {
    this.#origins = origins;
    this.#template = template;
    this.#pseudo = pseudo;
    this.#physical = physical;
  }

  /** Throws for a type that is in neither list: what is deployed must not silently be missing here. */
  refuseUnknown(known: ReadonlySet<string>): void {
    for (const [id, { Type, Condition }] of Object.entries(this.#template.Resources)) {
      if (Condition !== undefined)
        throw new Error(
          `The template's ${id} is made on the condition ${Condition}, which the local cloud does not weigh. Decide it in infra/ at synthesis, or teach local/aws/template.ts conditions.`,
        );
      if (known.has(Type)) continue;
      throw new Error(
        `The template's ${id} is a ${Type}, which the local cloud does not know. Emulate it in local/aws/cloud.ts, or add its type to WITHOUT_MEANING_HERE if nothing here depends on it.`,
      );
    }
  }

  /** The resources of a type by logical id. `Properties` is the caller's word for what CloudFormation documents. */
  all<Properties>(type: string): { id: string; ref: string; properties: Properties; resource: Resource }[] {
    return Object.entries(this.#template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({
        id,
        ref: this.#physical(id, resource).ref,
        properties: this.resolve(resource.Properties ?? {}) as Properties,
        resource,
      }));
  }

  /** The outputs whose names begin so, without that beginning. */
  outputs(beginning: string): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.#template.Outputs ?? {})
        .filter(([name]) => name.startsWith(beginning))
        .map(([name, { Value }]) => [name.slice(beginning.length), String(this.resolve(Value))]),
    );
  }

  /** A value with its intrinsic functions resolved. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only && (only[0] === "Ref" || only[0].startsWith("Fn::"))) {
      return this.#intrinsic(only[0], only[1]);
    }
    return Object.fromEntries(entries.map(([name, item]) => [name, this.resolve(item)]));
  }

  #intrinsic(name: string, argument: unknown): unknown {
    const list = () => this.resolve(argument) as unknown[];
    switch (name) {
      case "Ref":
        return this.#pseudo[argument as string] ?? this.#find(argument as string).ref;
      case "Fn::GetAtt":
        return this.#attribute(...(argument as [string, string]));
      case "Fn::Join": {
        const [separator, parts] = list() as [string, unknown[]];
        const joined = parts.join(separator);
        return this.#origins[joined] ?? joined;
      }
      case "Fn::Split": {
        const [separator, text] = list() as [string, string];
        return text.split(separator);
      }
      case "Fn::Select": {
        const [index, items] = list() as [number | string, unknown[]];
        return items[Number(index)];
      }
      case "Fn::Sub":
        return this.#substitute(argument);
      default:
        throw new Error(`The local cloud cannot resolve ${name}; add it to local/aws/template.ts`);
    }
  }

  #substitute(argument: unknown): string {
    const [text, values] = Array.isArray(argument)
      ? (argument as [string, object])
      : [argument as string, {}];
    const named = this.resolve(values) as Record<string, string>;
    return text.replace(/\$\{([^}!]+)\}/g, (_, name: string) => {
      const [id, attribute] = name.split(".") as [string, string | undefined];
      return (
        named[name] ?? this.#pseudo[name] ?? (attribute ? this.#attribute(id, attribute) : this.#find(id).ref)
      );
    });
  }

  #attribute(id: string, attribute: string): string {
    const value = this.#find(id).attributes[attribute];
    if (value === undefined)
      throw new Error(`The local cloud does not know the attribute ${attribute} of ${id}`);
    return value;
  }

  #find(id: string): Physical {
    const resource = this.#template.Resources[id];
    if (!resource) throw new Error(`The template refers to ${id}, which it does not have`);
    return this.#physical(id, resource);
  }
}
