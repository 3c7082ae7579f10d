import { takeBackAnswer } from "../../consent/voices.ts";
import { type Enrolment, isInCourse } from "../../domain/course/enrolment.ts";
import { readUndo, type Undo } from "../../domain/course/undo.ts";
import { readFirstName } from "../../domain/people/address.ts";
import { withoutSender } from "../../domain/people/other-senders.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { restoredWords, withWords } from "../../domain/replies/reflection.ts";
import { isMailKey, mailKey } from "../../domain/sending/agenda.ts";
import { say, type Words } from "../../domain/words/words.ts";
import { readUndoToken } from "../../links/links.ts";
import { readWithKeyring } from "../../links/read-token.ts";
import type { Services, WebRequest } from "../../ports.ts";
import type { Said } from "./act.ts";
import { isEnoughToday } from "./enough-today.ts";
import { forgetReflection } from "./forget-reflection.ts";

interface PersonalActing {
  services: Services;
  words: Words;
  subscriber: Subscriber;
  request: WebRequest;
}
type PersonalAct = (acting: PersonalActing) => Promise<Said>;

/** What the buttons of the page about a reader's own words and data do. Downloads and erasing answer on their own. */
export const PERSONAL_ACTS: ReadonlyMap<string, PersonalAct> = new Map([
  ["name", changeName],
  ["words", changeWords],
  ["forget", forget],
  ["send-journal", sendJournal],
  ["sender", forgetSender],
  ["erase", eraseWithoutConsent],
  ["undo", undo],
]);

const gone = (words: Words): Said => ({ problem: say(words, "personal.gone") });

async function changeName({
  services: { store },
  words,
  subscriber,
  request,
}: PersonalActing): Promise<Said> {
  const read = readFirstName(request.form.name ?? "");
  if ("problem" in read) return { problem: say(words, read.problem) };
  const name = read.firstName;
  if (name === subscriber.firstName) return { notice: say(words, "personal.saved") };
  await store.change(subscriber, (current) => withName(current, name));
  return { notice: say(words, "personal.saved"), undo: { act: "name", name: subscriber.firstName } };
}

function withName(subscriber: Subscriber, name: string | undefined): Subscriber {
  const { firstName: _, ...others } = subscriber;
  return name ? { ...others, firstName: name } : others;
}

/** The words are the reader's: they may put them otherwise. What stood there before is kept for the undo. */
async function changeWords({ services, words, subscriber, request }: PersonalActing): Promise<Said> {
  const { store } = services;
  const { form } = request;
  const reflection = await store.reflection(subscriber.id, form.reflection ?? "");
  if (!reflection) return gone(words);
  const theirs = (form.words ?? "").replaceAll("\r\n", "\n").trim();
  if (theirs === "") return { problem: say(words, "personal.noWords") };
  if (theirs === reflection.ownWords) return { notice: say(words, "personal.saved") };
  // What they had let others read is not what they say any more.
  await takeBackAnswer(services, reflection);
  await store.changeReflection(reflection, (current) => withWords(current, theirs));
  return { notice: say(words, "personal.saved"), undo: { act: "words", reflection: reflection.id } };
}

async function forget({ services, words, subscriber, request: { form } }: PersonalActing): Promise<Said> {
  if (form.sure !== "yes") return { problem: say(words, "personal.tickToDelete") };
  const isGone = await forgetReflection(services, subscriber.id, form.reflection ?? "");
  return isGone ? { notice: say(words, "personal.deleted") } : gone(words);
}

/** Another address of theirs counts as theirs no more. They are not asked about it again. */
async function forgetSender({ services, words, subscriber, request }: PersonalActing): Promise<Said> {
  await services.store.change(subscriber, (current) => withoutSender(current, request.form.sender ?? ""));
  return { notice: say(words, "personal.senderForgotten") };
}

/** The journal as a mail, to the reader's own address, three times a day. */
async function sendJournal({ services, words, subscriber, request }: PersonalActing): Promise<Said> {
  const { store, clock, nudge } = services;
  const { id } = subscriber;
  const enrolment = await store.enrolment(id, request.form.course ?? "");
  if (!enrolment || !isInCourse(enrolment)) return { problem: say(words, "personal.notInCourse") };
  const asking = `${enrolment.course} ${enrolment.version}`;
  if (!awaitsJournal(enrolment) && (await isEnoughToday(services, subscriber, asking, "journal-mail")))
    return { problem: say(words, "acts.enoughToday") };
  const key = mailKey("notice", `journal-${clock.now()}`);
  await store.change(enrolment, (current) => {
    if (awaitsJournal(current)) return current;
    return { ...current, agenda: { ...current.agenda, [key]: { dueAt: clock.now(), doubts: 0 } } };
  });
  await nudge.send({ subscriber: id, course: enrolment.course }, 0);
  return { notice: say(words, "personal.sent") };
}

const awaitsJournal = ({ agenda }: Enrolment): boolean =>
  Object.keys(agenda).some((key) => isMailKey("notice", key, "journal-"));

async function eraseWithoutConsent({ words }: PersonalActing): Promise<Said> {
  return { problem: say(words, "personal.tickToErase") };
}

async function undo(acting: PersonalActing): Promise<Said> {
  const { services, words, subscriber, request } = acting;
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readUndoToken(keys, request.form.undo ?? "", services.clock.now()),
  );
  if ("problem" in reading || reading.subscriber !== subscriber.id)
    return { problem: say(words, "undo.nothing") };
  return takeBack(acting, readUndo(reading.undo));
}

async function takeBack(
  { services: { store }, words, subscriber }: PersonalActing,
  what: Undo,
): Promise<Said> {
  if (what.act === "name") {
    await store.change(subscriber, (current) =>
      current.firstName === what.name ? current : withName(current, what.name),
    );
    return { notice: say(words, "undo.doneShort") };
  }
  const reflection =
    what.act === "words" ? await store.reflection(subscriber.id, what.reflection) : undefined;
  if (!reflection) return gone(words);
  await store.changeReflection(reflection, restoredWords);
  return { notice: say(words, "undo.doneShort") };
}
