import { createTransport, type SendMailOptions } from "nodemailer";
import { inZone } from "../../cli/time-in-words.ts";
import type { Letter } from "./letter.ts";

/** What a mail program would send when its user answers a letter. */
export interface OutgoingReply {
  mail: SendMailOptions;
  /** With angle brackets. */
  messageId: string;
}

/** Quoting more than this much of a letter is no use to anybody. */
const MOST_QUOTED_LINES = 400;

/**
 * The answer to a letter, in the reader's words: to Reply-To, threaded as RFC 5322 §3.6.4 asks, the letter quoted
 * below as common mail programs do. `now` is virtual time (epoch ms) and becomes the Date header.
 */
export function makeAnswer(letter: Letter, words: string, now: number): OutgoingReply {
  const messageId = `<${now.toString(36)}.${letter.id.slice(-12)}@${letter.mailbox.split("@")[1] ?? "localhost"}>`;
  return {
    messageId,
    mail: {
      from: { name: letter.to.name, address: letter.mailbox },
      to: { name: letter.replyTo.name, address: letter.replyTo.address },
      subject: /^re:/i.test(letter.subject) ? letter.subject : `Re: ${letter.subject}`,
      messageId,
      inReplyTo: letter.messageId,
      references: [...letter.references, letter.messageId],
      date: new Date(now),
      text: `${words.trimEnd()}\r\n\r\n${quoteLetter(letter)}\r\n`,
      envelope: { from: letter.mailbox, to: [letter.replyTo.address] },
    },
  };
}

/**
 * What a mail program answers by itself while its user is away (RFC 3834), naming the last day. Exchange and Gmail send
 * it to Reply-To, and so does this.
 */
export function makeAbsenceNote(letter: Letter, lastDay: number, now: number): SendMailOptions {
  const day = inZone(lastDay, "UTC").split(",")[0];
  const { mail } = makeAnswer(letter, "", now);
  return {
    ...mail,
    subject: `Automatic reply: ${letter.subject}`,
    text: `Thank you for your message. I am out of the office until ${day} and will read it then.\r\n`,
    headers: { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" },
  };
}

/** Hands a mail to the local SMTP port, as a mail program would. Throws what the port answered if it refused. */
export async function sendBySmtp(smtpPort: number, mail: SendMailOptions): Promise<void> {
  const transport = createTransport({ host: "127.0.0.1", port: smtpPort, secure: false, ignoreTLS: true });
  try {
    await transport.sendMail(mail);
  } finally {
    transport.close();
  }
}

function quoteLetter(letter: Letter): string {
  const who = letter.from.name ? `${letter.from.name} <${letter.from.address}>` : letter.from.address;
  const lines = letter.text.trimEnd().split(/\r?\n/).slice(0, MOST_QUOTED_LINES);
  return [`On ${inZone(letter.at, "UTC")}, ${who} wrote:`, "", ...lines.map((line) => `> ${line}`)].join(
    "\r\n",
  );
}
