import { createServer } from "node:net";

/** The usual port if nobody listens there, else any free one. Of the loopback address. */
export async function usualOrFree(usual: number): Promise<number> {
  return (await portIfFree(usual)) ?? (await portIfFree(0)) ?? usual;
}

function portIfFree(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(error);
    });
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      const taken = address === null || typeof address === "string" ? undefined : address.port;
      probe.close(() => resolve(taken));
    });
  });
}
