import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { type AwayNote, dayMonthOrder, returnDate } from "../../../functions/domain/replies/return-date.ts";

/** Tuesday, 24 November 2026, in the afternoon in Berlin. */
const NOW = Date.UTC(2026, 10, 24, 14);
const note = (text: string, changes: Partial<AwayNote> = {}): AwayNote => ({
  subject: "",
  text,
  receivedAt: NOW,
  zone: "Europe/Berlin",
  order: undefined,
  ...changes,
});
const dateOf = (text: string, changes: Partial<AwayNote> = {}) => returnDate(note(text, changes));

const DATED: [language: string, day: string, text: string][] = [
  ["he", "2026-12-07", "אחזור ב-7.12."],
  ["cs", "2026-12-07", "Vracím se 7. 12."],
  ["ru", "2026-12-07", "Я в отпуске до 6 декабря, 7 декабря 2026 года отвечу."],
  [
    "en",
    "2026-11-30",
    "I am out of the office until Monday, 30 November. For urgent matters please call 555-0142.",
  ],
  ["en", "2026-12-01", "Thank you for your email. I will be back in the office on December 1st, 2026."],
  ["en", "2026-11-30", "I'm away until 30 November and will read your mail when I return."],
  ["en", "2026-12-01", "I am away from 20 November to 30 November. I return on 1 December."],
  ["en", "2026-11-30", "I am on annual leave from 20 November to 30 November with limited access to email."],
  ["en", "2026-12-07", "I will be returning to the office on Monday 7 December 2026."],
  ["en", "2026-11-30", "Out of office Nov 23 - Nov 30, please contact the front desk."],
  ["en", "2026-11-27", "I'm on vacation through Friday and will respond when I get back to my desk."],
  ["en", "2026-11-30", "I am out of the office and will be back on Monday."],
  ["en", "2026-12-04", "I'll be back Friday, Dec 4."],
  ["en", "2026-12-03", "Away on a press check till the 3rd of December."],
  ["en", "2026-12-02", "On December 2 I will be back at my desk."],
  ["en", "2026-11-25", "I am out today and will be back tomorrow."],
  ["en", "2026-12-05", "Maternity cover is in place; I am out until 5 Dec 26, please write to sales."],
  ["en", "2026-11-30", "Vacation 11/21/2026 through 11/30/2026."],
  ["en", "2026-12-14", "I will be\nback in the office on\nDecember 14."],
  ["de", "2026-11-30", "Ich bin bis zum 30.11.2026 nicht im Büro."],
  ["de", "2026-12-01", "Vielen Dank für Ihre Nachricht. Ich bin ab dem 1. Dezember wieder erreichbar."],
  ["de", "2026-12-01", "Ich bin vom 23.11. bis 30.11. im Urlaub und ab dem 01.12.2026 wieder für Sie da."],
  ["de", "2026-11-30", "Ich bin bis einschl. 30.11.26 abwesend. Ihre Mail wird nicht weitergeleitet."],
  ["de", "2026-11-30", "Abwesend vom 24.11. - 30.11., in dringenden Fällen: Frau Muster, Tel. 030 123456."],
  ["de", "2026-11-30", "Urlaub 24.11.-30.11.2026"],
  ["de", "2026-11-30", "Ich bin am Montag wieder im Büro."],
  ["de", "2026-12-03", "Zurück bin ich am Donnerstag, den 3. Dezember."],
  ["de", "2026-11-27", "Bis Freitag bin ich auf einer Messe."],
  ["de", "2026-12-21", "Meine Elternzeit dauert bis 4. Januar 2027."],
  ["fr", "2026-11-30", "Je suis absent du bureau jusqu'au 30 novembre inclus."],
  ["fr", "2026-12-01", "Je serai de retour le mardi 1er décembre."],
  ["fr", "2026-11-30", "Je suis en congé du 24 au 30 novembre 2026."],
  ["fr", "2026-12-04", "Actuellement en déplacement jusqu’au 04/12/2026, je répondrai à mon retour."],
  ["fr", "2026-11-30", "Absente cette semaine, je reviens lundi."],
  ["es", "2026-11-30", "Estoy fuera de la oficina hasta el 30 de noviembre de 2026."],
  ["es", "2026-12-01", "Me encuentro de vacaciones y vuelvo el martes 1 de diciembre."],
  ["es", "2026-11-30", "Estaré ausente del 24 al 30 de noviembre."],
  ["es", "2026-12-03", "Fuera de la oficina. Regreso el 03/12/2026."],
  ["pt", "2026-11-30", "Estou de férias até 30 de novembro."],
  ["pt", "2026-12-01", "Estarei fora do escritório e volto no dia 1 de dezembro."],
  ["pt", "2026-12-02", "Ausente de 23/11 a 02/12."],
  ["pt", "2026-11-30", "Estarei de volta na segunda-feira, 30/11."],
  ["it", "2026-11-30", "Sono fuori ufficio fino al 30 novembre."],
  ["it", "2026-12-01", "Sarò assente e rientrerò il 1 dicembre 2026."],
  ["it", "2026-11-30", "Sono in ferie dal 24 al 30 novembre."],
  ["it", "2026-11-30", "Sarò di ritorno lunedì."],
  ["nl", "2026-11-30", "Ik ben afwezig tot en met 30 november."],
  ["nl", "2026-12-01", "Vanaf dinsdag 1 december ben ik weer bereikbaar."],
  ["nl", "2026-11-30", "Ik ben er niet t/m 30-11-2026."],
  ["nl", "2026-11-30", "Maandag ben ik weer terug."],
  ["sv", "2026-11-30", "Jag är på semester t.o.m. 30 november."],
  ["sv", "2026-12-01", "Jag är ute från kontoret och åter den 1 december."],
  ["sv", "2026-11-30", "Jag är tillbaka på måndag."],
  ["da", "2026-11-30", "Jeg er på ferie til og med 30. november."],
  ["da", "2026-12-01", "Jeg er tilbage på kontoret tirsdag den 1. december."],
  ["no", "2026-12-01", "Jeg er fraværende og er tilbake igjen 1. desember."],
  ["no", "2026-11-30", "Jeg er ikke på kontoret frem til mandag 30.11."],
  ["pl", "2026-11-30", "Jestem na urlopie do 30 listopada 2026 r."],
  ["pl", "2026-12-01", "Przebywam poza biurem, wracam 1 grudnia."],
  ["pl", "2026-11-30", "Wrócę w poniedziałek."],
  ["ja", "2026-11-30", "11月30日まで休暇をいただいております。"],
  ["ja", "2026-12-01", "出張のため不在です。2026年12月1日から通常通り対応いたします。"],
  ["ja", "2026-11-30", "11月24日から11月30日まで不在にしております。"],
  ["ja", "2026-12-01", "休暇中です。12月1日(火)に戻ります。"],
  ["ko", "2026-11-30", "11월 30일까지 부재중입니다."],
  ["fi", "2026-11-30", "Olen lomalla 30. marraskuuta asti."],
  ["cs", "2026-11-30", "Jsem mimo kancelář do 30. listopadu."],
  ["ru", "2026-11-30", "Я в отпуске до 30 ноября."],
  ["ru", "2026-12-01", "Меня нет в офисе, вернусь 1 декабря."],
  ["hu", "2026-11-30", "November 30-ig szabadságon vagyok."],
  ["tr", "2026-11-30", "30 Kasım 2026 tarihine kadar ofis dışındayım."],
  ["ro", "2026-11-30", "Sunt în concediu până pe 30 noiembrie."],
  [
    "two at once",
    "2026-11-30",
    "Ich bin bis 30.11.2026 abwesend.\n\nI am out of the office until 30 November 2026.",
  ],
  ["en", "2026-11-30", "Hi, I'm on PTO from 11/23 to 11/27 and back at my desk on 11/30."],
  ["ja", "2026-11-30", "申し訳ございませんが、11/24(火)～11/30(月)は休暇をいただいております。"],
  ["iso", "2026-12-02", "Out of office. Back on 2026-12-02."],
];

/** Nothing in it says clearly when someone is back. */
const UNSURE: [why: string, text: string][] = [
  ["a call that is asked for", "Please call me back on 3 December about the quote."],
  ["no date", "I am out of the office with limited access to my mail."],
  ["the past", "I was out of the office until 20 November."],
  ["a past year", "Ich bin bis zum 30.11.2025 abwesend."],
  ["only a beginning", "I have been on leave since 20 November."],
  ["only a beginning ahead", "I will be on leave from 30 November."],
  ["a beginning in German", "Ab dem 30.11. bin ich im Urlaub."],
  ["two returns", "I am back on 30 November. Ann is back on 2 December."],
  ["either of two days", "I am out of the office and will be back on 12/05, please call."],
  ["a day that is not", "I am away until 31 November."],
  ["a weekday that is not the date's", "I will be back on Friday, 30 November."],
  ["something else's date", "I am out of the office. The trade fair is on 5 December."],
  ["a promise", "I am out of the office but will get back to you by Friday."],
  ["a telephone number", "Ich bin nicht da. Telefon 030/12 11 26-30, Zimmer 12-11."],
  ["a telephone number with figures like a date", "Out of office. Call 0171-12.12 or 555-01/12."],
  ["a time of day", "I am away until 17:30, back at 9.30 tomorrow's shift permitting 10:12."],
  ["more than half a year", "I am on sabbatical until 1 September 2027."],
  ["next week", "I am travelling and back next week."],
  ["an absence to come", "We are closed from 24 December until 2 January."],
  ["a weekday's range", "I work from Thursday to Friday."],
  ["a calendar", "Back on 1 December. ".repeat(41)],
  ["a year alone", "I am away until 2027."],
];

describe("the return date of an absence note", () => {
  it.each(DATED)("%s: %s: %s", (_, day, text) => {
    expect(dateOf(text)).toBe(day);
  });

  it.each(UNSURE)("control: is not guessed from %s: %s", (_, text) => {
    expect(dateOf(text)).toBeUndefined();
  });

  it("may stand in the subject", () => {
    expect(dateOf("Thank you.", { subject: "Out of office until 30 November Re: Bring the example" })).toBe(
      "2026-11-30",
    );
  });

  it("is four weeks ahead at the most", () => {
    expect(dateOf("I am back on 1 March 2027.")).toBe("2026-12-21");
    expect(dateOf("I am back on 21 December.")).toBe("2026-12-21");
    expect(dateOf("I am back on 20 December.")).toBe("2026-12-20");
  });

  it("is in the next year where this year's day is past", () => {
    const receivedAt = Date.UTC(2026, 11, 22, 9);
    expect(dateOf("Ich bin bis 6. Januar im Urlaub.", { receivedAt })).toBe("2027-01-06");
    expect(dateOf("Back on January 4.", { receivedAt })).toBe("2027-01-04");
  });

  it("is counted on the reader's calendar", () => {
    const receivedAt = Date.UTC(2026, 10, 24, 23, 30);
    expect(dateOf("I am back tomorrow.", { receivedAt, zone: "America/New_York" })).toBe("2026-11-25");
    expect(dateOf("I am back tomorrow.", { receivedAt, zone: "Europe/Berlin" })).toBe("2026-11-26");
  });

  it("in figures is read in the order of its language, its headers or its reader's country", () => {
    const text = "I am out of the office and will return on 12/01/2026.";
    expect(dateOf(text)).toBe("2026-12-01");
    const either = "I am out of the office and will return on 04/12.";
    const receivedAt = Date.UTC(2026, 11, 1);
    expect(dateOf("I am out of the office until 01/12.", { order: "month-first", receivedAt })).toBe(
      "2026-12-28",
    );
    expect(dateOf("I am out of the office until 01/12.", { order: "day-first", receivedAt })).toBe(
      "2026-12-01",
    );
    expect(dateOf("I am out of the office until 01/12.", { receivedAt })).toBeUndefined();
    expect(dateOf(either, { order: "day-first", receivedAt })).toBe("2026-12-04");
    expect(dateOf("Estoy fuera hasta el 04/12.", { order: "month-first", receivedAt })).toBe("2026-12-04");
  });

  it("takes the order from the mail's language before the reader's zone", () => {
    expect(dayMonthOrder(["en-US"], "Europe/Berlin")).toBe("month-first");
    expect(dayMonthOrder(["en-GB, en-US"], "America/New_York")).toBe("day-first");
    expect(dayMonthOrder(["de"], "America/New_York")).toBe("day-first");
    expect(dayMonthOrder([], "America/Chicago")).toBe("month-first");
    expect(dayMonthOrder(["en"], "Europe/London")).toBe("day-first");
    expect(dayMonthOrder(["en-CA"], "America/Toronto")).toBeUndefined();
    expect(dayMonthOrder(["nonsense, \r\n", ""], "UTC")).toBeUndefined();
  });

  it("never lies in the past or beyond four weeks, and nothing throws, whatever is written", () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        ...[
          "back on",
          "until",
          "bis",
          "zurück am",
          "jusqu'au",
          "hasta el",
          "まで",
          "から",
          "fino al",
          "tot",
          "do",
        ],
        ...[" ", ", ", ".", "\n", "\n\n", "/", "-", "Monday", "Freitag", "lundi", "tomorrow", "from", "to"],
        ...[
          "30 November",
          "1 Dec 26",
          "30.11.",
          "12/01",
          "2026-12-24",
          "12月1日",
          "31 février",
          "99/99/9999",
        ],
      ),
      fc.integer({ min: 0, max: 3000 }).map(String),
      fc.string({ unit: "binary", maxLength: 10 }),
    );
    const text = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(" "));
    const order = fc.constantFrom("day-first", "month-first", undefined);
    const receivedAt = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) });
    const zone = fc.constantFrom("Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles", "UTC");
    let dated = 0;
    fc.assert(
      fc.property(text, text, receivedAt, zone, order, (subject, words, at, inZone, byOrder) => {
        const day = returnDate({ subject, text: words, receivedAt: at, zone: inZone, order: byOrder });
        if (day === undefined) return;
        dated++;
        const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(inZone).toPlainDate();
        const ahead = today.until(Temporal.PlainDate.from(day)).days;
        expect(ahead).toBeGreaterThanOrEqual(0);
        expect(ahead).toBeLessThanOrEqual(27);
      }),
      { numRuns: 1_000 },
    );
    expect(dated).toBeGreaterThan(20);
  });
});
