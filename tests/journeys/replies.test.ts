import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/aws/cloud.ts";
import { makeAnswer, sendBySmtp } from "../../local/mailbox/answer.ts";
import type { Letter } from "../../local/mailbox/letter.ts";
import { openCloud, untilWednesday } from "../support/cloud.ts";
import { Reader } from "../support/reader.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WORDS =
  "We lost a trial last month because three people had to sign the price and each of them waited for the next.";

describe("a reply to a lesson", () => {
  let cloud: Cloud;
  let reader: Reader;
  let lesson: Letter;
  let readers = 0;
  beforeAll(async () => {
    cloud = await openCloud();
  });
  beforeEach(async () => {
    await untilWednesday(cloud);
    reader = await new Reader(cloud, `r${readers++}@reader.example`).join();
    await cloud.advanceBy(DAY);
    lesson = await reader.newest();
  });
  afterAll(() => cloud.stop());

  const prompts = async () =>
    (await reader.letters()).filter((letter) => letter.headers.get("auto-submitted") === "auto-replied");
  const promptsAfter = async (ms: number) => {
    await cloud.advanceBy(ms);
    return (await prompts()).length;
  };

  it("is answered once, ten minutes later, in its thread", async () => {
    await reader.reply(lesson, WORDS);
    expect(await promptsAfter(9 * MINUTE)).toBe(0);
    expect(await promptsAfter(3 * MINUTE)).toBe(1);
    const [prompt] = await prompts();
    expect(prompt?.subject).toBe(`Re: ${lesson.subject}`);
    expect(prompt?.references).toContain(lesson.messageId);
    await reader.reply(prompt as Letter, "And one thing more: the customer called me on Friday about it.");
    expect(await promptsAfter(DAY)).toBe(1);
  });

  it("finds its lesson in whatever letter case its address comes back", async () => {
    const { mail } = makeAnswer(lesson, WORDS, cloud.now());
    const shouted = lesson.replyTo.address.toUpperCase();
    await sendBySmtp(cloud.smtpPort, {
      ...mail,
      to: shouted,
      envelope: { from: reader.address, to: [shouted] },
    });
    expect(await promptsAfter(12 * MINUTE)).toBe(1);
  });

  it("finds its lesson by its thread when it goes to the From address", async () => {
    const { mail } = makeAnswer(lesson, WORDS, cloud.now());
    const to = lesson.from.address;
    await sendBySmtp(cloud.smtpPort, { ...mail, to, envelope: { from: reader.address, to: [to] } });
    expect(await promptsAfter(12 * MINUTE)).toBe(1);
  });

  it("is one reply with one answer, however often it is delivered", async () => {
    for (let copy = 0; copy < 3; copy++) await reader.reply(lesson, WORDS);
    expect(await promptsAfter(DAY / 2)).toBe(1);
  });

  it("by a command is carried out and confirmed at once, in its thread; its undoing too", async () => {
    await reader.reply(lesson, "pause 3 weeks\n\nAda");
    await cloud.advanceBy(2 * MINUTE);
    const confirmation = await reader.newest();
    expect(confirmation.subject).toBe(`Re: ${lesson.subject}`);
    expect(confirmation.headers.get("auto-submitted")).toBe("auto-replied");
    expect(confirmation.references).toContain(lesson.messageId);
    expect(confirmation.text).toContain("Paused until");
    await reader.reply(confirmation, "next");
    await cloud.advanceBy(3 * MINUTE);
    expect(unwrapped((await reader.newest()).text)).toContain("one a day is the most");
    await reader.reply(lesson, WORDS);
    await cloud.advanceBy(12 * MINUTE);
    await reader.reply(lesson, "journal");
    await cloud.advanceBy(2 * MINUTE);
    expect(unwrapped((await reader.newest()).text)).toContain("three people had to sign the price");
    const before = (await reader.letters()).length;
    await reader.reply(lesson, "stop");
    expect(await promptsAfter(30 * DAY)).toBe(4);
    expect(await reader.letters()).toHaveLength(before);
  });

  it("by a machine is kept and not answered; control: the same words of a person are", async () => {
    expect(await promptsAfter(DAY / 4)).toBe(0);
    await reader.reply(lesson, WORDS, { headers: { "Auto-Submitted": "auto-replied" } });
    expect(await promptsAfter(DAY / 4)).toBe(0);
    await reader.reply(lesson, WORDS, { messageId: "<by-hand@reader.example>" });
    expect(await promptsAfter(DAY / 4)).toBe(1);
  });

  it("by a machine that says when its reader is back makes the course wait; the next mail says so", async () => {
    const away = new Date(cloud.now() + 9 * DAY).toISOString().slice(0, 10);
    const note = { headers: { "Auto-Submitted": "auto-replied" } };
    const before = (await reader.letters()).length;
    await reader.reply(lesson, `I am out of the office until ${away}.`, note);
    await cloud.advanceBy(9 * DAY);
    expect(await reader.letters()).toHaveLength(before);
    await cloud.advanceBy(9 * DAY);
    const next = (await reader.letters())[before];
    expect(unwrapped(next?.text)).toContain(
      "An automatic answer from your mailbox said that you were away until",
    );
    await cloud.advanceBy(8 * DAY);
    expect((await reader.newest()).text).not.toContain("An automatic answer from your mailbox");
  });

  it("from another address is kept and not answered", async () => {
    await reader.reply(lesson, WORDS, {
      from: "eve@else.example",
      envelope: { from: "eve@else.example", to: [lesson.replyTo.address] },
    });
    expect(await promptsAfter(DAY / 2)).toBe(0);
  });

  it("with a forged token is kept in the unmatched tray, answered by nobody", async () => {
    const forged = lesson.replyTo.address.replace(/.(?=@)/, (letter) => (letter === "a" ? "b" : "a"));
    await reader.reply(lesson, WORDS, {
      to: forged,
      inReplyTo: "",
      references: [],
      envelope: { from: reader.address, to: [forged] },
    });
    expect(await promptsAfter(DAY / 2)).toBe(0);
    expect(cloud.logs().some(({ text }) => text.includes("reply-unmatched"))).toBe(true);
  });

  it("is refused in the SMTP dialogue when it goes to an address that is not ours", async () => {
    const to = "nobody@mail.course.example";
    await expect(
      reader.reply(lesson, WORDS, { to, envelope: { from: reader.address, to: [to] } }),
    ).rejects.toThrow(/550/);
  });
});

const unwrapped = (text = ""): string => text.replace(/\s*\n>?\s*/g, " ");
