import type { SesEvent } from "../ports.ts";

/** What SES says of one address that bounced. */
export interface BouncedRecipient {
  status?: string | undefined;
  diagnosticCode?: string | undefined;
}

/** What of SES's bounce object tells whether it is for good; each may be missing. */
interface BounceWords {
  bounceType?: string | undefined;
  bounceSubType?: string | undefined;
}

/** All that SES has (Developer Guide, "Bounce types"). */
const TYPES = ["Permanent", "Transient", "Undetermined"];
const SUB_TYPES = [
  "General",
  "NoEmail",
  "Suppressed",
  "OnAccountSuppressionList",
  "UnsubscribedRecipient",
  "MailboxFull",
  "MessageTooLarge",
  "CustomTimeoutExceeded",
  "ContentRejected",
  "AttachmentRejected",
  "Undetermined",
];
/** Subtypes that only a lasting bounce has. */
const LASTING = ["NoEmail", "Suppressed", "OnAccountSuppressionList", "UnsubscribedRecipient"];
/** SES's own words where it did not try: they come without a code. */
const NOT_TRIED = /\bsuppression list\b/i;

/** A bounce by SES's own names, in whatever case, else by what the receiving server answered. */
export function readBounce(
  { bounceType, bounceSubType }: BounceWords,
  recipients: readonly BouncedRecipient[],
): NonNullable<SesEvent["bounce"]> {
  const statuses = recipients.flatMap(
    ({ status, diagnosticCode }) => findStatus(status, diagnosticCode) ?? [],
  );
  const status = statuses.find((one) => one.startsWith("5.")) ?? statuses[0];
  const subType = findName(SUB_TYPES, bounceSubType) ?? bounceSubType;
  const isLasting =
    status?.startsWith("5.") ||
    LASTING.includes(subType ?? "") ||
    recipients.some(({ diagnosticCode }) => NOT_TRIED.test(diagnosticCode ?? ""));
  return {
    type: findName(TYPES, bounceType) ?? (isLasting ? "Permanent" : "Transient"),
    ...(subType !== undefined && { subType }),
    ...(status !== undefined && { status }),
  };
}

/** The name as SES documents it, in whatever case it came. */
export const findName = (names: readonly string[], given: string | undefined): string | undefined =>
  names.find((name) => name.toLowerCase() === given?.trim().toLowerCase());

/** RFC 3463. Not a part of an IP number or of a program's version. */
const ENHANCED = /(?<![\d.])([245])\.\d{1,3}\.\d{1,3}(?![\d]|\.\d)/g;
/** `550 4.4.7 Message expired`: what stands right behind the code is the server's own status, whatever the code. */
const CODE_AND_STATUS = /\b[245]\d\d[\s-]+#?([245]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)/;
/** RFC 5321: where an answer begins, or where a mail server quotes one ("host mx.example said: 550 …"). */
const REPLY_CODE = /(?:^|[;:(]\s*|\b(?:said|reply|response|error|code|status)\s+)([245])\d\d(?=[\s-]|$)/i;

/** The status that SES names, else that of the server's answer; a server that writes none has the digit of its code. */
function findStatus(status: string | undefined, answer = ""): string | undefined {
  const named = status?.match(ENHANCED)?.[0];
  if (named !== undefined) return named;
  const behindCode = CODE_AND_STATUS.exec(answer)?.[1];
  if (behindCode !== undefined) return behindCode;
  const [, digit] = REPLY_CODE.exec(answer) ?? [];
  const enhanced = answer.match(ENHANCED) ?? [];
  if (digit === undefined) return enhanced.find((one) => !one.startsWith("2"));
  return enhanced.find((one) => one.startsWith(digit)) ?? `${digit}.0.0`;
}
