import { recipientDomain } from "./address.ts";

/** Domains under which a provider delivers to the same mailbox. */
const TWIN_DOMAINS: Readonly<Record<string, string>> = {
  "googlemail.com": "gmail.com",
  "me.com": "icloud.com",
  "mac.com": "icloud.com",
  "protonmail.com": "proton.me",
  "protonmail.ch": "proton.me",
  "pm.me": "proton.me",
  "ya.ru": "yandex.ru",
  "yandex.com": "yandex.ru",
};
/** Providers for whom a dot within a name is nothing. */
const WITHOUT_DOTS = ["gmail.com", "proton.me"];

/**
 * True if two addresses are one mailbox by their spelling: with or without a plus tag, with or without Gmail's dots,
 * under either domain of a provider. Nobody else can have the other one.
 */
export const isSamePerson = (one: string, other: string): boolean => toMailbox(one) === toMailbox(other);

/** The mailbox that an address is known to reach. */
export function toMailbox(address: string): string {
  const domain = recipientDomain(address);
  const provider = TWIN_DOMAINS[domain] ?? domain;
  const local = address.slice(0, address.lastIndexOf("@")).toLowerCase();
  const [base = ""] = local.split("+", 1);
  const name = base === "" ? local : base;
  return `${WITHOUT_DOTS.includes(provider) ? name.replaceAll(".", "") : name}@${provider}`;
}
