import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { ROOT } from "../../cli/root.ts";
import type { Violation } from "../../local/simulation/counts.ts";

/** A change of one source on its way into the bundles. */
export interface Change {
  /** From the root. */
  file: string;
  find: string;
  replace: string;
}

/** Bugs that were avoided, as they would look if they had not been. */
export const BUGS: Record<string, Change[]> = {
  "the last lesson first": [
    {
      file: "functions/domain/course/course.ts",
      find: "lessonsBehind(course, path).find((lesson) => isFor(lesson, facts));",
      replace: "lessonsBehind(course, path).findLast((lesson) => isFor(lesson, facts));",
    },
  ],
  "a lesson that comes to everybody, whomever it is for": [
    {
      file: "functions/domain/course/course.ts",
      find: "lessonsBehind(course, path).find((lesson) => isFor(lesson, facts));",
      replace: "lessonsBehind(course, path).find((lesson) => isFor(lesson, facts) || facts);",
    },
  ],
  "answers of the sign-up that are forgotten": [
    {
      file: "functions/consent/begin-course.ts",
      find: "return begun === enrolment ? enrolment : withAnswers(begun, course, answers);",
      replace: "return answers && begun === withAnswers(enrolment, course, {}) ? enrolment : begun;",
    },
  ],
  "an answer that is changed, and counts as it was": [
    {
      file: "functions/web/reader/change-answers.ts",
      find: "questions.reduce((one, question) => answerInForm(one, question, request.form), current);",
      replace:
        "questions.reduce((one, question) => (answerInForm(one, question, request.form), current), current);",
    },
  ],
  "a choice by reply that is told and not kept": [
    {
      file: "functions/domain/replies/command.ts",
      find: 'return [withAnswer(enrolment, question, option), "chosen"];',
      replace: 'return [withAnswer(enrolment, question, option) && enrolment, "chosen"];',
    },
  ],
  "a passage that everybody is shown": [
    {
      file: "functions/domain/course/lesson-body.ts",
      find: "passages.filter((passage) => isFor(passage, facts));",
      replace: "passages.filter((passage) => isFor(passage, facts) || passage);",
    },
  ],
  "a passage that is judged as if nothing had been said": [
    {
      file: "functions/domain/course/lesson-body.ts",
      find: "passages.filter((passage) => isFor(passage, facts));",
      replace: "passages.filter((passage) => isFor(passage, { ...facts, answers: {} }));",
    },
  ],
  "a number of lessons that an answer can change": [
    {
      file: "functions/domain/course/branches.ts",
      find: "return { number: ownNumber(course, lesson, had), of: least === most ? most : undefined };",
      replace: "return { number: ownNumber(course, lesson, had), of: least > most ? undefined : most };",
    },
  ],
  "a language that is chosen at the sign-up, and forgotten": [
    {
      file: "functions/domain/people/subscriber.ts",
      find: "...(signUp.language !== undefined && { language: signUp.language }),",
      replace: "",
    },
  ],
  "lessons hours after their own": [
    {
      file: "functions/domain/course/schedule.ts",
      find: "if (known && previous >= known.from && previous < known.until) return known.slot;",
      replace: "void known;",
    },
    {
      file: "functions/domain/course/schedule.ts",
      find: "nextLessons.set(key, found);",
      replace: "nextLessons.set(key, found); return found.slot + 21_600_000;",
    },
  ],
  "a letter that quotes grave words": [
    {
      file: "functions/domain/replies/reflection.ts",
      find: "return longest(ofLast, words) ?? longest(ofLessons, words);",
      replace:
        "return theirs.length > 0 ? (reflections.find(bringsGraveNews) ?? longest(theirs, words)) : undefined;",
    },
  ],
  "a machine that is taken for a person": [
    {
      file: "functions/domain/replies/reply.ts",
      find: '["out-of-office", outOfOffice],\n  ["auto-reply", machine],',
      replace: "",
    },
  ],
  "slots that another lane has booked": [
    {
      file: "functions/aws/store/governor.ts",
      find: 'expression: "version = :version"',
      replace: 'expression: "version = :version OR attribute_exists(pk)"',
    },
  ],
  "an answer that is removed, and stays": [
    {
      file: "functions/web/reader/remove-answer.ts",
      find: "await forgetReflection(services, asked.subscriber.id, asked.reflection.id);",
      replace: "void forgetReflection;",
    },
  ],
  "a wait that is forgotten": [
    {
      file: "functions/domain/course/enrolment.ts",
      find: "dueAt: nextLessonTime(cadence, lastLessonAt, after),",
      replace: "dueAt: nextLessonTime(cadence, lastLessonAt),",
    },
  ],
  "a cohort that starts when its reader confirms": [
    {
      file: "functions/domain/course/schedule.ts",
      find: "if (start !== undefined && slotOnDay(cadence, start) > now) return slotOnDay(cadence, start);",
      replace: "void start;",
    },
  ],
  "a first lesson by reply, before its cohort begins": [
    {
      file: "functions/domain/replies/command.ts",
      find: 'if (startAwaited(enrolment) !== undefined) return [enrolment, "waits"];',
      replace: "",
    },
    {
      file: "functions/domain/course/enrolment.ts",
      find: "entry.notBefore !== undefined ||",
      replace: "",
    },
  ],
  "lessons on a day on which the course sends none": [
    {
      file: "functions/domain/course/schedule.ts",
      find: "const weekDays = (cadence: Cadence) => isAmong(lessonWeek(cadence));",
      replace: "const weekDays = (cadence: Cadence) => isAmong(cadence && [1, 2, 3, 4, 5, 6, 7]);",
    },
  ],
  "lessons that are added later, to who did not ask": [
    {
      file: "functions/domain/course/enrolment.ts",
      find: "laterLessons ? { [LESSON_KEY]:",
      replace: "laterLessons || true ? { [LESSON_KEY]:",
    },
    {
      file: "functions/domain/course/enrolment.ts",
      find: "return laterLessons === true;",
      replace: "return laterLessons || true;",
    },
  ],
  "every two weeks that come each week": [
    {
      file: "functions/domain/course/cadence.ts",
      find: "WEEKLY_DAYS_BETWEEN + (weeks ? DAYS_IN_A_WEEK : 0)",
      replace: "WEEKLY_DAYS_BETWEEN + (weeks ? 0 : 0)",
    },
  ],
  "two lessons within an hour, where the hour was changed": [
    {
      file: "functions/domain/course/schedule.ts",
      find: "const LEAST_BETWEEN = 20 * HOUR;",
      replace: "const LEAST_BETWEEN = 0;",
    },
  ],
  "a claim without a condition": [
    {
      file: "functions/aws/store/holders.ts",
      find: "if (await table.put(toHolderItem(next, by), condition)) return next;",
      replace:
        "if (await table.put(toHolderItem(next, by), next.claim ? undefined : condition)) return next;",
    },
  ],
  "advancing before SES has the mail": [
    {
      file: "functions/deliver/send.ts",
      find: "const { answer, voice } = await callSes(services, sending, claimed.claim, slots);",
      replace: `await sending.advanceNow(claimed.holder, claimed.claim);
        const { answer, voice } = await callSes(services, sending, claimed.claim, slots);`,
    },
    {
      file: "functions/deliver/deliver.ts",
      find: "const sending: MailOnItsWay = { holder, key, dispatch, letter };",
      replace: `const advanceNow = (held, claim) => advanceClaimed(services, held, claim, services.clock.now());
        const sending = { holder, key, dispatch, letter, advanceNow };`,
    },
  ],
  "letters of which the last mail of the course says nothing": [
    {
      file: "functions/mail/compose/journal.ts",
      find: "if (letters.length === 0) return undefined;",
      replace: "if (letters.length >= 0) return undefined;",
    },
  ],
  "letters to who wants none": [
    {
      file: "functions/domain/course/enrolment.ts",
      find: 'return status === "completed" && !noLetters;',
      replace: 'return status === "completed";',
    },
  ],
  "events that are ignored": [
    {
      file: "functions/feedback/feedback.ts",
      find: "const isNews = await record(services, event, dispatch);",
      replace: "const isNews = false;",
    },
  ],
  "no grace after a dead claim": [
    {
      file: "functions/domain/sending/claim.ts",
      find: "const DOUBT_GRACE = 15 * MINUTE;",
      replace: "const DOUBT_GRACE = 0;",
    },
  ],
  "an issue's page that does not ask the ledger": [
    {
      file: "functions/deliver/issue-batch.ts",
      find: 'if (await store.ledgerEntry(issueDispatch(id, slug))) return "done";',
      replace: "",
    },
  ],
  "an issue to those who have left the newsletter since": [
    {
      file: "functions/deliver/issue-batch.ts",
      find: 'if (!subscriber || !getsIssues(subscriber)) return "done";',
      replace: 'if (!subscriber) return "done";',
    },
  ],
  "a prompt after grave news": [
    {
      file: "functions/reply/follow.ts",
      find: "if (isAnswerable(replyKind)) await planPrompt(services, bound, reflection, replyKind);",
      replace: `if (isAnswerable(replyKind) || replyKind === "grave")
        await planPrompt(services, bound, reflection, replyKind);`,
    },
  ],
  "a prompt beside the answer to a request": [
    {
      file: "functions/reply/follow.ts",
      find: "return runCommands(services, bound, reflection, listCommands(reflection), manner);",
      replace: `await planPrompt(services, bound, reflection, "reflection");
      return runCommands(services, bound, reflection, listCommands(reflection), manner);`,
    },
  ],
  "a pause that is told and not made": [
    {
      file: "functions/domain/replies/command.ts",
      find: 'return [withPause(enrolment, pauseEnd(command, order.receivedAt, enrolment.cadence.zone)), "paused"];',
      replace: 'return [enrolment, "paused"];',
    },
  ],
  "a request that is done and not told": [
    {
      file: "functions/consent/run-commands.ts",
      find: "isConfirmed: isToldByMail && (await mayConfirm(services, enrolment, reflection)),",
      replace: "isConfirmed: false,",
    },
  ],
  "a ramp that does not count what has left": [
    {
      file: "functions/deliver/governor.ts",
      find: "...withRampBooked(governor, wanted),",
      replace: "...governor,",
    },
  ],
  "a newsletter's welcome that leads to its first issue": [
    {
      file: "functions/deliver/outgoing-mail.ts",
      find: "const [latest] = publishedAmong(await broadcasts.broadcasts(), now);",
      replace: "const latest = publishedAmong(await broadcasts.broadcasts(), now).at(-1);",
    },
  ],
  "somebody who is two, of the newsletter and of a course": [
    {
      file: "functions/consent/errands/keep-sign-up.ts",
      find: "const id = await services.store.bindAddress(hash, newId);",
      replace:
        'const id = asked.course === "newsletter" ? newId : await services.store.bindAddress(hash, newId);',
    },
  ],
  "portions of an issue that are never used up": [
    {
      file: "functions/domain/newsletter/broadcast.ts",
      find: "const taken = { ...current, left: current.left - places };",
      replace: "const taken = current;",
    },
  ],
  "an outage of SES that parks each mail": [
    {
      file: "functions/deliver/deliver.ts",
      find: "const parked = claim.isAway ? outages + 1 >= MOST_OUTAGES : doubts >= 1;",
      replace: "const parked = outages + doubts >= 1;",
    },
  ],
  "a word from elsewhere that is obeyed": [
    {
      file: "functions/domain/replies/reply.ts",
      find: 'if (!isFromSubscriber) return "It came from another address than the mail went to";',
      replace: "void isFromSubscriber;",
    },
  ],
  "a farewell that brings its reader back": [
    {
      file: "functions/reply/follow.ts",
      find: "if (awayUntil !== undefined) return hold(services, bound, awayUntil);",
      replace: `if (awayUntil !== undefined) return hold(services, bound, awayUntil);
      if (saysLeft(bound.dispatch)) return returnByReply(services, bound, reflection);`,
    },
  ],
  "an erasing that leaves what was written": [
    {
      file: "functions/consent/erase.ts",
      find: "await store.removeItems(subscriber, page.items);",
      replace: "await store.removeItems(subscriber, []);",
    },
  ],
  "a flood of mails that is kept whole": [
    {
      file: "functions/reply/take-reply.ts",
      find: "if ((await store.count(limit)) === undefined) return false;",
      replace: "if (limit) return false;",
    },
  ],
  "a page to unsubscribe that leaves when it is looked at": [
    {
      file: "functions/web/leave/unsubscribe.ts",
      find: '"GET /unsubscribe/{token}": unsubscribePage,',
      replace: `"GET /unsubscribe/{token}": async (services, request) => {
    await unsubscribe(services, request);
    return unsubscribePage(services, request);
  },`,
    },
  ],
  "a mailbox that is told by its spelling": [
    {
      file: "functions/domain/people/twins.ts",
      find: 'const [base = ""] = local.split("+", 1);',
      replace: "const base = local;",
    },
  ],
  "buttons of a page that mail without a limit": [
    {
      file: "functions/web/reader/enough-today.ts",
      find: "  return isOver;",
      replace: "  return false;",
    },
  ],
  "bounces of confirmations that count against all mail": [
    {
      file: "functions/feedback/feedback.ts",
      find: 'if (dispatch.kind !== "confirmation" && dispatch.kind !== "address") return "others";',
      replace: 'if (dispatch.kind) return "others";',
    },
  ],
  "lessons that wait while confirmations are held": [
    {
      file: "functions/deliver/governor.ts",
      find: "if (isHeld(governor, now)) return now + MINUTE;",
      replace: "if (isHeld(governor, now) || isHeld(governor.confirmations ?? {}, now)) return now + MINUTE;",
    },
  ],
  "a hold that what waited brings again": [
    {
      file: "functions/feedback/feedback.ts",
      find: 'return askedAt(dispatch) < (endOfHold(confirmations) ?? 0) ? "waited" : "confirmations";',
      replace: 'void endOfHold(confirmations);\n  return "confirmations";',
    },
  ],
  "a forged From that is believed": [
    {
      file: "functions/domain/replies/reply.ts",
      find: 'return verdicts.dmarc === "FAIL" ? "DMARC failed: From may be forged" : undefined;',
      replace: "return undefined;",
    },
  ],
  "the first of two authors": [
    {
      file: "functions/mail/inbound/inbound.ts",
      find: "const only = readOneMailbox(value);",
      replace: 'const only = readOneMailbox(value.split(",")[0]);',
    },
  ],
  "a mail that steers once more under another Message-ID": [
    {
      file: "functions/reply/take-reply.ts",
      find: "if (isSameMail(kept, other) && other.receivedAt < kept.receivedAt) return true;",
      replace: "void other;",
    },
  ],
  "mail that goes to the address before a change": [
    {
      file: "functions/mail/compose/composed.ts",
      find: "to: { name: subscriber.firstName, address: subscriber.address },",
      replace:
        "to: { name: subscriber.firstName, address: (subscriber.addressesBefore?.at(-1) ?? subscriber).address },",
    },
  ],
  "an answer that leaves when it is ready": [
    {
      file: "functions/web/even-answers.ts",
      find: "await clock.sleep(floors * ANSWER_FLOOR - took);",
      replace: "void floors;",
    },
  ],
  "an answer that others read before its reader has said so": [
    {
      file: "functions/reply/follow.ts",
      find: 'if (isAnswerable(replyKind) || replyKind === "grave") await noteSignOfLife(services, bound);',
      replace: `if (isAnswerable(replyKind) || replyKind === "grave") await noteSignOfLife(services, bound);
  await offerVoice(services, reflection, { source: "none", network: "unknown", userAgent: undefined });`,
    },
    {
      file: "functions/reply/follow.ts",
      find: 'import { runCommands } from "../consent/run-commands.ts";',
      replace: `import { runCommands } from "../consent/run-commands.ts";
import { offerVoice } from "../consent/voices.ts";`,
    },
  ],
  "an answer that is taken back, and shown all the same": [
    {
      file: "functions/consent/voices.ts",
      find: "const voice = await store.changeVoice(key, (kept) => withWithdrawal(kept, consent));",
      replace: "const voice = consent && (await store.voice(key));",
    },
  ],
  "an answer of a colleague": [
    {
      file: "functions/domain/replies/voices/voice.ts",
      find: "return !isSamePerson(author.address, address) && !areColleagues(author.address, address);",
      replace: "return !isSamePerson(author.address, address);",
    },
  ],
  "an answer that its writer gets back": [
    {
      file: "functions/domain/replies/voices/voice.ts",
      find: "if (author.id === id || seen.has(voice.id)) return false;",
      replace: "if (author.id === id) return true;",
    },
  ],
  "events that are taken off, whether the bus has them or not": [
    {
      file: "functions/events/tell.ts",
      find: "if (refused.length > 0) continue;",
      replace: "void refused;",
    },
  ],
  "a mail that is told to have arrived once it is sent": [
    {
      file: "functions/domain/events/happened.ts",
      find: "  ...stateEvents(entry),",
      replace: '  ...stateEvents({ ...entry, state: "delivered" }),',
    },
  ],
  "a stop that forgets one enrolment": [
    {
      file: "functions/aws/store/stop-everything.ts",
      find: "for (const enrolment of await store.enrolments(id)) await change(enrolment, withLeft);",
      replace:
        "for (const enrolment of (await store.enrolments(id)).slice(1)) await change(enrolment, withLeft);",
    },
  ],
};

/** The counts by which each of them shows. Every count has one that shows by it. */
export const SHOWS: Record<string, Violation[]> = {
  "the last lesson first": ["out-of-order"],
  "a lesson that comes to everybody, whomever it is for": ["lesson-for-others"],
  "answers of the sign-up that are forgotten": ["lesson-passed-over"],
  "an answer that is changed, and counts as it was": ["lesson-for-others"],
  "a choice by reply that is told and not kept": ["passage-kept-back"],
  "a passage that everybody is shown": ["passage-for-others"],
  "a passage that is judged as if nothing had been said": ["passage-kept-back"],
  "a number of lessons that an answer can change": ["false-total"],
  "a language that is chosen at the sign-up, and forgotten": ["other-language"],
  "lessons hours after their own": ["late"],
  "a letter that quotes grave words": ["letter-with-grave-news"],
  "a machine that is taken for a person": ["answered-a-machine"],
  "slots that another lane has booked": ["booked-above-rate"],
  "an answer that is removed, and stays": ["kept-after-removing"],
  "a wait that is forgotten": ["early"],
  "a cohort that starts when its reader confirms": ["early"],
  "a first lesson by reply, before its cohort begins": ["early"],
  "lessons on a day on which the course sends none": ["early"],
  "lessons that are added later, to who did not ask": ["later-to-who-did-not-ask"],
  "every two weeks that come each week": ["early"],
  "two lessons within an hour, where the hour was changed": ["early"],
  "a claim without a condition": ["duplicated"],
  "advancing before SES has the mail": ["lost"],
  "letters of which the last mail of the course says nothing": ["letter-to-the-untold"],
  "letters to who wants none": ["letter-after-no"],
  "events that are ignored": ["duplicated"],
  "no grace after a dead claim": ["duplicated"],
  "an issue's page that does not ask the ledger": ["duplicated"],
  "an issue to those who have left the newsletter since": ["mailed-after-leaving"],
  "a prompt after grave news": ["answered-grave-news"],
  "a prompt beside the answer to a request": ["prompted-a-request", "second-answer"],
  "a pause that is told and not made": ["request-not-done"],
  "a request that is done and not told": ["request-not-told"],
  "a ramp that does not count what has left": ["sent-above-ramp"],
  "a newsletter's welcome that leads to its first issue": ["welcomed-elsewhere"],
  "somebody who is two, of the newsletter and of a course": ["one-person-twice"],
  "portions of an issue that are never used up": ["sent-above-portion"],
  "an outage of SES that parks each mail": ["lost"],
  "a word from elsewhere that is obeyed": ["somebody-elses-word"],
  "a farewell that brings its reader back": ["mailed-after-leaving", "unaccounted"],
  "an erasing that leaves what was written": ["kept-after-erasing"],
  "a flood of mails that is kept whole": ["kept-above-a-limit"],
  "a page to unsubscribe that leaves when it is looked at": ["somebody-elses-word"],
  "a mailbox that is told by its spelling": ["mailed-above-a-limit"],
  "buttons of a page that mail without a limit": ["mailed-above-a-limit"],
  "bounces of confirmations that count against all mail": ["held-by-a-stranger"],
  "lessons that wait while confirmations are held": ["late-by-strangers"],
  "a hold that what waited brings again": ["held-too-long"],
  "a forged From that is believed": ["somebody-elses-word"],
  "the first of two authors": ["somebody-elses-word"],
  "a mail that steers once more under another Message-ID": ["somebody-elses-word"],
  "mail that goes to the address before a change": ["to-another-address"],
  "an answer that leaves when it is ready": ["told-to-strangers"],
  "an answer that others read before its reader has said so": ["voice-without-consent"],
  "an answer that is taken back, and shown all the same": ["voice-after-taking-back"],
  "an answer of a colleague": ["voice-to-a-colleague"],
  "an answer that its writer gets back": ["voice-to-its-author"],
  "events that are taken off, whether the bus has them or not": ["event-lost"],
  "a mail that is told to have arrived once it is sent": ["event-that-did-not-happen"],
  "a stop that forgets one enrolment": ["mailed-after-leaving"],
};

/** Bundles the sources with these changes. A place that is not found, or found twice, fails the build. */
export function planting(changes: Change[]): Plugin {
  return {
    name: "planted",
    setup({ onLoad }) {
      for (const file of new Set(changes.map((change) => change.file))) {
        const path = join(ROOT, file);
        const filter = new RegExp(`${file.replaceAll("/", "\\/").replaceAll(".", "\\.")}$`);
        onLoad({ filter }, async (args) => {
          if (args.path !== path) return undefined;
          let contents = await readFile(path, "utf8");
          for (const { find, replace } of changes.filter((change) => change.file === file)) {
            if (contents.split(find).length !== 2)
              throw new Error(`${file} does not hold this once, so no bug can be planted there: ${find}`);
            contents = contents.replace(find, () => replace);
          }
          return { contents, loader: "ts" };
        });
      }
    },
  };
}
