import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import type { Cloud } from "../../local/aws/cloud.ts";

/**
 * Every item of a cloud's table as it stands, in a lasting order: two of them tell whether anything was changed.
 * @param without fields that are left out
 */
export async function wholeTable(
  { deployment, tableName }: Cloud,
  without: readonly string[] = [],
): Promise<string[]> {
  const { AWS_ENDPOINT_URL, AWS_REGION } = deployment.environment;
  const client = new DynamoDBClient({
    endpoint: AWS_ENDPOINT_URL,
    region: AWS_REGION,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    return await allItems(client, tableName, without);
  } finally {
    client.destroy();
  }
}

/** The same of any table. */
export async function allItems(
  client: DynamoDBClient,
  tableName: string,
  without: readonly string[] = [],
): Promise<string[]> {
  const items: string[] = [];
  let from: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: tableName, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    items.push(...(page.Items ?? []).map((item) => asText(item, without)));
    from = page.LastEvaluatedKey as typeof from;
  } while (from);
  return items.sort();
}

const asText = (item: object, without: readonly string[]): string =>
  JSON.stringify(
    Object.entries(item)
      .filter(([field]) => !without.includes(field))
      .sort(),
  );
