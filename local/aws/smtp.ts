import type { Server } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { listenNear } from "./listen.ts";
import { type ArrivingMail, NO_SUCH_MAILBOX, type Receipt } from "./ses-receipt.ts";

/** SES's inbound limit. */
const MOST_BYTES = 40 * 1024 * 1024;

/** Where a reader's mail client delivers: SES's inbound endpoint, without TLS and without sign-in. */
export class SmtpPort {
  readonly #server: SMTPServer;

  constructor(accepts: (recipient: string) => boolean, receive: (mail: ArrivingMail) => Receipt) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      size: MOST_BYTES,
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, done) => done(accepts(address) ? null : refusal(NO_SUCH_MAILBOX)),
      onData: (stream, session, done) => {
        readMail(stream, session, receive).then(
          (id) => done(null, `OK ${id}`),
          (problem: Error) => done(problem),
        );
      },
    });
    // A client that goes away in mid-sentence is its own affair.
    this.#server.on("error", () => {});
  }

  listen(port: number): Promise<number> {
    return listenNear(this.#server.server as Server, port);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

async function readMail(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  receive: (mail: ArrivingMail) => Receipt,
): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw refusal("552 5.3.4 Message size exceeds fixed limit");
  const { mailFrom, rcptTo } = session.envelope;
  const receipt = receive({
    source: mailFrom ? mailFrom.address : "",
    recipients: rcptTo.map(({ address }) => address),
    raw: Buffer.concat(chunks),
  });
  if (!receipt.accepted) throw refusal(receipt.reply);
  return receipt.messageId;
}

/** An SMTP reply as the server library wants it: the code apart from the text. */
function refusal(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}
