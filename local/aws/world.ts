/** A mail that SES's emulator has delivered to someone's mailbox. */
export interface LeftMail {
  /** The id that SES gave it. */
  messageId: string;
  /** Virtual time, epoch ms. */
  at: number;
  /** Envelope sender and recipients. */
  from: string;
  to: string[];
  raw: Uint8Array;
}

export interface Happening {
  /** Virtual time, epoch ms. */
  at: number;
  /** The function, or the queue of a dead letter. */
  where: string;
  text: string;
}

/** An event that was put on the stage's bus. */
export interface ToldEvent {
  type: string;
  timestamp: string;
  data: unknown;
}

/** All that the inbox asks of the cloud behind it; the running cloud answers, and a small fake in the tests. */
export interface World {
  now(): number;
  webOrigin: string;
  smtpPort: number;
  mails(): readonly LeftMail[];
  /** What SES's simulator addresses do, done to a mail that has been delivered. */
  bounce(messageId: string): Promise<void>;
  complain(messageId: string): Promise<void>;
  outOfOffice(messageId: string): Promise<void>;
  /** When the next thing is to happen, if anything is. */
  nextEventAt(): number | undefined;
  advanceTo(moment: number): Promise<void>;
  /** What the functions have logged, oldest first. */
  logs(): readonly Happening[];
  deadLetters(): readonly Happening[];
  /** What other tools were told, oldest first; undefined for a stage that tells nothing. */
  told(): readonly ToldEvent[] | undefined;
}
