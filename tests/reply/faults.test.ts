import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Enrolment, inertEnrolment, withActivation } from "../../functions/domain/course/enrolment.ts";
import { newSubscriber, withConfirmation } from "../../functions/domain/people/subscriber.ts";
import { dispatchId } from "../../functions/domain/sending/dispatch.ts";
import { DAY } from "../../functions/domain/time.ts";
import { addressHash, links } from "../../functions/links/links.ts";
import type { ReceivedMail, Services } from "../../functions/ports.ts";
import { receive } from "../../functions/reply/receive.ts";
import { aConsent } from "../support/consents.ts";
import { plainContent } from "../support/content.ts";
import { aCourse } from "../support/course.ts";
import { CADENCE, startWorld, type World } from "../support/services.ts";
import { PASS } from "../support/verdicts.ts";

const NOW = Date.UTC(2026, 10, 24, 8);
const KILLED = new Error("killed");

let world: World;
beforeAll(async () => {
  world = await startWorld(plainContent(aCourse("one", "two", "three")), NOW);
});
afterAll(() => world.stop());

/** What a kind of mail has to have done, once all is over. */
const MAILS: [name: string, words: string, headers: string[], isDone: (enrolment: Enrolment) => boolean][] = [
  [
    "a reflection",
    "We lost the job because three people had to sign the price, and each of them waited for the next.",
    [],
    ({ prompted, agenda }) => Boolean(prompted.one) && agenda.prompt_one?.reflection === prompted.one,
  ],
  [
    "a command",
    "faster",
    [],
    ({ cadence, agenda, obeyed }) =>
      cadence.pace === "twice-weekly" && obeyed?.length === 1 && `notice_faster-${obeyed[0]}` in agenda,
  ],
  ["a farewell", "stop", [], ({ status }) => status === "left"],
  [
    "an absence note",
    "I am out of the office until 2 December.",
    ["Auto-Submitted: auto-replied"],
    ({ status, hold }) => status === "paused" && hold !== undefined,
  ],
];

interface Case {
  id: string;
  mail: ReceivedMail;
  services: Services;
}

/** A reader who has had two lessons, and their mail in answer to the first. */
async function aCase(words: string, headers: string[]): Promise<Case> {
  const { services } = world;
  const id = services.random(10);
  const address = `${id}@acme.example`;
  const keys = await services.keyring.keys();
  const hash = addressHash(keys, address);
  const consent = aConsent("confirmed", "course", NOW);
  const asks = { address, addressHash: hash, zone: "UTC", course: "course", newsletter: true, consent };
  await services.store.bindAddress(hash, id);
  await services.store.save(withConfirmation(newSubscriber(id, asks, NOW), consent));
  const begun = withActivation(inertEnrolment(id, "course", CADENCE, NOW), NOW);
  await services.store.save({ ...begun, done: ["one", "two"], lastLessonAt: NOW - DAY });
  const dispatch = dispatchId({ subscriber: id, list: "course", run: 1, kind: "lesson", slug: "one" });
  const to = links({ webOrigin: services.webOrigin, mailDomain: services.settings.mailDomain, keys });
  const fields = [`From: ${address}`, "Subject: Re: One", `Message-ID: <${id}@acme.example>`, ...headers];
  const raw = Buffer.from(`${fields.join("\r\n")}\r\n\r\n${words}\r\n`);
  const recipients = [to.replyAddress({ subscriber: id, dispatch })];
  const mail = { sesMessageId: id, key: id, source: address, recipients, verdicts: PASS, receivedAt: NOW };
  return { id, mail, services: { ...services, inbox: { read: async () => raw, remove: async () => {} } } };
}

const PORTS = ["store", "inbox", "keyring", "nudge"] as const;
type Moment = "before" | "after";

/** The services of an invocation that is killed at its `step`th call of the world, before or after that took effect. */
function killedAt(
  services: Services,
  step: number,
  moment: Moment,
): { services: Services; calls: () => number } {
  let calls = 0;
  const fragile = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name) => {
        const call = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
        if (String(name).startsWith("each"))
          return async function* (...given: unknown[]) {
            const isLast = ++calls >= step;
            if (isLast && moment === "before") throw KILLED;
            yield* call.apply(target, given) as unknown as AsyncIterable<unknown>;
            if (isLast) throw KILLED;
          };
        return async (...given: unknown[]) => {
          const isLast = ++calls >= step;
          if (isLast && moment === "before") throw KILLED;
          const answer = await call.apply(target, given);
          if (isLast) throw KILLED;
          return answer;
        };
      },
    });
  const ports = Object.fromEntries(PORTS.map((name) => [name, fragile(services[name])]));
  return { services: { ...services, ...ports }, calls: () => calls };
}

const endOf = async ({ id, services }: Case): Promise<Enrolment> =>
  (await services.store.enrolment(id, "course")) as Enrolment;

describe.each(MAILS)("%s, whose handling is killed", (_, words, headers, isDone) => {
  it("at any step, before or after it took effect, is kept once and done once when it comes again", async () => {
    const first = await aCase(words, headers);
    const whole = killedAt(first.services, Number.POSITIVE_INFINITY, "before");
    await receive(whole.services, first.mail);
    const steps = whole.calls();
    expect(steps).toBeGreaterThan(6);
    const expected = Object.keys((await endOf(first)).agenda).length;
    for (let step = 1; step <= steps; step++) {
      for (const moment of ["before", "after"] as const) {
        const killed = await aCase(words, headers);
        await receive(killedAt(killed.services, step, moment).services, killed.mail).catch(
          (error: unknown) => {
            expect(error).toBe(KILLED);
          },
        );
        await receive(killed.services, killed.mail);
        await receive(killed.services, killed.mail);
        const where = `killed ${moment} step ${step} of ${steps}`;
        expect(await killed.services.store.reflections(killed.id), where).toHaveLength(1);
        const enrolment = await endOf(killed);
        expect(isDone(enrolment), where).toBe(true);
        expect(Object.keys(enrolment.agenda), where).toHaveLength(expected);
      }
    }
  });

  it("control: is not done when it does not come again", async () => {
    const killed = await aCase(words, headers);
    await expect(receive(killedAt(killed.services, 4, "before").services, killed.mail)).rejects.toBe(KILLED);
    expect(isDone(await endOf(killed))).toBe(false);
  });
});
