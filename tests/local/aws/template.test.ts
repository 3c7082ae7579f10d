import { describe, expect, it } from "vitest";
import {
  type Physical,
  type Resource,
  type StackTemplate,
  TemplateReader,
} from "../../../local/aws/template.ts";

const TEMPLATE: StackTemplate = {
  Resources: {
    Letters: { Type: "AWS::SQS::Queue", Properties: { DelaySeconds: 5 } },
    Reader: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Queue: { Ref: "Letters" },
        Arn: { "Fn::GetAtt": ["Letters", "Arn"] },
        Url: { "Fn::Join": ["", ["https://", { Ref: "AWS::Region" }, ".example/", { Ref: "Letters" }]] },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes it
        Sentence: { "Fn::Sub": "${Letters} in ${AWS::Region} is ${Letters.Arn}" },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes it
        Named: { "Fn::Sub": ["${who} waits", { who: { Ref: "Letters" } }] },
        Last: { "Fn::Select": [2, { "Fn::Split": ["/", "a/b/c"] }] },
        List: [{ Ref: "Letters" }, "plain", 7, true, null],
      },
    },
  },
};

const physical = (id: string, _: Resource): Physical => ({
  ref: `the-${id.toLowerCase()}`,
  attributes: { Arn: `arn:${id}` },
});
const open = (template: StackTemplate = TEMPLATE) =>
  new TemplateReader(template, { "AWS::Region": "eu-west-1" }, physical);

describe("the template reader", () => {
  it("resolves every intrinsic function that the stack uses", () => {
    expect(open().all("AWS::Lambda::Function")[0]).toMatchObject({
      id: "Reader",
      ref: "the-reader",
      properties: {
        Queue: "the-letters",
        Arn: "arn:Letters",
        Url: "https://eu-west-1.example/the-letters",
        Sentence: "the-letters in eu-west-1 is arn:Letters",
        Named: "the-letters waits",
        Last: "c",
        List: ["the-letters", "plain", 7, true, null],
      },
    });
  });

  it("finds the resources of one type only", () => {
    expect(
      open()
        .all("AWS::SQS::Queue")
        .map(({ id }) => id),
    ).toEqual(["Letters"]);
  });

  it("refuses a type that nobody has thought about, and says what to do", () => {
    expect(() => open().refuseUnknown(new Set(["AWS::SQS::Queue"]))).toThrow(
      /Reader is a AWS::Lambda::Function, which the local cloud does not know\. Emulate it in local\/aws\/cloud\.ts, or add its type to/,
    );
    expect(() => open().refuseUnknown(new Set(["AWS::SQS::Queue", "AWS::Lambda::Function"]))).not.toThrow();
  });

  it("refuses a resource that is made on a condition", () => {
    const conditional = { Resources: { Maybe: { Type: "AWS::SQS::Queue", Condition: "IsProduction" } } };
    expect(() => open(conditional).refuseUnknown(new Set(["AWS::SQS::Queue"]))).toThrow(
      /Maybe is made on the condition IsProduction/,
    );
  });

  it.each([
    [{ "Fn::ImportValue": "other" }, "cannot resolve Fn::ImportValue; add it to local/aws/template.ts"],
    [{ Ref: "Nobody" }, "refers to Nobody, which it does not have"],
    [{ "Fn::GetAtt": ["Letters", "Colour"] }, "does not know the attribute Colour of Letters"],
  ])("names what it cannot resolve: %j", (value, problem) => {
    expect(() => open().resolve(value)).toThrow(problem);
  });
});
