import type { Line } from "./lines.ts";
import type { Sent } from "./sent-mail.ts";

export interface Walk {
  /** Who answers, in words of lower case. */
  writer: string | undefined;
  body: string;
  lines: Line[];
  sent: Sent;
  /** An introduction of our mail was seen. */
  isIntroduced: boolean;
}
