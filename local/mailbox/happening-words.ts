import { readDispatchId } from "../../functions/domain/sending/dispatch.ts";

type HappeningFields = Record<string, string>;
type HappeningSentence = string | ((fields: HappeningFields) => string);

/** What the functions log, as an owner would tell it. The log's own words stand beside it. */
const SENTENCES: Record<string, HappeningSentence> = {
  "address-changed": "A reader's emails go to another address from now on.",
  "address-not-asked": "A reader named an address that may not be written to: it was not asked.",
  "answer-erased":
    "An answer that was written on a page came after its reader had erased everything: it is gone.",
  "answer-written-twice": "The same answer was written on a page once more: it is kept once.",
  "answers-held": "No more automatic answers leave today: all that a day may have were sent.",
  "came-back": "A reader who had left came back.",
  "answers-changed": "A reader changed their answers to the sign-up's questions.",
  "dmarc-reports-read": ({ taken, others }) =>
    `${taken} mails with reports about the domain were read, and ${others} others.`,
  "no-dmarc-report": "A mail to the address for reports about the domain is none.",
  "confirmation-over-limit": "A confirmation waits, or is dropped: too many were asked for.",
  "course-held": ({ until }) => `An absence note came: the course waits until ${until}.`,
  crashed: "A function failed in a way that it does not know. It will be tried again.",
  "delivery-failed": "A mail could not be sent for a fault of ours. It is tried again in a minute.",
  "dispatch-parked": ({ dispatch, why }) => `${mail(dispatch)} is set aside: ${why}. The owner is told.`,
  enrolled: ({ course }) => `A reader began the course “${course}”.`,
  "erase-unfinished": "Erasing a reader is not done yet. It goes on in an hour.",
  erased: "All that was known about a reader is erased.",
  "erasing-goes-on": "A reader with many emails is being erased, piece by piece.",
  "events-refused": "The bus did not take some events. They are put again in a minute.",
  "events-told": ({ events }) => `Other tools were told of ${events} events.`,
  failed: "A function could not do its work. It will be tried again.",
  feedback: ({ dispatch, type, away }) =>
    away === "true" ? `${mail(dispatch)} met an absence note.` : `SES says of ${mail(dispatch)}: ${type}.`,
  "feedback-of-unknown-mail": "SES tells of a mail that is not ours, or no more.",
  "foreign-replies-limited":
    "Too many replies from other addresses came for one reader: the rest is not kept.",
  "hold-ended": "A hold on sending has ended; it begins again, slowly.",
  "how-to-answer-limited": "The owner was told often enough today how to answer.",
  "in-doubt": ({ dispatch }) =>
    `Nobody knows yet whether SES took ${mail(dispatch)}. It waits for word from SES.`,
  "lane-done": ({ sent, failed }) => `A round of sending ended: ${sent} sent, ${failed} failed.`,
  left: ({ list }) => `A reader left ${list === "newsletter" ? "the newsletter" : `the course “${list}”`}.`,
  "mail-domain-unknown": "Nobody could say whether an address's domain takes mail: it is given a try.",
  "mail-erased": "A reply came once more whose reader has erased everything: nothing is left to be done.",
  "never-again": "Somebody said that their address is never to be asked again.",
  "never-again-lifted":
    "An address that was never to be asked again may be asked again: a mail came from it.",
  "farewells-limited":
    "A reader was told often enough this month that they have left: the mails that ask for it are not proven.",
  "notices-limited": "A reader was told of something often enough today.",
  "nudge-lost": "A mail that is due at once waits for the next minute: the message about it was lost.",
  "owner-answered": "The owner answered a reader.",
  "owner-machine": "The owner's mail program answered by itself: that is no answer.",
  "owner-not-told": "The owner could not be told of something that needs them.",
  "owner-told": ({ concern }) => `The owner is told of something that needs them (${concern}).`,
  "owner-told-over": ({ concern }) => `What the owner was told of is over (${concern}).`,
  "page-answers-limited": "Enough was written on a reader's page today: no more is taken there.",
  "page-failed": "A part of an issue could not be sent for a fault of ours. It is tried again.",
  "page-mails-limited": "A reader's page asked for more mails than a day may have: no more is sent.",
  "prompts-limited": "A reader got all the automatic answers that a day may have.",
  "quota-unknown": "SES did not say how much may be sent: what was known last is used.",
  "reflection-forgotten": "A reader deleted something that they had written.",
  "relay-limited":
    "Too many mails of one reader, or of strangers, for the owner today: the rest waits on the desk.",
  "reply-accepted": "A mail came in.",
  "reply-kept": ({ kind, dispatch }) => `A reply to ${mail(dispatch)} is kept (${kind}).`,
  "reply-replayed": "The same reply came once more: nothing is done twice.",
  "reply-token-refused": "A mail came to a reply address that is not ours: nobody is known by it.",
  "reply-unmatched": "A mail came that belongs to nobody we know. The owner sees it.",
  "sender-questions-limited": "A reader was asked often enough today whether a reply was theirs.",
  "sending-closed": ({ minutes }) => `SES takes no mail now: the next try is in ${minutes} minutes.`,
  "sending-held": ({ why }) => `Sending is held: ${why}.`,
  sent: ({ dispatch }) => `${mail(dispatch)} left.`,
  "sent-mail-unknown": ({ dispatch }) => `A reply names ${mail(dispatch)}, of which nothing is known.`,
  "ses-in-doubt": ({ dispatch }) => `SES did not say whether it took ${mail(dispatch)}.`,
  "ses-refused": ({ dispatch }) => `SES did not take ${mail(dispatch)} now. It is tried again.`,
  "ses-rejected": ({ dispatch }) => `SES refused ${mail(dispatch)} for good.`,
  "sign-up": "Somebody signed up.",
  "sign-up-again": "Somebody signed up who is known already.",
  "sign-up-dropped": "A sign-up was dropped: too many came at once.",
  "sign-up-honeypot": "A machine filled in the form: nothing is done.",
  "sign-up-no-such-domain": "Somebody signed up with an address whose domain takes no mail.",
  "sign-up-suppressed": "Somebody signed up whose address must not be written to: nothing is sent.",
  stopped: ({ reason }) => `A reader gets nothing any more (${reason}).`,
  "unsubscribe-token-refused": "A mail asked to unsubscribe by an address that is not ours.",
  "voice-judged": ({ verdict }) =>
    verdict === "not-useful"
      ? "A reader found another reader's answer not useful."
      : "A reader says that another reader's answer should not be there: it is shown to nobody more until the owner has looked.",
  "voice-offered": "A reader lets others read an answer, once the owner has chosen it.",
  "voice-taken-back": "A reader took back an answer that others could read.",
  api: ({ key, operation, status }) => `Another program asked by key ${key}: ${operation} (${status}).`,
  "webhook-called": ({ host, type }) => `The webhook at ${host} was told: ${type}.`,
  "webhook-not-taken": ({ host, type, status, failed, attempt }) =>
    `The webhook at ${host} did not take ${type} (${status ?? failed}), at attempt ${attempt}. It is tried again.`,
  "webhook-removed": ({ host }) => `An event was on its way to ${host}, which is no webhook any more.`,
  "webhook-wants-no-more": ({ host, type }) =>
    `The webhook at ${host} wants nothing more (410): ${type} is not sent.`,
  "week-counted": "The week was counted, for Monday's mail.",
};

/** The sentence for an event of a function's log; undefined for one that only a developer would look for. */
export function sentenceAbout(event: string, fields: HappeningFields): string | undefined {
  const sentence = Object.hasOwn(SENTENCES, event) ? SENTENCES[event] : undefined;
  const said = typeof sentence === "function" ? sentence(fields) : sentence;
  return said && said.charAt(0).toUpperCase() + said.slice(1);
}

/** `lesson “headwinds-inside”`: the mail that a dispatch's id names. */
function mail(id = ""): string {
  const dispatch = readDispatchId(id);
  if (!dispatch) return "a mail";
  const { kind, slug } = dispatch;
  return kind === "lesson" || kind === "issue" ? `the ${kind} “${slug}”` : `a mail (${kind})`;
}
