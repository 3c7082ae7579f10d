import { CfnOutput } from "aws-cdk-lib";
import type { EmailIdentity } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { dmarcRecord } from "../functions/domain/sending/dmarc.ts";
import type { StageSettings } from "./stage-schema.ts";

interface DnsProps {
  stage: StageSettings;
  identity: EmailIdentity;
  mailFromDomain: string;
  webTarget?: string;
  pictureTarget: string;
}

/** Prints, at the end of a deploy, the DNS records to create: `name type value`. */
export class DnsRecords extends Construct {
  constructor(scope: Construct, id: string, props: DnsProps) {
    super(scope, id);
    const { stage, identity, mailFromDomain, webTarget, pictureTarget } = props;
    const { mailDomain, region, webDomain, pictureDomain } = stage;
    const print = (name: string, record: string, description: string) =>
      new CfnOutput(this, name, { value: record, description }).overrideLogicalId(`Dns${name}`);
    identity.dkimRecords.forEach(({ name, value }, index) => {
      print(
        `Dkim${index + 1}`,
        `${name} CNAME ${value}`,
        "Signs the course's mail; SES verifies the domain by it",
      );
    });
    print(
      "MailFromMx",
      `${mailFromDomain} MX 10 feedback-smtp.${region}.amazonses.com`,
      "Bounces; must be the only MX",
    );
    print(
      "MailFromTxt",
      `${mailFromDomain} TXT "v=spf1 include:amazonses.com ~all"`,
      "SPF of the envelope sender",
    );
    print(
      "Dmarc",
      `_dmarc.${mailDomain} TXT "${dmarcRecord(mailDomain)}"`,
      "Go on to p=quarantine, then p=reject, when “dmarc” says that it is safe",
    );
    print("Inbound", `${mailDomain} MX 10 inbound-smtp.${region}.amazonaws.com`, "Brings readers' replies");
    if (webDomain && webTarget)
      print("Web", `${webDomain} CNAME ${webTarget}`, "The landing page and every link");
    if (pictureDomain) print("Pictures", `${pictureDomain} CNAME ${pictureTarget}`, "The pictures of mails");
  }
}
