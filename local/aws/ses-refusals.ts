import { ServiceError } from "./request.ts";

const NOT_AUTHORIZED = (resource: string) =>
  `User \`arn:aws:sts::111111111111:assumed-role/coursepost-Lane/lane' is not authorized to perform \`ses:SendRawEmail' on resource \`arn:aws:ses:eu-west-1:111111111111:${resource}'`;

/**
 * SES's refusals of a mail in its own words, as its documents, public reports and recorded answers have them. Those
 * that this emulator can bring about by itself are what it says; the others are there for faults on the wire.
 */
export const REFUSALS = {
  // Public reports: GoodDollar/GoodServer 419, hcengineering/platform 8899.
  "paused by AWS": {
    code: "MessageRejected",
    message:
      "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.",
  },
  // Public reports of earlier years: civicrm-core's bounce patterns.
  "suspended by AWS": {
    code: "MessageRejected",
    message:
      "Sending suspended for this account. For more information, please check the inbox of the email address associated with your AWS account.",
  },
  // API Reference, SendRawEmail, Errors.
  "paused by the owner": {
    code: "AccountSendingPausedException",
    message: "Email sending is disabled for your entire Amazon SES account.",
  },
  "configuration set paused": {
    code: "ConfigurationSetSendingPausedException",
    message: "Email sending is disabled for the configuration set.",
  },
  "configuration set missing": {
    code: "ConfigurationSetDoesNotExist",
    message: "Configuration set <coursepost-dev> does not exist.",
  },
  "MAIL FROM not verified": {
    code: "MailFromDomainNotVerifiedException",
    message:
      "Cannot send because the MX record for the custom MAIL FROM domain bounce.course.example could not be read.",
  },
  // Developer Guide, "Amazon SES email sending errors".
  "not verified": {
    code: "MessageRejected",
    message:
      "Email address is not verified. The following identities failed the check in region EU-WEST-1: jane@paused.example",
  },
  "rate exceeded": { code: "Throttling", message: "Maximum sending rate exceeded." },
  "quota used up": { code: "Throttling", message: "Daily message quota exceeded." },
  "API asked too often": { code: "ThrottlingException", message: "Rate exceeded" },
  // smithy-typescript, service-error-classification: what AWS's services call it, whatever the status.
  "API asked too often, by other names": {
    code: "TooManyRequestsException",
    message: "Rate exceeded",
    status: 429,
  },
  "API overloaded": { code: "SlowDown", message: "Please reduce your request rate.", status: 503 },
  "quota used up, by another name": {
    code: "ThrottlingException",
    message: "Daily sending quota exceeded",
    status: 429,
  },
  // SES API version 2, SendEmail, Errors.
  "paused, in version 2": { code: "SendingPausedException", message: "Account is paused." },
  "restricted, in version 2": {
    code: "AccountSuspendedException",
    message: "The account's ability to send email has been permanently restricted.",
  },
  // aws-sdk-js 3641, terraform-aws-ses 40, GSA/data.gov 3810: in the sandbox the recipient's identity is asked for, too.
  "role lacks the recipient": {
    code: "AccessDenied",
    message: NOT_AUTHORIZED("identity/suspended@reader.example"),
    status: 403,
  },
  "role lacks our identity": {
    code: "AccessDenied",
    message: NOT_AUTHORIZED("identity/course.example"),
    status: 403,
  },
  // openstax/accounts 253, django-anymail 281, aws-lambda-ses-forwarder 103.
  "address without a domain": { code: "InvalidParameterValue", message: "Missing final '@domain'" },
  "address without a local part": { code: "InvalidParameterValue", message: "Missing local name" },
  "address with a space": {
    code: "InvalidParameterValue",
    message: "Local address contains control or whitespace",
  },
  "domain with a letter that is none": {
    code: "InvalidParameterValue",
    message: "Domain contains illegal character",
  },
  "two addresses in one": { code: "InvalidParameterValue", message: "Extra route-addr" },
  // mozilla/fx-private-relay 1887, aws-sdk-js-v3 6213, nodemailer 1603, brave/accounts 35.
  "address not understood": { code: "InvalidParameterValue", message: "Invalid email address" },
  "address in a group": { code: "InvalidParameterValue", message: "Nested group" },
  "address with a dot at its end": { code: "InvalidParameterValue", message: "Missing domain" },
  "header not understood": { code: "InvalidParameterValue", message: "Expected '=', got 'null'" },
  // emencia-django-newsletter 61, alphagov/signon 31.
  "address on SES's own list": { code: "MessageRejected", message: "Address blacklisted." },
  // mozilla/fx-private-relay 6801, aws-sdk-php 981.
  "header twice": { code: "InvalidParameterValue", message: "Duplicate header 'MIME-Version'." },
  "header too long": { code: "InvalidParameterValue", message: "Header section too long." },
  // A text that is not known.
  "an unknown reason": { code: "MessageRejected", message: "This is a reason that nobody has reported yet." },
  // AWS, "Common Errors".
  "keys have run out": {
    code: "ExpiredToken",
    message: "The security token included in the request is expired",
    status: 403,
  },
  "keys unknown": {
    code: "InvalidClientTokenId",
    message: "The security token included in the request is invalid.",
    status: 403,
  },
  "signature wrong": {
    code: "SignatureDoesNotMatch",
    message: "The request signature we calculated does not match the signature you provided.",
    status: 403,
  },
  "clock wrong": {
    code: "SignatureDoesNotMatch",
    message: "Signature expired: 20261130T120000Z is now earlier than 20261130T121500Z",
    status: 403,
  },
  "request too old": { code: "RequestExpired", message: "Request timestamp is too old" },
  "not subscribed": {
    code: "OptInRequired",
    message: "The AWS Access Key Id needs a subscription for the service",
    status: 403,
  },
  "SES unavailable": { code: "ServiceUnavailable", message: "Service is unavailable", status: 503 },
  "SES failed": {
    code: "InternalFailure",
    message: "We encountered an internal error. Please try again.",
    status: 500,
  },
} as const satisfies Record<string, { code: string; message: string; status?: number }>;

/** The error that SES answers with; `message` where the text names something: an identity, a set. */
export function refusal(kind: keyof typeof REFUSALS, message?: string): ServiceError {
  const said: { code: string; message: string; status?: number } = REFUSALS[kind];
  return new ServiceError(said.code, message ?? said.message, said.status);
}
