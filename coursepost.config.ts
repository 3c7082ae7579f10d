import type { Stages } from "./infra/stage-schema.ts";

/**
 * What is yours: change the values, and nothing else has to be. They are checked at every start, synthesis and
 * deploy, and a mistake is told by field. `infra/stage-schema.ts` says more about each.
 */
const everywhere = {
  /** AWS's region: one where SES receives mail, near your readers. */
  region: "eu-west-1",
  /** A subdomain that nothing else uses: From, Reply-To and readers' replies are all here. */
  mailDomain: "mail.course.example",
  /** Mails come from `course@` that domain. */
  senderLocalPart: "course",
  /** Who sends the course: a person or a company. Stands at the foot of every mail. */
  ownerName: "The Course Author",
  /**
   * Your own mailbox: readers' questions come here, and what you answer goes to them. Not at mailDomain. The page after
   * the sign-up names it, for whom no confirmation reaches.
   */
  ownerMailbox: "author@owner.example",
  /** Where you can be reached by post; the law asks for it in every mail (CAN-SPAM). One line. */
  postalAddress: "1 Example Street, Exampletown",
  /** Hears when readers are hurt. AWS asks it to confirm after the first deploy. */
  alarmMailbox: "alarms@owner.example",
  /** The time zone (IANA) of readers whose browser does not tell one. */
  defaultZone: "Europe/London",
  /** Deliverers: four are enough for 600 mails a second. */
  lanes: 4,
  /**
   * Folders of content/courses that can be signed up for: the first at `/`, each at `/courses/FOLDER`. Without any ([]),
   * the newsletter alone has the front door.
   */
  courses: ["managing-up-leading-down"],
  /** How long the automatic answer to a reply waits, so that you can answer first. */
  promptDelayMinutes: 10,
  /**
   * Whether the course pauses for readers of whom nothing is heard: no reply, no rating, no press on their page. Most of
   * them read. false: the seventh lesson asks in one line whether it is useful, and that is all. true: a mail then
   * announces the pause, and after two more lessons the course pauses until they resume.
   */
  pauseSilentReaders: false,
  /** Show the issues of the newsletter to everybody, at /newsletter, once they have begun to leave. */
  archive: true,
  /**
   * The share of SES's daily quota that confirmations may use: what is left is for your readers, whatever strangers do
   * at the form. Sign-ups beyond it are dropped, and an alarm says so. After a hold of confirmations, which strangers'
   * bouncing addresses bring, a quarter of it counts on the first day, and what waited leaves in portions: nobody waits
   * longer than two days.
   */
  confirmationShare: 0.5,
  /**
   * Who signs up together: networks ("203.0.113.0/24"), domains ("acme.example") or addresses whose sign-ups have no
   * limit but those of each mailbox and of the day. Others: 20 a day from a network, 60 a day of a company.
   */
  letIn: [],
  /**
   * Languages beside English and German whose words you have had read by somebody who speaks them: "es", "fr", "nl",
   * "pt-BR". Production is not deployed with a course in one that is not here.
   */
  languagesRead: [],
  // thanks: { asked: "https://www.yourdomain.org/almost-there", confirmed: "/newsletter" }, // own pages after the form and its button
  /** A page of graphs in CloudWatch, for $3 to $6 a month. What goes wrong is mailed to you without it. */
  dashboard: false,
  /**
   * Tell other tools of yours what happens to readers, on an EventBridge bus (docs/EVENTS.md): about $7 a million mails. By
   * ids, never a reader's words; with their addresses only if eventsWithAddresses is true as well.
   */
  events: false,
  eventsWithAddresses: false,
  // webhooks: [{ url: "https://hooks.yourdomain.org/course", events: ["course.finished"], secretName: "coursepost/webhook" }],
  retention: {
    /** Function and access logs: 7, 14, 30, 60 or 90. */
    logDays: 30,
    /** Raw mails of readers. */
    inboxDays: 90,
    /** Sign-ups that nobody confirms: 7 to 90. */
    unconfirmedDays: 14,
  },
  /** Let the deploy make our receipt rule set the active one. An account has one a region: it replaces yours. */
  activateRuleSet: false,
  production: false,
} as const;

export default {
  /** What `npm start` runs on one machine. */
  local: everywhere,

  /** A first deploy: links lead to the API's own address, so no web domain is needed yet. */
  dev: { ...everywhere, mailDomain: "mail.dev.course.example" },

  /** What readers get. Its table survives the stack. */
  production: {
    ...everywhere,
    production: true,
    /** Off until you want it: what was written to readers is then public, and stays in feeds and search engines. */
    archive: false,
    /** The landing page, and every link in every mail: mailed links outlive everything else. */
    webDomain: "www.course.example",
    /** An ACM certificate for webDomain, in the same region. */
    certificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-0000-0000-000000000000",
    // /** A young domain: 200 mails on its first day, half as many more on each after. See docs/DEPLOY.md. */
    // warmUp: { from: 200, factor: 1.5 },
    // /** Where the pictures of mails answer; without it, at CloudFront's own name. Its certificate is in us-east-1. */
    // pictureDomain: "pictures.course.example",
    // pictureCertificateArn: "arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000",
    // /** If another receipt rule set is active in the account: its name, and our rule joins it. */
    // joinRuleSet: "default-rule-set",
    // /** Refuses to deploy into any other account. */
    // account: "111111111111",
  },
} satisfies Stages;
