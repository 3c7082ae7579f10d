import type { Errand } from "../../domain/people/errand.ts";
import type { HolderKey } from "../../domain/sending/holder.ts";
import type { Services } from "../../ports.ts";
import { askAtNewAddress } from "./ask-at-new-address.ts";
import { askForConfirmationAgain } from "./ask-for-confirmation-again.ts";
import { judgeVoice } from "./judge-voice.ts";
import { keepSignUp } from "./keep-sign-up.ts";
import { mailLink } from "./mail-link.ts";

/** Does what an answer has left to be done; idempotent. Returns whose mail is due at once, if anybody's is. */
export async function runErrand(services: Services, errand: Errand): Promise<HolderKey | undefined> {
  const subscriber = await doErrand(services, errand);
  return subscriber === undefined ? undefined : { subscriber };
}

async function doErrand(services: Services, errand: Errand): Promise<string | undefined> {
  switch (errand.does) {
    case "sign-up":
      return keepSignUp(services, errand, errand.at);
    case "confirm-again":
      return askForConfirmationAgain(services, errand, errand.at);
    case "mail-link":
      return mailLink(services, errand);
    case "change-address":
      return askAtNewAddress(services, errand, errand.at);
    case "judge-voice":
      await judgeVoice(services, errand);
      return undefined;
  }
}
