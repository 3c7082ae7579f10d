import { ArgumentError } from "../cli/arguments.ts";
import { ROOT } from "../cli/root.ts";
import {
  isWorkingWeek,
  lessonsInTwoWeeks,
  spreadLessons,
  WEEKDAYS,
} from "../functions/domain/course/cadence.ts";
import type { Course } from "../functions/domain/course/course.ts";
import { ADMITTED, LEAVING, MAILBOX_SLOTS } from "../functions/domain/people/limits.ts";
import { DAY } from "../functions/domain/time.ts";
import type { StageSettings } from "../infra/stage-schema.ts";
import { STAGES, type StageName, senderAddress } from "../infra/stages.ts";
import { verb } from "./command.ts";
import { STAGE_FLAG } from "./connect.ts";
import { readSnapshot } from "./plan/versions.ts";

const FLAGS = {
  ...STAGE_FLAG,
  readers: { value: "NUMBER", says: "how many readers you expect in the first three months" },
} as const;

/** Words for AWS: they refuse vague requests, and this says what the system really does. */
export const PRODUCTION_ACCESS = verb({
  flags: FLAGS,
  async run({ flags: { stage = "production", readers } }) {
    if (!Object.hasOwn(STAGES, stage))
      throw new ArgumentError(
        `There is no stage "${stage}"; coursepost.config.ts has ${Object.keys(STAGES).join(", ")}.`,
      );
    const count = Number(readers);
    if (!Number.isInteger(count) || count < 1)
      throw new ArgumentError("--readers NUMBER: AWS asks how much you will send, and only you can tell.");
    return request(stage as StageName, count);
  },
});

const lessonsAWeek = (defaults: Course["defaults"]): number => lessonsInTwoWeeks(defaults, defaults) / 2;
const isOnWorkdays = (defaults: Course["defaults"]): boolean =>
  isWorkingWeek(spreadLessons(defaults).weekdays);
const NUMBERS = ["none", "one", "two", "three", "four", "five", "six", "seven"];

const paceInWords = (defaults: Course["defaults"]): string => {
  const count = lessonsAWeek(defaults);
  if (count < 1) return "one every two weeks";
  return isOnWorkdays(defaults) ? "one every working day" : `${NUMBERS[count]} a week`;
};

/** The most lessons in a month: it has four weeks, and three days of a fifth. */
const mailsAMonth = (defaults: Course["defaults"]): number => {
  const count = lessonsAWeek(defaults);
  return Math.ceil(4 * count + Math.min(3, count));
};

const mainUse = (defaults: Course["defaults"]): string => {
  const { weekdays } = spreadLessons(defaults);
  const { weekday, time, days, pace } = defaults;
  const named = days || pace === "workdays" ? weekdays : [weekday];
  const list = new Intl.ListFormat("en").format(named.map((day) => `${WEEKDAYS[day - 1]}s`));
  return `on ${isOnWorkdays(defaults) ? "working days" : list} at ${time}`;
};

/** What the limits are; a test holds the numbers to those that the functions use. */
function limitsInWords({
  confirmationShare,
  letIn,
}: Pick<StageSettings, "confirmationShare" | "letIn">): string {
  const { slots, restMs } = MAILBOX_SLOTS;
  const exempt = letIn.length > 0 ? ", except a few that we know and have named" : "";
  return [
    `A mailbox gets at most one confirmation in 24 hours and ${slots} in ${restMs / DAY} days, however its address is spelled.`,
    `Of the sign-ups from one network at most ${ADMITTED.network.most} are taken in a day and ${LEAVING.network.most} confirmations leave in an hour,`,
    `of those for one company's domain ${ADMITTED.recipientDomain.most} in a day and ${LEAVING.recipientDomain.most} in an hour${exempt}; what is more is dropped.`,
    `All confirmations together are at most ${Math.round(100 * confirmationShare)}% of the day's quota`,
  ].join(" ");
}

async function request(name: StageName, readers: number): Promise<string> {
  const stage = STAGES[name];
  const courses = (await readSnapshot(ROOT)).filter(({ slug }) => stage.courses.includes(slug));
  const titles = courses.map(
    ({ title, lessons, defaults }) => `"${title}" (${lessons.length} lessons, ${paceInWords(defaults)})`,
  );
  const perMonth = Math.max(...courses.map(({ defaults }) => mailsAMonth(defaults)));
  const times = courses.map(({ defaults }) => mainUse(defaults)).join(" and ");
  const website = `https://${stage.webDomain ?? "YOUR-LANDING-PAGE"}/`;
  const words = `
${stage.ownerName} (${stage.postalAddress}) runs a free email course: ${titles.join(", ")}. People sign up on ${website} and on no other list: we buy and rent no addresses.

How addresses get on the list: the form asks for an address and consent; one confirmation mail is sent, with nothing of the form in it but the address; nothing else is sent until its link is opened and a button pressed there (double opt-in). ${limitsInWords(stage)}; the form has a honeypot and a signed time. Time, network and wording of the consent are kept.

What is sent: a confirmation, a welcome, the lessons at the hour and the pace that the reader chose, now and then their own answers quoted back to them, one short answer to a reply, and a newsletter to those who ticked its own box. We expect about ${readers} readers in the first three months, that is about ${readers * perMonth} mails a month, sent mostly ${times} local time, at whatever rate is granted: our sender books slots of the granted rate and never goes beyond it.

How people leave: every lesson has List-Unsubscribe and List-Unsubscribe-Post headers (RFC 8058) and a link; one click ends it at once. A reply that says "stop" does as well. The postal address is in every mail.

Bounces and complaints: an SES configuration set publishes send, delivery, bounce, complaint, reject and delay events to SNS and SQS. A permanent bounce or a complaint stops all mail to the address at once and for good; three soft bounces on different days do too. Bounces and complaints are counted in a day by what caused them: confirmations are held automatically at 1% bounces or 0.02% complaints, all sending at 3.5% or 0.07%, before SES's own thresholds together; a hold lasts at least 6 and 12 hours, then a quarter of the usual allowance holds and grows over days, and a second hold is twice as long. There is no open or click tracking.

Mail is sent from ${senderAddress(stage)} with DKIM (Easy DKIM), a custom MAIL FROM domain with SPF, and DMARC. Replies are received through SES and answered by a person at ${stage.ownerMailbox}.
`.trim();
  return [
    words,
    "",
    "---- File it in the SES console (Account dashboard > Request production access), or with:",
    "",
    `aws sesv2 put-account-details --region ${stage.region} --production-access-enabled --mail-type MARKETING \\`,
    `  --website-url ${website} --additional-contact-email-addresses ${stage.ownerMailbox} \\`,
    "  --use-case-description file://request.txt",
    "",
    "(put the words above the line into request.txt; read them once more: you sign them)",
  ].join("\n");
}
