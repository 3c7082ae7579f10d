import { readFirstName } from "../domain/address.ts";
import { restoredWords, withWords } from "../domain/reflection.ts";
import type { Subscriber } from "../domain/subscriber.ts";
import { readUndo, type Undo } from "../domain/undo.ts";
import { readUndoToken } from "../mail/links.ts";
import { readWithKeyring } from "../mail/read-token.ts";
import type { Services, WebRequest } from "../ports.ts";
import { forgetReflection } from "./forget-reflection.ts";
import type { Said } from "./reader-acts.ts";

type PersonalAct = (services: Services, subscriber: Subscriber, request: WebRequest) => Promise<Said>;

/** What the buttons of the page about a reader's own words and data do. Downloads and erasing answer on their own. */
export const PERSONAL_ACTS: ReadonlyMap<string, PersonalAct> = new Map([
  ["name", changeName],
  ["words", changeWords],
  ["forget", forget],
  ["send-journal", sendJournal],
  ["erase", eraseWithoutConsent],
  ["undo", undo],
]);

const GONE: Said = { problem: "That reflection is not there any more." };

async function changeName({ store }: Services, subscriber: Subscriber, request: WebRequest): Promise<Said> {
  const read = readFirstName(request.form.name ?? "");
  if ("problem" in read) return { problem: read.problem };
  const name = read.firstName;
  if (name === subscriber.firstName) return { notice: "Saved." };
  await store.change(subscriber, (current) => named(current, name));
  return { notice: "Saved.", undo: { act: "name", name: subscriber.firstName } };
}

function named(subscriber: Subscriber, name: string | undefined): Subscriber {
  const { firstName: _, ...others } = subscriber;
  return name ? { ...others, firstName: name } : others;
}

/** The words are the reader's: they may put them otherwise. What stood there before is kept for the undo. */
async function changeWords({ store }: Services, { id }: Subscriber, { form }: WebRequest): Promise<Said> {
  const reflection = await store.reflection(id, form.reflection ?? "");
  if (!reflection) return GONE;
  const words = (form.words ?? "").replaceAll("\r\n", "\n").trim();
  if (words === "") return { problem: "There are no words left. To be rid of a reflection, delete it." };
  if (words === reflection.ownWords) return { notice: "Saved." };
  await store.updateReflection(withWords(reflection, words));
  return { notice: "Saved.", undo: { act: "words", reflection: reflection.id } };
}

async function forget(services: Services, { id }: Subscriber, { form }: WebRequest): Promise<Said> {
  if (form.sure !== "yes")
    return { problem: "Please tick the box first: what is deleted cannot be brought back." };
  const isGone = await forgetReflection(services, id, form.reflection ?? "");
  return isGone ? { notice: "Deleted, and the email that it came in as well." } : GONE;
}

/** The journal as a mail, to the reader's own address. */
async function sendJournal(
  { store, clock, nudge }: Services,
  { id }: Subscriber,
  { form }: WebRequest,
): Promise<Said> {
  const enrolment = await store.enrolment(id, form.course ?? "");
  const isHere = enrolment && ["active", "paused", "completed"].includes(enrolment.status);
  if (!isHere) return { problem: "You are not in that course now. The journal can be downloaded here." };
  const key = `notice_journal-${clock.now()}`;
  await store.change(enrolment, (current) => {
    const waits = Object.keys(current.agenda).some((other) => other.startsWith("notice_journal-"));
    if (waits) return current;
    return { ...current, agenda: { ...current.agenda, [key]: { dueAt: clock.now(), doubts: 0 } } };
  });
  await nudge.send({ subscriber: id, course: enrolment.course }, 0);
  return { notice: "Your journal is on its way to your inbox." };
}

async function eraseWithoutConsent(): Promise<Said> {
  return { problem: "Please tick the box first: what is erased cannot be brought back. Nothing was erased." };
}

async function undo(services: Services, subscriber: Subscriber, { form }: WebRequest): Promise<Said> {
  const reading = await readWithKeyring(services.keyring, (keys) =>
    readUndoToken(keys, form.undo ?? "", services.clock.now()),
  );
  if ("problem" in reading || reading.subscriber !== subscriber.id)
    return { problem: "There is nothing left to undo. Nothing was changed." };
  return takeBack(services, subscriber, readUndo(reading.undo));
}

async function takeBack({ store }: Services, subscriber: Subscriber, what: Undo): Promise<Said> {
  if (what.act === "name") {
    await store.change(subscriber, (current) =>
      current.firstName === what.name ? current : named(current, what.name),
    );
    return { notice: "Undone." };
  }
  const reflection =
    what.act === "words" ? await store.reflection(subscriber.id, what.reflection) : undefined;
  if (!reflection) return GONE;
  await store.updateReflection(restoredWords(reflection));
  return { notice: "Undone." };
}
