import type { Server } from "node:net";

/**
 * True where a request names this machine. A foreign name may have been made to lead here (DNS rebinding), and then
 * a page of that name would read the answers.
 */
export const isForThisMachine = (host: string | undefined): boolean =>
  /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/i.test(host ?? "");

/** Listens on a port of this machine, or on a free one where it is busy (0: any free one); returns the port. */
export async function listenNear(server: Server, port: number): Promise<number> {
  const listening = await tryToListen(server, port);
  if (listening !== undefined) return listening;
  const free = await tryToListen(server, 0);
  if (free === undefined) throw new Error("No free port on 127.0.0.1");
  return free;
}

function tryToListen(server: Server, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off("listening", listening);
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(error);
    };
    const listening = () => {
      server.off("error", failed);
      resolve((server.address() as { port: number }).port);
    };
    server.once("error", failed);
    server.once("listening", listening);
    server.listen(port, "127.0.0.1");
  });
}
