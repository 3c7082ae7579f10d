import { findRhythm, offeredRhythms } from "../../domain/course/cadence.ts";
import { pageUrl } from "./composed.ts";
import type { Composition } from "./composition.ts";

/**
 * What a lesson says of its reader's silence. At the slowest pace no slower one is offered, and the last
 * lesson asks nothing: nothing comes after it that could be slowed or paused.
 */
export function silenceValues(mail: Composition, isLast: boolean) {
  const { course, enrolment } = mail;
  const tells = isLast ? undefined : mail.silence;
  return {
    asksIfUseful: tells === "asks",
    hasSlower: enrolment && findRhythm(offeredRhythms(course), enrolment.cadence, "slower") !== undefined,
    pauses: tells === "pauses",
    hereUrl: `${pageUrl(mail)}?do=here`,
  };
}
