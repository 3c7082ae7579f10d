import { PublishCommand } from "@aws-sdk/client-sns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTopic } from "../../../functions/aws/alarms.ts";
import { openStation, type Station, TOPIC } from "../station.ts";

describe("publishing through SNS", () => {
  let station: Station;
  let heard: { Subject?: string; Message: string }[];
  beforeEach(async () => {
    station = await openStation();
    heard = [];
    station.sns.createTopic(TOPIC);
    station.sns.subscribe(TOPIC, { deliver: (body) => void heard.push(JSON.parse(body)) });
  });
  afterEach(() => station.close());

  it("brings what the functions tell the owner to whoever has subscribed", async () => {
    await openTopic(
      TOPIC,
      station.clients.sns,
    )({ subject: "Mail is late", text: "Readers wait.\nAll of them." });
    expect(heard).toMatchObject([{ Subject: "Mail is late", Message: "Readers wait.\nAll of them." }]);
  });

  it("refuses a topic that is not there, in SNS's words", async () => {
    const asked = station.clients.sns.send(new PublishCommand({ TopicArn: `${TOPIC}-gone`, Message: "x" }));
    await expect(asked).rejects.toMatchObject({ name: "NotFoundException", message: "Topic does not exist" });
    expect(heard).toEqual([]);
  });
});
