import type { Issue } from "../../functions/domain/newsletter/issue.ts";
import {
  newSubscriber,
  type Subscriber,
  withConfirmation,
} from "../../functions/domain/people/subscriber.ts";
import type { Services } from "../../functions/ports.ts";
import { aConsent } from "./consents.ts";

/** An issue that says little. */
export const anIssue = (slug = "news", words = "The news."): Issue => ({
  slug,
  title: "News",
  subject: "News",
  preview: "What is new",
  body: { html: `<p>${words}</p>`, text: words },
  newsletter: { title: "The newsletter", language: "en", senderName: "The owner" },
});

/** Someone who is active in the list, and gets the newsletter unless told otherwise. */
export async function addNewsletterReader(
  { store, clock, random }: Pick<Services, "store" | "clock" | "random">,
  address: string,
  change: Partial<Subscriber> = {},
): Promise<Subscriber> {
  const now = clock.now();
  const consent = aConsent("confirmed", "newsletter", now);
  const asks = {
    address,
    addressHash: `hash of ${address}`,
    zone: "UTC",
    course: "course",
    newsletter: true,
    consent,
  };
  const saved = await store.save({
    ...withConfirmation(newSubscriber(random(10), asks, now), consent),
    ...change,
  });
  if (!saved) throw new Error("The reader could not be written");
  return saved;
}
