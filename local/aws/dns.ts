import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { type Socket as Connection, createServer } from "node:net";
import { type Answer, decode, encode, type Packet } from "dns-packet";
import { listenNear } from "./listen.ts";

/** What a DNS server says of a name (RFC 1035, §4.1.1): the records that it has, that there is no such name, or nothing good. */
export type Says =
  | readonly Answer[]
  | "no-such-name"
  | "server-failure"
  | "refused"
  /** No answer at all. */
  | "silence";

/** By name in lower case. */
export type Zone = Record<string, Says>;

const CODES = { "server-failure": 2, "no-such-name": 3, refused: 5 };
/** What fits into a datagram (RFC 1035, §4.2.1); what is larger is asked for again over TCP. */
const MOST_DATAGRAM = 512;
/** Of dns-packet's flags: this is not the whole answer. */
const TRUNCATED = 1 << 9;
const LENGTH_BYTES = 2;
/** Another program may have a port's other half. */
const MOST_TRIES = 20;

/** Every domain takes mail, but those that never exist (RFC 6761, §6.4). */
const anywhere = (name: string): Says =>
  name === "invalid" || name.endsWith(".invalid")
    ? "no-such-name"
    : [{ type: "MX", name, data: { preference: 10, exchange: `mx.${name}` } }];

/** A DNS server on the loopback address, over UDP and TCP. It asks nobody else. */
export class DnsServer {
  readonly zone: Zone;
  readonly #otherwise: (name: string) => Says;
  readonly #server = createServer((connection) => this.#serve(connection));
  readonly #connections = new Set<Connection>();
  #datagrams: Socket | undefined;
  #port = 0;
  #questions = 0;

  /** `otherwise`: what it says of names that are not in the zone. */
  constructor(zone: Zone = {}, otherwise: (name: string) => Says = anywhere) {
    this.zone = zone;
    this.#otherwise = otherwise;
  }

  /** On one port for both, that is free for both. Throws when there is none among the first it tries. */
  async listen(): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      this.#datagrams = createSocket("udp4");
      this.#datagrams.on("message", (bytes, from) => this.#hear(bytes, from));
      await new Promise<void>((ready) => this.#datagrams?.bind(0, "127.0.0.1", ready));
      const { port } = this.#datagrams.address();
      this.#port = await listenNear(this.#server, port);
      if (this.#port === port) return;
      await this.close();
    }
    throw new Error("No port of 127.0.0.1 is free for UDP and TCP");
  }

  /** `address:port`, as resolvers take it. */
  address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** How many questions it has heard. */
  questions(): number {
    return this.#questions;
  }

  /** What it says of a name, without a wire. Of records, those of the type. */
  ask(name: string, type: string): Says {
    this.#questions++;
    const says = this.zone[name.toLowerCase()] ?? this.#otherwise(name.toLowerCase());
    return typeof says === "string" ? says : says.filter((answer) => answer.type === type);
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    const datagrams = this.#datagrams;
    this.#datagrams = undefined;
    if (!datagrams) return;
    await new Promise<void>((closed) => datagrams.close(() => closed()));
    await new Promise<void>((closed) => this.#server.close(() => closed()));
  }

  #hear(bytes: Buffer, { port, address }: RemoteInfo): void {
    const answer = this.#answer(bytes);
    if (!answer) return;
    const { id, questions, flags = 0 } = answer;
    const whole = encode(answer);
    const isWhole = whole.length <= MOST_DATAGRAM;
    const sent = isWhole ? whole : encode({ type: "response", id, flags: flags | TRUNCATED, questions });
    this.#datagrams?.send(sent, port, address);
  }

  /** Over TCP each message has its length before it (RFC 1035, §4.2.2). */
  #serve(connection: Connection): void {
    this.#connections.add(connection);
    connection.once("close", () => this.#connections.delete(connection));
    connection.on("error", () => connection.destroy());
    let heard = Buffer.alloc(0);
    connection.on("data", (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
      while (heard.length >= LENGTH_BYTES && heard.length >= LENGTH_BYTES + heard.readUInt16BE()) {
        const end = LENGTH_BYTES + heard.readUInt16BE();
        const answer = this.#answer(heard.subarray(LENGTH_BYTES, end));
        heard = heard.subarray(end);
        if (answer) connection.write(withLength(encode(answer)));
      }
    });
  }

  /** Undefined for what is no question, and where it says nothing. */
  #answer(bytes: Buffer): Packet | undefined {
    const asked = decodeOrNothing(bytes);
    const [question] = asked?.questions ?? [];
    if (!asked || !question) return undefined;
    const says = this.ask(question.name, question.type);
    if (says === "silence") return undefined;
    const { id, questions } = asked;
    if (typeof says === "string") return { type: "response", id, flags: CODES[says], questions };
    return { type: "response", id, flags: 0, questions, answers: [...says] };
  }
}

function decodeOrNothing(bytes: Buffer): Packet | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

function withLength(message: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}
