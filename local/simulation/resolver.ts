import type { Answer } from "dns-packet";
import type { DnsServer, Says } from "../aws/dns.ts";

/** Node's codes (`dns` module, "Error codes"). */
const CODES = {
  "no-such-name": "ENOTFOUND",
  "server-failure": "ESERVFAIL",
  refused: "EREFUSED",
  silence: "ETIMEOUT",
};

/** As much of Node's resolver as the functions use, at a name server in this thread: it answers at once. */
export const resolverOver = (dns: DnsServer) =>
  class {
    setServers(): void {}
    cancel(): void {}
    resolveMx = (name: string) =>
      readAnswer(dns.ask(name, "MX"), (answer) => {
        const { preference = 0, exchange } = answer.type === "MX" ? answer.data : { exchange: "" };
        return { priority: preference, exchange: exchange === "." ? "" : exchange };
      });
    resolve4 = (name: string) => readAnswer(dns.ask(name, "A"), (answer) => answer.name);
    resolve6 = (name: string) => readAnswer(dns.ask(name, "AAAA"), (answer) => answer.name);
  };

async function readAnswer<Entry>(says: Says, read: (answer: Answer) => Entry): Promise<Entry[]> {
  if (typeof says === "string") throw Object.assign(new Error(says), { code: CODES[says] });
  if (says.length === 0) throw Object.assign(new Error("no data"), { code: "ENODATA" });
  return says.map(read);
}
