import { createTransport } from "nodemailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ArrivingMail } from "../../../local/aws/ses-receipt.ts";
import { SmtpPort } from "../../../local/aws/smtp.ts";

describe("the SMTP port", () => {
  let port: SmtpPort;
  let received: ArrivingMail[];
  let transport: ReturnType<typeof createTransport>;

  beforeEach(async () => {
    received = [];
    port = new SmtpPort(
      (recipient) => recipient.endsWith("@course.example"),
      (mail) => {
        received.push(mail);
        if (Buffer.from(mail.raw).includes("refuse me"))
          return { accepted: false, reply: "552 5.3.4 Too large" };
        return { accepted: true, messageId: "abc", keys: [] };
      },
    );
    transport = createTransport({ host: "127.0.0.1", port: await port.listen(0), ignoreTLS: true });
  });
  afterEach(async () => {
    transport.close();
    await port.close();
  });

  const send = (to: string[], text = "A reply.\r\n.with a dot\r\n", from = "reader@example.org") =>
    transport.sendMail({ envelope: { from, to }, raw: `Subject: Re\r\n\r\n${text}` });

  it("hands over the envelope and the very bytes, dots unstuffed", async () => {
    const { response } = await send(["reply+token@course.example"]);
    expect(response).toContain("abc");
    expect(received[0]).toMatchObject({
      source: "reader@example.org",
      recipients: ["reply+token@course.example"],
    });
    expect(Buffer.from(received[0]?.raw ?? "").toString()).toBe(
      "Subject: Re\r\n\r\nA reply.\r\n.with a dot\r\n",
    );
  });

  it("takes mail with the null return path, as bounces and answering machines send it", async () => {
    await send(["reply+token@course.example"], "away", "");
    expect(received[0]?.source).toBe("");
  });

  it("refuses a recipient that no rule takes with 550, and the others still get the mail", async () => {
    const { rejected, accepted } = await send(["who@elsewhere.example", "reply+a@course.example"]);
    expect({ rejected, accepted }).toEqual({
      rejected: ["who@elsewhere.example"],
      accepted: ["reply+a@course.example"],
    });
    await expect(send(["who@elsewhere.example"])).rejects.toMatchObject({ responseCode: 550 });
  });

  it("tells the sender when the mail is refused, in SES's words", async () => {
    await expect(send(["reply+a@course.example"], "refuse me")).rejects.toMatchObject({ responseCode: 552 });
  });

  it("announces its limit of 40 MB, so that clients do not begin to send more", async () => {
    const size = 40 * 1024 * 1024 + 1;
    const envelope = { from: "reader@example.org", to: ["reply+a@course.example"], size };
    await expect(transport.sendMail({ envelope, raw: "Subject: big\r\n\r\n" })).rejects.toThrow(
      "Message size larger than allowed 41943040",
    );
  });
});
