declare module "dynalite" {
  import type { Server } from "node:http";

  /** Times are milliseconds that the engine pretends to need. Without a path it keeps everything in memory. */
  interface DynaliteOptions {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
    maxItemSizeKb?: number;
  }
  export default function dynalite(options?: DynaliteOptions): Server;
}
