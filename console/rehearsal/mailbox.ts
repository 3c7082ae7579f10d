import { DeleteObjectsCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { type DeliveredMail, readDelivered } from "./delivered-mail.ts";

/** The bucket into which SES's receipt rule puts what comes for a rehearsal's reader. */
export interface RehearsalMailbox {
  /** What has come for an address since the last look, in no order. */
  fresh(address: string): Promise<DeliveredMail[]>;
  /** The keys of what has come for an address, and is still there. */
  keys(address: string): Promise<string[]>;
  /** Removes what has come for an address; returns how many mails. */
  empty(address: string): Promise<number>;
  /** What SES wrote itself when the rule was made, if it is still there. */
  setUpMail(): Promise<DeliveredMail | undefined>;
}

const SETUP_NOTIFICATION = "AMAZON_SES_SETUP_NOTIFICATION";

/** Gmail cuts off what is longer than 102 KB; that is looked at when it has come. */
const LARGEST_OF_OURS = 1_048_576;

export function openMailbox(bucket: string, client = new S3Client({})): RehearsalMailbox {
  const known = new Map<string, DeliveredMail>();

  /** Anybody can mail here: a thousand of their mails, or a huge one, must not hide ours or hold the rehearsal up. */
  const listKeys = async (): Promise<string[]> => {
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket }))
      keys.push(...Contents.flatMap(({ Key, Size = 0 }) => (Key && Size <= LARGEST_OF_OURS ? [Key] : [])));
    return keys;
  };
  const read = async (key: string): Promise<DeliveredMail> => {
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return readDelivered(key, (await object.Body?.transformToByteArray()) ?? new Uint8Array());
  };
  /** A mail never changes: it is read once. */
  const all = async (): Promise<DeliveredMail[]> => {
    const keys = (await listKeys()).filter((key) => key !== SETUP_NOTIFICATION);
    for (const key of keys) if (!known.has(key)) known.set(key, await read(key));
    return keys.flatMap((key) => known.get(key) ?? []);
  };
  const isFor = (address: string) => (mail: DeliveredMail) =>
    (mail.email.to ?? []).some((to) => to.address?.toLowerCase() === address.toLowerCase());
  const seen = new Set<string>();

  return {
    async fresh(address) {
      const fresh = (await all()).filter(isFor(address)).filter(({ key }) => !seen.has(key));
      for (const { key } of fresh) seen.add(key);
      return fresh;
    },
    keys: async (address) => (await all()).filter(isFor(address)).map(({ key }) => key),
    async empty(address) {
      const Objects = (await all()).filter(isFor(address)).map(({ key }) => ({ Key: key }));
      if (Objects.length > 0)
        await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
      return Objects.length;
    },
    async setUpMail() {
      return (await listKeys()).includes(SETUP_NOTIFICATION) ? read(SETUP_NOTIFICATION) : undefined;
    },
  };
}
