import { Temporal } from "temporal-polyfill";
import { DESK_ORIGIN } from "../../domain/desk-origin.ts";
import type { WeekCost, WeekReport } from "../../domain/report.ts";

/** What a report tells of. */
export interface ReportFacts {
  week: WeekReport;
  /** The week before it, if it was counted. */
  before: WeekReport | undefined;
  /** Where its links and the commands that it names are to be opened. */
  stage: string;
}

/** The words of a report: one screen, the figures first. */
export function reportWords({ week, before, stage }: ReportFacts) {
  const { signedUp, replies, now } = week;
  return {
    subject: `Your week: ${countInWords(signedUp, "sign-up")}, ${replies === 1 ? "1 reply" : `${amount(replies)} replies`}`,
    heading: weekInWords(week.monday),
    preview: `${amount(now.active)} active, ${countInWords(waitingInWords(week), "thing")} waiting for you`,
    rows: listRows(week, before),
    columns: before && { week: "this week", before: "before" },
    standing: standingInWords(week),
    waitingHeading: "Waiting for you",
    waiting: listWaiting(week, stage),
    deskHeading: "On the desk",
    screens: listScreens(stage),
    howToOpen: howToOpen(stage),
    cost: costInWords(week.cost),
    noOpens: NO_OPENS,
  };
}

const NO_OPENS =
  "There are no open rates here. To count opens, each email would have to hold a hidden picture that reports on its reader, and mail programs fetch such pictures by themselves, so that the figure would be wrong as well. Replies tell whether a course is read.";

const ROWS: [label: string, figure: (week: WeekReport) => number, isOnlyTold?: "if any"][] = [
  ["Signed up", ({ signedUp }) => signedUp],
  ["Confirmed", ({ confirmed }) => confirmed],
  ["Imported", ({ imported }) => imported, "if any"],
  ["Replies", ({ replies }) => replies],
  ["Finished the course", ({ completed }) => completed],
  ["Left", ({ left }) => left],
  ["Bounced", ({ bounced }) => bounced],
  ["Called it spam", ({ complained }) => complained],
  ["Emails sent", ({ mails }) => mails],
];

function listRows(week: WeekReport, before: WeekReport | undefined) {
  return ROWS.filter(([, figure, isOnlyTold]) => !isOnlyTold || figure(week) > 0).map(([label, figure]) => {
    const [now, then] = [amount(figure(week)), before ? amount(figure(before)) : ""];
    return {
      label,
      figure: now,
      before: then,
      line: `${label}: ${now}${then && ` (the week before: ${then})`}`,
    };
  });
}

function standingInWords({ now }: WeekReport): string {
  const paused = now.paused > 0 ? `, ${amount(now.paused)} of them paused` : "";
  const unconfirmed = now.unconfirmed > 0 ? ` ${amount(now.unconfirmed)} have not confirmed yet.` : "";
  return `Today: ${countInWords(now.active, "active reader")}, ${amount(now.inCourse)} in a course${paused}, ${amount(now.newsletter)} with the newsletter.${unconfirmed}`;
}

const waitingInWords = ({ waiting }: WeekReport): number =>
  Object.values(waiting).reduce((sum, count) => sum + count, 0);

/** A line of what waits, and where on the desk it is dealt with. */
interface WaitingLine {
  says: string;
  link?: string;
}

/** What to do about each; one line that says so if there is nothing. */
function listWaiting(week: WeekReport, stage: string): WaitingLine[] {
  const { questions, parked, unmatched, deadLetters } = week.waiting;
  if (waitingInWords(week) === 0) return [{ says: "Nothing waits for you." }];
  const line = (count: number, thing: string, rest: string, path: string): WaitingLine[] =>
    count > 0 ? [{ says: `${countInWords(count, thing)} ${rest}.`, link: deskLink(path, stage) }] : [];
  return [
    ...line(
      questions,
      "question",
      "of the last four weeks without an answer of yours; you can also reply to the email that brought each",
      "/replies?which=waiting",
    ),
    ...line(parked, "email", "parked until you decide", "/"),
    ...line(unmatched, "email", "in the unmatched tray", "/"),
    ...line(deadLetters, "message", "that a queue has given up", "/"),
  ];
}

const SCREENS: readonly (readonly [name: string, path: string])[] = [
  ["Today", "/"],
  ["Replies", "/replies"],
  ["Readers", "/readers"],
  ["Course", "/course"],
  ["Newsletter", "/newsletter"],
  ["Health and cost", "/health"],
];

const listScreens = (stage: string) => SCREENS.map(([name, path]) => ({ name, link: deskLink(path, stage) }));

/** A desk of another stage says so, and how to start this one's. */
const deskLink = (path: string, stage: string): string =>
  `${DESK_ORIGIN}${path}${path.includes("?") ? "&" : "?"}stage=${stage}`;

const howToOpen = (stage: string): string =>
  `These links open on your own machine, while the desk runs there: npm run desk -- --stage ${stage}. In a terminal: npm run console -- today --stage ${stage}.`;

function costInWords({ sending, around, standing, prices }: WeekCost): string {
  const sum = sending + around + standing;
  return `It cost about ${usd(sum)}: ${usd(sending)} for sending, ${usd(around)} for what goes with it, ${usd(standing)} that a week costs anyway. List prices of ${prices.region}, ${prices.date}; your bill knows about free tiers and taxes.`;
}

const usd = (sum: number): string => (sum > 0 && sum < 0.01 ? "less than $0.01" : `$${sum.toFixed(2)}`);
const amount = (count: number): string => count.toLocaleString("en");
const countInWords = (count: number, thing: string): string =>
  `${amount(count)} ${thing}${count === 1 ? "" : "s"}`;

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

/** `23 to 29 November 2026`, or with both months, or both years, where they differ. */
function weekInWords(monday: string): string {
  const end = Temporal.PlainDate.from(monday).subtract({ days: 1 });
  const begin = end.subtract({ days: 6 });
  const month = (day: Temporal.PlainDate) => MONTHS[day.month - 1];
  const last = `${end.day} ${month(end)} ${end.year}`;
  if (begin.year !== end.year) return `${begin.day} ${month(begin)} ${begin.year} to ${last}`;
  return begin.month === end.month ? `${begin.day} to ${last}` : `${begin.day} ${month(begin)} to ${last}`;
}
