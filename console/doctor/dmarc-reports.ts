import { adviceInWords, readDmarc } from "../dmarc/dmarc.ts";
import { type Check, look, pass } from "./check.ts";

/** What the world's mail hosts say of our domain, and what follows for its policy. */
export const DMARC_REPORTS: Check = {
  name: "DMARC reports",
  async run({ deployment, settings }) {
    const { weeks, advice, hasStopped } = await readDmarc(deployment);
    const week = weeks[0];
    const says = `${adviceInWords(advice)}${week ? `. In the week from ${new Date(week.monday).toISOString().slice(0, 10)}: yours ${week.mails.aligned}, forwarded ${week.mails.forwarded}, not yours ${week.mails.forged}` : ""}`;
    if (hasStopped)
      return look(
        `no host has reported for ten days. ${says}`,
        `look whether rua= in the TXT record of _dmarc.${settings.mailDomain} still names this stage, and into the log of the function dmarc`,
      );
    return advice.next
      ? look(
          says,
          `write p=${advice.next} in the TXT record of _dmarc.${settings.mailDomain}; “dmarc” of the console shows the sources`,
        )
      : pass(says);
  },
};
