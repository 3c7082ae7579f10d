import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { voiceId } from "../../../functions/consent/voices.ts";
import type { Enrolment } from "../../../functions/domain/course/enrolment.ts";
import { PAGE_MAIL_LIMIT } from "../../../functions/domain/people/limits.ts";
import type { LEAVE_ROUTES, PAGE_ROUTES } from "../../../functions/domain/routes.ts";
import { DAY, HOUR, MINUTE } from "../../../functions/domain/time.ts";
import {
  confirmToken,
  EVERYTHING,
  joinToken,
  offerToken,
  ownReplyToken,
  personalToken,
  removalToken,
  unsubscribeToken,
  voiceToken,
} from "../../../functions/links/links.ts";
import type { WebRequest } from "../../../functions/ports.ts";
import { PERSONAL_ACTS } from "../../../functions/web/reader/personal-acts.ts";
import { ACTS } from "../../../functions/web/reader/reader-acts.ts";
import { findForm } from "../../../local/demo/web-form.ts";
import { startTableInMemory } from "../../support/engines.ts";
import { webContent } from "../../support/pages.ts";
import { deliverUntil } from "../../support/postman.ts";
import { anAnswer } from "../../support/voices.ts";
import { openSite, type Site, T0 } from "../../support/web.ts";

/*
 * Whoever has come by a link presses its button all day long, and the undo of each press. However a button is added, it
 * stands in one of these tables: the compiler or the first test asks for it.
 */

const COURSE = "managing-up-leading-down";
const LESSON = "headwinds-inside";
const ANSWER = "0123456789abcdef0123";
const PRESSES = 8;
const BETWEEN = HOUR;

/** A stranger with every link that was ever mailed to somebody who reads. */
interface Scene {
  site: Site;
  id: string;
  address: string;
  page: string;
  enrolment(): Promise<Enrolment>;
}
type Form = Record<string, string>;
interface Button {
  /** Mails to anybody in a day, at the most; and these are sent, so that it is seen to be pressed. */
  mails: number;
  press(scene: Scene, time: number): Promise<Form>;
}
const silent = (form: Form = {}): Button => ({ mails: 0, press: async () => form });
const button = (mails: number, press: Button["press"]): Button => ({ mails, press });

const READERS: Record<string, Button> = {
  begin: silent({ weekday: "4", time: "18:05", zone: "Europe/Berlin", pace: "weekly", rating: "3" }),
  settings: button(0, async (_, time) => ({
    ...{ weekday: "2", zone: "Europe/Berlin", pace: time % 2 ? "workdays" : "twice-weekly" },
    time: `${10 + (time % 12)}:05`,
  })),
  language: silent({ language: "en" }),
  pause: silent({ weeks: "2" }),
  resume: silent(),
  "next-lesson": button(PAGE_MAIL_LIMIT.most, async ({ site, page }) => {
    const { body } = await site.request("GET /reader/{token}", { token: page });
    return findForm(body, "/reader/", "next-lesson")?.fields ?? {};
  }),
  rating: button(0, async (_, time) => ({ rating: `${1 + (time % 5)}` })),
  move: button(0, async (_, time) => ({ lesson: LESSON, move: time % 2 ? "done" : "failed" })),
  answers: silent(),
  choose: button(0, async (_, time) => ({ question: "role", answer: time % 2 ? "managers" : "sellers" })),
  letters: button(0, async (_, time) => ({ letters: time % 2 ? "yes" : "no" })),
  later: button(0, async (_, time) => ({ later: time % 2 ? "yes" : "no" })),
  again: button(PAGE_MAIL_LIMIT.most, async ({ enrolment }) => ({ run: String((await enrolment()).run) })),
  newsletter: button(PAGE_MAIL_LIMIT.most, async () => ({ newsletter: "yes" })),
  personal: button(3, async () => ({})),
  here: silent(),
  "take-back": silent({ voice: "none" }),
  undo: silent({ undo: "none" }),
};

const PERSONAL: Record<string, Button> = {
  name: button(0, async (_, time) => ({ name: `Jo ${time}` })),
  words: button(0, async (_, time) => ({ reflection: ANSWER, words: `words ${time}` })),
  forget: silent({ reflection: ANSWER }),
  "send-journal": button(PAGE_MAIL_LIMIT.most, async () => ({ course: COURSE })),
  sender: silent({ sender: "none" }),
  erase: silent(),
  undo: silent({ undo: "none" }),
};

type PostRoute = Extract<(typeof PAGE_ROUTES)[number] | (typeof LEAVE_ROUTES)[number], `POST ${string}`>;
type Request = { path?: Form; form?: Form };
const keysOf = ({ site }: Scene) => site.services.keyring.keys();
const dated = ({ site, id }: Scene) => ({ subscriber: id, expiresAt: site.clock.now() + 30 * MINUTE });
const answered = (scene: Scene) => ({ ...dated(scene), reflection: ANSWER });

/** What else is pressed; pages of many buttons have the tables above. */
const ROUTES: Record<
  Exclude<PostRoute, "POST /reader/{token}" | "POST /personal/{token}">,
  { mails: number; press(scene: Scene, time: number): Promise<Request> }
> = {
  "POST /sign-up": { mails: 0, press: async ({ address }) => ({ form: { email: address } }) },
  "POST /confirm/{token}": {
    mails: 0,
    press: async (scene) => ({ path: { token: confirmToken(await keysOf(scene), dated(scene)) } }),
  },
  "POST /confirm/{token}/{course}": {
    mails: 0,
    press: async (scene) => ({
      path: { token: confirmToken(await keysOf(scene), dated(scene)), course: COURSE },
    }),
  },
  "POST /new-link/{token}": {
    mails: 0,
    press: async (scene) => ({ path: { token: confirmToken(await keysOf(scene), dated(scene)) } }),
  },
  "POST /reader/{token}/{course}/{slug}": {
    mails: 1,
    press: async ({ page }, time) => ({
      path: { token: page, course: COURSE, slug: LESSON },
      form: { answer: `On Monday I asked our finance people about contract ${time}.`, once: `${time}` },
    }),
  },
  "POST /test-mail": { mails: 0, press: async () => ({}) },
  "POST /no-letters/{token}": { mails: 0, press: async ({ page }) => ({ path: { token: page } }) },
  "POST /join/{token}": {
    mails: 0,
    press: async (scene) => ({ path: { token: joinToken(await keysOf(scene), dated(scene)) } }),
  },
  "POST /change-address/{token}": {
    mails: 5,
    press: async (scene, time) => ({
      path: { token: personalToken(await keysOf(scene), dated(scene)) },
      form: { email: `other${time}@home${time}.example` },
    }),
  },
  "POST /new-address/{token}": { mails: 0, press: async ({ page }) => ({ path: { token: page } }) },
  "POST /old-address/{token}": { mails: 0, press: async ({ page }) => ({ path: { token: page } }) },
  "POST /undo/{token}": { mails: 0, press: async ({ page }) => ({ path: { token: page } }) },
  "POST /fresh-link/{token}": { mails: 3, press: async ({ page }) => ({ path: { token: page } }) },
  "POST /own-reply/{token}": {
    mails: 0,
    press: async (scene) => ({ path: { token: ownReplyToken(await keysOf(scene), answered(scene)) } }),
  },
  "POST /remove-answer/{token}": {
    mails: 0,
    press: async (scene) => ({ path: { token: removalToken(await keysOf(scene), answered(scene)) } }),
  },
  "POST /offer/{token}": {
    mails: 0,
    press: async (scene, time) => ({
      path: { token: offerToken(await keysOf(scene), answered(scene)) },
      form: { do: time % 2 ? "take-back" : "offer" },
    }),
  },
  "POST /voice/{token}": {
    mails: 0,
    press: async (scene, time) => {
      const voice = voiceId({ subscriber: scene.id, id: ANSWER });
      return {
        path: { token: voiceToken(await keysOf(scene), { ...dated(scene), voice }) },
        form: { do: time % 2 ? "not-useful" : "should-not-be" },
      };
    },
  },
  "POST /unsubscribe/{token}": {
    mails: 0,
    press: async (scene) => ({
      path: { token: unsubscribeToken(await keysOf(scene), { subscriber: scene.id, list: EVERYTHING }) },
      form: { page: "yes" },
    }),
  },
};

let site: Site;
let readers = 0;
beforeAll(async () => {
  site = await openSite(webContent(), startTableInMemory);
  // All of these readers come from one office.
  site.services.settings = { ...site.services.settings, letIn: ["acme.example"] };
});
afterAll(() => site.stop());

/** One more reader, who has had their welcome and a lesson, which they have answered. It is the same Tuesday for each. */
async function openScene(): Promise<Scene> {
  const { services, clock } = site;
  clock.set(T0);
  await services.store.changeGovernor((governor) => ({ ...governor, bookedUntil: 0 }));
  const address = `jo${++readers}@acme.example`;
  const { id, page } = await site.join(address);
  await deliverUntil(services, clock, id, T0 + MINUTE);
  const enrolment = async () => (await services.store.enrolment(id, COURSE)) as Enrolment;
  const at = clock.now();
  await services.store.recordSent({
    ...{ dispatch: `${id}_${COURSE}_1_lesson_${LESSON}`, messageId: "m", sentAt: at },
    ...{ state: "sent", stateAt: at },
  });
  await services.store.change(await enrolment(), (current) => ({ ...current, done: [LESSON] }));
  await services.store.keepReflection(
    anAnswer(id, ANSWER, "Finance wanted a third signature on a price.", { course: COURSE, lesson: LESSON }),
  );
  return { site, id, address, page, enrolment };
}

/** Mails to anybody, by a button that is pressed for a third of a day, each time with the undo of what it did. */
async function countMails(
  scene: Scene,
  press: (time: number) => Promise<{ route: string } & Request>,
): Promise<number> {
  const { site, id, page } = scene;
  const began = site.clock.now();
  const before = site.ses.sent.length;
  for (let time = 0; time < PRESSES; time++) {
    const { route, path, form } = await press(time);
    const { body } = await site.request(route, path, form && ({ form } as Partial<WebRequest>));
    const undo = /name="undo" value="([^"]+)"/.exec(body)?.[1];
    const undone = /action="\/undo\/([^"]+)"/.exec(body)?.[1];
    await deliverUntil(site.services, site.clock, id, site.clock.now() + BETWEEN / 2);
    if (undo) await site.request("POST /reader/{token}", { token: page }, { form: { do: "undo", undo } });
    if (undone) await site.request("POST /undo/{token}", { token: undone });
    await deliverUntil(site.services, site.clock, id, began + (time + 1) * BETWEEN);
  }
  expect(site.clock.now()).toBeLessThan(began + DAY);
  return site.ses.sent.length - before;
}

describe("a button that is pressed all day", () => {
  it("stands in a table of these tests", () => {
    expect(Object.keys(READERS).sort()).toEqual([...ACTS.keys()].sort());
    expect(Object.keys(PERSONAL).sort()).toEqual([...PERSONAL_ACTS.keys()].sort());
  });

  it.each(Object.entries(READERS))(
    "of a reader's page sends no more than its mails: %s",
    async (name, { mails, press }) => {
      const scene = await openScene();
      const sent = await countMails(scene, async (time) => ({
        ...{ route: "POST /reader/{token}", path: { token: scene.page } },
        form: { do: name, ...(await press(scene, time)) },
      }));
      expect(sent).toBe(mails);
    },
  );

  it.each(Object.entries(PERSONAL))(
    "of a personal page sends no more than its mails: %s",
    async (name, { mails, press }) => {
      const scene = await openScene();
      const sent = await countMails(scene, async (time) => ({
        ...{ route: "POST /personal/{token}" },
        path: { token: personalToken(await keysOf(scene), dated(scene)) },
        form: { do: name, ...(await press(scene, time)) },
      }));
      expect(sent).toBe(mails);
    },
  );

  it.each(Object.entries(ROUTES))("sends no more than its mails: %s", async (route, { mails, press }) => {
    const scene = await openScene();
    const sent = await countMails(scene, async (time) => ({ route, ...(await press(scene, time)) }));
    expect(sent).toBe(mails);
  });

  it("control: without places that are taken, each press of one that mails sends its mail", async () => {
    const scene = await openScene();
    const { take } = site.services.store;
    site.services.store.take = async () => undefined;
    const sent = await countMails(scene, async () => ({
      ...{ route: "POST /reader/{token}", path: { token: scene.page } },
      form: { do: "again", run: String((await scene.enrolment()).run) },
    }));
    site.services.store.take = take;
    expect(sent).toBe(PRESSES);
  });
});
