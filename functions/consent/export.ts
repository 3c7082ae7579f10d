import { CONSENT_TEXTS } from "../domain/people/consent-texts.ts";
import { iso } from "../domain/time.ts";
import type { ErasureStore, Needs } from "../ports.ts";
import { CONSENT_FIELDS, FIELD_PURPOSES } from "./field-purposes.ts";

/** All that is known about a person: every item as it stands in the table, what its fields are for, the texts they agreed to. */
export async function makeExport(
  { store, clock }: Needs<ErasureStore, "clock">,
  subscriber: string,
): Promise<object> {
  const items = await store.everythingAbout(subscriber);
  return {
    exportedAt: iso(clock.now()),
    explanation: "Times are milliseconds since 1970-01-01 UTC. Raw mails are named by their key under raw.",
    consentTexts: CONSENT_TEXTS,
    fields: fieldPurposes(items),
    consentFields: CONSENT_FIELDS,
    items,
  };
}

/** Of the fields that the items have. */
function fieldPurposes(items: Record<string, unknown>[]): Record<string, string> {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
  return Object.fromEntries(names.map((name) => [name, FIELD_PURPOSES[name] ?? ""]));
}
