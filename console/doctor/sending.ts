import {
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityMailFromDomainAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
} from "@aws-sdk/client-ses";
import { CONCERNS, type ConcernName, type Incident } from "../../functions/domain/incidents.ts";
import { readAddress } from "../../functions/domain/people/address.ts";
import { isHeld } from "../../functions/domain/sending/hold-on-mail.ts";
import { rampRoom, withRampDay } from "../../functions/domain/sending/warm-up.ts";
import { DAY, iso, MINUTE } from "../../functions/domain/time.ts";
import { addressHash } from "../../functions/links/links.ts";
import { holdInWords, rampInWords } from "../sending.ts";
import { type Check, look, pass, readAccount, stops } from "./check.ts";

/** What SES gives an account that has not been let out of the sandbox. */
const SANDBOX = { rate: 1, quota: 200 };
const NEARLY_USED = 0.8;
const TICK_IS_OLD = 5 * MINUTE;
const RUN_DOCTOR_AGAIN = "then run the doctor again: SES looks at the DNS every few minutes, for 72 hours";

/** SES says the same "no" for what a role lacks, for the sandbox and for an identity: its code and text tell which. */
function mendRefusal({ name, detail = "" }: Incident & { name: ConcernName }): string {
  if (name === "paused") return "answer AWS's message in the SES console, or resume sending there";
  if (/^AccessDenied/.test(detail))
    return "the functions' role may not send: deploy the stage again, and look whether a permissions boundary or an organization's policy forbids ses:SendRawEmail";
  if (/not verified/i.test(detail))
    return "in the sandbox every recipient must be verified, and everywhere the mail domain: see Sandbox and Identity here";
  if (/^ConfigurationSetDoesNotExist/.test(detail))
    return "deploy the stage again: its configuration set is gone";
  if (/^MailFromDomain/.test(detail)) return "create the MX record of the bounce domain: see MAIL FROM here";
  return "docs/WHEN-THINGS-GO-WRONG.md has what SES says, and what to do";
}

/** Whether SES lets the course send, and as whom. */
export const SENDING: Check[] = [
  {
    name: "Sandbox",
    inAccount: true,
    async run(patient) {
      const quota = await readAccount(patient).ses.send(new GetSendQuotaCommand({}));
      const { Max24HourSend = 0, MaxSendRate = 0 } = quota;
      const granted = `${MaxSendRate} mails a second, ${Max24HourSend < 0 ? "any number" : Max24HourSend} a day`;
      if (Max24HourSend === SANDBOX.quota && MaxSendRate <= SANDBOX.rate)
        return stops(
          `the account is in SES's sandbox (${granted}): only verified addresses get mail`,
          "ask for production access; docs/DEPLOY.md has the words, and the command that files them",
        );
      return pass(`production: ${granted}`);
    },
  },
  {
    name: "Account",
    inAccount: true,
    async run(patient) {
      const { Enabled } = await readAccount(patient).ses.send(new GetAccountSendingEnabledCommand({}));
      return Enabled
        ? pass("SES lets the account send")
        : stops("SES has paused sending for the account", "answer AWS's message in the SES console");
    },
  },
  {
    name: "Quota",
    async run({ deployment }) {
      const { quota, sent24h, asOf } = await deployment.services.store.governor();
      if (asOf === 0) return look("SES has not been asked yet", "wait a minute: a lane asks it");
      const says = `${sent24h} of ${quota < 0 ? "any number" : quota} mails used in 24 h`;
      return quota > 0 && sent24h >= quota * NEARLY_USED
        ? look(says, "ask SES for a larger quota; lessons stop at 97 %")
        : pass(says);
    },
  },
  {
    name: "Warm-up",
    async run({ deployment }) {
      const { store, settings, clock } = deployment.services;
      const now = clock.now();
      const governor = withRampDay(await store.governor(), settings, now);
      const says = rampInWords(governor, settings, now);
      if (says === undefined) return pass("no ramp is set: what SES grants leaves");
      if (rampRoom(governor, "lesson", now) === 0)
        return look(
          `${says}; lessons wait for tomorrow's`,
          "more sign-ups than the ramp bears: raise warmUp.from in coursepost.config.ts, or wait",
        );
      return pass(says);
    },
  },
  {
    name: "Identity",
    inAccount: true,
    async run(patient) {
      const { mailDomain } = patient.settings;
      const answer = await readAccount(patient).ses.send(
        new GetIdentityVerificationAttributesCommand({ Identities: [mailDomain] }),
      );
      const status = answer.VerificationAttributes?.[mailDomain]?.VerificationStatus;
      if (status === "Success") return pass(`${mailDomain} is verified`);
      return stops(
        `${mailDomain} is ${status === undefined ? "not known to SES" : `not verified (${status})`}`,
        status === undefined
          ? "deploy the stage first"
          : `create the DKIM records below, ${RUN_DOCTOR_AGAIN}`,
      );
    },
  },
  {
    name: "DKIM",
    inAccount: true,
    async run(patient) {
      const { ses, dns } = readAccount(patient);
      const { mailDomain } = patient.settings;
      const answer = await ses.send(new GetIdentityDkimAttributesCommand({ Identities: [mailDomain] }));
      const { DkimVerificationStatus: status, DkimTokens = [] } = answer.DkimAttributes?.[mailDomain] ?? {};
      if (status === "Success") return pass("mails are signed as the mail domain");
      const missing: string[] = [];
      for (const token of DkimTokens) {
        const name = `${token}._domainkey.${mailDomain}`;
        const target = `${token}.dkim.amazonses.com`;
        if (!(await dns.cname(name)).includes(target)) missing.push(`${name} CNAME ${target}`);
      }
      if (missing.length === 0)
        return look(`the records stand, and SES has not seen them yet (${status ?? "unknown"})`, "wait");
      return stops(`SES cannot sign (${status ?? "unknown"})`, `create in the DNS:\n${missing.join("\n")}`);
    },
  },
  {
    name: "MAIL FROM",
    inAccount: true,
    async run(patient) {
      const { mailDomain } = patient.settings;
      const answer = await readAccount(patient).ses.send(
        new GetIdentityMailFromDomainAttributesCommand({ Identities: [mailDomain] }),
      );
      const found = answer.MailFromDomainAttributes?.[mailDomain];
      if (found?.MailFromDomainStatus === "Success") return pass(`bounces go to ${found.MailFromDomain}`);
      return look(
        `the bounce domain is ${found?.MailFromDomainStatus ?? "not set"}: mail leaves, with amazonses.com as its sender`,
        "create the MX and SPF records below",
      );
    },
  },
  {
    name: "Breaker",
    async run({ deployment }) {
      const { services } = deployment;
      const governor = await services.store.governor();
      const { closedUntil, confirmations = {} } = governor;
      const now = services.clock.now();
      const noted = await services.store.troubles(now - DAY);
      const { others, confirmations: asked, waited } = noted;
      const bounces = others.bounces + asked.bounces + waited.bounces;
      const complaints = others.complaints + asked.complaints + waited.complaints;
      const told = `${bounces} bounced and ${complaints} complained in 24 h`;
      if (isHeld(governor, now))
        return stops(
          `all mail is ${holdInWords(governor, now)}; ${told}`,
          "find the cause, then: npm run console -- sending resume",
        );
      if (isHeld(confirmations, now))
        return look(
          `confirmations are ${holdInWords(confirmations, now)}; readers get their mail; ${told}`,
          "see docs/WHEN-THINGS-GO-WRONG.md, “Confirmations are held”",
        );
      if (closedUntil > now)
        return stops(
          `sending is closed until ${iso(closedUntil)}: SES has no room, or has paused the account`,
          "it opens by itself once SES has room; see docs/WHEN-THINGS-GO-WRONG.md",
        );
      return pass(`mail leaves; ${told}`);
    },
  },
  {
    name: "Incidents",
    async run({ deployment }) {
      const open = await deployment.services.alarms.open();
      if (open.length === 0) return pass("nothing is wrong that the functions have seen");
      const told = open.map(({ name, firstAt, detail }) => {
        const { title } = CONCERNS[name];
        return `${title}, since ${iso(firstAt)}${detail ? ` (${detail})` : ""}`;
      });
      const stopped = open.find(({ name }) => name === "refused" || name === "paused");
      const says = told.join("; ");
      return stopped
        ? stops(says, mendRefusal(stopped))
        : look(says, CONCERNS[open[0]?.name ?? "late"].hurts);
    },
  },
  {
    name: "Suppression",
    async run({ deployment, settings }) {
      const { store, keyring } = deployment.services;
      const keys = await keyring.keys();
      const found: string[] = [];
      for (const mailbox of new Set([settings.ownerMailbox, settings.alarmMailbox])) {
        const read = readAddress(mailbox);
        const listed =
          "problem" in read ? undefined : await store.suppression(addressHash(keys, read.canonical));
        if (listed) found.push(`${mailbox} (${listed.reason}, ${iso(listed.at)})`);
      }
      if (found.length === 0) return pass("your own mailboxes are not on the suppression list");
      return look(
        `on the suppression list: ${found.join(", ")}; as a reader you get nothing there`,
        "sign up again if you left yourself; after a bounce or a complaint: npm run console -- suppressions",
      );
    },
  },
  {
    name: "Last tick",
    // Where nothing is due, the clock of this machine leaves the ticks out.
    inAccount: true,
    async run({ deployment }) {
      const { store, clock } = deployment.services;
      const { asOf } = await store.governor();
      const age = clock.now() - asOf;
      const minutes = Math.round(age / MINUTE);
      if (asOf > 0 && age <= TICK_IS_OLD) return pass(`a lane ran ${minutes} min ago`);
      return stops(
        asOf === 0 ? "no lane has run yet" : `the last lane ran ${iso(asOf)}, ${minutes} min ago`,
        "look whether the schedules are enabled, and at the log of the lane function",
      );
    },
  },
];
