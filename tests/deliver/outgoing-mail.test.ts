import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPerson, writeMail } from "../../functions/deliver/outgoing-mail.ts";
import { type Content, EMAILS, findLanguage } from "../../functions/domain/content.ts";
import { type Enrolment, inertEnrolment, withLeft } from "../../functions/domain/course/enrolment.ts";
import type { Broadcast } from "../../functions/domain/newsletter/broadcast.ts";
import type { Subscriber } from "../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../functions/domain/replies/reflection.ts";
import type { AgendaEntry } from "../../functions/domain/sending/agenda.ts";
import { type Dispatch, dispatchId } from "../../functions/domain/sending/dispatch.ts";
import type { DispatchKind } from "../../functions/domain/sending/mail-kinds.ts";
import { DAY, MINUTE } from "../../functions/domain/time.ts";
import {
  readConfirmToken,
  readPersonalToken,
  readReaderToken,
  readUnsubscribeToken,
} from "../../functions/links/links.ts";
import { addNewsletterReader, anIssue } from "../support/audience.ts";
import { plainContent } from "../support/content.ts";
import { aCourse, aLesson } from "../support/course.ts";
import { addReader, CADENCE, startWorld, type World } from "../support/services.ts";

const NOW = Date.UTC(2026, 5, 1, 9);
const DUE: AgendaEntry = { dueAt: NOW, doubts: 0 };

/** What the templates were given, by the name of the mail. */
interface Filled {
  name: string;
  values: Record<string, unknown>;
}

function watch(content: Content, filled: Filled[]): Content {
  const { emails } = findLanguage(content, { language: "en" });
  for (const name of EMAILS)
    emails[name].text = (values) => {
      filled.push({ name, values: values as Filled["values"] });
      return "text";
    };
  return content;
}

describe("a mail is written", () => {
  let world: World;
  let filled: Filled[];
  let reader: Subscriber;
  let enrolment: Enrolment;
  beforeEach(async () => {
    filled = [];
    world = await startWorld(watch(plainContent(aCourse("one", "two")), filled), NOW);
    reader = await addReader(world);
    enrolment = (await world.services.store.enrolment(reader.id, "course")) as Enrolment;
  });
  afterEach(() => world.stop());

  const named = (kind: DispatchKind, slug: string, list: string): Dispatch => ({
    ...{ subscriber: reader.id, list, run: 1, kind, slug },
  });
  /** A mail on the agenda of the reader's course. */
  const inCourse = async (kind: DispatchKind, slug: string = kind, entry: Partial<AgendaEntry> = {}) => {
    const holder = { ...enrolment, agenda: { [kind]: { ...DUE, ...entry } } };
    const person = await findPerson(world.services, holder);
    return writeMail(world.services, holder, kind, named(kind, slug, enrolment.course), person);
  };
  /** A mail on the reader's own agenda. */
  const toPerson = (
    kind: DispatchKind,
    slug: string,
    list: string,
    entry: Partial<AgendaEntry> = {},
    person = reader,
  ) => {
    const holder = { ...person, agenda: { [kind]: { ...DUE, ...entry } } };
    const dispatch = { ...named(kind, slug, list), subscriber: person.id };
    return writeMail(world.services, holder, kind, dispatch, holder);
  };
  const keep = (id: string, more: Partial<Reflection> = {}) =>
    world.services.store.keepReflection({
      ...{ kind: "reflection", id, subscriber: reader.id, course: "course", run: 1, lesson: "one" },
      ...{ inReplyTo: "d", receivedAt: NOW, replyKind: "reflection", reason: "own words", ownWords: "Mine." },
      ...{ subject: "Re:", messageId: "<a@b>", references: [], attachments: [], raw: "mail/1" },
      ...more,
    });
  /** The token at the end of an address in what a template was given, or in the mail itself. */
  const tokenIn = (text: string, path: string) => new RegExp(`/${path}/([a-z2-7]+)`).exec(text)?.[1] ?? "";
  const said = () => JSON.stringify(filled.at(-1)?.values);
  const headOf = (mail: Awaited<ReturnType<typeof writeMail>>) =>
    typeof mail === "string"
      ? mail
      : Buffer.from(mail.raw)
          .toString()
          .replace(/\r\n[ \t]+/g, "");
  const keys = () => world.services.keyring.keys();

  it("to whom it is for, with what SES tells us of it by", async () => {
    expect(await inCourse("welcome")).toMatchObject({
      to: "r@x.example",
      envelopeFrom: "lessons@course.example",
      tags: { "ses:feedback-id-a": "course", "ses:feedback-id-b": "welcome" },
    });
  });

  it("to nobody who has stopped or is gone, whatever their course still says", async () => {
    const { store } = world.services;
    await store.change(reader, (one) => ({ ...one, status: "stopped" as const }));
    expect(await inCourse("welcome")).toBe("nobody");
    enrolment = inertEnrolment("gone", "course", CADENCE, NOW);
    expect(await inCourse("welcome")).toBe("nobody");
  });

  describe("about words", () => {
    it("only while they are there: those it answers, and the owner's answer to them", async () => {
      await keep("r1");
      for (const entry of [{ reflection: "gone" }, { reflection: "r1", answer: "gone" }])
        expect(await inCourse("answer", "one", entry)).toBe("nothing");
      await keep("a1", { replyKind: "owner-answer", ownWords: "From the owner." });
      expect(await inCourse("answer", "one", { reflection: "r1", answer: "a1" })).toHaveProperty("raw");
      expect(said()).toContain("From the owner.");
    });

    it("only while their lesson is there, where it asks about the lesson", async () => {
      await keep("r1");
      await keep("r2", { lesson: "gone" });
      await keep("a1", { replyKind: "owner-answer", ownWords: "From the owner." });
      const answers = "substantial" as const;
      expect(await inCourse("prompt", "one", { reflection: "r1", answers })).toHaveProperty("raw");
      expect(await inCourse("prompt", "gone", { reflection: "r2", answers })).toBe("nothing");
      // The owner's answer needs no lesson.
      expect(await inCourse("answer", "gone", { reflection: "r2", answer: "a1" })).toHaveProperty("raw");
    });

    it("of an issue in the newsletter's name, where the issue is known; else in the course's", async () => {
      const about = { course: "newsletter", lesson: "news" };
      await keep("r1", about);
      await keep("a1", { ...about, replyKind: "owner-answer", ownWords: "Thanks." });
      const answer = () => toPerson("answer", "news", "newsletter", { reflection: "r1", answer: "a1" });
      await answer();
      expect(said()).toContain('"courseTitle":"A course"');
      await running();
      await world.services.broadcasts.keepWords("v1", anIssue());
      await answer();
      expect(said()).toContain('"courseTitle":"The newsletter"');
      await keep("r2");
      await inCourse("answer", "one", { reflection: "r2", answer: "a1" });
      expect(said()).toContain('"courseTitle":"A course"');
    });

    it("with the journal, where it quotes its reader, and without where it does not", async () => {
      await keep("r1");
      const asked: string[] = [];
      const { store } = world.services;
      world.services.store = {
        ...store,
        reflections: async (id) => {
          asked.push(id);
          return store.reflections(id);
        },
      };
      await inCourse("welcome");
      expect(asked).toEqual([]);
      await inCourse("completion");
      expect(asked).toEqual([reader.id]);
    });
  });

  const running = async (change: Partial<Broadcast> = {}) => {
    const broadcast = {
      ...{ kind: "broadcast", slug: "news", version: 0, status: "sending", revision: "v1", title: "News" },
      ...{
        preview: "What is new",
        audience: "everybody",
        when: { from: NOW },
        startedAt: NOW,
        gathered: true,
      },
      ...change,
    } as Broadcast;
    await world.services.broadcasts.saveBroadcast(broadcast);
  };

  describe("of an issue", () => {
    const issue = () => toPerson("issue", "news", "newsletter");

    it("not while it is paused, and not at all where it was cancelled, never was, or has no words", async () => {
      expect(await issue()).toBe("nothing");
      await running({ status: "paused" });
      expect(await issue()).toBe("wait");
    });

    it.each(["cancelled", "sending"] as const)("that is %s, without words: not at all", async (status) => {
      await running({ status });
      expect(await issue()).toBe("nothing");
    });

    it("not where it was cancelled, although its words are still there", async () => {
      await running({ status: "cancelled" });
      await world.services.broadcasts.keepWords("v1", anIssue());
      expect(await issue()).toBe("nothing");
    });

    it("in the words it was started with, with its page on the web where issues are public", async () => {
      await running();
      await world.services.broadcasts.keepWords("v1", anIssue());
      expect(await issue()).toHaveProperty("raw");
      expect(said()).toContain("The news.");
      expect(said()).toContain('"archiveUrl":"https://web.example/newsletter/news"');
      world.services.settings = { ...world.services.settings, archive: false };
      world.services = { ...world.services };
      await issue();
      expect(said()).toContain('"archiveUrl":""');
    });

    it("with no page on the web where it is private", async () => {
      await running({ isPrivate: true });
      await world.services.broadcasts.keepWords("v1", anIssue());
      expect(await issue()).toHaveProperty("raw");
      expect(said()).toContain('"archiveUrl":""');
    });

    it("to a reader of the newsletter whose course is not shipped any more", async () => {
      await running();
      await world.services.broadcasts.keepWords("v1", anIssue());
      const asksFor = { course: "gone", newsletter: true };
      const person = await addNewsletterReader(world.services, "n@x.example", { asksFor });
      expect(await toPerson("issue", "news", "newsletter", {}, person)).toHaveProperty("raw");
      await expect(toPerson("notice", "page-1", "account", {}, person)).rejects.toThrow("course-unknown");
    });

    it("with a link that leaves the newsletter and tells by which issue", async () => {
      await running();
      await world.services.broadcasts.keepWords("v1", anIssue());
      const link = tokenIn(headOf(await issue()), "unsubscribe");
      const leaving = readUnsubscribeToken(await keys(), link, ["course"]);
      expect(leaving).toMatchObject({ subscriber: reader.id, list: "newsletter" });
      const by = dispatchId(named("issue", "news", "newsletter"));
      expect("isFrom" in leaving && leaving.isFrom?.(by)).toBe(true);
    });
  });

  describe("with links", () => {
    it("to its reader's page for 90 days, and to leave its course", async () => {
      const mail = headOf(await inCourse("welcome"));
      const page = readReaderToken(await keys(), tokenIn(said(), "reader"), NOW);
      expect(page).toEqual({ subscriber: reader.id, expiresAt: NOW + 90 * DAY });
      const leaving = readUnsubscribeToken(await keys(), tokenIn(mail, "unsubscribe"), ["course"]);
      expect(leaving).toEqual({ subscriber: reader.id, list: "course" });
    });

    it("to leave everything, where it belongs to no list", async () => {
      await toPerson("notice", "page-1", "account");
      const leaving = readUnsubscribeToken(await keys(), tokenIn(said(), "unsubscribe"), ["course"]);
      expect(leaving).toEqual({ subscriber: reader.id, list: "everything" });
    });

    it("to confirm for a week, and of one of several courses, where there are several", async () => {
      await toPerson("confirmation", "1-1", "account");
      const link = readConfirmToken(await keys(), tokenIn(said(), "confirm"), NOW);
      expect(link).toEqual({ subscriber: reader.id, expiresAt: NOW + 7 * DAY });
      expect(said()).not.toMatch(/confirm\/[a-z2-7]+\/course/);
      world.services.content.courses.push({ ...aCourse("one"), slug: "other" });
      await toPerson("confirmation", "1-1", "account");
      expect(said()).toMatch(/confirm\/[a-z2-7]+\/course/);
    });

    it("to what is kept, for half an hour, in the one notice that is about it", async () => {
      await toPerson("notice", "personal-1", "account");
      const link = readPersonalToken(await keys(), tokenIn(said(), "personal"), NOW);
      expect(link).toEqual({ subscriber: reader.id, expiresAt: NOW + 30 * MINUTE });
    });

    it("and signs none that no mail of its kind holds", async () => {
      await inCourse("welcome");
      expect(said()).not.toMatch(/\/(confirm|personal|archive)\//);
    });
  });

  it("with what its reader's silence calls for", async () => {
    enrolment = { ...enrolment, silent: 6 };
    await inCourse("lesson", "one");
    const asked = said();
    enrolment = { ...enrolment, silent: 5 };
    await inCourse("lesson", "one");
    expect(said()).not.toEqual(asked);
  });

  it("not, and says which, where its template fails or there is none", async () => {
    findLanguage(world.services.content, { language: "en" }).emails.welcome.html = () => {
      throw new Error("no such value");
    };
    await expect(inCourse("welcome")).rejects.toThrow(/template-failed.*\(welcome welcome: no such value\)/);
    await expect(inCourse("test", "t1")).rejects.toThrow(/template-failed.*there is no template for a test/);
  });

  it("of a course that the stage does not ship to nobody: they wait until it does", async () => {
    enrolment = { ...withLeft(enrolment), course: "gone" };
    await expect(inCourse("welcome")).rejects.toThrow(/course-unknown.*gone/);
  });

  it("anew for each world: what one has composed is not another's", async () => {
    await inCourse("lesson", "one");
    const other = await startWorld(
      plainContent({ ...aCourse(), lessons: [aLesson("one", { subject: "Other" })] }),
      NOW,
    );
    const holder = { ...enrolment, agenda: { lesson: DUE } };
    const services = { ...other.services, store: world.services.store };
    const mail = await writeMail(services, holder, "lesson", named("lesson", "one", "course"), reader);
    expect(headOf(mail)).toMatch(/^Subject: Other/m);
    await other.stop();
  });
});
