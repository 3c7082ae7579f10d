import { ArgumentError } from "../../cli/arguments.ts";
import type { VoiceKey } from "../../functions/domain/replies/voices/voice.ts";

/** How commands and the desk name a voice, as `<reader>/<voice>`. */
export const voiceName = ({ subscriber, id }: VoiceKey): string => `${subscriber}/${id}`;

/** Undefined for what is no name of a voice. */
export function readVoiceName(name: string): VoiceKey | undefined {
  const [, subscriber, id] = /^([a-z2-7]{1,60})\/([a-z2-7]{1,60})$/.exec(name.trim()) ?? [];
  return subscriber !== undefined && id !== undefined ? { subscriber, id } : undefined;
}

/** As readVoiceName. Throws an ArgumentError that shows the form. */
export function requireVoiceKey(name: string): VoiceKey {
  const key = readVoiceName(name);
  if (!key)
    throw new ArgumentError(`"${name}" names no voice. Its name is READER/VOICE, as "voices list" has it.`);
  return key;
}
