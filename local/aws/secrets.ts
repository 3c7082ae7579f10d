import { randomInt } from "node:crypto";
import { ServiceError, type WireRequest, type WireResponse, type WireService } from "./request.ts";
import { Snapshot } from "./snapshot.ts";

/** `GenerateSecretString` of `AWS::SecretsManager::Secret`. */
export interface GenerateSecretString {
  PasswordLength?: number;
  ExcludeCharacters?: string;
  ExcludeLowercase?: boolean;
  ExcludeNumbers?: boolean;
  ExcludePunctuation?: boolean;
  ExcludeUppercase?: boolean;
  IncludeSpace?: boolean;
  RequireEachIncludedType?: boolean;
  SecretStringTemplate?: string;
  GenerateStringKey?: string;
}

/** A random whole number from 0, below the given one. */
export type Pick = (below: number) => number;

/** Secrets Manager: values by ARN or name. Generated ones are really random, and kept at once if there is a folder. */
export class Secrets implements WireService {
  readonly #values: Map<string, string>;
  readonly #snapshot: Snapshot<Record<string, string>>;
  readonly #pick: Pick;

  constructor(options: { folder?: string; pick?: Pick } = {}) {
    this.#pick = options.pick ?? ((below) => randomInt(below));
    this.#snapshot = new Snapshot(options.folder, "secrets");
    this.#values = new Map(Object.entries(this.#snapshot.read() ?? {}));
  }

  /** Makes the secret unless an earlier run did; as in the cloud, an edited rule does not change a made value. */
  create(arn: string, from: { SecretString?: string; GenerateSecretString?: GenerateSecretString }): void {
    if (this.#values.has(arn)) return;
    this.put(arn, from.SecretString ?? generate(from.GenerateSecretString ?? {}, this.#pick));
  }

  put(arn: string, value: string): void {
    this.#values.set(arn, value);
    this.#snapshot.write(Object.fromEntries(this.#values));
  }

  value(arn: string): string | undefined {
    return this.#values.get(arn);
  }

  handle(request: WireRequest): WireResponse {
    if (request.action !== "GetSecretValue" && request.action !== "PutSecretValue")
      throw new ServiceError("InvalidRequestException", `${request.action} is not emulated`);
    const asked = JSON.parse(request.body.toString()) as { SecretId: string; SecretString?: string };
    const { SecretId } = asked;
    const found = [...this.#values].find(([arn]) => arn === SecretId || secretName(arn) === SecretId);
    if (found === undefined)
      throw new ServiceError(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret.",
        400,
      );
    const [ARN, current] = found;
    const isPut = request.action === "PutSecretValue";
    if (isPut) this.put(ARN, asked.SecretString ?? "");
    const answer = {
      ARN,
      Name: secretName(ARN),
      ...(!isPut && { SecretString: current }),
      VersionId: "local",
      VersionStages: ["AWSCURRENT"],
    };
    return {
      status: 200,
      headers: { "content-type": "application/x-amz-json-1.1" },
      body: JSON.stringify(answer),
    };
  }
}

/** An ARN ends in the name, a hyphen and six letters. */
const secretName = (arn: string): string =>
  arn
    .split(":")
    .at(-1)
    ?.replace(/-\w{6}$/, "") ?? arn;

const KINDS = [
  { unless: "ExcludeLowercase", letters: "abcdefghijklmnopqrstuvwxyz" },
  { unless: "ExcludeUppercase", letters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { unless: "ExcludeNumbers", letters: "0123456789" },
  { unless: "ExcludePunctuation", letters: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" },
] as const;

/** A random value by the rules of GetRandomPassword; inside a JSON template if there is one. */
export function generate(rule: GenerateSecretString, pick: Pick = (below) => randomInt(below)): string {
  const password = randomPassword(rule, pick);
  if (rule.SecretStringTemplate === undefined || rule.GenerateStringKey === undefined) return password;
  const template = JSON.parse(rule.SecretStringTemplate) as Record<string, unknown>;
  return JSON.stringify({ ...template, [rule.GenerateStringKey]: password });
}

function randomPassword(rule: GenerateSecretString, pick: Pick): string {
  const excluded = new Set(rule.ExcludeCharacters ?? "");
  const kinds = KINDS.filter(({ unless }) => !rule[unless])
    .map(({ letters }) => [...letters].filter((letter) => !excluded.has(letter)))
    .concat(rule.IncludeSpace ? [[" "]] : [])
    .filter((kind) => kind.length > 0);
  const letters = kinds.flat();
  const each = rule.RequireEachIncludedType ?? true;
  for (;;) {
    const password = Array.from(
      { length: rule.PasswordLength ?? 32 },
      () => letters[pick(letters.length)] ?? "",
    );
    if (!each || kinds.every((kind) => password.some((letter) => kind.includes(letter))))
      return password.join("");
  }
}
