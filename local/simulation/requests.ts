import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import type { RawRequest, WireResponse } from "../wire.ts";

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
  const request = (options: Options, answered?: (response: Readable) => void) =>
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

  /** Calls back when so long nothing came. Here something comes once: the whole answer. */
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

class Request extends Writable {
  readonly socket: Socket;
  readonly #options: Options;
  readonly #chunks: Buffer[] = [];
  readonly #gone = new AbortController();
  readonly #carry: Carry;

  constructor(
    options: Options,
    answered: ((response: Readable) => void) | undefined,
    carry: Carry,
    after: After,
  ) {
    // It lives on until its answer has come.
    super({ autoDestroy: false });
    this.#options = options;
    this.#carry = carry;
    this.socket = new Socket(after);
    if (answered) this.once("response", answered);
  }

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.#chunks.push(Buffer.from(chunk));
    done();
  }

  override _final(done: () => void): void {
    const { method = "GET", path: url = "/", headers: given = {} } = this.#options;
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const body = Buffer.concat(this.#chunks);
    this.#carry({ method, url, headers, body, gone: this.#gone.signal }, (answer) => this.#hear(answer));
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.destroy();
    this.#gone.abort();
    done(error);
  }

  #hear(answer: WireResponse): void {
    if (this.destroyed || answer.lost === "silence") return;
    this.socket.destroy();
    if (answer.lost === "reset") {
      this.destroy(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
      return;
    }
    const body = Buffer.from((answer.body ?? "") as string);
    const headers = { "content-length": String(body.length), ...answer.headers };
    const response = Object.assign(Readable.from(body.length > 0 ? [body] : [], { objectMode: false }), {
      statusCode: answer.status,
      statusMessage: "",
      headers,
      complete: true,
    });
    this.emit("response", response);
    this.emit("close");
  }
}
