/** What somebody who got a voice said of it, by a press. */
export const VERDICTS = ["not-useful", "should-not-be"] as const;
export type VoiceVerdict = (typeof VERDICTS)[number];

export const readVerdict = (text: string | undefined): VoiceVerdict | undefined =>
  VERDICTS.find((verdict) => verdict === text);
