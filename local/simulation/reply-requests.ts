import type { Chance } from "./random.ts";

/** What must follow from a mail that asks for something, or must not: told by what a person means by it. */
export interface Asking {
  words: string;
  /** In their order. A mail that speaks of something and asks for nothing certain has none, and is asked back. */
  does: readonly ("pause" | "resume" | "slower" | "faster" | "next")[];
  /** Two weeks, in all of these. */
  weeks?: 2;
  /** Of what does nothing: what is answered. */
  says?: "help" | "journal" | "unclear";
  /** No machine may answer. */
  isGrave?: true;
}

/** As people write: with courtesies, in several languages, two requests at once, and what is only nearly a request. */
export const REQUESTS: Record<"active" | "paused", readonly Asking[]> = {
  active: [
    { words: "pause 2 weeks", does: ["pause"], weeks: 2 },
    { words: "Please pause the course for two weeks. Thanks!", does: ["pause"], weeks: 2 },
    { words: "Hi,\n\ncould you pause this for 2 weeks please?\n\nBest regards", does: ["pause"], weeks: 2 },
    {
      words: "Bitte pausieren Sie den Kurs für zwei Wochen.\n\nViele Grüße",
      does: ["pause"],
      weeks: 2,
    },
    {
      words: "Pourriez-vous mettre le cours en pause pendant deux semaines, s'il vous plaît ?",
      does: ["pause"],
      weeks: 2,
    },
    { words: "Pausa de dos semanas, por favor", does: ["pause"], weeks: 2 },
    { words: "slower", does: ["slower"] },
    { words: "Slower please", does: ["slower"] },
    { words: "Bitte langsamer", does: ["slower"] },
    { words: "faster", does: ["faster"] },
    { words: "Faster, please. Thanks!", does: ["faster"] },
    { words: "Schneller bitte", does: ["faster"] },
    { words: "Plus vite, s'il vous plaît", does: ["faster"] },
    { words: "faster please, and pause for two weeks", does: ["pause", "faster"], weeks: 2 },
    { words: "Schneller bitte, und zwei Wochen Pause", does: ["pause", "faster"], weeks: 2 },
    { words: "next", does: ["next"] },
    { words: "Please send me the next lesson now. Thanks!", does: ["next"] },
    { words: "Nächste Lektion bitte", does: ["next"] },
    { words: "La prochaine leçon, s'il vous plaît", does: ["next"] },
    { words: "help", does: [], says: "help" },
    { words: "Help please. Thanks!", does: [], says: "help" },
    { words: "Hilfe bitte", does: [], says: "help" },
    { words: "journal", does: [], says: "journal" },
    { words: "Please send me my journal.", does: [], says: "journal" },
    { words: "Bitte schicken Sie mir mein Tagebuch.", does: [], says: "journal" },
    { words: "Maybe I should unsubscribe.", does: [], says: "unclear" },
    { words: "I might need a break soon.", does: [], says: "unclear" },
    { words: "My father died on Sunday.", does: [], isGrave: true },
    { words: "Meine Mutter ist gestern gestorben.", does: [], isGrave: true },
    { words: "Ma femme est à l'hôpital depuis lundi.", does: [], isGrave: true },
    { words: "I was laid off this morning.", does: [], isGrave: true },
  ],
  paused: [
    { words: "resume", does: ["resume"] },
    { words: "Please go on with the course, thank you.", does: ["resume"] },
    { words: "Bitte weitermachen", does: ["resume"] },
    { words: "Ich möchte gern weitermachen.\n\nViele Grüße\nDana", does: ["resume"] },
  ],
};

/** What no mail may bring back. */
export const GRAVE_WORDS: readonly string[] = REQUESTS.active
  .filter(({ isGrave }) => isGrave)
  .map(({ words }) => words);

/** How somebody asks to leave, and what. */
export interface Stopping {
  words: string;
  leaves: "both" | "course" | "newsletter" | "everything";
  /** One of the words that the mails name: obeyed in silence. What is longer is told of once. */
  isExact: boolean;
}

export const STOPS: readonly Stopping[] = [
  { words: "Stop", leaves: "both", isExact: true },
  { words: "unsubscribe\n\nDana", leaves: "both", isExact: true },
  { words: "Abmelden", leaves: "both", isExact: true },
  { words: "Please take me off your list.\n\nThanks, Dana", leaves: "both", isExact: false },
  { words: "Bitte melden Sie mich ab.\n\nViele Grüße\nDana", leaves: "both", isExact: false },
  { words: "I'd like to unsubscribe, please.", leaves: "both", isExact: false },
  { words: "Please end the course, but keep sending the newsletter.", leaves: "course", isExact: false },
  {
    words: "Please unsubscribe me from the course only.\n\nThanks, Dana",
    leaves: "course",
    isExact: false,
  },
  {
    words: "Bitte beenden Sie den Kurs. Den Newsletter möchte ich behalten.",
    leaves: "course",
    isExact: false,
  },
  {
    words: "Please stop the newsletter, I want to keep the lessons.",
    leaves: "newsletter",
    isExact: false,
  },
  { words: "Please unsubscribe me from the newsletter only.", leaves: "newsletter", isExact: false },
  {
    words: "Bitte melden Sie mich nur vom Newsletter ab.\n\nViele Grüße\nDana",
    leaves: "newsletter",
    isExact: false,
  },
  {
    words: "Please delete all my data and stop all emails. Thank you.",
    leaves: "everything",
    isExact: false,
  },
  { words: "Delete all my data and stop everything.", leaves: "everything", isExact: false },
  {
    words: "Bitte löschen Sie alle meine Daten und schicken Sie mir keine E-Mails mehr.",
    leaves: "everything",
    isExact: false,
  },
];

/** What became of a move, in the words that the mails name, as people type them. */
export const MOVE_WORDS = [
  { words: "Made it", outcome: "made" },
  { words: "I made it!", outcome: "made" },
  { words: "Hi,\n\nmade it.\n\nThanks", outcome: "made" },
  { words: "Not yet.", outcome: "notYet" },
  { words: "NOT YET", outcome: "notYet" },
  { words: "not yet\n\nBest regards\nDana", outcome: "notYet" },
  { words: "The moment did not come", outcome: "noMoment" },
  { words: "the moment didn't come.", outcome: "noMoment" },
  { words: "Hello,\n\nthe moment did not come.", outcome: "noMoment" },
] as const;

/** In reply to the mail that says that they have left. */
export const RETURNS = [
  "back",
  "Back, please. Thanks!",
  "I'd like to come back, please.",
  "Please put me back.",
  "Ich möchte wieder dabei sein, bitte.",
] as const;
/** The same, by those who do not come back. */
export const FAREWELLS = [
  "Thanks, and all the best.",
  "Danke, alles Gute!",
  "It was a good course.",
] as const;
/** From an address of theirs that the course does not know. */
const FROM_ELSEWHERE = REQUESTS.active.filter(({ does }) => does.length > 0 && !does.includes("next"));

export const chooseReturn = (chance: Chance): string => chance.one(RETURNS);
export const chooseFarewell = (chance: Chance): string => chance.one(FAREWELLS);
export const chooseFromElsewhere = (chance: Chance): Asking => chance.one(FROM_ELSEWHERE);

export const chooseRequest = (chance: Chance, course: "active" | "paused"): Asking =>
  chance.one(REQUESTS[course]);

/** Each asks for the next lesson, and for nothing else. */
const FOR_THE_NEXT = REQUESTS.active.filter(({ does }) => does.join() === "next");
export const chooseNext = (chance: Chance): Asking => chance.one(FOR_THE_NEXT);

/** What they leave first, and then how they say it. `mayKeep`: they have both, and may keep one. */
export function chooseStop(chance: Chance, mayKeep: boolean): Stopping {
  const leaves = chance.one([
    ...(["both", "both", "everything"] as const),
    ...(mayKeep ? (["course", "newsletter"] as const) : []),
  ]);
  return chance.one(STOPS.filter((each) => each.leaves === leaves));
}

export const chooseMoveWord = (chance: Chance): (typeof MOVE_WORDS)[number] => chance.one(MOVE_WORDS);
