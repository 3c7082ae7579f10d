import { mails as content } from "coursepost:content";
import type { OwnerOrder } from "../cli/owner-order.ts";
import { readConfig } from "../functions/aws/config.ts";
import { clock, openServices } from "../functions/aws/runtime.ts";
import { firstCourse } from "../functions/domain/content.ts";
import {
  OFFERED_SHELF,
  type Voice,
  withDecision,
  withText,
} from "../functions/domain/replies/voices/voice.ts";
import { parkedKeys, withUnparked } from "../functions/domain/sending/agenda.ts";
import { addressHash } from "../functions/links/links.ts";
import type { Services } from "../functions/ports.ts";
import { COURSE_STATES } from "./audience.ts";
import { importPerson } from "./import/import-person.ts";
import { cancelBroadcast, pauseBroadcast, resumeBroadcast, startBroadcast } from "./issue/start-broadcast.ts";
import { openAllPeople } from "./table/all-people.ts";
import { scanHolders } from "./table/scan.ts";

/** The console's own acts, in a bundle of their own: the owner's process can be cut off at each request too. */
export async function handler(order: OwnerOrder): Promise<void> {
  const config = readConfig();
  const services = openServices(content, undefined, config);
  switch (order.verb) {
    case "send":
      return send({ ...services, allPeople: openAllPeople(config.table, clock) }, order);
    case "import":
      return importPeople(services, order);
    case "put-back":
      return putBack(services, config.table);
    case "choose-voices":
      return chooseVoices(services);
    default:
      await { pause: pauseBroadcast, resume: resumeBroadcast, cancel: cancelBroadcast }[order.verb](
        services.broadcasts,
        order.slug,
      );
  }
}

async function send(
  services: Parameters<typeof startBroadcast>[0],
  { issue, when, isToMidCourse, perDay }: Extract<OwnerOrder, { verb: "send" }>,
): Promise<void> {
  const audience = isToMidCourse ? { states: [...COURSE_STATES] } : {};
  const manner = perDay === undefined ? {} : { perDay };
  await startBroadcast(services, { issue, audience, asked: "a simulated owner's", when, manner });
}

/** Readers of a newsletter elsewhere, as by the console's `import`: no mail tells them so. */
async function importPeople(
  services: Services,
  { people, joinedAt }: Extract<OwnerOrder, { verb: "import" }>,
): Promise<void> {
  const course = firstCourse(services);
  const evidence = { import: "simulated", source: "another newsletter", words: "I want the newsletter" };
  const keys = await services.keyring.keys();
  for (const { address, zone } of people) {
    const person = { address, zone, joinedAt, newsletter: true, course: course.slug, tags: [] };
    const hashed = { ...person, addressHash: addressHash(keys, address) };
    await importPerson(services, hashed, { evidence, aim: "list", course }, services.clock.now());
  }
}

/** What was set aside goes once more, as by the console's `parked send`. */
async function putBack({ store, clock: { now } }: Services, table: string): Promise<void> {
  for await (const holder of scanHolders(table, now()))
    for (const key of parkedKeys(holder.agenda))
      await store.change(holder, (current) => {
        const agenda = withUnparked(current.agenda, key, now());
        return agenda === current.agenda ? current : { ...current, agenda };
      });
}

/** What waits for a choice is accepted, as by the console's `voices`; the long ones without their end. */
async function chooseVoices({ store, clock: { now } }: Services): Promise<void> {
  for (const row of await store.shelf(OFFERED_SHELF, now()))
    await store.changeVoice(row, (voice) =>
      withDecision(withText(voice, shortened(voice)), "accepted", now()),
    );
}

const LONG = 120;
const shortened = ({ original }: Voice): string =>
  original.length > LONG ? `${original.slice(0, original.lastIndexOf(" ", LONG))} …` : original;
