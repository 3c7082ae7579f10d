import type { Chance } from "./random.ts";

/** What must follow from a mail that asks for something, or must not: told by what a person means by it. */
export interface Asking {
  words: string;
  /** In their order. A mail that speaks of something and asks for nothing certain has none, and is asked back. */
  does: readonly ("pause" | "resume" | "slower" | "faster" | "next")[];
  /** Two weeks, in all of these. */
  weeks?: 2;
  /** No machine may answer. */
  isGrave?: true;
}

/** As people write: with courtesies, in several languages, two requests at once, and what is only nearly a request. */
const REQUESTS: Record<"active" | "paused", readonly Asking[]> = {
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
    { words: "Plus vite, s'il vous plaît", does: ["faster"] },
    { words: "faster please, and pause for two weeks", does: ["pause", "faster"], weeks: 2 },
    { words: "Schneller bitte, und zwei Wochen Pause", does: ["pause", "faster"], weeks: 2 },
    { words: "next", does: ["next"] },
    { words: "Please send me the next lesson now. Thanks!", does: ["next"] },
    { words: "Nächste Lektion bitte", does: ["next"] },
    { words: "La prochaine leçon, s'il vous plaît", does: ["next"] },
    { words: "help", does: [] },
    { words: "Hilfe bitte", does: [] },
    { words: "Please send me my journal.", does: [] },
    { words: "Maybe I should unsubscribe.", does: [] },
    { words: "I might need a break soon.", does: [] },
    { words: "My father died on Sunday.", does: [], isGrave: true },
    { words: "Meine Mutter ist gestern gestorben.", does: [], isGrave: true },
    { words: "Ma femme est à l'hôpital depuis lundi.", does: [], isGrave: true },
    { words: "I was laid off this morning.", does: [], isGrave: true },
  ],
  paused: [
    { words: "resume", does: ["resume"] },
    { words: "Please go on with the course, thank you.", does: ["resume"] },
    { words: "Bitte weitermachen", does: ["resume"] },
  ],
};

/** What no mail may bring back. */
export const GRAVE_WORDS: readonly string[] = REQUESTS.active
  .filter(({ isGrave }) => isGrave)
  .map(({ words }) => words);

/** Leaving by one of the words that the mails name is obeyed in silence; more is told of once. */
const STOPS = [
  { words: "Stop", isExact: true },
  { words: "unsubscribe\n\nDana", isExact: true },
  { words: "Please take me off your list.\n\nThanks, Dana", isExact: false },
  { words: "Bitte melden Sie mich ab.\n\nViele Grüße\nDana", isExact: false },
  { words: "I'd like to unsubscribe, please.", isExact: false },
] as const;

/** In reply to the mail that says that they have left. */
const RETURNS = [
  "back",
  "Back, please. Thanks!",
  "I'd like to come back, please.",
  "Please put me back.",
  "Ich möchte wieder dabei sein, bitte.",
] as const;
/** The same, by those who do not come back. */
const FAREWELLS = ["Thanks, and all the best.", "Danke, alles Gute!", "It was a good course."] as const;
/** From an address of theirs that the course does not know. */
const FROM_ELSEWHERE = REQUESTS.active.filter(({ does }) => does.length > 0 && !does.includes("next"));

export const chooseReturn = (chance: Chance): string => chance.one(RETURNS);
export const chooseFarewell = (chance: Chance): string => chance.one(FAREWELLS);
export const chooseFromElsewhere = (chance: Chance): Asking => chance.one(FROM_ELSEWHERE);

export const chooseRequest = (chance: Chance, course: "active" | "paused"): Asking =>
  chance.one(REQUESTS[course]);

export const chooseStop = (chance: Chance): (typeof STOPS)[number] => chance.one(STOPS);
