import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { DAY, HOUR } from "../../../functions/domain/time.ts";
import type { Happening, LeftMail, World } from "../../../local/aws/world.ts";

export const START = Date.parse("2026-03-24T09:15:00Z");

/** A small world with two mails in it, whose SMTP port keeps what it is given. */
export interface SmallWorld extends World {
  /** What was asked of it, for example `bounce 0100-1`. */
  asked: string[];
  /** Raw mails that came in through the SMTP port. */
  received: string[];
  /** A mail is left, now. */
  leave(mail: LeftMail): void;
  close(): Promise<void>;
}

export async function smallWorld(webOrigin = "http://localhost:4800"): Promise<SmallWorld> {
  let now = START;
  const asked: string[] = [];
  const received: string[] = [];
  const mails: LeftMail[] = [confirmation(START), lesson(START + HOUR, webOrigin)];
  const logs: Happening[] = [{ at: START, where: "web", text: '{"event":"signed-up"}' }];
  const smtp = await smtpPort(received);
  const note = (what: string) => async (id: string) => void asked.push(`${what} ${id}`);
  return {
    asked,
    received,
    webOrigin,
    smtpPort: smtp.port,
    now: () => now,
    mails: () => mails,
    leave: (mail) => void mails.push(mail),
    bounce: note("bounce"),
    complain: note("complain"),
    outOfOffice: note("out of office"),
    nextEventAt: () => (now < START + DAY ? START + DAY : undefined),
    advanceTo: async (moment) => {
      now = moment;
    },
    logs: () => logs,
    deadLetters: () => [],
    told: () => undefined,
    close: smtp.close,
  };
}

function confirmation(at: number): LeftMail {
  return mailOf(at, "0100-1", {
    subject: "Press the button to start",
    headers: [],
    html: '<p>Someone asked for this course at this address.</p><script>document.title="run"</script>',
  });
}

function lesson(at: number, webOrigin: string): LeftMail {
  return mailOf(at, "0100-2", {
    subject: "Where your hardest headwind can come from",
    headers: [
      `List-Unsubscribe: <${webOrigin}/unsubscribe/token>, <mailto:unsubscribe+token@learn.example.com>`,
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      "References: <first@amazonses.com>",
    ],
    html: "<p>The order was yours on Monday &amp; lost on Friday.</p>",
  });
}

function mailOf(
  at: number,
  messageId: string,
  parts: { subject: string; headers: string[]; html: string; to?: string },
): LeftMail {
  const to = parts.to ?? "reader@example.org";
  const raw = [
    'From: "Managing Up, Leading Down" <course@learn.example.com>',
    `To: ${to}`,
    "Reply-To: reply+abc@learn.example.com",
    `Subject: ${parts.subject}`,
    `Message-ID: <${messageId}@eu-central-1.amazonses.com>`,
    `Date: ${new Date(at).toUTCString()}`,
    ...parts.headers,
    "MIME-Version: 1.0",
    'Content-Type: multipart/alternative; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "In plain text.",
    "--b",
    "Content-Type: text/html; charset=utf-8",
    "",
    parts.html,
    "--b--",
    "",
  ].join("\r\n");
  return { messageId, at, from: "bounce@learn.example.com", to: [to], raw: Buffer.from(raw) };
}

async function smtpPort(received: string[]): Promise<{ port: number; close: () => Promise<void> }> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push(Buffer.concat(chunks).toString("utf8"));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}
