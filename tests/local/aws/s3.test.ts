import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStation, type Station } from "../station.ts";

const Bucket = "inbox";
const DAY = 86_400_000;
let station: Station;

beforeEach(async () => {
  station = await openStation();
  station.s3.createBucket(Bucket, { expireAfterDays: 90 });
});
afterEach(() => station.close());

const put = (Key: string, Body: string | Uint8Array | Readable, more = {}) =>
  station.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

async function read(Key: string, Range?: string) {
  const answer = await station.clients.s3.send(new GetObjectCommand({ Bucket, Key, Range }));
  return { text: await answer.Body?.transformToString(), answer };
}

describe("a bucket", () => {
  it("gives back bytes as they were put, under any key", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    await put("mail/ä b+c%.eml", bytes, { ContentType: "message/rfc822" });
    const { Body, ContentLength, ContentType } = await station.clients.s3.send(
      new GetObjectCommand({ Bucket, Key: "mail/ä b+c%.eml" }),
    );
    expect(await Body?.transformToByteArray()).toEqual(bytes);
    expect([ContentLength, ContentType]).toEqual([256, "message/rfc822"]);
  });

  it("takes a stream, which the SDK sends in chunks with a checksum behind", async () => {
    await put("stream", Readable.from([Buffer.from("one "), Buffer.from("two")]), { ContentLength: 7 });
    expect((await read("stream")).text).toBe("one two");
  });

  it.each([
    ["bytes=0-2", "012", "bytes 0-2/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-4", "6789", "bytes 6-9/10"],
    ["bytes=5-500", "56789", "bytes 5-9/10"],
  ])("gives the part %s", async (range, text, contentRange) => {
    await put("digits", "0123456789");
    const part = await read("digits", range);
    expect([part.text, part.answer.ContentRange]).toEqual([text, contentRange]);
  });

  it("says that an object is not there", async () => {
    await expect(read("nothing")).rejects.toBeInstanceOf(NoSuchKey);
    const head = station.clients.s3.send(new HeadObjectCommand({ Bucket, Key: "nothing" }));
    await expect(head).rejects.toMatchObject({ name: "NotFound" });
  });

  it("tells an object's size without its bytes", async () => {
    await put("digits", "0123456789");
    const head = await station.clients.s3.send(new HeadObjectCommand({ Bucket, Key: "digits" }));
    expect(head.ContentLength).toBe(10);
    expect(head.LastModified?.getTime()).toBe(station.clock.now());
  });

  it("lists keys in order, by prefix and in pages", async () => {
    for (const key of ["b/2", "a/1", "b/1", "b/3&"]) await put(key, key);
    const list = (ContinuationToken?: string) =>
      station.clients.s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: "b/", MaxKeys: 2, ContinuationToken }),
      );
    const first = await list();
    const second = await list(first.NextContinuationToken);
    const keys = [first, second].map(({ Contents }) => Contents?.map(({ Key }) => Key));
    expect(keys).toEqual([["b/1", "b/2"], ["b/3&"]]);
    expect(second.IsTruncated).toBe(false);
  });

  it("deletes one object, or many, and does not mind when they are gone", async () => {
    for (const key of ["a", "b", "c&d"]) await put(key, key);
    await station.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    const Objects = ["a", "c&d"].map((Key) => ({ Key }));
    const command = new DeleteObjectsCommand({ Bucket, Delete: { Objects } });
    const { Deleted } = await station.clients.s3.send(command);
    expect(Deleted).toEqual(Objects);
    expect(station.s3.keys(Bucket)).toEqual(["b"]);
  });

  it("lets objects go when their days are over", async () => {
    await put("mail", "text");
    await station.pass(90 * DAY - 1);
    expect(station.s3.keys(Bucket)).toEqual(["mail"]);
    await station.pass(1);
    expect(station.s3.keys(Bucket)).toEqual([]);
  });
});
