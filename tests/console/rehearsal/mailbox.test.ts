import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openMailbox } from "../../../console/rehearsal/mailbox.ts";
import { openStation, type Station } from "../../local/station.ts";

let station: Station;
beforeAll(async () => {
  station = await openStation();
  station.s3.createBucket("rehearsals");
});
afterAll(() => station.close());

const US = "rehearsal+abcd2345@course.example";
const mailTo = (to: string, words = "Hello.") =>
  Buffer.from(`From: x@x.example\r\nTo: ${to}\r\n\r\n${words}\r\n`);

it("a rehearsal finds its mail behind a thousand of a stranger's, and reads none that is larger than any of ours", async () => {
  for (let count = 0; count < 1_001; count++)
    station.s3.put("rehearsals", `a${count}`, mailTo("rehearsal+else@course.example"));
  station.s3.put("rehearsals", "z-huge", mailTo(US, "x".repeat(2_000_000)));
  station.s3.put("rehearsals", "z-ours", mailTo(US));
  const mailbox = openMailbox("rehearsals", new S3Client({ ...station.common, forcePathStyle: true }));
  const fresh = await mailbox.fresh(US);
  expect(fresh.map(({ key }) => key)).toEqual(["z-ours"]);
});
