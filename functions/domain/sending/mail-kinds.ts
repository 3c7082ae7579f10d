/*
 * Every kind of mail, and all that the code decides by kind. A new kind is one entry here; `npm run typecheck` then
 * names each place that needs something of it: its composer, its samples, what is known of it when it is replied to.
 */

/**
 * How soon a mail leaves when SES's rate is short; the earlier goes first. One word for the entries of agendas, the
 * horizons of the governor and the shards of the `due` index, whose names begin with it.
 * urgent: a person waits for it, or it answers one. lesson: the week's lessons. bulk: issues of the newsletter.
 */
export const PRIORITIES = ["urgent", "lesson", "bulk"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What a kind of mail is. No field has a default, so that each is decided for each kind. */
export interface MailKind {
  /** What goes to the owner is in English, belongs to no list, and stops no reader when it bounces. */
  to: "reader" | "owner";
  priority: Priority;
  /** Made from `templates/emails/<kind>.mjml` and `.txt.hbs`. A test mail brings its words along. */
  hasTemplate: boolean;
  /** Says how to unsubscribe. A confirmation goes to people who are on no list yet. */
  hasUnsubscribe: boolean;
  /** In which statuses of its course it leaves besides "active". A pause never silences an answer. */
  leavesAlsoWhile: readonly ("paused" | "completed")[];
  /** Where it stands on a subscriber's own agenda: for which list, and which subscriber gets it. */
  onSubscriber:
    | { list: "account" | "newsletter"; getsIt: "not-stopped" | "active" | "reads-issues" }
    | undefined;
  /** Whether it quotes what its reader wrote, and so needs all of it. `compose.ts` decides about "sometimes". */
  quotesReader: "always" | "sometimes" | "never";
  /** What is fetched or signed for it besides what every mail has. */
  needs: readonly Need[];
  /** What a reply to it gets: one automatic prompt, the owner's eyes, or a place in the journal. */
  reply: "prompt" | "owner" | "kept";
  /** The same words go to many: it is composed once (`mail/mime/splice.ts`), and can be read on the web. */
  isToMany: boolean;
  /**
   * The ledger is read before it is sent. What asks for it, a mail that a person wrote or an errand, may come to us
   * twice, and it is planned again while it leaves.
   */
  readsLedgerFirst: boolean;
}

/**
 * broadcast: the words of a running broadcast. latest-issue: the newest that everybody may read. lesson: the lesson whose question it asks still exists.
 * confirm-link, personal-link, join-link, own-reply-link, letters-link, address-link: links that few mails hold; signing one is a tenth of the work
 * on a lesson.
 */
type Need =
  | "broadcast"
  | "latest-issue"
  | "lesson"
  | "confirm-link"
  | "personal-link"
  | "join-link"
  | "own-reply-link"
  | "letters-link"
  | "address-link";

const MAIL_KINDS = {
  confirmation: {
    to: "reader",
    priority: "urgent",
    hasTemplate: true,
    hasUnsubscribe: false,
    leavesAlsoWhile: [],
    onSubscriber: { list: "account", getsIt: "not-stopped" },
    quotesReader: "never",
    needs: ["confirm-link"],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: false,
  },
  /** On the subscriber it is the newsletter's, for whom asked for it alone. */
  welcome: {
    to: "reader",
    priority: "urgent",
    hasTemplate: true,
    hasUnsubscribe: true,
    leavesAlsoWhile: ["paused", "completed"],
    onSubscriber: { list: "newsletter", getsIt: "reads-issues" },
    quotesReader: "never",
    needs: ["latest-issue"],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: false,
  },
  lesson: {
    to: "reader",
    priority: "lesson",
    hasTemplate: true,
    hasUnsubscribe: true,
    leavesAlsoWhile: [],
    onSubscriber: undefined,
    quotesReader: "sometimes",
    needs: [],
    reply: "prompt",
    isToMany: true,
    readsLedgerFirst: false,
  },
  /** The automatic answer to a reply. */
  prompt: {
    to: "reader",
    priority: "urgent",
    hasTemplate: true,
    hasUnsubscribe: true,
    leavesAlsoWhile: ["paused", "completed"],
    onSubscriber: undefined,
    quotesReader: "never",
    needs: ["lesson"],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: false,
  },
  /** The owner's answer to a reader. On the subscriber it is about an issue. */
  answer: {
    to: "reader",
    priority: "urgent",
    hasTemplate: true,
    hasUnsubscribe: true,
    leavesAlsoWhile: ["paused", "completed"],
    onSubscriber: { list: "newsletter", getsIt: "active" },
    quotesReader: "never",
    needs: [],
    reply: "owner",
    isToMany: false,
    readsLedgerFirst: true,
  },
  "look-back": {
    to: "reader",
    priority: "lesson",
    hasTemplate: true,
    hasUnsubscribe: true,
    leavesAlsoWhile: ["completed"],
    onSubscriber: undefined,
    quotesReader: "always",
    needs: ["lesson"],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: false,
  },
  completion: {
    to: "reader",
    priority: "lesson",
    hasTemplate: true,
    hasUnsubscribe: true,
    leavesAlsoWhile: [],
    onSubscriber: undefined,
    quotesReader: "always",
    needs: ["letters-link"],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: false,
  },
  /**
   * A look-back long after the end, to whom the completion announced it. A course that was completed again in one run announces
   * it again: what has left does not leave twice.
   */
  letter: {
    to: "reader",
    priority: "lesson",
    hasTemplate: true,
    hasUnsubscribe: true,
    leavesAlsoWhile: ["completed"],
    onSubscriber: undefined,
    quotesReader: "always",
    needs: ["letters-link"],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: true,
  },
  issue: {
    to: "reader",
    priority: "bulk",
    hasTemplate: true,
    hasUnsubscribe: true,
    leavesAlsoWhile: [],
    onSubscriber: { list: "newsletter", getsIt: "reads-issues" },
    quotesReader: "never",
    needs: ["broadcast"],
    reply: "owner",
    isToMany: true,
    readsLedgerFirst: false,
  },
  /** A short mail about something that a reader asked for; the slug begins with the occasion. */
  notice: {
    to: "reader",
    priority: "urgent",
    hasTemplate: true,
    hasUnsubscribe: true,
    leavesAlsoWhile: ["paused", "completed"],
    onSubscriber: { list: "account", getsIt: "active" },
    quotesReader: "sometimes",
    needs: ["personal-link", "join-link", "own-reply-link"],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: true,
  },
  /**
   * About a change of address that its reader asked for, to an address that is not theirs yet, or is no more: it has no link to
   * their page, nor one to leave by. The slug begins with the occasion (`address-change.ts`).
   */
  address: {
    to: "reader",
    priority: "urgent",
    hasTemplate: true,
    hasUnsubscribe: false,
    leavesAlsoWhile: [],
    onSubscriber: { list: "account", getsIt: "not-stopped" },
    quotesReader: "never",
    needs: ["address-link"],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: true,
  },
  /** A reader's mail, passed on to the owner. */
  relay: {
    to: "owner",
    priority: "urgent",
    hasTemplate: true,
    hasUnsubscribe: false,
    leavesAlsoWhile: [],
    onSubscriber: undefined,
    quotesReader: "never",
    needs: [],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: true,
  },
  /** A day's reflections. */
  digest: {
    to: "owner",
    priority: "urgent",
    hasTemplate: true,
    hasUnsubscribe: false,
    leavesAlsoWhile: [],
    onSubscriber: undefined,
    quotesReader: "never",
    needs: [],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: true,
  },
  /** A week in numbers. */
  report: {
    to: "owner",
    priority: "urgent",
    hasTemplate: true,
    hasUnsubscribe: false,
    leavesAlsoWhile: [],
    onSubscriber: undefined,
    quotesReader: "never",
    needs: [],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: true,
  },
  /** A mail that the owner composed to see it arrive. */
  test: {
    to: "owner",
    priority: "urgent",
    hasTemplate: false,
    hasUnsubscribe: false,
    leavesAlsoWhile: [],
    onSubscriber: undefined,
    quotesReader: "never",
    needs: [],
    reply: "kept",
    isToMany: false,
    readsLedgerFirst: true,
  },
} as const satisfies Record<string, MailKind>;

export type DispatchKind = keyof typeof MAIL_KINDS;
export const DISPATCH_KINDS = Object.keys(MAIL_KINDS) as DispatchKind[];

/** The kinds whose entry says so: `KindWhere<"to", "owner">`. A record of them is complete, or does not compile. */
export type KindWhere<Field extends keyof MailKind, Value> = {
  [Kind in DispatchKind]: (typeof MAIL_KINDS)[Kind][Field] extends Value ? Kind : never;
}[DispatchKind];

export const mailKind = (kind: DispatchKind): MailKind => MAIL_KINDS[kind];

export const isMailKind = (word: string): word is DispatchKind => Object.hasOwn(MAIL_KINDS, word);

/** What an agenda holds besides mail: acts of the course itself. Nothing is sent for them. */
export const ACTS = {
  /** The end of a pause. */
  resume: "lesson",
  /** The rest of a stop that was cut short. */
  "finish-stop": "urgent",
  /** An address that was asked for, or was somebody's before, goes when its time is over. */
  "forget-address": "lesson",
  /** The second erasing, an hour after the first. */
  "erase-again": "lesson",
} as const satisfies Record<string, Priority>;
