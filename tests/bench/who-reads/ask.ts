import { Agent, request } from "node:http";
import { createTransport } from "nodemailer";
import type { Seen } from "./classifier.ts";

/** A program of its own, so that what answers does not hold up the stop-watch: questions come on stdin, what was seen goes to stdout. */
export interface Questions {
  smtpPort: number;
  /** On their way at the same time. */
  pairsSideBySide: number;
  pairs: [Ask, Ask][];
}
/** In the order in which they were asked. */
export type AnswersToPair = [Seen, Seen];
export type Ask = { form: FormAsk } | { mailTo: string };
export interface FormAsk {
  origin: string;
  path: string;
  fields: Record<string, string>;
  /** Whom it seems to come from: each asks from a network of its own, which has used up nothing. */
  ip: string;
}

/** What is random in every answer: nonces, and signed tokens with the moment in them. */
const RANDOM = [/nonce(-|=")[a-z2-7]+/g, /[\w-]{60,}/g];
const withoutRandom = (text: string): string =>
  RANDOM.reduce((rest, pattern) => rest.replaceAll(pattern, "RANDOM"), text);

const agent = new Agent({ keepAlive: true });

function sendForm({ origin, path, fields, ip }: FormAsk): Promise<Seen> {
  const body = new URLSearchParams(fields).toString();
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
    "x-forwarded-for": ip,
  };
  return new Promise((done, fail) => {
    const began = performance.now();
    const asked = request(`${origin}${path}`, { method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const ms = performance.now() - began;
        const { date: _, ...others } = response.headers;
        const whole = Buffer.concat(chunks);
        const shown = [response.statusCode, others, whole.length, whole.toString()];
        const text = withoutRandom(JSON.stringify(shown));
        done({ ms, shown: fields.email ? text.replaceAll(fields.email, "ADDRESS") : text });
      });
    });
    asked.on("error", fail);
    asked.end(body);
  });
}

/** What the mail server answers to a mail that it has taken, or has not. */
function openPost(port: number) {
  const transport = createTransport({ host: "127.0.0.1", port, ignoreTLS: true, pool: true });
  const from = "somebody@elsewhere.example";
  const raw = `From: ${from}\r\nSubject: leave\r\n\r\nleave\r\n`;
  return {
    async mail(to: string): Promise<Seen> {
      const began = performance.now();
      const answer = await transport.sendMail({ envelope: { from, to }, raw }).then(
        ({ response }) => response,
        (error: Error) => error.message,
      );
      return { ms: performance.now() - began, shown: withoutRandom(answer) };
    },
    close: () => transport.close(),
  };
}

async function readStdin(): Promise<Questions> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Questions;
}

async function main(): Promise<void> {
  const { smtpPort, pairsSideBySide, pairs } = await readStdin();
  const post = openPost(smtpPort);
  const askOne = (ask: Ask) => ("form" in ask ? sendForm(ask.form) : post.mail(ask.mailTo));
  const seen: AnswersToPair[] = [];
  let next = 0;
  const worker = async () => {
    for (let place = next++; place < pairs.length; place = next++) {
      const [one, other] = pairs[place] as [Ask, Ask];
      // At the same moment: what holds up one of them holds up the other.
      seen[place] = await Promise.all([askOne(one), askOne(other)]);
    }
  };
  await Promise.all(Array.from({ length: pairsSideBySide }, worker));
  process.stdout.write(JSON.stringify(seen));
  agent.destroy();
  post.close();
}

if (process.argv[1] === import.meta.filename) await main();
