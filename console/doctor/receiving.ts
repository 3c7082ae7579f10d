import { DescribeActiveReceiptRuleSetCommand } from "@aws-sdk/client-ses";
import { ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import { countWaiting, listQueues, openQueueDeadLetters } from "../dead-letters.ts";
import { type Check, look, pass, readAccount, stops } from "./check.ts";

/** The functions take messages as they come: this many waiting are more than a moment's. */
const BACKLOG = 100;

/** Whether replies arrive, and whether someone hears when something fails. */
export const RECEIVING: Check[] = [
  {
    name: "Receipt rules",
    inAccount: true,
    async run(patient) {
      const { stage, joinRuleSet } = patient.settings;
      const { Metadata, Rules = [] } = await readAccount(patient).ses.send(
        new DescribeActiveReceiptRuleSetCommand({}),
      );
      const ours = joinRuleSet ?? `coursepost-${stage}`;
      if (Metadata?.Name !== ours)
        return stops(
          `the active rule set is ${Metadata?.Name ? `"${Metadata.Name}"` : "none"}, not "${ours}": replies do not arrive`,
          Metadata?.Name
            ? `set joinRuleSet to "${Metadata.Name}" in coursepost.config.ts and deploy, or run the command that the deploy printed as ActivateReceiving, which replaces it`
            : "run the command that the deploy printed as ActivateReceiving",
        );
      const place = Rules.findIndex(({ Name }) => Name === `coursepost-${stage}-replies`);
      const rule = Rules[place];
      if (!rule) return stops(`"${ours}" has no rule of ours`, "deploy the stage again");
      if (!rule.Enabled) return stops("our receipt rule is switched off", "enable it in the SES console");
      const before = Rules.slice(0, place).filter(({ Enabled }) => Enabled);
      if (before.length > 0)
        return look(
          `${before.map(({ Name }) => Name).join(", ")} comes before our rule, and may stop replies`,
          "move our rule to the front, if one of these has a stop action or the same recipients",
        );
      return pass("our receipt rule is active and first in line");
    },
  },
  {
    name: "Queues",
    async run({ deployment }) {
      const counts = await countWaiting(deployment);
      const told = counts.map(({ queue, waiting }) => `${queue} ${waiting}`).join(", ");
      return counts.every(({ waiting }) => waiting <= BACKLOG)
        ? pass(`the queues are drained (waiting: ${told})`)
        : look(
            `messages pile up: ${told}`,
            "run the doctor again in a minute; if it is no less then, look at the logs of the functions nudge, receive and feedback",
          );
    },
  },
  {
    name: "Dead letters",
    async run({ deployment }) {
      const counts = await Promise.all(
        listQueues(deployment).map(async (queue) => ({
          queue,
          waiting: await openQueueDeadLetters(deployment, queue).waiting(),
        })),
      );
      const full = counts.filter(({ waiting }) => waiting > 0);
      if (full.length === 0) return pass("no queue has given anything up");
      const told = full.map(({ queue, waiting }) => `${queue} ${waiting}`).join(", ");
      return look(`set aside: ${told}`, "mend the cause, then: npm run console -- dead-letters redrive");
    },
  },
  {
    name: "Alarms",
    inAccount: true,
    async run(patient) {
      const topic = patient.deployment.outputs.AlarmTopic;
      if (!topic) return look("the stack does not tell its alarms' topic", "deploy the stage again");
      const { Subscriptions = [] } = await readAccount(patient).sns.send(
        new ListSubscriptionsByTopicCommand({ TopicArn: topic }),
      );
      const confirmed = Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith("arn:"));
      return confirmed.length > 0
        ? pass(`${confirmed.length} ${confirmed.length === 1 ? "mailbox hears" : "mailboxes hear"} alarms`)
        : look(
            "nobody hears alarms: the subscription is not confirmed",
            `press the link in AWS's mail to ${patient.settings.alarmMailbox}; deploy again if it is lost`,
          );
    },
  },
];
