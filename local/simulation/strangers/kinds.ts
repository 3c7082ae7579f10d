/** Who lives among the readers and wants something else, by the name for `--strangers`. */
export const STRANGERS = {
  bombers: "fill a victim's mailbox, or a company's, with confirmations: many spellings, many networks",
  bouncers: "sign up addresses that bounce, to stop all mail",
  enumerators: "ask about known and unknown addresses, to learn who is in the course",
  forgers: "write as a reader or as the owner, with what a forwarded mail shows",
  replayers: "press a forwarded page's buttons again and again, and send a reader's own mails once more",
  flooders:
    "send large mails that are made to keep a reader of mails busy, and ask for pages a hundred at a time",
} as const;
export type StrangerName = keyof typeof STRANGERS;
export const ALL_STRANGERS = Object.keys(STRANGERS) as StrangerName[];
