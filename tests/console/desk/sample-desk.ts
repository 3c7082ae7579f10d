import { replyName } from "../../../console/replies/reply-name.ts";
import type { ReplyKind } from "../../../functions/domain/replies/reflection.ts";
import { openReplies, type RepliesWorld } from "../replies/world.ts";
import { type OpenedDesk, openDesk } from "./opened-desk.ts";

/** A desk over readers as an owner has them, and its screens as documents with their style within. */
export interface SampleDesk {
  world: RepliesWorld;
  desk: OpenedDesk;
  documents: Map<string, string>;
  close(): Promise<void>;
}

const WROTE: [name: string, replyKind: ReplyKind, words: string][] = [
  [
    "Priya",
    "reflection",
    "A credit check that three people look at and nobody owns. It cost us the Halden renewal: eleven days, and by then they had signed with the other one.",
  ],
  [
    "Tomas",
    "reflection",
    "My own approval step. I added it in March after one bad discount and never took it out.",
  ],
  ["Marta", "very-short", "Legal, always legal."],
  [
    "Jonas",
    "reflection",
    "Nobody willing to decide. The product lead and the plant manager each thought the other would answer the customer.",
  ],
  [
    "Lucia",
    "question",
    "Does it count if the one who slows it down is my own boss? He wants to see every quote over 40,000, and he is on a plane three days a week.",
  ],
  [
    "Dana",
    "question",
    "I tried the words with my VP on Monday. She asked what I would do with the hour instead, and I had no answer ready. What do you say there?",
  ],
  ["Amelie", "grave", "Mein Vater ist am Sonntag gestorben. Ich lese später weiter."],
];
/** Ids are letters a-z and digits 2-7. */
export const sampleId = (name: string): string => name.toLowerCase().padEnd(16, "2");
/** Who waits for an answer. */
export const WAITING_NAMES = ["Lucia", "Dana", "Amelie"];

export async function openSampleDesk(): Promise<SampleDesk> {
  const world = await openReplies();
  let last = "";
  for (const [name, replyKind, ownWords] of WROTE) {
    await world.reader(sampleId(name), name);
    const reply = await world.wrote(sampleId(name), { replyKind, ownWords });
    if (name === "Dana") last = replyName(reply);
  }
  const desk = await openDesk(async () => world.deployment);
  const style = await (await fetch(`${desk.origin}/style.css`)).text();
  const paths = {
    today: "/",
    replies: "/replies",
    conversation: `/replies/${last}`,
    readers: "/readers",
    reader: `/readers/${sampleId("Dana")}`,
    course: "/course",
    newsletter: "/newsletter",
    issue: "/newsletter/declining-a-number-with-grace?count=yes&state=mid-course&when=now",
    import: "/import",
    health: "/health",
  };
  const documents = new Map<string, string>();
  for (const [name, path] of Object.entries(paths))
    documents.set(
      name,
      (await desk.page(path)).replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`),
    );
  return {
    ...{ world, desk, documents },
    async close() {
      await desk.close();
      await world.stop();
    },
  };
}
