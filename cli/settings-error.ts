/** coursepost.config.ts cannot be meant. The message is for its owner: a line each, with stage and field. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}
