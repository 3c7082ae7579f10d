import { takePlace } from "../../consent/admission.ts";
import { PAGE_MAIL_LIMIT, personalLimit } from "../../domain/people/limits.ts";
import { isRehearsal } from "../../domain/people/rehearsal.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { LimitStore, Needs } from "../../ports.ts";

/**
 * Whether one of a reader's pages has sent them enough mails today. Whoever has a forwarded mail can press the page's buttons: its
 * reader's mailbox must not fill by that.
 * @param asking the same for an attempt that was cut off and the next one: they take one place
 */
export async function isEnoughToday(
  { store, log }: Needs<LimitStore, "log">,
  { id }: Pick<Subscriber, "id">,
  asking: string,
  page: "page-mail" | "journal-mail" = "page-mail",
): Promise<boolean> {
  if (isRehearsal(id)) return false;
  const limit = { key: personalLimit(page, id), ...PAGE_MAIL_LIMIT };
  const isOver = (await takePlace(store, limit, asking)) !== undefined;
  if (isOver) log.warn("page-mails-limited", { subscriber: id });
  return isOver;
}
