/** Why someone left, in one optional click: countable, and nothing that could tell who they are. */
export const LEAVE_REASONS = ["too-many", "no-time", "not-expected", "not-useful", "never-asked"] as const;
export type LeaveReason = (typeof LEAVE_REASONS)[number];

export const isLeaveReason = (value: string | undefined): value is LeaveReason =>
  LEAVE_REASONS.some((reason) => reason === value);
