import { DeleteObjectsCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import type { Content } from "../domain/content.ts";
import { OperationalError } from "../errors.ts";
import type { ReportMails, Services } from "../ports.ts";
import { readConfig } from "./config.ts";
import { openServices } from "./runtime.ts";

/** What SES writes itself when the receipt rule is made. */
const SETUP_NOTIFICATION = "AMAZON_SES_SETUP_NOTIFICATION";
/** Anybody can mail there: no more keys than these are held in memory. */
const MOST_LISTED = 20_000;

/** The bucket of mails to `dmarc@`. */
function openReportMails(bucket: string, client = new S3Client({})): ReportMails {
  return {
    async latest(most) {
      const found: { key: string; size: number; at: number }[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
        for (const { Key, Size = 0, LastModified } of Contents)
          if (Key && Key !== SETUP_NOTIFICATION)
            found.push({ key: Key, size: Size, at: LastModified?.getTime() ?? 0 });
        if (found.length >= MOST_LISTED) break;
      }
      return found.sort((one, other) => other.at - one.at).slice(0, most);
    },
    async read(key) {
      const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await object.Body?.transformToByteArray()) ?? new Uint8Array();
    },
    async remove(key) {
      const { Errors: [refused] = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: key }], Quiet: true } }),
      );
      if (refused) throw new OperationalError("mail-not-removed", `by ${refused.Code}`);
    },
  };
}

/** The services of the function that reads them. Throws `settings-invalid` where the stack names no bucket. */
export function openReporting(content: Content): Services & { reports: ReportMails } {
  const config = readConfig();
  if (config.dmarcBucket === undefined)
    throw new OperationalError("settings-invalid", "environment.DMARC_BUCKET: is missing");
  return { ...openServices(content, undefined, config), reports: openReportMails(config.dmarcBucket) };
}
