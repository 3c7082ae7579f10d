/**
 * Whether others may read an answer: asked beneath a prompt and on its page, and kept in the record like every consent
 * text, by name and never edited. Apart from the others, which no mail says: a sender is to hold no more than it needs.
 */
export const VOICE_QUESTIONS = {
  "voice-1": "May others who answer this read yours, without your name?",
  "voice-1-de": "Dürfen andere, die das beantworten, Ihre Antwort lesen, ohne Ihren Namen?",
  "voice-1-es": "¿Pueden leer su respuesta, sin su nombre, otras personas que respondan a esto?",
  "voice-1-fr": "D’autres personnes qui répondent à ceci peuvent-elles lire votre réponse, sans votre nom ?",
  "voice-1-pt-BR": "Outras pessoas que respondem a isto podem ler sua resposta, sem o seu nome?",
  "voice-1-nl": "Mogen anderen die dit beantwoorden jouw antwoord lezen, zonder je naam?",
} as const;
export type VoiceQuestion = keyof typeof VOICE_QUESTIONS;

/** Its name in a language; the English one where there is none. */
export function voiceQuestion(language: string | undefined): VoiceQuestion {
  const name = `voice-1-${language}`;
  return name in VOICE_QUESTIONS ? (name as VoiceQuestion) : "voice-1";
}
