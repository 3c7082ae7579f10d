import type { Settings } from "./settings.ts";

/** What is kept about people. One list: the page at /privacy shows it, and docs/PRIVACY.md is held to it by a test. */
export interface Kept {
  item: string;
  howLong: string;
  why: string;
  erased: string;
}

const BY_ERASING = "Erased at once.";
const BY_ITSELF = "Goes by itself.";

const days = (count: number): string => `${count} days`;

/** All that a stage keeps, with its own numbers of days. */
export function whatIsKept({ inboxDays, unconfirmedDays, logDays }: Settings["retention"]): Kept[] {
  return [
    {
      item: "A sign-up that nobody confirms",
      howLong: days(unconfirmedDays),
      why: "The confirmation may be read late.",
      erased: BY_ITSELF,
    },
    {
      item: "Address, first name, time zone, the day, hour and pace of your lessons, ratings",
      howLong: "Until you erase everything. Leaving alone keeps them, so that you can come back.",
      why: "To send you what you asked for, when you want it.",
      erased: BY_ERASING,
    },
    {
      item: "What you wrote: your reflections",
      howLong: "Until you delete one, or erase everything.",
      why: "Your journal, and the lesson that shows you your words again.",
      erased: "One by one, or all at once.",
    },
    {
      item: "The whole email that a reply came in, with what was attached",
      howLong: days(inboxDays),
      why: "To read it again if our program misread it.",
      erased: "With its reflection, or with everything.",
    },
    {
      item: "Which emails were sent to you, when, and whether they arrived",
      howLong: "Until you erase everything.",
      why: "So that none is sent twice. Whether you open one, or follow a link, is not recorded.",
      erased: BY_ERASING,
    },
    {
      item: "Proof of what you agreed to: when, on which form, the words and their version, the network (not the whole number) and the browser, the email whose button you pressed",
      howLong:
        "The last 20 records, until you erase everything. After that, three years of the least: event, time, list, version of the words.",
      why: "The law asks whoever sends email to prove that it was wanted.",
      erased: "All but the least, which stands under a scrambled code.",
    },
    {
      item: "That an address must not be written to",
      howLong:
        "If you stopped all email yourself, until you sign up again; after a bounce or a complaint, for ever.",
      why: "So that you are not written to again by mistake.",
      erased: "Stays, under a scrambled code from which the address cannot be read.",
    },
    {
      item: "How often a form was used from a network or for an address, as scrambled codes",
      howLong: "A day at most.",
      why: "So that nobody can have others written to over and over.",
      erased: BY_ITSELF,
    },
    {
      item: "On which days an address refused an email for a while",
      howLong: "30 days",
      why: "After three such days nothing more is sent.",
      erased: BY_ERASING,
    },
    {
      item: "Notes for the daily list of new reflections that the author gets",
      howLong: "8 days",
      why: "They read what readers write.",
      erased: "Erased at once. What was mailed to the author is in their mailbox.",
    },
    {
      item: "That a reflection was deleted: its random name only",
      howLong: "30 days",
      why: "So that an email that is delivered twice does not bring it back.",
      erased: BY_ERASING,
    },
    {
      item: "Email to us that belongs to nobody we know",
      howLong: `Listed for 90 days; the email itself is kept for ${days(inboxDays)}`,
      why: "The owner looks whether somebody asks for something.",
      erased: BY_ITSELF,
    },
    {
      item: "Notices of our email service that could not be worked on",
      howLong: "14 days",
      why: "To work on them once the fault is mended.",
      erased: BY_ITSELF,
    },
    {
      item: "Logs of the programs: random names and codes, no address and no word of yours",
      howLong: days(logDays),
      why: "To find out what went wrong.",
      erased: BY_ITSELF,
    },
    {
      item: "The database’s own backup, from which it can be set back to an earlier minute",
      howLong: "35 days",
      why: "To save everybody’s data after a disaster.",
      erased: "What was erased is gone from it after 35 days.",
    },
  ];
}
