import { describe, expect, it } from "vitest";
import { foreignWords, placeholders, refusePlaceholders } from "../../infra/placeholders.ts";
import { checkedStage, type StageSettings } from "../../infra/stage-schema.ts";
import { functionSettings, STAGES } from "../../infra/stages.ts";
import { stageWith } from "./fixture.ts";

const certificateArn = "arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef";

/** As an owner would fill a stage in. */
const OWN: StageSettings = checkedStage({
  ...STAGES.production,
  mailDomain: "course.acme.org",
  webDomain: "learn.acme.org",
  certificateArn,
  ownerName: "Ada Author",
  ownerMailbox: "ada@acme.org",
  alarmMailbox: "ada@acme.org",
  postalAddress: "12 Long Lane, Springfield 12345",
});

describe("A stage's settings", () => {
  const mistakes: [field: string, changes: object, says: RegExp][] = [
    ["webDomain", { production: true }, /dev\.webDomain: is required in production/],
    ["certificateArn", { webDomain: "www.course.example" }, /certificateArn: is required with a web domain/],
    [
      "webDomain",
      { webDomain: STAGES.dev.mailDomain, certificateArn },
      /webDomain: must differ from mailDomain/,
    ],
    [
      "certificateArn",
      { webDomain: "w.course.example", certificateArn, region: "us-east-1" },
      /must be in the stage's region, us-east-1/,
    ],
    [
      "mailDomain",
      { mailDomain: "https://Course.example" },
      /mailDomain: must be a domain name in lower case/,
    ],
    [
      "region",
      { region: "eu-south-2" },
      /region: must be a region where SES receives mail: us-east-1, .*eu-north-1/,
    ],
    ["senderLocalPart", { senderLocalPart: "reply" }, /senderLocalPart: is taken by the course itself/],
    [
      "ownerMailbox",
      { ownerMailbox: `me@${STAGES.dev.mailDomain}` },
      /ownerMailbox: must not be at mailDomain/,
    ],
    ["alarmMailbox", { alarmMailbox: "nobody" }, /alarmMailbox: must be an email address/],
    ["postalAddress", { postalAddress: "" }, /postalAddress: must be one line/],
    ["defaultZone", { defaultZone: "+02:00" }, /defaultZone: must be an IANA time zone/],
    ["lanes", { lanes: 0 }, /lanes: /],
    [
      "warmUp.from",
      { warmUp: { from: 9, factor: 1.5 } },
      /dev\.warmUp\.from: must be at least 10 mails a day/,
    ],
    ["warmUp.from", { warmUp: { from: 10.5, factor: 1.5 } }, /warmUp\.from: must be a whole number of mails/],
    [
      "warmUp.factor",
      { warmUp: { from: 50, factor: 1 } },
      /warmUp\.factor: must be at least 1\.05: a ramp grows/,
    ],
    ["warmUp.factor", { warmUp: { from: 50, factor: 10 } }, /warmUp\.factor: must be at most 3/],
    ["warmUp.factor", { warmUp: { from: 50 } }, /warmUp\.factor: /],
    ["warmUp", { warmUp: { from: 50, factor: 2, until: "2026-03-31" } }, /warmUp: .*until/],
    [
      "thanks.asked",
      { thanks: { asked: "//evil.example" } },
      /dev\.thanks\.asked: must begin with one slash/,
    ],
    ["thanks.confirmed", { thanks: { confirmed: "http://a.example" } }, /thanks\.confirmed: must be a path/],
    ["thanks", { thanks: { left: "/x" } }, /thanks: .*left/],
    ["courses", { courses: ["Not a slug"] }, /courses\.0: must be a slug/],
    [
      "retention.unconfirmedDays",
      { retention: { ...STAGES.dev.retention, unconfirmedDays: 3 } },
      /retention\.unconfirmedDays: must be at least 7/,
    ],
    [
      "joinRuleSet",
      { joinRuleSet: "theirs", activateRuleSet: true },
      /joinRuleSet: cannot go with activateRuleSet/,
    ],
  ];
  it.each(mistakes)("are refused with the name of the field and what to do: %s", (_, changes, says) => {
    expect(() => checkedStage({ ...STAGES.dev, ...changes })).toThrow(says);
  });

  it("list every mistake at once, each as file and field", () => {
    const twice = () => stageWith({ lanes: 99, senderLocalPart: "UPPER" });
    expect(twice).toThrow(
      /coursepost\.config\.ts: dev\.senderLocalPart: .*\ncoursepost\.config\.ts: dev\.lanes: /,
    );
  });

  it("reach the functions without what only the stack needs", () => {
    expect(functionSettings(STAGES.dev)).toMatchObject({ stage: "dev", lanes: 4, promptDelayMinutes: 10 });
    expect(functionSettings(STAGES.dev)).not.toHaveProperty("alarmMailbox");
  });
});

describe("Example values", () => {
  it("are kept from a real account, each by name", () => {
    expect(() => refusePlaceholders(STAGES.production)).toThrow(
      /production\.mailDomain is still the example "mail\.course\.example"/,
    );
    const fields = placeholders(STAGES.production).map((line) => line.split(" ")[1]?.split(".")[1]);
    expect(fields).toEqual(
      expect.arrayContaining([
        "mailDomain",
        "webDomain",
        "certificateArn",
        "ownerName",
        "ownerMailbox",
        "postalAddress",
        "alarmMailbox",
      ]),
    );
  });

  it("are in every stage that ships", () => {
    for (const stage of Object.values(STAGES)) expect(placeholders(stage)).not.toEqual([]);
  });

  it("that are still in the content keep production from an account, and only production", () => {
    const other = { ...OWN, courses: ["no-such-course"], production: true };
    expect(foreignWords(other)).toEqual([expect.stringContaining("which this stage does not offer")]);
    expect(() => refusePlaceholders(other)).toThrow(/course newsletter no-such-course/);
    expect(() => refusePlaceholders({ ...other, production: false })).not.toThrow();
  });

  it("are told from an owner's own", () => {
    expect(() => refusePlaceholders(OWN)).not.toThrow();
    expect(placeholders({ ...OWN, alarmMailbox: "ops@example.com" })).toHaveLength(1);
    expect(placeholders({ ...OWN, mailDomain: "mail.example-school.org" })).toEqual([]);
  });
});
