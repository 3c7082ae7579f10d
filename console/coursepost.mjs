#!/usr/bin/env node
// The console as a command of its own: `npx coursepost help`. TypeScript is run as it stands, without a build.
import { register } from "tsx/esm/api";

register();
await import("./main.ts");
