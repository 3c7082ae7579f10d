import { foldCase } from "../fold-case.ts";
import type { Sentence } from "./text.ts";

/** Whole texts, folded; obeyed in silence, like the word that every mail names. */
const LEAVE = new Set(
  [
    "stop|stop it|stop please|please stop|stop this|stop emails|stop mails|stop emailing me|end|quit|cancel|cancel please|unsubscribe|unsubscribe me|unsubscribe please|please unsubscribe|please unsubscribe me|remove|remove me|please remove me|remove me please|take me off|take me off this list|take me off the list|opt out|optout",
    "abmelden|bitte abmelden|abbestellen|bitte abbestellen|kündigen|stopp|austragen|bitte austragen|bitte löschen",
    "désinscrire|désinscription|me désinscrire|me désabonner|désabonner|désabonnement|arrêter|arrêt",
    "baja|darme de baja|dar de baja|dame de baja|cancelar|cancelar suscripción|parar|alto",
    "cancelar inscrição|cancelar subscrição|descadastrar|remover|sair|pare",
    "cancellami|disiscrivimi|disiscrivermi|annulla iscrizione|rimuovimi|cancellazione|basta",
    "afmelden|uitschrijven|graag afmelden|graag uitschrijven|stoppen",
    "avsluta|avprenumerera|avregistrera|sluta|avmeld|avmelding|meld meg av|afmeld|frameld|peruuta|peru tilaus|lopeta",
    "wypisz|wypisz mnie|rezygnuję|anuluj|odhlásit|zrušit|odhlásiť|leiratkozás|leiratkozom|dezabonare|dezabonează|отписаться|отпишите меня|стоп|відписатися|відписати|çıkar|abonelikten çık|iptal|κατάργηση εγγραφής|διαγραφή",
    "退订|取消订阅|退訂|取消訂閱|停止|配信停止|解除|退会|수신거부|구독취소|구독 취소|그만|הסר|הסירו אותי|إلغاء الاشتراك|إلغاء|توقف",
  ].flatMap((words) => words.split("|")),
);

const LONGEST_REQUEST_WORDS = 5;

/** True for a text that is one of these words, whole. */
export function isLeaveWord(text: string): boolean {
  const words = foldCase(text);
  return words.split(" ").length <= LONGEST_REQUEST_WORDS && LEAVE.has(words);
}

/** True for a mail in which nothing stands but such a word, and what frames it. */
export function isExactLeave(sentences: readonly Sentence[], ownSubject: string | undefined): boolean {
  const spoken = sentences.filter(({ isFrame }) => !isFrame);
  const [only, ...others] = spoken;
  if (!only) return ownSubject !== undefined && isLeaveWord(ownSubject) && !/[?？]/.test(ownSubject);
  if (only.isQuestion && !only.isPolite) return false;
  return others.length === 0 && (isLeaveWord(only.raw) || isLeaveWord(only.bare));
}
