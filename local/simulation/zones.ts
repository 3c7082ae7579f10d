/** Where readers live: every kind of offset, and of change of the clocks. */
export const ZONES = [
  ...["Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago"],
  ...["America/New_York", "America/Halifax", "America/St_Johns", "America/Sao_Paulo", "Atlantic/Azores"],
  ...["Europe/London", "Europe/Berlin", "Europe/Athens", "Africa/Nairobi", "Asia/Tehran", "Asia/Dubai"],
  ...["Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok"],
  ...["Asia/Shanghai", "Asia/Tokyo", "Australia/Adelaide", "Australia/Sydney", "Pacific/Auckland"],
  ...["Pacific/Chatham", "Pacific/Kiritimati", "Africa/Lagos"],
] as const;
