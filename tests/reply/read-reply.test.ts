import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAnswerable } from "../../functions/domain/replies/reply.ts";
import { OperationalError } from "../../functions/errors.ts";
import { parseInbound } from "../../functions/mail/inbound/inbound.ts";
import { type Circumstances, readReply } from "../../functions/reply/read-reply.ts";
import { PASS } from "../support/verdicts.ts";
import { english } from "../support/words.ts";

const CIRCUMSTANCES: Circumstances = {
  sent: { addresses: ["@in.course.example"], name: "A course", subject: "One", text: "All about one." },
  received: { receivedAt: Date.UTC(2026, 10, 24), zone: "Europe/Berlin" },
  source: "jane@acme.example",
  isFromSubscriber: true,
  isFromSubscribersDomain: true,
  isByToken: true,
  commands: english.commands,
  grave: { says: [], unless: [] },
  asksForRating: true,
  mailDomain: "in.course.example",
  verdicts: PASS,
};

/** Pieces of which mails are made, and what breaks them. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      "\r\n",
      "\r\n\r\n",
      "--b\r\n",
      "--b--",
      "> ",
      "-- \r\n",
      "=\r\n",
      "\u0000",
      "\ufeff",
      "<blockquote>",
      "<td ",
    ],
    ...[
      "From: jane@acme.example\r\n",
      "From: a@b, c@d\r\n",
      "Subject: =?utf-8?b?/w==?=\r\n",
      "Message-ID: <\r\n",
    ],
    ...["Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: text/html; charset=x-none\r\n"],
    ...["Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n"],
    ...["Content-Type: multipart/report\r\n", "Content-Type: text/plain; format=flowed; delsp=yes\r\n"],
    ...[
      "On 24 Nov 2026 A course <a@in.course.example> wrote:\r\n",
      "I am out of office until 30 November.\r\n",
    ],
    ...["pause 3 weeks\r\n", "stop", "4", "Is it?\r\n", "A line of a reflection of many words and more.\r\n"],
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
);
const mail = (first: string) =>
  fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(first + pieces.join(""), "utf8"));

async function reading(raw: Uint8Array) {
  try {
    return readReply(await parseInbound(raw), CIRCUMSTANCES);
  } catch (error) {
    expect(error).toBeInstanceOf(OperationalError);
    return undefined;
  }
}

describe("any mail at all", () => {
  it("is read without an exception, and the same way each time", async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(mail(""), async (raw) => {
        const once = await reading(raw);
        expect(await reading(raw)).toEqual(once);
        const own = (once?.words?.text ?? "").split("\n").filter((line) => line !== "");
        // A line of theirs may be the beginning of one that ends as an attribution.
        const body = once?.words?.body ?? "";
        let from = 0;
        for (const line of own) {
          const at = body.indexOf(line, from);
          expect(at, `"${line}" stands in the body, after what was kept before it`).not.toBe(-1);
          from = at + line.length;
        }
        if (once) read++;
      }),
      { numRuns: 300 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it("that a machine marked is never answered nor obeyed, whatever else it holds", async () => {
    const marks = fc.constantFrom(
      "Auto-Submitted: auto-replied",
      "Preference: auto_reply",
      "X-Autoreply: yes",
    );
    await fc.assert(
      fc.asyncProperty(
        marks.chain((mark) => mail(`${mark}\r\n`)),
        async (raw) => {
          const kind = (await reading(raw))?.classification.kind ?? "unparsed";
          expect(isAnswerable(kind) || kind === "command" || kind === "unsubscribe").toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("control: without the mark, some are", async () => {
    const kinds = new Set<string | undefined>();
    for (const raw of fc.sample(mail("From: jane@acme.example\r\n\r\n"), { numRuns: 200, seed: 1 }))
      kinds.add((await reading(raw))?.classification.kind);
    expect([...kinds]).toEqual(expect.arrayContaining(["question", "very-short"]));
  });
});
