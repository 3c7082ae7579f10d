import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CustomResource, Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  CachePolicy,
  Distribution,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { Construct } from "constructs";
import { findPictureType, PICTURE_LIFE, PICTURES_PATH } from "../functions/domain/pictures.ts";
import type { StageSettings } from "./stage-schema.ts";

interface PicturesProps {
  stage: StageSettings;
  /** What the build has drawn, a file each; there is none where no text shows a picture. */
  folder: string;
}

/**
 * The pictures of mails: a bucket that nobody reads but the cache in front of it, by no function of ours. A picture's
 * address is made of what it is, so that it can be kept anywhere for a year, and says nothing of who looks at it.
 *
 * CDK's own BucketDeployment would copy them by a function that may read all of CDK's bucket and brings Python and the
 * command line of AWS; ours is a page long, and may read these pictures there and write them here.
 */
export class Pictures extends Construct {
  readonly bucket: Bucket;
  /** `https://…` without a trailing slash. */
  readonly origin: string;
  /** What the pictures' domain must point at. */
  readonly domainTarget: string;
  /** What must be there before a mail names one of them. */
  readonly copied?: CustomResource;

  constructor(scope: Construct, id: string, { stage, folder }: PicturesProps) {
    super(scope, id);
    this.bucket = this.addBucket();
    const distribution = this.addDistribution(stage);
    this.domainTarget = distribution.distributionDomainName;
    this.origin = `https://${stage.pictureDomain ?? distribution.distributionDomainName}`;
    const names = existsSync(folder) ? readdirSync(folder).sort() : [];
    if (names.length > 0) this.copied = this.copy(stage, folder, names);
  }

  /** Kept when the stack goes: the mails that name its pictures are there still. */
  private addBucket(): Bucket {
    const bucket = new Bucket(this, "Bucket", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Pictures that everybody may see; a log of who looked at them would be the tracking that we do not do.",
    });
    return bucket;
  }

  private addDistribution(stage: StageSettings): Distribution {
    const { pictureDomain, pictureCertificateArn } = stage;
    const own = pictureDomain &&
      pictureCertificateArn && {
        domainNames: [pictureDomain],
        certificate: Certificate.fromCertificateArn(this, "Certificate", pictureCertificateArn),
      };
    const distribution = new Distribution(this, "Distribution", {
      comment: `Coursepost, ${stage.stage}: the pictures of mails`,
      ...own,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        // Neither queries nor cookies reach it: nothing in a request tells one reader from another.
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      },
    });
    const accepted: Record<string, string> = {
      "AwsSolutions-CFR1":
        "Readers are everywhere, and so are the proxies by which their mail programs load pictures.",
      "AwsSolutions-CFR2":
        "A firewall costs $5 a month and guards what takes input: here are files, by GET alone.",
      "AwsSolutions-CFR3":
        "A log of who opened which picture when would be the tracking of readers that we do not do.",
      "AwsSolutions-CFR4":
        "With a domain of its own it speaks TLS 1.2 or later; CloudFront's own name cannot be told to.",
    };
    for (const [rule, reason] of Object.entries(accepted))
      Validations.of(distribution).acknowledge({ id: rule, reason });
    return distribution;
  }

  /** Each picture goes the way of all that CDK uploads, then into the bucket; what was there before stays. */
  private copy(stage: StageSettings, folder: string, names: string[]): CustomResource {
    const assets = names.map((name, at) => ({
      name,
      asset: new Asset(this, `Picture${at}`, { path: join(folder, name) }),
    }));
    const handler = this.addCopier(stage);
    const from = assets.map(({ asset }) => asset.bucket.arnForObjects(asset.s3ObjectKey));
    const to = names.map((name) => this.bucket.arnForObjects(`${PICTURES_PATH}/${name}`));
    handler.addToRolePolicy(new PolicyStatement({ actions: ["s3:GetObject"], resources: from }));
    handler.addToRolePolicy(new PolicyStatement({ actions: ["s3:PutObject"], resources: to }));
    const copied = new CustomResource(this, "Copies", {
      serviceToken: handler.functionArn,
      resourceType: "Custom::PictureCopies",
      properties: {
        Bucket: this.bucket.bucketName,
        AssetBucket: assets[0]?.asset.s3BucketName,
        CacheControl: PICTURE_LIFE,
        Pictures: assets.map(({ name, asset }) => ({
          Key: `${PICTURES_PATH}/${name}`,
          AssetKey: asset.s3ObjectKey,
          ContentType: findPictureType(name),
        })),
      },
    });
    copied.node.addDependency(handler.role as Role, this.bucket);
    return copied;
  }

  private addCopier(stage: StageSettings): LambdaFunction {
    const logGroup = new LogGroup(this, "CopierLog", {
      retention: stage.retention.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const handler = new LambdaFunction(this, "Copier", {
      description: "Copies the pictures of mails to where they are served; runs at deploys only",
      code: Code.fromInline(readFileSync(join(import.meta.dirname, "picture-copies.cjs"), "utf8")),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.minutes(5),
      logGroup,
      role: new Role(this, "CopierRole", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") }),
    });
    logGroup.grantWrite(handler);
    return handler;
  }
}
