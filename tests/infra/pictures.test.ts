import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { beforeEach, describe, expect, it } from "vitest";
import { type Bundle, bundleFunctions, picturesFolder } from "../../infra/bundle.ts";
import { checkedStage } from "../../infra/stage-schema.ts";
import { STAGES } from "../../infra/stages.ts";
import { makeApp } from "../../infra/synthesis.ts";
import { openEndpoint } from "./custom-resource.ts";
import { emptyFolder, functionsDir, members, resources, stageWith, templateOf } from "./fixture.ts";

const NAMES = ["0a.png", "0b.jpg"];
/** The stack of a build that has drawn two pictures. */
function templateWithPictures(): Template {
  // A folder of its own: the other stacks of a run are made of the one without pictures.
  const ownDir = emptyFolder();
  cpSync(functionsDir, ownDir, { recursive: true });
  mkdirSync(picturesFolder(ownDir), { recursive: true });
  for (const name of NAMES) writeFileSync(join(picturesFolder(ownDir), name), name);
  return Template.fromStack(makeApp(STAGES.dev, { outdir: emptyFolder(), functionsDir: ownDir }).stack);
}
const CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000001";

describe("the pictures of a stage", () => {
  const without = templateOf(STAGES.dev);
  const ownDomain = templateOf(
    stageWith({ pictureDomain: "pictures.course.example", pictureCertificateArn: CERTIFICATE }),
  );
  const template = templateWithPictures();
  const [distribution] = resources(template, "AWS::CloudFront::Distribution");
  const config = distribution?.[1].Properties?.DistributionConfig;

  it("are in a bucket that nobody reads but the cache, which asks nothing of who looks", () => {
    const policy = JSON.stringify(resources(template, "AWS::S3::BucketPolicy"));
    expect(policy).toContain("cloudfront.amazonaws.com");
    expect(config?.DefaultCacheBehavior).toMatchObject({ ViewerProtocolPolicy: "https-only" });
    expect(config).not.toHaveProperty("Logging");
    expect(JSON.stringify(config)).not.toContain("LambdaFunction");
  });

  it("are there before any function names them", () => {
    const [copies] = Object.keys(template.findResources("Custom::PictureCopies"));
    const functions = Object.entries(template.findResources("AWS::Lambda::Function")).filter(
      ([id]) => !id.startsWith("Pictures"),
    );
    expect(functions.length).toBe(9);
    for (const [id, { DependsOn }] of functions) expect(DependsOn, id).toContain(copies);
    expect(template.findResources("Custom::PictureCopies")[copies ?? ""]?.Properties).toMatchObject({
      CacheControl: "public, max-age=31536000, immutable",
      Pictures: [
        { Key: "pictures/0a.png", ContentType: "image/png" },
        { Key: "pictures/0b.jpg", ContentType: "image/jpeg" },
      ],
    });
  });

  it("are copied by a function that may read these pictures and write these pictures, and nothing else", () => {
    const [policy] = resources(template, "AWS::IAM::Policy").filter(([id]) =>
      id.startsWith("PicturesCopier"),
    );
    const statements = members(policy?.[1].Properties?.PolicyDocument?.Statement).map(
      ({ Action, Resource }) => [members(Action).map(String).sort().join(" "), members(Resource)] as const,
    );
    expect(statements.map(([action]) => action).sort()).toEqual([
      "logs:CreateLogStream logs:PutLogEvents",
      "s3:GetObject",
      "s3:PutObject",
    ]);
    for (const [action, on] of statements) {
      expect(JSON.stringify(on), action).not.toContain('*"');
      if (action.startsWith("s3:")) expect(on, action).toHaveLength(NAMES.length);
    }
  });

  it("need no function where no text shows any, and answer at CloudFront's own name", () => {
    expect(without.findResources("Custom::PictureCopies")).toEqual({});
    const [web] = resources(without, "AWS::Lambda::Function").filter(([id]) => id.startsWith("Web"));
    expect(JSON.stringify(web?.[1].Properties?.Environment?.Variables?.PICTURE_ORIGIN)).toMatch(
      /https:\/\/.*PicturesDistribution\w+","DomainName"/,
    );
  });

  it("answer at the stage's own domain, where it names one with a certificate in us-east-1", () => {
    const [own] = resources(ownDomain, "AWS::CloudFront::Distribution");
    expect(own?.[1].Properties?.DistributionConfig?.Aliases).toEqual(["pictures.course.example"]);
    const [web] = resources(ownDomain, "AWS::Lambda::Function").filter(([id]) => id.startsWith("Web"));
    expect(web?.[1].Properties?.Environment?.Variables?.PICTURE_ORIGIN).toBe(
      "https://pictures.course.example",
    );
    const record = JSON.stringify(ownDomain.findOutputs("DnsPictures"));
    expect(record).toContain("pictures.course.example CNAME ");
  });

  it.each([
    [{ pictureDomain: "pictures.course.example" }, "pictureCertificateArn: is required"],
    [{ pictureCertificateArn: CERTIFICATE }, "pictureDomain: is required"],
    [
      {
        pictureDomain: "pictures.course.example",
        pictureCertificateArn: CERTIFICATE.replace("us-east-1", "eu-west-1"),
      },
      "in us-east-1",
    ],
    [
      { pictureDomain: STAGES.dev.mailDomain, pictureCertificateArn: CERTIFICATE },
      "must differ from mailDomain",
    ],
  ])("are refused a domain that cannot work: %o", (settings, says) => {
    expect(() => checkedStage({ ...STAGES.dev, ...settings })).toThrow(says);
  });
});

describe("the build", () => {
  it("leaves the pictures beside the functions, and none of the last build", async () => {
    const outdir = emptyFolder();
    const entries = { tiny: join(functionsDir, "web", "index.mjs") };
    const build = (name: string): Promise<Bundle[]> =>
      bundleFunctions({
        ...{ entries, outdir },
        content: async () => ({
          module: "",
          pictures: [{ name, type: "image/png", bytes: Buffer.from(name), file: "x.png" }],
        }),
      });
    await build("one.png");
    await build("two.png");
    expect(readdirSync(picturesFolder(outdir))).toEqual(["two.png"]);
  });
});

const { handler } = createRequire(import.meta.url)("../../infra/picture-copies.cjs") as {
  handler: (event: object) => Promise<void>;
};

describe("the copies of a deploy", () => {
  let isRefused = false;
  beforeEach(() => {
    isRefused = false;
  });
  /** S3 as far as it is asked here. */
  const endpoint = openEndpoint((_, response) => {
    response.writeHead(isRefused ? 403 : 200);
    response.end(
      isRefused
        ? "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"
        : "<CopyObjectResult><ETag>x</ETag></CopyObjectResult>",
    );
  });

  const ask = (RequestType: string) =>
    handler({
      ...{ RequestType, StackId: "stack", RequestId: "request", LogicalResourceId: "Copies" },
      ResponseURL: `${endpoint.url}/answer`,
      ResourceProperties: {
        ...{ Bucket: "pictures", AssetBucket: "assets", CacheControl: "public" },
        Pictures: [{ Key: "pictures/0a.png", AssetKey: "abc.png", ContentType: "image/png" }],
      },
    });

  it("say what a picture is and how long it lives", async () => {
    await ask("Create");
    expect(endpoint.asked).toMatchObject([
      {
        method: "PUT",
        headers: {
          "x-amz-copy-source": "assets/abc.png",
          "x-amz-metadata-directive": "REPLACE",
          "content-type": "image/png",
          "cache-control": "public",
        },
      },
    ]);
    expect(endpoint.asked[0]?.url).toContain("pictures/0a.png");
    expect(endpoint.answers).toMatchObject([{ Status: "SUCCESS", PhysicalResourceId: "pictures-pictures" }]);
  });

  it("take nothing away when the stack goes: mails name them for years", async () => {
    await ask("Delete");
    expect(endpoint.asked).toEqual([]);
    expect(endpoint.answers).toMatchObject([{ Status: "SUCCESS" }]);
  });

  it("fail the deploy with S3's reason", async () => {
    isRefused = true;
    await ask("Update");
    expect(endpoint.answers).toMatchObject([{ Status: "FAILED", Reason: "AccessDenied: no" }]);
  });
});
