import { DAY, HOUR, type Instant, iso, MINUTE } from "./time.ts";

/** What the functions see and the owner must hear of. */
export interface Concern {
  /** The subject of the mail: what is wrong. */
  title: string;
  /** Who is hurt, and how, and what to do. */
  hurts: string;
  /** Seen so often within `within`, it is an incident. */
  times: number;
  within: number;
  /** Over when it was not seen for so long. */
  quiet: number;
  /** Over only when SES has taken a mail meanwhile: silence alone may mean that nothing was due. */
  untilSent?: boolean;
  /** What stays when no more of it comes, and what to do about it: its end says so. */
  stays?: string;
}

const ONCE = { times: 1, within: MINUTE };

export const CONCERNS = {
  late: {
    title: "mail is late",
    hurts:
      "Some mail has been due for a quarter of an hour. Its readers wait; nothing is lost. The log of the lane function says what SES refuses; a larger list needs a larger rate from SES.",
    times: 5,
    within: 10 * MINUTE,
    quiet: 15 * MINUTE,
  },
  parked: {
    title: "a mail is parked",
    hurts:
      "One reader's course stands still: a mail of theirs was in doubt twice, or SES can never take it, so it is not sent until you decide. `npm run console -- parked list` names it.",
    ...ONCE,
    quiet: DAY,
    stays: "What is parked stays so until you decide: `npm run console -- parked list`.",
  },
  "in-doubt": {
    title: "mails are in doubt",
    hurts:
      "Several mails are in doubt: their readers wait a quarter of an hour. SES's answers are being lost, or functions die in the middle of sending. The log lines `in-doubt` name them.",
    times: 5,
    within: 5 * MINUTE,
    quiet: 30 * MINUTE,
  },
  refused: {
    title: "SES refuses mail until you mend something",
    hurts:
      "SES refuses mail, and would until something is set right: an identity, a permission, SES's sandbox. Its readers wait and nothing is lost: it is tried again every five minutes. `npm run doctor` looks for what it is.",
    ...ONCE,
    quiet: 20 * MINUTE,
    untilSent: true,
  },
  unreached: {
    title: "SES is not reached",
    hurts:
      "SES is not reached, answers that it is out of service, or does not know our keys. Mail waits and nothing is lost: it is tried again, each within twenty minutes of SES's return.",
    times: 5,
    within: HOUR,
    quiet: 20 * MINUTE,
    untilSent: true,
  },
  paused: {
    title: "SES has paused the account",
    hurts:
      "SES takes no mail because sending is paused, by AWS, by you, or for the configuration set. Every reader waits; nothing is lost. Answer AWS's message; sending goes on by itself once SES allows it.",
    ...ONCE,
    quiet: 20 * MINUTE,
    untilSent: true,
  },
  "voice-objection": {
    title: "somebody says that an answer should not be there",
    hurts:
      "A reader who was shown another reader's answer pressed “This should not be here”. It is shown to nobody more until you have looked at it: `npm run console -- voices list` names it, and the desk has it under Voices.",
    ...ONCE,
    quiet: MINUTE,
    stays: "What was objected to waits for you: `npm run console -- voices list`.",
  },
  held: {
    title: "sending is held",
    hurts:
      "Sending is held: too much bounced or was called spam, or you held it yourself. Every reader waits; nothing is lost. `npm run console -- sending status` says why and until when; `sending resume` goes on at once.",
    ...ONCE,
    quiet: 5 * MINUTE,
  },
  "confirmations-held": {
    title: "confirmations are held",
    hurts:
      "Confirmations are held: too many of them bounced or were called spam, so strangers play with the form. Who signs up waits some hours; readers get all their mail. `npm run console -- sending status` says until when.",
    ...ONCE,
    quiet: 5 * MINUTE,
  },
  "confirmations-given-up": {
    title: "a confirmation was given up",
    hurts:
      "A confirmation that was asked for two days ago (seven, where others of its network or company came back) found no place behind a hold, and was dropped: strangers play with the form. Close it for a while: take the course out of the links that lead to it. Who waits is told to write to you, and `npm run console -- let-in add` lets them in.",
    ...ONCE,
    quiet: DAY,
  },
  "sign-ups-dropped": {
    title: "sign-ups are dropped",
    hurts:
      "Twenty sign-ups in five minutes were over a limit, and dropped: somebody plays with the form, or an office signs up together. Who waits for a confirmation is told to write to you. `npm run console -- let-in add` lets a network, a domain or an address in.",
    times: 20,
    within: 5 * MINUTE,
    quiet: HOUR,
  },
  "unsubscribe-flood": {
    title: "links to unsubscribe are flooded",
    hurts:
      "An instance of the function behind the links to unsubscribe was busy for half of five minutes: a stranger, or a very eager mail scanner. Nobody is refused. A million requests cost about $2; should lessons come late, ask AWS for more than ten invocations at a time.",
    ...ONCE,
    quiet: HOUR,
  },
  quota: {
    title: "the day's quota is nearly used",
    hurts:
      "Four fifths of the day's quota are used. Issues stop at 90 %, lessons at 97 %, and go on when SES has room; ask SES for a larger quota before the list grows.",
    ...ONCE,
    quiet: 2 * HOUR,
  },
  "delivery-failed": {
    title: "mails could not be made",
    hurts:
      "Some readers' mails could not be made or sent, and wait. The log of the lane function names the code of each (`delivery-failed`, `page-failed`).",
    ...ONCE,
    quiet: 30 * MINUTE,
  },
  answers: {
    title: "many mails are automatic answers",
    hurts:
      "More than 5 % of a day's mail is automatic answers. Either many readers reply at once, or a machine and the course answer each other: look for one among the repliers.",
    ...ONCE,
    quiet: DAY,
  },
  "relays-held": {
    title: "what may be of strangers is kept back from your mailbox",
    hurts:
      "Forty mails in a day told you of words that nobody proves to be a reader's: written on lessons' pages, or by mails without a proven sender. More of them are kept, and wait on the desk and in `npm run console -- replies list --waiting`; proven ones still reach you at once.",
    ...ONCE,
    quiet: DAY,
  },
  "answers-held": {
    title: "automatic answers are held",
    hurts:
      "Two thousand automatic answers were planned in a day, so no more are: a loop, or an attack. Replies are kept and questions still reach you; their readers get no prompt until a day after the first of them.",
    ...ONCE,
    quiet: DAY,
  },
  unmatched: {
    title: "a mail belongs to nobody we know",
    hurts:
      "A mail came in that belongs to no reader we know. It is kept, and nobody answers it: `npm run console -- tray` shows it.",
    ...ONCE,
    quiet: DAY,
    stays: "What came is kept: `npm run console -- tray`.",
  },
  "erase-unfinished": {
    title: "an erasing is unfinished",
    hurts:
      "Somebody asked to be erased, and raw mails of theirs are still there: S3 did not remove them. They are removed when the reader presses the button once more, or when you run `subscribers erase` with the id that the log line `erase-unfinished` has.",
    ...ONCE,
    quiet: 3 * HOUR,
    stays:
      "Unless the reader or you have done so, it is unfinished still: `subscribers erase` with its id goes on where it stopped.",
  },
} as const satisfies Record<string, Concern>;

export type ConcernName = keyof typeof CONCERNS;

/** A concern as it was seen. It is an incident from `openedAt` on. */
export interface Incident {
  firstAt: Instant;
  lastAt: Instant;
  /** In the present window; not counted on once it is an incident. */
  times: number;
  openedAt?: Instant;
  /** A mail has left since it was last seen. */
  hasSent?: true;
  /** The owner was told. */
  isTold?: true;
  /** A code, such as SES's; never an address or a reader's words. */
  detail?: string;
}

export type Incidents = { readonly [name in ConcernName]?: Incident };

/** A concern is seen once more. */
export function withSighting(
  incidents: Incidents,
  name: ConcernName,
  now: Instant,
  detail?: string,
): Incidents {
  const { times, within }: Concern = CONCERNS[name];
  const known = incidents[name];
  const isSame = known !== undefined && (known.openedAt !== undefined || now - known.firstAt < within);
  const { hasSent: _, ...before } = known ?? { firstAt: now, lastAt: now, times: 0 };
  const seen: Incident = isSame
    ? { ...before, lastAt: now, times: before.times + 1 }
    : { firstAt: now, lastAt: now, times: 1 };
  const opens = seen.openedAt === undefined && seen.times >= times;
  return {
    ...incidents,
    [name]: { ...seen, ...(opens && { openedAt: now }), ...(detail !== undefined && { detail }) },
  };
}

/** Those that are incidents and were told to nobody: for longer than `patience`, because the teller may be at it. */
export const listUntold = (incidents: Incidents, now: Instant, patience: number): ConcernName[] =>
  incidentNames(incidents).filter((name) => {
    const { openedAt, isTold } = incidents[name] as Incident;
    return openedAt !== undefined && !isTold && now - openedAt >= patience;
  });

export const withTold = (incidents: Incidents, name: ConcernName): Incidents => {
  const incident = incidents[name];
  return incident ? { ...incidents, [name]: { ...incident, isTold: true } } : incidents;
};

/** A mail has left: what waits for one to be over has seen it. The same incidents if none does. */
export function withSent(incidents: Incidents): Incidents {
  const waiting = listOpen(incidents).filter((name) => {
    const { untilSent = false }: Concern = CONCERNS[name];
    return untilSent && !incidents[name]?.hasSent;
  });
  if (waiting.length === 0) return incidents;
  const seen = waiting.map((name) => [name, { ...incidents[name], hasSent: true }]);
  return { ...incidents, ...Object.fromEntries(seen) };
}

/** Those that are over: not seen for long enough, and where that says nothing, a mail has left since. */
export const listEnded = (incidents: Incidents, now: Instant): ConcernName[] =>
  incidentNames(incidents).filter((name) => {
    const { quiet, untilSent = false }: Concern = CONCERNS[name];
    const { lastAt, openedAt, hasSent } = incidents[name] as Incident;
    return now - lastAt >= quiet && (openedAt === undefined || !untilSent || hasSent);
  });

export const withoutConcerns = (incidents: Incidents, names: readonly ConcernName[]): Incidents =>
  Object.fromEntries(Object.entries(incidents).filter(([name]) => !names.includes(name as ConcernName)));

/** Those that are open, first seen first. */
export const listOpen = (incidents: Incidents): ConcernName[] =>
  incidentNames(incidents)
    .filter((name) => incidents[name]?.openedAt !== undefined)
    .sort((one, other) => (incidents[one]?.firstAt ?? 0) - (incidents[other]?.firstAt ?? 0));

const incidentNames = (incidents: Incidents): ConcernName[] =>
  (Object.keys(incidents) as ConcernName[]).filter((name) => name in CONCERNS);

/** A mail to the owner: 100 characters of ASCII are what SNS takes as a subject. */
export interface ConcernMail {
  subject: string;
  text: string;
}

export function beginningInWords(
  stage: string,
  name: ConcernName,
  { firstAt, detail }: Incident,
): ConcernMail {
  const { title, hurts } = CONCERNS[name];
  const said = detail ? ` The last one: ${detail}.` : "";
  return {
    subject: `Coursepost ${stage}: ${title}`.slice(0, 100),
    text: `${hurts}${said}\n\nSince ${iso(firstAt)}. You are told once, and when it is over. docs/WHEN-THINGS-GO-WRONG.md has each.`,
  };
}

export function endInWords(
  stage: string,
  name: ConcernName,
  { firstAt, lastAt, times }: Incident,
): ConcernMail {
  const { title, stays }: Concern = CONCERNS[name];
  const seen = `Seen from ${iso(firstAt)} to ${iso(lastAt)}, at least ${times} ${times === 1 ? "time" : "times"}, and not since.`;
  return {
    subject: `Coursepost ${stage}: ${stays ? "no more" : "over"}: ${title}`.slice(0, 100),
    text: stays ? `${seen} ${stays}` : seen,
  };
}
