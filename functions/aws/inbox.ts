import { DeleteObjectsCommand, GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { OperationalError } from "../errors.ts";
import type { Inbox } from "../ports.ts";

/** S3 deletes at most this many objects in one request. */
const MOST_DELETED = 1_000;

/** The bucket of raw inbound mail. */
export function openInbox(bucket: string, client = new S3Client({})): Inbox {
  return {
    async read(key, mostBytes) {
      const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch((cause) => {
        if (cause instanceof NoSuchKey) throw new OperationalError("mail-missing", key, cause);
        throw cause;
      });
      const size = object.ContentLength ?? 0;
      if (size > mostBytes)
        throw new OperationalError("mail-too-large", `${key}: ${size} bytes, at most ${mostBytes}`);
      return (await object.Body?.transformToByteArray()) ?? new Uint8Array();
    },
    async remove(keys) {
      for (let from = 0; from < keys.length; from += MOST_DELETED) {
        const Objects = keys.slice(from, from + MOST_DELETED).map((Key) => ({ Key }));
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
        );
        const [first] = Errors;
        if (first) throw new OperationalError("mail-not-removed", `${Errors.length}, by ${first.Code}`);
      }
    },
  };
}
