import { describe, expect, it } from "vitest";
import { asksOf } from "../../support/asks.ts";

const commands = (words: string, isToFarewell: boolean): string[] =>
  asksOf(words, { isToFarewell }).commands.map(({ name }) => name);

describe("a reply to the mail after leaving", () => {
  it.each([
    "Please put me back",
    "I would like to come back.",
    "Oh, that was a mistake!",
    "Sorry, I changed my mind. I'd love to be back in.",
    "Bitte nehmt mich wieder auf.",
    "Je voudrais revenir, s'il vous plaît.",
    "Quiero volver al curso.",
    "Vorrei tornare nel corso.",
    "Queria voltar, por favor.",
    "Ik wil graag terug.",
    "Jag vill komma tillbaka.",
    "Jeg vil gjerne være med igjen.",
    "Haluaisin palata kurssille.",
    "Chciałabym wrócić.",
    "Chtěla bych se vrátit.",
    "Szeretnék visszajönni.",
    "Aș vrea să revin.",
    "Geri dönmek istiyorum.",
    "Хочу вернуться на курс.",
    "Θα ήθελα να επιστρέψω.",
    "また戻りたいです。",
    "我想重新订阅。",
    "다시 구독하고 싶어요.",
  ])("that asks to come back is heard, and anywhere else is none: %s", (words) => {
    expect([commands(words, true), commands(words, false)]).toEqual([["resume"], []]);
  });

  it.each([
    "Thanks, it was a good course. Maybe I will come back one day.",
    "I don't want to come back.",
    "Ich will nicht wieder angemeldet werden.",
    "Thank you for everything. My boss put me on another project.",
    "Danke, alles Gute!",
  ])("control: that asks for nothing brings nobody back: %s", (words) => {
    expect(commands(words, true)).toEqual([]);
  });
});
