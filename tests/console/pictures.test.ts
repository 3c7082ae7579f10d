import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putPictures } from "../../console/pictures.ts";
import type { Content } from "../../functions/domain/content.ts";
import { type Picture, pictureUrl } from "../../functions/domain/pictures.ts";
import { openStation, type Station } from "../local/station.ts";

const Bucket = "pictures";
const CHART: Picture = {
  name: "0a.png",
  type: "image/png",
  bytes: Buffer.from("a chart"),
  file: "chart.png",
};
const PHOTO: Picture = { name: "0b.jpg", type: "image/jpeg", bytes: Buffer.from("a photo"), file: "a.jpg" };

describe("the pictures of a mail that was written since the last deploy", () => {
  let station: Station;
  beforeEach(async () => {
    station = await openStation();
    station.s3.createBucket(Bucket, {});
  });
  afterEach(() => station.close());

  const put = (htmls: string[], s3: S3Client = station.clients.s3, bucket = Bucket) => {
    const content: Pick<Content, "pictures"> = { pictures: [CHART, PHOTO] };
    return putPictures({ services: { content }, outputs: { PictureBucket: bucket } }, htmls, s3);
  };
  const listed = async () => {
    const { Contents = [] } = await station.clients.s3.send(new ListObjectsV2Command({ Bucket }));
    return Contents.map(({ Key }) => Key);
  };
  const showing = ({ name }: Picture) => `<p>News</p><img src="${pictureUrl(name)}" alt="x">`;

  it("are where its readers' programs ask, with what they are and a life of a year", async () => {
    await put([showing(CHART)]);
    const key = { Bucket, Key: new URL(pictureUrl(CHART.name)).pathname.slice(1) };
    const there = await station.clients.s3.send(new GetObjectCommand(key));
    expect(await there.Body?.transformToString()).toBe("a chart");
    expect(there).toMatchObject({
      ContentType: "image/png",
      CacheControl: "public, max-age=31536000, immutable",
    });
  });

  it("are put there without those that it does not show, and the same when it is put again", async () => {
    await put([showing(CHART)]);
    await put([showing(CHART), "<p>words</p>"]);
    expect(await listed()).toEqual(["pictures/0a.png"]);
    await put([showing(PHOTO)]);
    expect(await listed(), "control").toEqual(["pictures/0a.png", "pictures/0b.jpg"]);
  });

  it("keep the mail back where they cannot be put, and a mail without any asks for no bucket", async () => {
    await expect(put([showing(CHART)], station.clients.s3, "gone")).rejects.toThrow();
    await expect(put(["<p>words</p>"], station.clients.s3, "gone")).resolves.toBeUndefined();
  });
});
