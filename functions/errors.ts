/**
 * Every operational failure has a code, a sentence for the person who reads the log, and a verdict: whether
 * trying again later can help. Programmer's errors are ordinary exceptions and crash.
 */
const CATALOGUE = {
  "settings-invalid": {
    retry: "never",
    says: "A setting of the stack is missing or wrong; correct coursepost.config.ts and deploy",
  },
  "keyring-unreadable": {
    retry: "later",
    says: "The keyring in Secrets Manager could not be read, or is not in the keyring's form",
  },
  "store-unavailable": { retry: "later", says: "DynamoDB did not answer" },
  "errand-not-left": { retry: "later", says: "SQS did not take what an answer leaves to be done" },
  "answer-not-taken": { retry: "later", says: "SQS did not take an answer that was written on a page" },
  "changed-too-often": {
    retry: "later",
    says: "An item changed between every read and write of ours: other writers were first. Try again",
  },
  "event-not-understood": { retry: "never", says: "A queue message is not what its sender should send" },
  "mail-too-large": {
    retry: "never",
    says: "A mail is larger than the limit; its raw form stays in the inbox bucket",
  },
  "mail-missing": {
    retry: "later",
    says: "The raw mail that a notification names is not in the inbox bucket",
  },
  "mail-not-removed": {
    retry: "later",
    says: "S3 did not delete some raw mails of an erasing; what names them is kept, so that it can be tried again",
  },
  "mail-unreadable": {
    retry: "never",
    says: "A mail's MIME structure could not be parsed; its raw form stays in the inbox bucket",
  },
  "course-unknown": {
    retry: "never",
    says: "An item names a course that this stage does not ship; add it to `courses` in coursepost.config.ts",
  },
  "bus-unavailable": {
    retry: "later",
    says: "EventBridge has not taken some events for a quarter of an hour; each waits on its item, and is put again every minute",
  },
  "webhook-secret-unreadable": {
    retry: "later",
    says: "The secret of a webhook could not be read from Secrets Manager, or is not in the form of one",
  },
  "template-failed": { retry: "never", says: "A template asked for a value that is not there" },
} as const;

type ErrorCode = keyof typeof CATALOGUE;

/** An operational failure. `detail` names the field, file or id; never an address or a reader's words. */
export class OperationalError extends Error {
  override readonly name = "OperationalError";
  readonly code: ErrorCode;
  readonly retry: "later" | "never";

  constructor(code: ErrorCode, detail: string, cause?: unknown) {
    super(`${code}: ${CATALOGUE[code].says} (${detail})`, { cause });
    this.code = code;
    this.retry = CATALOGUE[code].retry;
  }
}

/**
 * A failure as a log may hold it. An operational one tells its code and what to do; of a programmer's error only
 * the name and the first places of its stack are told, because its message might hold someone's words.
 */
export function forLog(error: unknown): Record<string, string | undefined> {
  if (error instanceof OperationalError) {
    return { code: error.code, retry: error.retry, detail: error.message };
  }
  const { name, stack } = error as Error;
  return { error: name, stack: stack?.split("\n").slice(1, 6).join(" ") };
}
