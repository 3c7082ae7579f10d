import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";
import { type Answer, decode, encode } from "dns-packet";

/** What a DNS zone holds, by name in lower case. */
export type Zone = Record<string, Answer[]>;

/** A DNS server on the loopback address that answers from a zone, and says NXDOMAIN to all else (RFC 1035). */
export async function startDns(zone: Zone): Promise<{ address: string; stop: () => Promise<void> }> {
  const socket = createSocket("udp4");
  socket.on("message", (bytes, from) => {
    const { id, questions = [] } = decode(bytes);
    const [question] = questions;
    const named = zone[question?.name.toLowerCase() ?? ""];
    const answers = (named ?? []).filter(({ type }) => type === question?.type);
    const NXDOMAIN = 3;
    const flags = named ? 0 : NXDOMAIN;
    socket.send(encode({ type: "response", id, flags, questions, answers }), from.port, from.address);
  });
  await new Promise<void>((ready) => socket.bind(0, "127.0.0.1", ready));
  const { port } = socket.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    stop: () => new Promise((closed) => socket.close(() => closed())),
  };
}
