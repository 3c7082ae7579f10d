import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Course } from "../../../../functions/domain/course/course.ts";
import { makeRehearsalId } from "../../../../functions/domain/people/rehearsal.ts";
import type { Consent } from "../../../../functions/domain/people/subscriber.ts";
import type { Reflection } from "../../../../functions/domain/replies/reflection.ts";
import {
  acceptedShelf,
  areColleagues,
  chooseVoice,
  findTextProblem,
  mayBeShown,
  mayOffer,
  OFFERED_SHELF,
  offeredVoice,
  type Voice,
  type VoiceReader,
  voicePlace,
  type WithAuthor,
  withDecision,
  withOffer,
  withShowing,
  withText,
  withVerdict,
  withWithdrawal,
} from "../../../../functions/domain/replies/voices/voice.ts";
import { aCourse } from "../../../support/course.ts";

const WORDS = "Finance wanted a third signature on a price that we had agreed in May.";
const course: Course = aCourse("one", "two");
const consent = (at: number, event: Consent["event"] = "confirmed"): Consent => ({
  ...{ event, at, list: "voice", text: "voice-1", source: "reply", actor: "self" },
});
const reflection = (changes: Partial<Reflection> = {}) =>
  ({
    subscriber: "author",
    replyKind: "reflection",
    ownWords: WORDS,
    lesson: "one",
    ...changes,
  }) as Reflection;
const aVoice = (id: string, changes: Partial<Voice> = {}): Voice => ({
  ...offeredVoice({
    ...{ id, course: course.slug, lesson: "one", language: "en", proposals: [] },
    reflection: { id: `r-${id}`, subscriber: `author-${id}` },
    words: WORDS,
    consent: consent(1),
  }),
  ...changes,
});
const accepted = (id: string, changes: Partial<Voice> = {}) =>
  aVoice(id, { standing: "accepted", ...changes });

describe("a reader is asked whether others may read their answer", () => {
  it("where it is a line of their own words", () => {
    expect(mayOffer(reflection(), course)).toBe(true);
  });

  it.each<[string, Partial<Reflection>]>([
    ["brings grave news", { isGrave: true }],
    ["is grave news", { replyKind: "grave" }],
    ["asks a question", { replyKind: "question" }],
    ["is a word or two", { replyKind: "very-short" }],
    ["says too little to somebody else", { ownWords: "Finance, three weeks, nobody decided." }],
    ["is longer than anybody reads", { ownWords: "word ".repeat(3_000) }],
    ["waits for a press that says whose it is", { awaits: { replyKind: "reflection", reason: "" } }],
    ["answers no lesson", { lesson: "gone" }],
    ["is a rehearsal's", { subscriber: makeRehearsalId(() => "a".repeat(16)) }],
  ])("and not where it %s", (_, changes) => {
    expect(mayOffer(reflection(changes), course)).toBe(false);
  });

  it("and not in a course that has switched voices off", () => {
    expect(mayOffer(reflection(), { ...course, voices: false })).toBe(false);
  });
});

const author = (id: string, address = `${id}@other.example`, status: "active" | "stopped" = "active") => ({
  ...{ id: `author-${id}`, address, status },
});
const shelf = (...voices: Voice[]): WithAuthor[] =>
  voices.map((voice) => ({ voice, author: author(voice.id, `${voice.id}@${voice.id}.example`) }));
const reader = (changes: Partial<VoiceReader> = {}): VoiceReader => ({
  ...{ id: "reader", address: "jo@acme.example", seen: new Set<string>() },
  lesson: { slug: course.slug, language: "en", names: ["one"] },
  ...changes,
});
const THREE = shelf(accepted("a"), accepted("b"), accepted("c"));

describe("a reader who has answered gets another's words", () => {
  it("once three are chosen for the lesson, the one that was not shown for the longest time", () => {
    expect(chooseVoice(THREE, reader())?.id).toBe("a");
    expect(chooseVoice(THREE.slice(0, 2), reader())).toBeUndefined();
  });

  it.each<[string, Partial<Voice>]>([
    ["only offered", { standing: "offered" }],
    ["refused", { standing: "refused" }],
    ["taken back", { standing: "withdrawn" }],
    ["about another lesson", { lesson: "two" }],
    ["about another course", { course: "other" }],
  ])("not one that is %s, which is not counted either", (_, changes) => {
    expect(chooseVoice(shelf(aVoice("x", changes), accepted("b"), accepted("c")), reader())).toBeUndefined();
    expect(chooseVoice([...shelf(aVoice("x", changes)), ...THREE], reader())?.id).toBe("a");
  });

  it("not one in another language than the course's", () => {
    expect(
      chooseVoice(shelf(accepted("x", { language: "de" }), ...[accepted("b"), accepted("c")]), reader())?.id,
    ).toBe("b");
  });

  it("never their own, under another spelling of their address neither", () => {
    expect(chooseVoice(THREE, reader({ id: "author-a" }))?.id).toBe("b");
    const own = [{ voice: accepted("x"), author: author("x", "j.o+course@gmail.com") }, ...THREE];
    expect(chooseVoice(own, reader({ address: "jo@googlemail.com" }))?.id).toBe("a");
  });

  it("none twice", () => {
    expect(chooseVoice(THREE, reader({ seen: new Set(["a", "b"]) }))?.id).toBe("c");
    expect(chooseVoice(THREE, reader({ seen: new Set(["a", "b", "c"]) }))).toBeUndefined();
  });

  it("none of a colleague's", () => {
    const theirs = [{ voice: accepted("x"), author: author("x", "ann@sales.acme.example") }, ...THREE];
    expect(chooseVoice(theirs, reader())?.id).toBe("a");
    const atLarge = [{ voice: accepted("x"), author: author("x", "ann@gmail.com") }, ...THREE];
    expect(chooseVoice(atLarge, reader({ address: "jo@gmail.com" }))?.id).toBe("x");
  });

  it("none of somebody who has left everything, or is not there any more", () => {
    const [first, ...others] = THREE as [WithAuthor, ...WithAuthor[]];
    expect(
      chooseVoice([{ ...first, author: author("a", "a@a.example", "stopped") }, ...others], reader())?.id,
    ).toBe("b");
    expect(chooseVoice([{ ...first, author: undefined }, ...others], reader())?.id).toBe("b");
  });

  it.each([
    ["a@acme.example", "b@acme.example", true],
    ["a@acme.example", "b@mail.acme.example", true],
    ["a@de.acme.example", "b@us.acme.example", true],
    ["a@acme.co.uk", "b@acme.co.uk", true],
    ["a@acme.co.uk", "b@other.co.uk", false],
    ["a@gmail.com", "b@gmail.com", false],
    ["a@acme.example", "b@other.example", false],
  ])("%s and %s are colleagues: %s", (one, other, are) => {
    expect(areColleagues(one, other)).toBe(are);
    expect(areColleagues(other, one)).toBe(are);
  });

  const anyVoice = fc.record({
    id: fc.constantFrom(..."abcdefgh"),
    standing: fc.constantFrom<Voice["standing"]>(
      "offered",
      "accepted",
      "accepted",
      "accepted",
      "refused",
      "withdrawn",
    ),
    lesson: fc.constantFrom("one", "one", "one", "two"),
    language: fc.constantFrom("en", "en", "de"),
    address: fc.constantFrom("x@acme.example", "y@other.example", "jo@gmail.com", "z@gmail.com"),
    status: fc.constantFrom<"active" | "stopped">("active", "active", "stopped"),
  });
  it("and whatever is on the shelf, never one that they must not get", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyVoice, { selector: ({ id }) => id, maxLength: 8 }),
        fc.constantFrom("jo@acme.example", "j.o@gmail.com"),
        fc.uniqueArray(fc.constantFrom(..."abcdefgh")),
        fc.constantFrom("reader", "author-a"),
        (voices, address, seen, id) => {
          const all = voices.map(({ address: of, status, ...voice }) => ({
            voice: aVoice(voice.id, voice),
            author: author(voice.id, of, status),
          }));
          const chosen = chooseVoice(all, reader({ id, address, seen: new Set(seen) }));
          const enough = all.filter(({ voice }) => voice.standing === "accepted" && voice.lesson === "one");
          expect(chosen === undefined || enough.length >= 3).toBe(true);
          if (!chosen) return;
          const written = all.find(({ voice }) => voice === chosen)?.author;
          expect(chosen).toMatchObject({ standing: "accepted", lesson: "one", language: "en" });
          expect(seen).not.toContain(chosen.id);
          expect(written?.status).toBe("active");
          expect(written?.id).not.toBe(id);
          const both = `${written?.address} ${address}`;
          expect(both).not.toMatch(/acme\.example .*acme\.example|^jo@gmail\.com j\.o@gmail\.com$/);
        },
      ),
    );
  });
});

describe("the owner", () => {
  it("accepts what was offered, once", () => {
    const voice = withDecision(aVoice("a"), "accepted", 5);
    expect(voice).toMatchObject({ standing: "accepted", decidedAt: 5 });
    expect(withDecision(voice, "accepted", 6)).toBe(voice);
    expect(withDecision(voice, "refused", 6).standing).toBe("refused");
  });

  it("cannot accept, shorten or refuse what was taken back", () => {
    const gone = withWithdrawal(aVoice("a"), consent(2, "withdrawn"));
    expect(withDecision(gone, "accepted", 5)).toBe(gone);
    expect(withDecision(gone, "refused", 5)).toBe(gone);
    expect(withText(gone, "")).toBe(gone);
  });

  it("shortens and blanks out, and rewrites nothing", () => {
    const voice = aVoice("a");
    expect(withText(voice, "Finance wanted a third signature …").words).toBe(
      "Finance wanted a third signature …",
    );
    expect(withText(voice, "Finance wanted a fourth signature …")).toBe(voice);
  });

  it.each([
    ["Finance wanted a third signature …", undefined],
    ["Finance wanted a fourth signature …", "rewritten"],
    ["…", "empty"],
    [WORDS, undefined],
  ])("may show %j: %s", (text, problem) => {
    expect(findTextProblem(WORDS, text)).toBe(problem);
  });

  it("shows no address, nor more than a mail has room for", () => {
    for (const address of ["https://x.example/offer", "www.x.example", "me@x.example"]) {
      const words = `Write to ${address} and you will see what we mean by it.`;
      expect(findTextProblem(words, words)).toBe("address");
      expect(findTextProblem(words, words.replace(address, "▢"))).toBeUndefined();
      expect(withDecision(aVoice("a", { original: words, words }), "accepted", 5).standing).toBe("offered");
    }
    expect(findTextProblem("word ".repeat(400), "word ".repeat(400))).toBe("too-long");
  });
});

describe("an author", () => {
  it("takes it back: the words are gone, and what they had agreed to stays on record", () => {
    const gone = withWithdrawal(accepted("a", { shown: 2, shownAt: 3 }), consent(4, "withdrawn"));
    expect(gone).toMatchObject({ standing: "withdrawn", original: "", words: "", proposals: [], shown: 2 });
    expect(gone.consents.map(({ event }) => event)).toEqual(["confirmed", "withdrawn"]);
    expect(mayBeShown(gone, { id: "author-a", status: "active" })).toBe(false);
    expect(withWithdrawal(gone, consent(5, "withdrawn"))).toBe(gone);
    expect(voicePlace(gone)).toBeUndefined();
  });

  it("offers it once more: the owner looks at it anew, and what was counted stays", () => {
    const again = aVoice("a", { consents: [consent(9)], offeredAt: 9 });
    const voice = withOffer(
      withWithdrawal(accepted("a", { shown: 2, version: 7 }), consent(4, "withdrawn")),
      again,
    );
    expect(voice).toMatchObject({ standing: "offered", original: WORDS, shown: 2, version: 7, offeredAt: 9 });
    expect(voice.consents.map(({ at }) => at)).toEqual([1, 4, 9]);
    const kept = accepted("a");
    expect(withOffer(kept, again)).toBe(kept);
  });
});

describe("a voice", () => {
  it("that is shown goes behind those that were not shown for longer", () => {
    const shown = withShowing(accepted("a"), 50);
    expect(shown).toMatchObject({ shown: 1, shownAt: 50 });
    expect(voicePlace(shown)).toEqual({ shard: acceptedShelf(course.slug, "one"), dueAt: 50 });
    expect(voicePlace(accepted("b"))?.dueAt).toBe(0);
    expect(voicePlace(aVoice("c"))).toEqual({ shard: OFFERED_SHELF, dueAt: 1 });
    expect(voicePlace(aVoice("d", { standing: "refused" }))).toBeUndefined();
  });

  it("that should not be there, somebody says, is shown to nobody more until the owner has looked", () => {
    const objected = withVerdict(accepted("a"), "should-not-be", 60);
    expect(objected).toMatchObject({ standing: "offered", objections: 1, objectedAt: 60 });
    expect(mayBeShown(objected, { id: "author-a", status: "active" })).toBe(false);
    const looked = withDecision(objected, "accepted", 70);
    expect(looked.standing).toBe("accepted");
    expect(looked.objectedAt).toBeUndefined();
    expect(withVerdict(accepted("a"), "not-useful", 60)).toMatchObject({
      standing: "accepted",
      notUseful: 1,
    });
  });
});
