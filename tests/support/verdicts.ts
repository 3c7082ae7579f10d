/** What SES finds out about a mail: here, that nothing is wrong with it. */
export const PASS = { spam: "PASS", virus: "PASS", spf: "PASS", dkim: "PASS", dmarc: "PASS" } as const;
