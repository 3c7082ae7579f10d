import type { ReceivedMail, Services } from "../ports.ts";
import { readAddressee } from "./addressee.ts";
import { leaveByAddress } from "./leave-by-address.ts";
import { takeOwnerAnswer } from "./owner-answer.ts";
import { takeReply } from "./take-reply.ts";

/** A mail to one of our addresses: whom it is addressed to says what it is about, and who goes on with it. */
export async function receive(services: Services, mail: ReceivedMail): Promise<void> {
  const addressee = await readAddressee(services, mail);
  switch (addressee.about) {
    case "leaving":
      return leaveByAddress(services, mail, addressee.leavings);
    case "question":
      return takeOwnerAnswer(services, mail, addressee);
    default:
      return takeReply(services, mail, addressee);
  }
}
