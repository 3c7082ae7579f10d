import { deliver } from "../../../functions/deliver/deliver.ts";
import { openSlots } from "../../../functions/deliver/governor.ts";
import type { Reflection } from "../../../functions/domain/replies/reflection.ts";
import { dispatchId, readDispatchId } from "../../../functions/domain/sending/dispatch.ts";
import type { HolderKey } from "../../../functions/domain/sending/holder.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";
import { type InboundMail, parseInbound } from "../../../functions/mail/inbound/inbound.ts";
import { shippedContent, theCourse } from "../../mail/composition.ts";
import { deploymentOf, typed } from "../../support/console.ts";
import { anEnrolment, aReader } from "../../support/person-records.ts";
import { startWorld, type World } from "../../support/services.ts";

/** A Tuesday. */
export const NOW = Date.UTC(2026, 10, 24, 8);

export interface RepliesWorld extends World {
  course: string;
  lessons: string[];
  deployment: ReturnType<typeof deploymentOf>;
  /** Somebody in the course who has had its first lesson. */
  reader(id: string, firstName?: string): Promise<void>;
  /** They wrote back to a lesson. */
  wrote(id: string, more?: Partial<Reflection>): Promise<Reflection>;
  run(...given: string[]): Promise<string>;
  refusal(...given: string[]): Promise<string>;
  /** Sends what is due for these. */
  deliverDue(...holders: HolderKey[]): Promise<void>;
  /** What has reached an address. */
  inboxOf(address: string): Promise<(InboundMail & { kind: string | undefined; raw: string })[]>;
}

let count = 0;

/** The shipped course, whose readers write. */
export async function openReplies(): Promise<RepliesWorld> {
  const content = await shippedContent();
  const course = theCourse(content);
  const lessons = course.lessons.map(({ slug }) => slug);
  const world = await startWorld(content, NOW);
  const { services, ses } = world;
  const { store } = services;
  const deployment = deploymentOf(world);
  const lessonOf = (subscriber: string, slug: string) =>
    dispatchId({ subscriber, list: course.slug, run: 1, kind: "lesson", slug });
  return {
    ...world,
    course: course.slug,
    lessons,
    deployment,
    async reader(id, firstName = "Jane") {
      await store.save(aReader(id, NOW - 9 * DAY, { firstName, address: `${id}@acme.example` }));
      const had = lessons.slice(0, 2);
      const agenda = {};
      await store.save(anEnrolment(id, NOW - 9 * DAY, { course: course.slug, done: had, agenda }));
      for (const slug of had)
        await store.recordSent({
          ...{ dispatch: lessonOf(id, slug), messageId: `m-${id}-${slug}` },
          ...{ sentAt: NOW - 2 * DAY, state: "delivered", stateAt: NOW - 2 * DAY },
        });
    },
    async wrote(id, more = {}) {
      const lesson = more.lesson ?? (lessons[0] as string);
      const reply: Reflection = {
        ...{ kind: "reflection", id: `reply${++count}`, subscriber: id, course: course.slug, run: 1, lesson },
        inReplyTo: lessonOf(id, lesson),
        receivedAt: NOW - DAY + count * MINUTE,
        ...{ replyKind: "reflection", reason: "Own words of a person", ownWords: `Words number ${count}.` },
        ...{ subject: "Re: A lesson", messageId: `<client-${count}@acme.example>` },
        ...{ references: [], attachments: [], raw: `raw/${count}` },
        ...more,
      };
      await store.keepReflection(reply);
      return reply;
    },
    async run(...given) {
      const { exitCode, out, error } = await typed(deployment, ...given);
      if (exitCode !== 0) throw new Error(error);
      return out;
    },
    async refusal(...given) {
      const { exitCode, error } = await typed(deployment, ...given);
      if (exitCode === 0) throw new Error("It was not refused");
      return error;
    },
    async deliverDue(...holders) {
      for (const key of holders)
        await deliver(services, key, openSlots(services, "urgent"), world.clock.now() + HOUR);
    },
    async inboxOf(address) {
      const mails = ses.sent.filter(({ to }) => to === address);
      return Promise.all(
        mails.map(async ({ raw, dispatch }) => ({
          ...(await parseInbound(raw)),
          kind: readDispatchId(dispatch)?.kind,
          raw: Buffer.from(raw).toString(),
        })),
      );
    },
  };
}
