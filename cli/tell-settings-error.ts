import { SettingsError } from "./settings-error.ts";

/*
 * Imported before all else by programs that a person starts. The settings are checked while the program is loaded, where
 * it could catch nothing: what is wrong with them is said by field, without a trace.
 */
process.on("uncaughtException", (error) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
