import { EventEmitter } from "node:events";
import { Readable } from "node:stream";
import type { RawRequest } from "../aws/endpoint.ts";
import type { WireResponse } from "../aws/request.ts";

/** Takes a request that a function has spoken to its end; the answer comes when it comes, or never. */
export type Carry = (request: RawRequest, answer: (response: WireResponse) => void) => void;

/** Sets a timer of the function's; returns what cancels it. */
export type After = (ms: number, run: () => void) => () => void;

interface Options {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
}

/** As much of Node's `http` as the AWS SDK uses, over a wire that is in this thread. */
export function httpOver(carry: Carry, after: After) {
  class Agent {
    destroy(): void {}
  }
  const request = (options: Options, answered?: (response: Response) => void) =>
    new Request(options, answered, carry, after);
  return { Agent, request };
}

class Socket extends EventEmitter {
  readonly connecting = false;
  readonly #after: After;
  #cancel: (() => void) | undefined;

  constructor(after: After) {
    super();
    this.#after = after;
  }

  setKeepAlive(): this {
    return this;
  }

  /** Calls back when nothing came for this long. Here something comes once: the whole answer. */
  setTimeout(ms: number, silent?: () => void): this {
    if (silent) this.on("timeout", silent);
    this.#cancel?.();
    this.#cancel = ms > 0 ? this.#after(ms, () => this.emit("timeout")) : undefined;
    return this;
  }

  destroy(): this {
    this.#cancel?.();
    return this;
  }
}

/** Not a stream of Node's: the SDK speaks each of its requests in one piece, and there are hundreds of thousands. */
class Request extends EventEmitter {
  readonly socket: Socket;
  readonly #options: Options;
  readonly #chunks: Buffer[] = [];
  readonly #carry: Carry;
  #isDestroyed = false;

  constructor(
    options: Options,
    answered: ((response: Response) => void) | undefined,
    carry: Carry,
    after: After,
  ) {
    super();
    this.#options = options;
    this.#carry = carry;
    this.socket = new Socket(after);
    if (answered) this.once("response", answered);
  }

  write(chunk: Buffer | string): boolean {
    this.#chunks.push(Buffer.from(chunk as string));
    return true;
  }

  end(chunk?: Buffer | string): this {
    if (chunk !== undefined) this.write(chunk);
    const { method = "GET", path: url = "/", headers: given = {} } = this.#options;
    const headers: Record<string, string> = {};
    for (const name in given) headers[name.toLowerCase()] = given[name] as string;
    const body = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    this.#carry({ method, url, headers, body }, (answer) => this.#hear(answer));
    return this;
  }

  destroy(error?: Error): this {
    if (this.#isDestroyed) return this;
    this.#isDestroyed = true;
    this.socket.destroy();
    if (error) this.emit("error", error);
    this.emit("close");
    return this;
  }

  #hear(answer: WireResponse): void {
    if (this.#isDestroyed || answer.lost === "silence") return;
    this.socket.destroy();
    if (answer.lost === "reset") {
      this.destroy(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
      return;
    }
    this.emit("response", new Response(answer));
    this.emit("close");
  }
}

/** An answer in one piece. The SDK pipes it into a stream of its own, which then need not turn with the event loop. */
class Response extends Readable {
  readonly statusCode: number;
  readonly statusMessage = "";
  readonly headers: Record<string, string>;
  readonly complete = true;
  readonly #body: Buffer;

  constructor({ status, headers, body = "" }: WireResponse) {
    super();
    this.statusCode = status;
    this.#body = Buffer.from(body as string);
    this.headers = { "content-length": String(this.#body.length), ...headers };
  }

  override _read(): void {
    this.push(this.#body);
    this.push(null);
  }

  override pipe<Into extends NodeJS.WritableStream>(into: Into): Into {
    into.end(this.#body);
    return into;
  }
}
