import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findOwnSubject } from "../../../functions/domain/replies/asks/asks.ts";
import { asksOf } from "../../support/asks.ts";
import { german } from "../../support/words.ts";

const ROOT = join(import.meta.dirname, "../../..");
const read = <Row>(name: string): Row[] =>
  JSON.parse(readFileSync(join(ROOT, "tests/fixtures/asks", `${name}.json`), "utf8")) as Row[];

const STAYING = [
  "Please keep me on the list.",
  "Leave me on the list please",
  "Put me on the list please",
  "Bitte lassen Sie mich auf der Liste",
  "Setzen Sie mich bitte auf die Liste",
  "Hou me op de lijst",
  "Zet me op de lijst graag",
  "Laissez-moi sur la liste s'il vous plaît",
  "Déjenme en la lista por favor",
  "Lasciatemi nella lista per favore",
  "Deixem-me na lista, por favor",
  "Låt mig vara kvar på listan tack",
  "Lad mig blive på listen, tak",
  "La meg være på lista, takk",
  "Jättäkää minut listalle kiitos",
  "Zostawcie mnie na liście proszę",
  "Nechte mě na seznamu, prosím",
  "Nechajte ma v zozname, prosím",
  "Hagyjanak a listán, kérem",
  "Lăsați-mă pe listă, vă rog",
  "Αφήστε με στη λίστα παρακαλώ",
  "Beni listede bırakın lütfen",
  "Оставьте меня в списке, пожалуйста",
  "Залиште мене в списку, будь ласка",
  "اتركوني في القائمة من فضلكم",
  "השאירו אותי ברשימה בבקשה",
  "कृपया मुझे सूची में रहने दें",
  "请把我留在名单里",
  "リストに残してください",
  "명단에 남겨 주세요",
];

interface LeavingRow {
  subject: string;
  body: string;
  asks: "leave" | "none" | "unclear";
}
interface SteeringRow {
  subject: string;
  body: string;
  commands: { command: string; weeks?: number; until?: string }[];
  nearly: boolean;
}
interface GraveRow {
  body: string;
  grave: boolean;
}

const rowAsks = ({ subject, body }: { subject: string; body: string }) =>
  asksOf(body, { subject: findOwnSubject(subject, ""), commands: german.commands });

function countLeaving(half: string) {
  const rows = read<LeavingRow>(`leaving.${half}`);
  const left = (row: LeavingRow) => rowAsks(row).leave !== undefined;
  const asking = rows.filter(({ asks }) => asks === "leave");
  const others = rows.filter(({ asks }) => asks === "none");
  return {
    asking: asking.length,
    recall: asking.filter(left).length / asking.length,
    falseLeavings: others.filter(left).length,
    ofNone: others.length,
    unclearLeft: rows.filter((row) => row.asks === "unclear" && left(row)).length,
  };
}

const asText = (commands: { name: string; weeks?: number | undefined; until?: string }[]): string =>
  commands
    .map(({ name, weeks, until }) => [name, weeks, until].filter(Boolean).join(":"))
    .sort()
    .join("+");

function countSteering(half: string) {
  const rows = read<SteeringRow>(`steering.${half}`);
  const asking = rows.filter(({ commands }) => commands.length > 0);
  const isRight = (row: SteeringRow) =>
    asText(rowAsks(row).commands) ===
    asText(row.commands.map(({ command, ...length }) => ({ name: command, ...length })));
  const quiet = rows.filter(({ commands, nearly }) => commands.length === 0 && !nearly);
  const almost = rows.filter(({ commands, nearly }) => commands.length === 0 && nearly);
  const isAskedBack = (row: SteeringRow) => {
    const { leave, commands, unclear } = rowAsks(row);
    return !leave && commands.length === 0 && unclear !== undefined;
  };
  const falseCommands = quiet.filter((row) => rowAsks(row).commands.length > 0).length;
  return {
    asking: asking.length,
    right: asking.filter(isRight).length / asking.length,
    nearly: almost.length,
    nearlyAsked: almost.filter(isAskedBack).length,
    falseCommands,
    ofNone: quiet.length,
  };
}

function countGrave(half: string) {
  const rows = read<GraveRow>(`grave.${half}`);
  const isHeard = ({ body }: GraveRow) => asksOf(body).isGrave;
  const grave = rows.filter((row) => row.grave);
  const others = rows.filter((row) => !row.grave);
  return {
    grave: grave.length,
    misses: grave.filter((row) => !isHeard(row)).length,
    others: others.length,
    falseAlarms: others.filter(isHeard).length,
  };
}

describe("what readers ask for, in mails that nobody wrote for these rules", () => {
  it.each(["working", "held-back"])("is counted: the %s half", (half) => {
    const counts = { leaving: countLeaving(half), steering: countSteering(half), grave: countGrave(half) };
    console.log(half, JSON.stringify(counts, undefined, 1));
    expect(counts.leaving.recall).toBeGreaterThan(LEAST.recall);
    expect([counts.leaving.falseLeavings, counts.leaving.unclearLeft]).toEqual([0, 0]);
    expect(counts.steering.right).toBeGreaterThan(LEAST.right);
    expect(counts.steering.falseCommands).toBe(0);
    expect(counts.steering.nearlyAsked / counts.steering.nearly).toBeGreaterThan(LEAST.nearly);
    expect(counts.grave.misses).toBe(0);
    expect(counts.grave.falseAlarms).toBe(0);
  });

  it("control: mails that ask for nothing are most of what is counted as asking for nothing", () => {
    const { ofNone, asking } = countLeaving("working");
    expect([ofNone > 150, asking > 150]).toEqual([true, true]);
  });
});

/** What both halves showed when the rules were last mended by them; a rule that makes it worse is seen. */
const LEAST = { recall: 0.99, right: 0.98, nearly: 0.82 };

interface StrangersRow {
  id: string;
  subject?: string;
  body: string;
  want: string;
  weeks?: number;
  until?: string;
}

/** Their mails answer one lesson, of 24 November. */
const THEIR_SUBJECT = /^(?:\p{L}+: )?Lesson \d/u;
const strangersAsk = ({ subject = "", body }: StrangersRow) =>
  asksOf(body, {
    subject: THEIR_SUBJECT.test(subject) ? undefined : findOwnSubject(subject, ""),
    receivedAt: Date.UTC(2026, 10, 24, 11),
  });

function saidToStranger(row: StrangersRow): string {
  const { leave, commands, unclear } = strangersAsk(row);
  if (leave) return "leave";
  return asText(commands) || (unclear === "leaving" ? "unclear" : "not-leave");
}

describe("what somebody asks who had not seen the rules", () => {
  const rows = read<StrangersRow>("requests.stranger");
  const wanted = ({ want, weeks, until }: StrangersRow) => [want, weeks, until].filter(Boolean).join(":");
  const misread = (isOf: (row: StrangersRow) => boolean) =>
    rows.filter((row) => isOf(row) && saidToStranger(row) !== wanted(row)).map(({ id }) => id);

  it("is heard where it is leaving, and nobody else is taken off", () => {
    expect(misread(({ want }) => want === "leave")).toEqual([]);
    expect(misread(({ want }) => want === "unclear")).toEqual([]);
    expect(misread(({ want }) => want === "not-leave")).toEqual([]);
  });

  it("is heard where it steers the course", () => {
    expect(misread(({ want }) => !["leave", "unclear", "not-leave"].includes(want))).toEqual([]);
  });

  it("is grave where it is, but for one old program that is divorced", () => {
    const wrong = read<GraveRow & { id: string }>("grave.stranger")
      .filter(({ body, grave }) => asksOf(body).isGrave !== grave)
      .map(({ id }) => id);
    expect(wrong).toEqual(["g095"]);
  });
});

describe("what one more person asks who had not seen the rules", () => {
  const rows = read<StrangersRow>("requests.second-stranger");
  const said = new Map(rows.map((row) => [row.id, saidToStranger(row)]));
  const wanted = ({ want, weeks, until }: StrangersRow) => [want, weeks, until].filter(Boolean).join(":");
  const misread = (isOf: (row: StrangersRow) => boolean) =>
    rows.filter((row) => isOf(row) && said.get(row.id) !== wanted(row)).map(({ id }) => id);

  it("is heard where it is leaving or a command, or asked back where it is neither surely", () => {
    expect(misread(({ want }) => want !== "not-leave")).toEqual([]);
  });

  it("takes nobody off who asks for something else: for fewer lessons, or a pause", () => {
    const others = rows.filter(({ want }) => want === "not-leave");
    const heard = others.flatMap(({ id }) => (said.get(id) === "not-leave" ? [] : [said.get(id)]));
    expect(others.length).toBe(90);
    expect(heard.toSorted()).toEqual(["pause:2", "slower", "slower", "slower", "slower", "slower"]);
  });

  it("is grave news where it is", () => {
    const wrong = read<GraveRow & { id: string }>("grave.second-stranger")
      .filter(({ body, grave }) => asksOf(body).isGrave !== grave)
      .map(({ id }) => id);
    expect(wrong).toEqual([]);
  });
});

describe.each([
  ["third-stranger", ["t001", "t256"]],
  ["third-stranger-more", []],
])("what a fifth hand asks: %s", (name, misread) => {
  const rows = read<StrangersRow>(`requests.${name}`);
  const said = (row: StrangersRow): string =>
    row.want === "unclear" || row.want === "leave" || row.want === "not-leave"
      ? saidOfLeaving(row)
      : asText(asksOf(row.body, { receivedAt: THEIR_DAY }).commands);
  const wanted = ({ want, weeks, until }: StrangersRow) => [want, weeks, until].filter(Boolean).join(":");
  const isRight = (row: StrangersRow) => said(row) === wanted(row);

  it("is read as it is meant, but for what is listed", () => {
    for (const kind of new Set(rows.map(({ want }) => want))) {
      const all = rows.filter(({ want }) => want === kind);
      console.log(`${name}, ${kind}: ${all.filter(isRight).length} of ${all.length}`);
    }
    expect(rows.filter((row) => !isRight(row)).map(({ id }) => id)).toEqual(misread);
  });

  it("takes nobody off who asks for something else, or for nothing", () => {
    const others = rows.filter(({ want }) => want !== "leave");
    expect(others.length).toBeGreaterThan(30);
    expect(others.filter((row) => saidOfLeaving(row) === "leave")).toEqual([]);
  });

  it("is grave where it is", () => {
    const wrong = read<GraveRow & { id: string }>(`grave.${name}`)
      .filter(({ body, grave }) => asksOf(body).isGrave !== grave)
      .map(({ id }) => id);
    expect(wrong).toEqual([]);
  });
});

describe.each([
  ["personas", ["p172"]],
  ["personas-more", ["q048"]],
  ["fourth-stranger", ["f116"]],
  ["fifth-stranger", ["h167", "h168", "h177", "h194", "h195", "h221", "h223", "h252"]],
])("what people ask in many languages, and what others tell in the same words: %s", (name, misread) => {
  const rows = read<StrangersRow>(`requests.${name}`);
  const said = new Map(rows.map((row) => [row.id, saidOfLeaving(row)]));

  it("is read as it is meant, but for what is listed", () => {
    const wrong = rows.filter(({ id, want }) => said.get(id) !== want).map(({ id }) => id);
    expect(wrong).toEqual(misread);
  });

  it("takes nobody off who tells a story or wants to know something", () => {
    const others = rows.filter(({ want }) => want !== "leave");
    expect(others.length).toBeGreaterThan(50);
    expect(others.filter(({ id }) => said.get(id) === "leave")).toEqual([]);
  });
});

describe("requests to leave with a story around them, or in another's name", () => {
  it("are heard, but for two", () => {
    const rows = read<StrangersRow>("requests.sixth-stranger").filter(({ want }) => want === "leave");
    expect(rows.length).toBeGreaterThan(190);
    expect(rows.filter((row) => saidOfLeaving(row) !== "leave").map(({ id }) => id)).toEqual([
      "i125",
      "i187",
    ]);
  });
});

describe("who wants to stay, or to be put on the list", () => {
  it.each(STAYING)("is not taken off it: %s", (words) => {
    expect(asksOf(words).leave).toBeUndefined();
  });

  it.each([
    "Please don't keep me on the list.",
    "Please leave me on the newsletter but remove me from the course.",
  ])("control: %s", (words) => {
    expect(asksOf(words).leave).toBeDefined();
  });
});

/** Their mails answer a lesson of that day. */
const THEIR_DAY = Date.UTC(2026, 10, 24, 11);
/** A subject of ours, whether or not their program says that it is answered. */
const ANSWERS = /^\p{L}+: |^Lesson \d|What nobody says in the meeting/u;
function saidOfLeaving({ subject, body }: StrangersRow): string {
  const own = subject === undefined || ANSWERS.test(subject) ? undefined : subject;
  const { leave, unclear, commands } = asksOf(body, { subject: own, receivedAt: THEIR_DAY });
  if (leave) return "leave";
  return asText(commands) || (unclear === "leaving" ? "unclear" : "not-leave");
}

interface Phrasing {
  body: string;
  asks?: string;
  grave?: boolean;
}

const said = ({ body, grave }: Phrasing): string | boolean => {
  const { leave, commands, unclear, isGrave } = asksOf(body);
  if (grave !== undefined) return isGrave;
  return leave ? "leave" : asText(commands) || (unclear ? `unclear: ${unclear}` : "none");
};

describe("further phrasings of each kind that was once misread", () => {
  it("are read as they are meant", () => {
    const wrong = read<Phrasing>("phrasings")
      .map((row) => ({ ...row, said: said(row) }))
      .filter((row) => row.said !== (row.asks ?? row.grave));
    expect(wrong).toEqual([]);
  });
});

describe("a time that is named", () => {
  it.each([
    "Παρακαλώ σταματήστε τα μαθήματα για δύο εβδομάδες.",
    "Opriți lecțiile timp de două săptămâni, vă rog.",
    "Kérem, állítsák le a leckéket két hétre.",
    "Prosím zastavte lekcie na dva týždne.",
    "Prosím přestaňte posílat lekce na dva týdny.",
    "Lütfen iki hafta ders göndermeyin.",
    "Lopettakaa oppituntien lähettäminen kahdeksi viikoksi.",
    "二週間、配信を止めてください。",
    "请停止发送课程两周。",
    "2주 동안 메일을 보내지 마세요.",
    "Не присылайте уроки две недели, пожалуйста.",
    "Не надсилайте уроки два тижні, будь ласка.",
    "Proszę nie wysyłać lekcji przez dwa tygodnie.",
    "Sluta skicka lektioner i tre veckor, tack.",
    "Stop med at sende lektioner i tre uger, tak.",
    "Slutt å sende leksjoner i tre uker, takk.",
    "Stop drie weken met het sturen van lessen, graag.",
    "Arrêtez d'envoyer les leçons pendant trois semaines.",
    "No me envíen lecciones durante tres semanas.",
    "Non mandatemi lezioni per tre settimane.",
    "Não me enviem lições durante três semanas.",
    "Schicken Sie mir drei Wochen lang keine Lektionen.",
    "Do not send me any lessons this month.",
    "No emails in December please.",
    "Im Dezember bitte keine Mails.",
    "Pas de leçons en décembre, s'il vous plaît.",
    "Inga lektioner i december, tack.",
    "Geen lessen in december, graag.",
    "Proszę nie wysyłać lekcji w grudniu.",
    "No me manden lecciones en diciembre.",
    "Non mandatemi lezioni a dicembre.",
    "Não me enviem lições em dezembro.",
    "Nu-mi trimiteți lecții în decembrie.",
    "Не присылайте уроки в декабре.",
    "Aralıkta ders göndermeyin lütfen.",
    "Ne küldjenek leckét decemberben.",
    "Älkää lähettäkö oppitunteja joulukuussa.",
    "Ikke send leksjoner i desember.",
    "Send ikke lektioner i december.",
    "Neposílejte mi lekce v prosinci.",
    "Μη μου στέλνετε μαθήματα τον Δεκέμβριο.",
    "12月は送らないでください。",
    "十二月不要给我发邮件。",
  ])("makes of no lessons no leaving: %s", (words) => {
    expect(asksOf(words).leave).toBeUndefined();
  });

  it.each([
    "I signed up in March; please remove me from the list.",
    "Ich habe mich im Dezember angemeldet, bitte tragen Sie mich aus.",
    "Désinscrivez-moi de la liste cette semaine, s'il vous plaît.",
  ])("keeps nobody who is to be taken off: %s", (words) => {
    expect(asksOf(words).leave).toBeDefined();
  });
});

describe("a request to leave", () => {
  it.each([
    ["Stop\n\nDana"],
    ["Unsubscribe\n\nBest regards,\nDana Doe"],
    ["Abmelden\nViele Grüße\nDana"],
    ["Please stop sending me these emails."],
    ["I want to unsubscribe"],
    ["Bitte melden Sie mich ab."],
    ["Cancel my subscription"],
    ["请取消订阅"],
    ["I loved it, but I changed jobs. Please take me off the list."],
  ])("is %j", (words) => {
    expect(asksOf(words).leave).toBeDefined();
  });

  it.each([
    ["Please don't unsubscribe me, I was on holiday."],
    ["I told him to stop sending me reports."],
    ["Stop guessing what the boss wants."],
    ["“Stop emailing me”, she said."],
  ])("control: is not %j", (words) => {
    expect(asksOf(words).leave).toBeUndefined();
  });

  it("may stand in the subject, where its reader wrote it", () => {
    expect(asksOf("", { subject: findOwnSubject("Unsubscribe", "Lesson 1") }).leave).toBeDefined();
    expect(asksOf("Thanks!", { subject: findOwnSubject("Unsubscribe", "Lesson 1") }).leave).toBeDefined();
    expect(findOwnSubject("Re: Remove one thing", "Remove one thing")).toBeUndefined();
  });

  it("of an exact word is obeyed in silence, with a name beside it or none; more is told of", () => {
    expect(asksOf("stop").leave).toMatchObject({ isExact: true });
    expect(asksOf("Stop\n\nDana").leave).toMatchObject({ isExact: true });
    expect(asksOf("Please take me off your list.").leave).toMatchObject({ isExact: false });
  });

  it.each([
    ["Please end the course, but keep sending the newsletter."],
    ["Please unsubscribe me from the course only. I still want the newsletter."],
    ["Stop the course please. The newsletter can stay."],
    ["Unsubscribe me from the lessons, not from the newsletter."],
    ["Please leave me on the newsletter but remove me from the course."],
    ["Bitte beenden Sie den Kurs, den Newsletter möchte ich behalten."],
    ["Bitte melden Sie mich nur vom Kurs ab."],
    ["Bitte nur den Kurs abbestellen. Den Newsletter will ich weiter lesen."],
    ["Merci d'arrêter le cours, mais je garde la newsletter."],
    ["Por favor, dadme de baja del curso pero quiero seguir recibiendo el boletín."],
    ["Per favore cancellatemi dal corso, ma voglio continuare a ricevere la newsletter."],
    ["Schrijf me uit voor de cursus, maar ik wil de nieuwsbrief houden."],
    ["Avsluta kursen, men jag vill behålla nyhetsbrevet."],
    ["Proszę wypisać mnie z kursu, ale newsletter zostawić."],
    ["Пожалуйста, отпишите меня от курса, но рассылку оставьте."],
    ["请取消课程，但保留新闻通讯。"],
    ["コースを退会します。メルマガは続けてください。"],
  ])("of the course alone is read: %j", (words) => {
    expect(asksOf(words)).toMatchObject({ leave: { keeps: "newsletter" }, besides: "" });
  });

  it.each([
    ["Please unsubscribe me from the newsletter, but keep the course."],
    ["Please stop the newsletter, I want to keep the lessons."],
    ["Bitte melde mich nur vom Newsletter ab."],
    ["Bitte nur den Newsletter abbestellen, der Kurs soll weitergehen."],
  ])("of the newsletter alone is read: %j", (words) => {
    expect(asksOf(words)).toMatchObject({ leave: { keeps: "course" }, besides: "" });
  });

  it.each([
    ["Unsubscribe me from the course and the newsletter."],
    ["Please end my course and do not keep me on the newsletter."],
    ["Please stop the course. I do not want to keep the newsletter either."],
    ["Please unsubscribe me from this newsletter."],
    ["Unsubscribe. I just do not have time for the lessons."],
    ["I just started a new job, so please unsubscribe me from the course."],
    ["Please stop all emails, I keep getting the newsletter twice."],
    ["Bitte beenden Sie den Kurs und den Newsletter."],
  ])("control: %j keeps neither", (words) => {
    const { leave } = asksOf(words);
    expect([leave?.name, leave?.keeps]).toEqual(["leave", undefined]);
  });

  it("takes everything where it says so", () => {
    expect(asksOf("Please delete all my data and stop all emails.").leave).toMatchObject({ isAll: true });
    expect(asksOf("Please take me off this list.").leave).toMatchObject({ isAll: false });
  });

  it("that is only weighed, or asked about, is none: it is unclear", () => {
    expect(asksOf("Maybe I should unsubscribe.")).toMatchObject({ leave: undefined, unclear: "leaving" });
    expect(asksOf("How do I unsubscribe?")).toMatchObject({ leave: undefined, unclear: "leaving" });
  });
});

describe("steering", () => {
  it.each([
    ["Please pause", "pause"],
    ["please pause me for two weeks, thanks", "pause:2"],
    ["Pause until 10 January", "pause:2027-01-10"],
    ["next lesson please", "next"],
    ["next\nslower", "next+slower"],
    ["Pause 2 Wochen bitte", "pause:2"],
    ["pausieren", "pause"],
  ])("%j is %s", (words, commands) => {
    expect(asText(asksOf(words, { commands: german.commands }).commands)).toBe(commands);
  });

  it.each([
    ["Faster\nquotes are what I want from above."],
    ["Journal\nMonday: asked.\nTuesday: refused."],
    ["Next time I will ask first."],
    ["Pause. Breathe. Then ask."],
  ])("control: %j is none", (words) => {
    expect(asksOf(words).commands).toEqual([]);
  });

  it("over the holidays is asked back", () => {
    expect(asksOf("Could you pause this over the holidays?")).toMatchObject({
      commands: [],
      unclear: "steering",
    });
  });

  it("leaves the words beside it for a person to read", () => {
    const { commands, besides } = asksOf(
      "pause 2 weeks\n\nCould you write to me about the January workshop?",
    );
    expect([asText(commands), besides]).toEqual([
      "pause:2",
      "Could you write to me about the January workshop?",
    ]);
  });
});

describe("grave news", () => {
  it("is heard beside a request, too", () => {
    expect(asksOf("My father died on Sunday.").isGrave).toBe(true);
    const both = asksOf("Pause until 10 January, I am in hospital");
    expect([asText(both.commands), both.isGrave]).toEqual(["pause:2027-01-10", true]);
    expect(asksOf("The deal is dead. On to the next one.").isGrave).toBe(false);
  });

  it.each([
    ["A second operator. The Lyon order, last May."],
    ["We changed the plans for operations, and read the diagnostics."],
    ["Her advice was particularly difficult, and an advantage."],
    ["The front office has to abort, and walked the dog instead."],
    ["An intensive week with our international operation."],
    ["I let go of the schedule, and nobody passed on the answer to the front line."],
  ])("control: %j is none in any language", (words) => {
    expect(asksOf(words).isGrave).toBe(false);
  });

  it.each([
    ["Tatăl meu a fost operat ieri, e la spital."],
    ["Min pappa dog i går."],
    ["Min far venter på en operation."],
    ["父は ICU にいます。"],
    ["他在 ICU。"],
    ["夫の DV に悩んでいます。"],
    ["Die Diagnose kam am Montag."],
    ["Mój syn jest na froncie."],
  ])("control: %j still is", (words) => {
    expect(asksOf(words).isGrave).toBe(true);
  });
});
