#!/usr/bin/env node
// The console as a command of its own: `npx coursepost help`.
import { launch } from "./launch/launch.mjs";

await launch("console");
