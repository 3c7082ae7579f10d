import type { SESClient } from "@aws-sdk/client-ses";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { StageSettings } from "../../infra/stage-schema.ts";
import type { Deployment } from "../connect.ts";

/** What a check has found. */
export interface DoctorFinding {
  /** `stops`: mail does not leave, or replies do not arrive, until it is mended. `look`: it should be looked at. */
  state: "pass" | "look" | "stops" | "skipped";
  says: string;
  /** What to do, where something is to be done. */
  doThis?: string;
}

/** All that a check asks. */
export interface Patient {
  deployment: Deployment;
  settings: StageSettings;
  /** Undefined on this machine, where there is no account to look into. */
  account: { ses: SESClient; sns: SNSClient; dns: Dns } | undefined;
}

/** DNS look-ups; an empty list for a name that is not there. Throws if no server answers. */
export interface Dns {
  mx(name: string): Promise<{ exchange: string; priority: number }[]>;
  txt(name: string): Promise<string[]>;
  cname(name: string): Promise<string[]>;
  /** Whether a name leads anywhere. */
  leads(name: string): Promise<boolean>;
}

export interface Check {
  name: string;
  /** Looks into the account or the DNS; left out on this machine. */
  inAccount?: true;
  run(patient: Patient): Promise<DoctorFinding>;
}

export type Account = NonNullable<Patient["account"]>;

export const pass = (says: string): DoctorFinding => ({ state: "pass", says });
export const look = (says: string, doThis: string): DoctorFinding => ({ state: "look", says, doThis });
export const stops = (says: string, doThis: string): DoctorFinding => ({ state: "stops", says, doThis });

/** The account of a patient that is in one: the doctor runs checks `inAccount` on no other. */
export function readAccount({ account }: Patient): Account {
  if (!account) throw new Error("This check looks into an account, and there is none");
  return account;
}
