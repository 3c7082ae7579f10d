import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { OperationalError } from "../../../functions/errors.ts";
import { parseInbound } from "../../../functions/mail/inbound/inbound.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text.replace(/\n/g, "\r\n"), "latin1");
const parse = (text: string) => parseInbound(bytes(text));
const unreadable = { code: "mail-unreadable", retry: "never" };

const REPLY = `From: =?utf-8?q?J=C3=A4ne_Doe?= <Jane@acme.example>
To: reply+token@in.course.example
Subject: =?utf-8?b?UmU6IEJyw7xja2U=?=
Message-ID: <one@acme.example>
In-Reply-To: <0100-a@email.amazonses.com>
References: <0@x.example>
 <0100-a@email.amazonses.com>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Gr=C3=BC=C3=9Fe
--c
Content-Type: text/html; charset=utf-8

<p>Gr&uuml;&szlig;e</p>
--c--
--b
Content-Type: application/pdf; name="offer.pdf"
Content-Disposition: attachment; filename="offer.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--b--
`;

describe("a mail that came in", () => {
  it("names files and charsets by what can be seen: nothing turns what they are told in", async () => {
    const name = "filename*=utf-8''fdp%E2%80%AE%C2%9B31mexe";
    const [file] = (await parse(REPLY.replace(/filename="offer.pdf"/, name))).attachments;
    expect(file?.name).toBe("fdp\ufffd›31mexe");
  });

  it("is decoded: who, what, which thread, which files", async () => {
    const mail = await parse(REPLY);
    expect(mail).toMatchObject({
      from: "Jane@acme.example",
      subject: "Re: Brücke",
      messageId: "<one@acme.example>",
      inReplyTo: ["<0100-a@email.amazonses.com>"],
      references: ["<0@x.example>", "<0100-a@email.amazonses.com>"],
      attachments: [{ name: "offer.pdf", type: "application/pdf", size: 5 }],
      wasCut: false,
      unreadableCharset: undefined,
    });
    expect(mail.text?.trim()).toBe("Grüße");
    expect(mail.html?.trim()).toBe("<p>Gr&uuml;&szlig;e</p>");
    expect(mail.headers[0]).toEqual({ name: "from", value: expect.stringContaining("Jane@acme.example") });
  });

  it("with two From fields is from nobody", async () => {
    const mail = await parse("From: a@b.example\nFrom: c@d.example\n\nHi\n");
    expect(mail.from).toBeUndefined();
  });

  it("with a From that injects a line has none in its subject or address", async () => {
    const mail = await parse("From: a@b.example\nSubject: =?utf-8?q?a=0D=0ABcc:_x@y.example?=\n\nHi\n");
    expect(mail.subject).toBe("a Bcc: x@y.example");
  });

  it.each([
    ["names no charset and is Latin-1", "From: a@b.example\n\nGr\xfc\xdfe\n"],
    ["names no charset and is UTF-8", "From: a@b.example\n\nGr\xc3\xbc\xc3\x9fe\n"],
    ["names Latin-1", "Content-Type: text/plain; charset=iso-8859-1\n\nGr\xfc\xdfe\n"],
    ["names a charset that nobody knows", "Content-Type: text/plain; charset=x-none\n\nGr\xfc\xdfe\n"],
  ])("is read when it %s", async (_, source) => {
    expect((await parse(source)).text?.trim()).toBe("Grüße");
  });

  it("that was broken over lines by its client is joined, and not with what it quotes", async () => {
    const head = "Content-Type: text/plain; charset=utf-8; format=flowed";
    const mail = await parse(
      `${head}\n\nThis is one \nparagraph. \n> quoted \n> twice\nMine \nagain\n-- \nJane\n`,
    );
    expect(mail.text?.trim()).toBe("This is one paragraph. \n> quoted \n> twice\nMine again\n-- \nJane");
    const asian = await parse(`${head}; delsp=yes\n\n=== \n===\n`);
    expect(asian.text?.trim()).toBe("======");
  });

  it("keeps a message that is attached out of the text", async () => {
    const mail = await parse(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nMine\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nTheirs\n--b--\n",
    );
    expect(mail.text).not.toContain("Theirs");
    expect(mail.attachments).toHaveLength(1);
  });

  it("keeps what is no escape in quoted-printable as it stands", async () => {
    const mail = await parse(
      "Content-Transfer-Encoding: quoted-printable\n\n2=GG, 3=3, =3D=3d and =zz=\n.\n",
    );
    expect(mail.text?.trim()).toBe("2=GG, 3=3, == and =zz.");
  });

  it("keeps the first and the last ids of a long thread, and nothing that is not an id", async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `<${index}@x.example>`);
    const mail = await parse(`References: ${ids.join("\n ")}\nIn-Reply-To: Your mail of Tuesday\n\nHi\n`);
    expect(mail.references).toEqual([...ids.slice(0, 10), ...ids.slice(-10)]);
    expect(mail.inReplyTo).toEqual([]);
  });

  const PHOTO = Buffer.alloc(40 * 1024 * 1024, `${"QUJD".repeat(19)}\r\n`);
  const withPhoto = (before: string, after: string): Uint8Array =>
    Buffer.concat([
      bytes(
        `Content-Type: multipart/mixed; boundary="b"\n\n${before}--b\nContent-Type: image/jpeg; name=a.jpg\nContent-Transfer-Encoding: base64\n\n`,
      ),
      PHOTO,
      bytes(`\n${after}--b--\n`),
    ]);

  it("is read whether its words stand above or below a photo of 40 MB, and the photo is listed with its size", async () => {
    const words = "--b\n\nMy words.\n";
    for (const raw of [withPhoto(words, ""), withPhoto("", words)]) {
      const mail = await parseInbound(raw);
      expect(mail.text?.trim()).toBe("My words.");
      expect(mail.wasCut).toBe(false);
      expect(mail.attachments).toMatchObject([{ name: "a.jpg", type: "image/jpeg" }]);
      expect((mail.attachments[0]?.size ?? 0) / ((PHOTO.length * 57) / 78)).toBeCloseTo(1, 3);
    }
  });

  it("says so when its text is longer than a megabyte", async () => {
    const mail = await parseInbound(bytes(`Subject: x\n\n${"word ".repeat(300_000)}`));
    expect(mail.text).toHaveLength(1024 * 1024);
    expect(mail.wasCut).toBe(true);
  });

  it("is read as postal-mime reads it, apart from what is mended here", async () => {
    const folders = ["machines", "replies/mails"].map((name) =>
      join(import.meta.dirname, "../../fixtures", name),
    );
    const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
    const mails = files.filter((file) => file.endsWith(".eml") && !/encoding-/.test(file));
    expect(mails.length).toBeGreaterThan(200);
    const plain = (text = "") => text.replace(/\r/g, "").trimEnd();
    for (const file of mails) {
      const raw = readFileSync(file);
      const [ours, theirs] = [
        await parseInbound(raw),
        await PostalMime.parse(raw, { forceRfc822Attachments: true }),
      ];
      expect([plain(ours.text), plain(ours.html), ours.subject], file).toEqual([
        plain(theirs.text),
        plain(theirs.html),
        theirs.subject,
      ]);
      expect(ours.attachments.map(({ type }) => type)).toEqual(
        theirs.attachments.map(({ mimeType }) => mimeType),
      );
    }
  });

  it.each([
    ["two mailboxes", "owner@a.example, thief@b.example"],
    ["two, parted as some clients do", "owner@a.example; thief@b.example"],
    ["one inside the other's name", "<owner@a.example> <thief@b.example>"],
    ["a name that is an address", "owner@a.example <thief@b.example>, x@y.example"],
    ["a group", "friends: owner@a.example;"],
    ["none", ""],
  ])("is from nobody where From holds %s", async (_, from) => {
    expect((await parse(`From: ${from}\n\nHi\n`)).from).toBeUndefined();
  });

  it("is from its one mailbox, however its name is written", async () => {
    for (const from of [
      '"Doe, Jane <j@x.example>" <jane@a.example>',
      "jane@a.example (Jane, at work)",
      "<jane@a.example>",
    ])
      expect((await parse(`From: ${from}\n\nHi\n`)).from).toBe("jane@a.example");
  });

  it("that is signed in one piece is read inside its signature", async () => {
    const raw = readFileSync(
      join(import.meta.dirname, "../../fixtures/replies/mails/encoding-opaque-smime-1.eml"),
    );
    expect((await parseInbound(raw)).text?.trim()).toBe("A second estimator.");
    const broken = await parseInbound(
      Buffer.from(raw.toString("latin1").replace(/MIIFr/, "MIIxx"), "latin1"),
    );
    expect(broken.text).toBeUndefined();
  });

  it("joins only the lines of the part that is flowed", async () => {
    const parts = (first: string, second: string) =>
      `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain${first}\n\nOne \ntwo\n--b\nContent-Type: text/plain${second}\n\nthree \nfour\n--b--\n`;
    expect((await parse(parts("; format=flowed", ""))).text).toBe("One two\n\nthree \nfour\n");
    expect((await parse(parts("", "; format=flowed"))).text).toBe("One \ntwo\n\nthree four\n");
  });
});

describe("a hostile mail", () => {
  const part = "--b\nContent-Type: text/plain\n\nhi\n";
  const parts = (count: number) =>
    `Content-Type: multipart/mixed; boundary=b\n\n${part.repeat(count)}--b--\n`;

  it("may have 99 parts, but not 20,000", async () => {
    expect((await parse(parts(99))).text?.match(/hi/g)).toHaveLength(99);
    await expect(parse(parts(20_000))).rejects.toMatchObject(unreadable);
  });

  it.each([
    ["with spaces", 'boundary = "b"', "b"],
    ["folded", '\n boundary="b"', "b"],
    ["in pieces", "boundary*0=b; boundary*1=c", "bc"],
    ["with a quoted quotation mark", 'boundary="b\\"c"', 'b"c'],
    ["of 201 letters", `boundary=${"b".repeat(201)}`, "b".repeat(201)],
  ])("is counted by its parts in each spelling of a boundary: %s", async (_, spelling, boundary) => {
    const withParts = (count: number) =>
      `Content-Type: multipart/mixed; ${spelling}\n\n${part.replace("b", boundary).repeat(count)}--${boundary}--\n`;
    expect((await parse(withParts(99))).text?.match(/hi/g)).toHaveLength(99);
    await expect(parse(withParts(101))).rejects.toMatchObject(unreadable);
  });

  it.each([
    ["has 300 levels", nested(300)],
    ["has 90 levels", nested(90)],
    ["has a megabyte of header fields", `${"X: y\n".repeat(200_000)}\nhi\n`],
    ["has one header field of a megabyte", `X: ${"y".repeat(1_000_000)}\n\nhi\n`],
  ])("that %s is unreadable, and that is all", async (_, source) => {
    await expect(parse(source)).rejects.toMatchObject(unreadable);
  });

  it.each([
    ["is empty", ""],
    ["has no body", "From: a@b.example\n"],
    ["is base64 that is none", "Content-Transfer-Encoding: base64\n\n!!!!@@@@\n"],
    ["never closes its parts", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n"],
    ["names no boundary", "Content-Type: multipart/mixed\n\n--b\n\nhi\n"],
    ["has the same field many times", `${"Subject: x\n".repeat(1_000)}\nhi\n`],
  ])("that %s is read as far as it goes", async (_, source) => {
    await expect(parse(source)).resolves.toHaveProperty("subject");
  });

  it("throws nothing but that it is unreadable, whatever its bytes", async () => {
    await fc.assert(
      fc.asyncProperty(mimeLike(), async (source) => {
        const read = await parseInbound(Buffer.from(source, "latin1")).catch((error: unknown) => error);
        if (read instanceof Error) expect(read).toBeInstanceOf(OperationalError);
        else expect(read).toHaveProperty("text");
      }),
    );
  });
});

function nested(levels: number): string {
  return Array.from(
    { length: levels },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`,
  ).join("");
}

const mimeLike = () =>
  fc
    .array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom("\r\n", "\r\n\r\n", "--b", "--b--", "--", "=?utf-8?q?=FF?=", "=?utf-8?b?", "; ", '"'),
        fc.constantFrom(
          "Content-Type: multipart/mixed; boundary=b",
          "Content-Type: message/rfc822",
          "Content-Type: text/plain; format=flowed",
          "Content-Transfer-Encoding: base64",
          "From: ",
          "References: <",
        ),
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces.join(""));
