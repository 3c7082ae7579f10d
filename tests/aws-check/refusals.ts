import { CONCERNS } from "../../functions/domain/incidents.ts";
import { REFUSALS, refusal } from "../../local/aws/ses-refusals.ts";
import { type Looked, runLane, signUp } from "./journey.ts";
import type { CheckedWorld } from "./world.ts";

const MINUTE = 60_000;
type Kind = keyof typeof REFUSALS;

/** Those that no later moment mends: the address or the mail is what is bad. */
const NEVER: Kind[] = [
  "address without a domain",
  "address without a local part",
  "address with a space",
  "domain with a letter that is none",
  "two addresses in one",
  "address not understood",
  "address in a group",
  "address with a dot at its end",
  "address on SES's own list",
  "header not understood",
  "header twice",
  "header too long",
];

/**
 * Each refusal that SES is known to give meets one reader's confirmation, on the wire. All but those that no moment
 * mends have left two hours later; those are set aside, and counted.
 */
export async function meetRefusals(world: CheckedWorld): Promise<Looked[]> {
  const readers = Object.keys(REFUSALS).map((kind, place) => ({
    kind: kind as Kind,
    email: `reader${place}@refused${place}.example`,
  }));
  const hits: Looked[] = [];
  for (const { kind, email } of readers) {
    const { code, message, status } = refusal(kind);
    const fault = world.wire.faults.inject(
      { service: "ses", action: "SendRawEmail" },
      { kind: "reject", code, message, status },
    );
    await signUp(world, email);
    fault.remove();
    hits.push({ what: `"${kind}" met a mail`, isTrue: fault.hits() === 1, found: String(fault.hits()) });
    await world.pass(11 * MINUTE);
  }
  for (let step = 0; step < 12; step++) {
    await world.pass(10 * MINUTE);
    await runLane(world);
  }
  const items = await world.items();
  const parked = items.filter(({ agenda }) => JSON.stringify(agenda ?? {}).includes('"parked":true'));
  return [
    ...hits,
    ...whatIsTold(world),
    ...readers.map(({ kind, email }) => {
      const sent = world.mails.filter(({ destinations }) => destinations.includes(email)).length;
      const isParked = parked.some(({ address }) => address === email);
      const isNever = NEVER.includes(kind);
      return {
        what: isNever ? `after "${kind}" the mail is set aside` : `after "${kind}" the mail leaves, once`,
        isTrue: isNever ? isParked && sent === 0 : !isParked && sent === 1,
        found: `${sent} left, ${isParked ? "" : "not "}set aside`,
      };
    }),
  ];
}

/** What the functions have told the topic, by moto's SNS: once an incident, however many mails it met. */
function whatIsTold({ recorded }: CheckedWorld): Looked[] {
  const subjects = recorded
    .filter(({ request, answer }) => request.action === "Publish" && answer.status === 200)
    .map(({ request }) => new URLSearchParams(request.body.toString()).get("Subject") ?? "");
  return (["refused", "paused", "parked"] as const).map((name) => {
    const told = subjects.filter((subject) => subject.endsWith(`: ${CONCERNS[name].title}`));
    const isEnd = told.map((subject) => /: (over|no more):/.test(subject));
    return {
      what: `the owner is told that ${CONCERNS[name].title}, once an incident, and of its end before the next`,
      isTrue: isEnd.length > 0 && isEnd.every((end, place) => end === (place % 2 === 1)),
      found: `${told.length} times: ${subjects.join("; ")}`,
    };
  });
}
