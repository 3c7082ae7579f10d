import { createHash } from "node:crypto";
import fc from "fast-check";
import type { Content } from "../../../functions/domain/content.ts";
import { base32 } from "../../../functions/links/base32.ts";
import type { Composed, Composition } from "../../../functions/mail/compose/composition.ts";
import { composeLesson } from "../../../functions/mail/compose/lesson.ts";
import { openSplicer } from "../../../functions/mail/mime/splice.ts";
import { makeComposition, theCourse } from "../composition.ts";

/** All of a reader that has its own place in a mail. */
export interface Who {
  name: string;
  local: string;
  reader: string;
  leave: string;
  reply: string;
}

export const DANA: Who = {
  name: "Dana",
  local: "dana",
  reader: "a".repeat(52),
  leave: "b".repeat(52),
  reply: "c".repeat(52),
};

/** 52 letters. */
const token = fc.nat().map((seed) => base32(createHash("sha256").update(`${seed}`).digest()));
const local = fc.stringMatching(/^[a-z0-9.+_-]{1,40}$/);

export const readerCalled = (name: fc.Arbitrary<string>): fc.Arbitrary<Who> =>
  fc.record({ name, local, reader: token, leave: token, reply: token });

/** A lesson to a reader of whom nothing is kept that they wrote: that comes with the few lessons that quote it. */
export function lessonTo(content: Content, who: Who, lesson = 3): Composition {
  const slug = theCourse(content).lessons[lesson]?.slug ?? "";
  return makeComposition(content, "lesson", slug, {
    subscriber: { address: `${who.local}@printer.example`, firstName: who.name },
    ...{ journal: undefined, reflection: undefined, answer: undefined },
    links: {
      readerUrl: `https://learn.course.example/reader/${who.reader}`,
      unsubscribeUrl: `https://learn.course.example/unsubscribe/${who.leave}`,
      unsubscribeMailto: `mailto:unsubscribe+${who.leave}@course.example?subject=unsubscribe`,
      replyAddress: `reply+${who.reply}@course.example`,
    },
  });
}

/** A splicer, and how often it had something composed. */
export function counting(compose: (mail: Composition) => Composed = composeLesson) {
  const calls = { count: 0 };
  const write = openSplicer((mail) => {
    calls.count++;
    return compose(mail);
  });
  return { calls, write };
}

/** Without the boundary: that of a spliced mail does not follow from its words. */
export function bytes(raw: Uint8Array): string {
  const text = Buffer.from(raw).toString("latin1");
  return text.replaceAll(/boundary="([^"]+)"/.exec(text)?.[1] ?? "none", "BOUNDARY");
}
