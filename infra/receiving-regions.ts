/**
 * Where SES receives mail, as known on 2026-11-30: the inbound endpoints of the AWS General Reference ("Email receiving
 * endpoints"), and where it was not at hand in today's form, mail that was received there. One that is missing here
 * and stands in the reference works as well: add it, and the checks of the stack run for it.
 */
export const RECEIVING_REGIONS = [
  // AWS General Reference, as of January 2024.
  "us-east-1",
  "us-east-2",
  "us-west-2",
  "ca-central-1",
  "eu-west-1",
  "eu-west-2",
  "eu-central-1",
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  // Received fields of real mail: July 2025, February 2026.
  "ap-south-1",
  "us-west-1",
  // AWS General Reference, as read in July 2026.
  "ap-northeast-2",
  // In use in September 2026.
  "eu-north-1",
  "sa-east-1",
] as const;

export const RECEIVING_REGIONS_AS_OF = "2026-11-30";
