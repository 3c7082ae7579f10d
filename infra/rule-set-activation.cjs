/**
 * Makes our receipt rule set the account's active one, and takes that back when the stack goes: SES deletes no rule set
 * that is active. Deployed as it stands here (Lambda's runtime has the SDK), for deploys only.
 */
const {
  DescribeActiveReceiptRuleSetCommand,
  SESClient,
  SetActiveReceiptRuleSetCommand,
} = require("@aws-sdk/client-ses");

/** CloudFormation's event of a custom resource. Its answer is PUT to an address that the event names. */
exports.handler = async (event) => {
  const { RuleSetName } = event.ResourceProperties;
  const answer = { Status: "SUCCESS", PhysicalResourceId: `active-${RuleSetName}` };
  try {
    const ses = new SESClient({});
    await (event.RequestType === "Delete" ? deactivate(ses, RuleSetName) : activate(ses, RuleSetName));
  } catch (error) {
    Object.assign(answer, { Status: "FAILED", Reason: `${error.name}: ${error.message}` });
  }
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({ ...answer, StackId, RequestId, LogicalResourceId });
  await fetch(event.ResponseURL, { method: "PUT", body, headers: { "content-type": "" } });
};

const activate = (ses, RuleSetName) => ses.send(new SetActiveReceiptRuleSetCommand({ RuleSetName }));

/** Another one may be active by now: that is somebody else's mail. */
async function deactivate(ses, RuleSetName) {
  const { Metadata } = await ses.send(new DescribeActiveReceiptRuleSetCommand({}));
  if (Metadata?.Name === RuleSetName) await ses.send(new SetActiveReceiptRuleSetCommand({}));
}
