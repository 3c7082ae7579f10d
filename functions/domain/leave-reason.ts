/** Why somebody left, in one optional click: countable, and nothing that could tell who they are. */
export const LEAVE_REASONS = {
  "too-many": "Too many emails",
  "no-time": "No time for it now",
  "not-expected": "Not what I expected",
  "not-useful": "Not useful to me",
  "never-asked": "I never signed up",
} as const;
export type LeaveReason = keyof typeof LEAVE_REASONS;

export const isLeaveReason = (value: string | undefined): value is LeaveReason =>
  value !== undefined && Object.hasOwn(LEAVE_REASONS, value);
