import { createHash } from "node:crypto";

/** 20 hex digits of the SHA-256 of a Message-ID: enough to tell one person's mails apart. */
export const reflectionId = (messageId: string): string =>
  createHash("sha256").update(messageId).digest("hex").slice(0, 20);
