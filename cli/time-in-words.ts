/** `Tue 31 Mar 2026, 07:30` on the clocks of a zone. For people: scripts read ISO. */
export function inZone(moment: number, zone: string): string {
  const part = zonedParts(moment, zone);
  return `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}, ${part("hour")}:${part("minute")}`;
}

/** The zone's own short name at that moment, for example `CEST` or `GMT+2`: it tells a reader of the DST change. */
export function zoneName(moment: number, zone: string): string {
  return zonedParts(moment, zone, { timeZoneName: "short" })("timeZoneName");
}

/** `Tuesday` and `07:30`, as a lesson's slot is meant. */
export function localSlot(moment: number, zone: string): { weekday: string; time: string } {
  const part = zonedParts(moment, zone, { weekday: "long" });
  return { weekday: part("weekday"), time: `${part("hour")}:${part("minute")}` };
}

/** `2026-03-31` and `07:30` on the clocks of a zone: for tables. */
export function dayAndTime(moment: number, zone: string): { day: string; time: string } {
  const part = zonedParts(moment, zone, { month: "2-digit", day: "2-digit" });
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}`,
  };
}

/** `2 h 5 min`, `6 days 23 h`: the two largest units. */
export function lengthInWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const dayWords = days === 1 ? "1 day" : `${days} days`;
  if (days > 0) return hours > 0 ? `${dayWords} ${hours} h` : dayWords;
  if (hours > 0) return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
  return minutes > 0 ? `${minutes} min` : `${Math.round(ms / 1000)} s`;
}

function zonedParts(moment: number, zone: string, more: Intl.DateTimeFormatOptions = {}) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...more,
  });
  const parts = format.formatToParts(moment);
  return (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((part) => part.type === type)?.value ?? "";
}
