import { CfnOutput, Duration, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Alarms } from "./alarms.ts";
import { type FunctionName, picturesFolder } from "./bundle.ts";
import { Dashboard } from "./dashboard.ts";
import { DnsRecords } from "./dns.ts";
import { A_CALL, Events } from "./events.ts";
import { DeployedFunction } from "./function.ts";
import { Pictures } from "./pictures.ts";
import { WatchedQueue } from "./queue.ts";
import { Receiving } from "./receiving.ts";
import { EachDay, EachMinute, Mondays, Schedule } from "./schedule.ts";
import { Sending } from "./sending.ts";
import type { StageSettings } from "./stage-schema.ts";
import { functionSettings } from "./stages.ts";
import { Storage } from "./storage.ts";
import { readVersion } from "./version.ts";
import { Website } from "./website.ts";

interface CourseStackProps {
  stage: StageSettings;
  /** Holds `<name>/index.mjs` of every function; `npm run build` makes it. */
  functionsDir: string;
}

/** API Gateway answers a browser after 30 s whatever happens. */
const A_REQUEST = Duration.seconds(20);
/** Ten messages, each with at most one call to SES. */
const A_BATCH = Duration.minutes(2);
/** Anybody can send a mail; one that kills its function does so twice, and at its third receive is set aside unread. */
const TRIES_OF_A_MAIL = 2;
/** A lane works for ten minutes at the most, then finishes what it holds. */
const A_LANE = Duration.minutes(11);
/** The alarm of the API (Website) tells when a page's function fails: it is reached by nothing else. */
const WATCHED_BY_API = undefined;
/** It begins nothing more after 50 s. */
const A_MINUTE_OF_EVENTS = Duration.minutes(2);
/** The longest that Lambda allows. */
const A_SURVEY = Duration.minutes(15);

/** The system on one page: what is kept, what comes in, what goes out, and which function does which. */
export class CourseStack extends Stack {
  constructor(scope: Construct, id: string, { stage, functionsDir }: CourseStackProps) {
    super(scope, id, {
      description: `Coursepost, ${stage.stage}: an email course`,
      env: { account: stage.account, region: stage.region },
      // Stops an accident with the stack itself; the table is protected on its own too.
      terminationProtection: stage.production,
    });
    const alarms = new Alarms(this, "Alarms", stage);
    const storage = new Storage(this, "Storage", stage);
    const queues = makeQueues(this, alarms);
    const sending = new Sending(this, "Sending", { stage, feedback: queues.feedback });
    const receiving = new Receiving(this, "Receiving", {
      stage,
      inbox: storage.inbox,
      replies: queues.replies,
      rehearsals: storage.rehearsals,
      dmarc: storage.dmarc,
    });
    const website = new Website(this, "Website", { stage, alarms });
    const pictures = new Pictures(this, "Pictures", { stage, folder: picturesFolder(functionsDir) });

    // What the functions and the owner's console are told of the deployment.
    const deployed = {
      TABLE_NAME: storage.table.tableName,
      KEYRING_SECRET: storage.keyring.secretArn,
      NUDGE_QUEUE_URL: queues.nudges.queue.queueUrl,
      REPLY_QUEUE_URL: queues.replies.queue.queueUrl,
      INBOX_BUCKET: storage.inbox.bucketName,
      CONFIGURATION_SET: sending.configurationSet.configurationSetName,
      ALARM_TOPIC: alarms.topic.topicArn,
      WEB_ORIGIN: website.origin,
      PICTURE_ORIGIN: pictures.origin,
      MESSAGE_ID_DOMAIN: messageIdDomain(stage.region),
    };
    const make = this.functionMaker(deployed, { stage, functionsDir, alarms, pictures });
    const parts = { scope: this, stage, alarms, storage, queues, sending, website, make };
    serveReaders(parts);
    servePrograms(parts);
    sendMails(parts);
    hearMails(parts);
    reportWeek(parts);
    readDmarcReports(parts);
    const events = stage.events ? tellWhatHappens(parts) : undefined;

    const { nudges, replies, feedback } = queues;
    if (stage.dashboard)
      new Dashboard(this, "Dashboard", {
        stage,
        deadLetters: [nudges, replies, feedback].map((watched) =>
          watched.deadLetters.with({ label: watched.node.id }),
        ),
      });
    const buckets = {
      REHEARSAL_BUCKET: storage.rehearsals.bucketName,
      PICTURE_BUCKET: pictures.bucket.bucketName,
    };
    const told = { ...deployed, ...buckets, VERSION: readVersion(functionsDir) };
    this.printDeployment(
      { ...told, ...(events && { LATEST_EVENTS_URL: events.latest.queueUrl }) },
      {
        Nudge: nudges,
        Reply: replies,
        Feedback: feedback,
        ...(events?.webhooks && { Webhook: events.webhooks }),
      },
    );
    this.printOutputs(stage, sending, receiving, website, pictures);
  }

  private functionMaker(
    deployed: Record<string, string>,
    { stage, functionsDir, alarms, pictures }: CourseStackProps & { alarms: Alarms; pictures: Pictures },
  ): Parts["make"] {
    const environment = { ...deployed, SETTINGS: JSON.stringify(functionSettings(stage)) };
    return (name, timeout, does, failureMeans, more = {}) => {
      const made = new DeployedFunction(this, name[0]?.toUpperCase() + name.slice(1), {
        ...{ name, timeout, does, failureMeans, functionsDir, alarms },
        environment: { ...environment, ...more },
        logDays: stage.retention.logDays,
      });
      // No mail names a picture that is not there yet.
      if (pictures.copied) made.lambda.node.addDependency(pictures.copied);
      return made;
    };
  }

  /** The console reads these, on this machine as in an account. */
  private printDeployment(deployed: Record<string, string>, queues: Record<string, WatchedQueue>): void {
    const outputs = Object.fromEntries(
      Object.entries(deployed).map(([name, value]) => [camelCased(name), value]),
    );
    for (const [name, { queue, setAside }] of Object.entries(queues)) {
      outputs[`${name}QueueUrl`] = queue.queueUrl;
      outputs[`${name}DeadLettersUrl`] = setAside.queueUrl;
    }
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, `Deployed${name}`, { value });
  }

  private printOutputs(
    stage: StageSettings,
    sending: Sending,
    receiving: Receiving,
    website: Website,
    pictures: Pictures,
  ): void {
    const { identity, mailFromDomain } = sending;
    const targets = { webTarget: website.domainTarget, pictureTarget: pictures.domainTarget };
    new DnsRecords(this, "Dns", { stage, identity, mailFromDomain, ...targets });
    new CfnOutput(this, "LandingPage", { value: website.origin });
    if (stage.activateRuleSet || stage.joinRuleSet) return;
    new CfnOutput(this, "ActivateReceiving", {
      value: `aws ses set-active-receipt-rule-set --region ${stage.region} --rule-set-name ${receiving.ruleSetName}`,
      description: "Replies arrive once you have run this. It replaces the rule set that is active now",
    });
  }
}

interface Queues {
  nudges: WatchedQueue;
  replies: WatchedQueue;
  feedback: WatchedQueue;
}

function makeQueues(scope: Construct, alarms: Alarms): Queues {
  const queue = (name: string, failureMeans: string, tries?: number) =>
    new WatchedQueue(scope, name, { functionTimeout: A_BATCH, failureMeans, tries, alarms });
  return {
    nudges: queue(
      "NudgeQueue",
      "A sign-up, or a wish for a fresh link, is not heard. Of a welcome or a prompt nothing is lost: the lanes send it.",
    ),
    replies: queue(
      "ReplyQueue",
      "A reader's reply is not kept and gets no answer. Its raw mail is in the inbox bucket; an answer from a page is in the message.",
      TRIES_OF_A_MAIL,
    ),
    feedback: queue(
      "FeedbackQueue",
      "A bounce or complaint was not heard: somebody who must not be mailed may be.",
    ),
  };
}

/** What the functions are put together from. */
interface Parts {
  scope: Construct;
  stage: StageSettings;
  alarms: Alarms;
  storage: Storage;
  queues: Queues;
  sending: Sending;
  website: Website;
  make(
    name: FunctionName,
    timeout: Duration,
    does: string,
    failureMeans: string | undefined,
    environment?: Record<string, string>,
  ): DeployedFunction;
}

/** A function that reads and changes people. */
function deploy({ make, storage }: Parts, ...what: Parameters<Parts["make"]>): DeployedFunction {
  const deployed = make(...what);
  storage.grantPeople(deployed);
  return deployed;
}

/** What comes by the website. */
function serveReaders(parts: Parts): void {
  const { stage, alarms, storage, queues, website } = parts;
  const web = deploy(
    parts,
    "web",
    A_REQUEST,
    "Pages: sign-up, confirmation, the reader's own page",
    WATCHED_BY_API,
  );
  website.servePages(web, stage);
  storage.grantLinks(web);
  storage.grantErasePeople(web);
  storage.grantErase(web);
  grantQueue(queues.nudges, web);
  // What is written on a page is taken like a reply by mail.
  grantQueue(queues.replies, web);

  const unsubscribe = deploy(
    parts,
    "unsubscribe",
    A_REQUEST,
    "Stops mail at a reader's word (RFC 8058)",
    WATCHED_BY_API,
  );
  website.serveUnsubscribe(unsubscribe);
  storage.grantLinks(unsubscribe);
  grantTell(alarms, unsubscribe);
}

/** What other programs of the owner's ask. It answers as if it were not there while there is no key. */
function servePrograms(parts: Parts): void {
  const { storage, queues, website } = parts;
  const api = deploy(
    parts,
    "api",
    A_REQUEST,
    "Answers other programs of the owner's: sign-ups, subscribers, tags",
    WATCHED_BY_API,
  );
  website.serveApi(api);
  storage.grantLinks(api);
  storage.grantErasePeople(api);
  storage.grantErase(api);
  storage.grantPeopleIndex(api);
  grantQueue(queues.nudges, api);
}

/** What goes out: each minute, and at once. */
function sendMails(parts: Parts): void {
  const { scope, stage, alarms, storage, queues, sending } = parts;
  const lane = deploy(
    parts,
    "lane",
    A_LANE,
    "Sends what is due, each minute",
    "Lessons come late for every reader of a lane; nothing is lost.",
  );
  storage.grantLinks(lane);
  storage.grantErasePeople(lane);
  storage.grantDue(lane);
  sending.grantSend(lane);
  sending.grantQuota(lane);
  grantTell(alarms, lane);
  new Schedule(scope, "Schedule", { lane, lanes: stage.lanes, alarms });

  const nudge = deploy(
    parts,
    "nudge",
    A_BATCH,
    "Keeps sign-ups, and sends at once what somebody waits for",
    "Sign-ups wait; welcomes and prompts come a minute late: the lanes send them.",
  );
  queues.nudges.feeds(nudge, { atMost: 3 });
  storage.grantLinks(nudge);
  storage.grantErasePeople(nudge);
  storage.grantDue(nudge);
  sending.grantSend(nudge);
  grantTell(alarms, nudge);
}

/** What comes in by mail, and what becomes of the mails that left. */
function hearMails(parts: Parts): void {
  const { alarms, storage, queues } = parts;
  const receive = deploy(
    parts,
    "receive",
    A_BATCH,
    "Keeps replies and answers them",
    "Readers' replies wait unanswered; none is lost.",
  );
  queues.replies.feeds(receive, { atMost: 2, oneByOne: true });
  storage.grantLinks(receive);
  storage.grantTakeBack(receive);
  storage.grantRead(receive);
  grantTell(alarms, receive);
  storage.grantDue(receive);
  grantQueue(queues.nudges, receive);

  const hear = deploy(
    parts,
    "feedback",
    A_BATCH,
    "Hears bounces, complaints and deliveries",
    "Bounces and complaints are not heard: people who must not be mailed may be.",
  );
  queues.feedback.feeds(hear, { atMost: 2, gather: Duration.seconds(10) });
  // An event that has lost its tags is about an address, and a mail that arrived clears an address's strikes.
  storage.grantLinks(hear);
  storage.grantTakeBack(hear);
}

function reportWeek({ scope, stage, storage, queues, make }: Parts): void {
  const setAside = [queues.nudges, queues.replies, queues.feedback].map((watched) => watched.setAside);
  const report = make(
    "report",
    A_SURVEY,
    "Counts the week for the owner's Monday mail",
    "The owner's Monday mail does not come; readers notice nothing.",
    { DEAD_LETTER_URLS: setAside.map(({ queueUrl }) => queueUrl).join(" ") },
  );
  storage.grantSurvey(report);
  report.may(
    ["sqs:GetQueueAttributes"],
    setAside.map(({ queueArn }) => queueArn),
  );
  new Mondays(scope, "Mondays", { report, zone: stage.defaultZone });
}

function readDmarcReports({ scope, stage, storage, make }: Parts): void {
  const dmarc = make(
    "dmarc",
    A_SURVEY,
    "Reads once a day what mail hosts report of the mail domain",
    // What was not read today is read tomorrow; the doctor says how old the latest report is.
    undefined,
    { DMARC_BUCKET: storage.dmarc.bucketName },
  );
  storage.grantDmarc(dmarc);
  new EachDay(scope, "DmarcDaily", { dmarc, zone: stage.defaultZone });
}

/** Other tools hear what happens to readers. */
function tellWhatHappens({ scope, stage, storage, alarms, make }: Parts): Events {
  const events = new Events(scope, "Bus", { stage, alarms });
  const teller = make(
    "events",
    A_MINUTE_OF_EVENTS,
    "Tells other tools what has happened to readers, each minute",
    "Other tools hear late of what happened to readers; nothing is lost, and no mail waits for it.",
    { EVENT_BUS: events.bus.eventBusName },
  );
  storage.grantTell(teller, stage.eventsWithAddresses === true);
  teller.may(["events:PutEvents"], [events.bus.eventBusArn]);
  new EachMinute(scope, "EventsMinutely", { events: teller });
  if (events.webhooks) callWebhooks({ stage, make }, events.webhooks);
  return events;
}

/** It knows the secrets of webhooks, and nothing of readers but what an event says. */
function callWebhooks({ stage, make }: Pick<Parts, "stage" | "make">, queue: WatchedQueue): void {
  const { webhooks = [] } = stage;
  const caller = make(
    "webhooks",
    A_CALL,
    "Sends events to webhooks, and tries again",
    "Webhooks are not called; each event waits in the queue.",
    { WEBHOOKS: JSON.stringify(webhooks), WEBHOOK_QUEUE_URL: queue.queue.queueUrl },
  );
  queue.feeds(caller, { atMost: 2 });
  const names = [...new Set(webhooks.map(({ secretName }) => secretName))];
  const { region, account } = Stack.of(caller);
  caller.may(
    ["secretsmanager:GetSecretValue"],
    // An ARN ends in six letters that the owner does not know.
    names.map((name) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-??????`),
  );
}

/** Lets a function tell the owner what it sees. */
function grantTell(alarms: Alarms, to: DeployedFunction): void {
  to.may(["sns:Publish"], [alarms.topic.topicArn]);
}

function grantQueue({ queue }: WatchedQueue, to: DeployedFunction): void {
  to.may(["sqs:SendMessage"], [queue.queueArn]);
}

/** `TABLE_NAME` as an output's name: `TableName`. */
const camelCased = (name: string): string =>
  name.toLowerCase().replace(/(^|_)([a-z])/g, (_, _before, letter: string) => letter.toUpperCase());

/** What SES puts behind the `@` of a Message-ID. Seen in real mails; AWS does not promise it. */
const messageIdDomain = (region: string): string =>
  region === "us-east-1" ? "email.amazonses.com" : `${region}.amazonses.com`;
