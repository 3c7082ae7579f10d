/**
 * Copies the pictures that a deploy brings from CDK's own bucket to the one that is served, and removes none: mails that
 * were sent name them for years. Deployed as it stands here (Lambda's runtime has the SDK), for deploys only.
 */
const { CopyObjectCommand, S3Client } = require("@aws-sdk/client-s3");

/** CloudFormation's event of a custom resource. Its answer is PUT to an address that the event names. */
exports.handler = async (event) => {
  const answer = { Status: "SUCCESS", PhysicalResourceId: `pictures-${event.ResourceProperties.Bucket}` };
  try {
    if (event.RequestType !== "Delete") await copyAll(event.ResourceProperties);
  } catch (error) {
    Object.assign(answer, { Status: "FAILED", Reason: `${error.name}: ${error.message}` });
  }
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({ ...answer, StackId, RequestId, LogicalResourceId });
  await fetch(event.ResponseURL, { method: "PUT", body, headers: { "content-type": "" } });
};

async function copyAll({ Bucket, AssetBucket, CacheControl, Pictures }) {
  const s3 = new S3Client({});
  for (const { Key, AssetKey, ContentType } of Pictures) {
    const CopySource = `${AssetBucket}/${AssetKey}`;
    const meant = { ContentType, CacheControl, MetadataDirective: "REPLACE", TaggingDirective: "REPLACE" };
    await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...meant }));
  }
}
