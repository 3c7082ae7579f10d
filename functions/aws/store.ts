import type { Clock, Random, Store } from "../ports.ts";
import { openAddresses } from "./store/addresses.ts";
import { openApiKeys } from "./store/api-keys.ts";
import { openErasure } from "./store/erasure.ts";
import { openGovernor } from "./store/governor.ts";
import { openHolders } from "./store/holders.ts";
import { openLanes } from "./store/lanes.ts";
import { openLedger } from "./store/ledger.ts";
import { openLimits } from "./store/limits.ts";
import { openOwner } from "./store/owner.ts";
import { openReflections } from "./store/reflections.ts";
import { openRehearsals } from "./store/rehearsals.ts";
import { openStops } from "./store/stop-everything.ts";
import { openVoices } from "./store/voices.ts";
import type { Table } from "./table.ts";

/**
 * All topics over one table, as one flat object. A topic that needs another is handed it here.
 * @param tells whether what happens to readers is written down, to be told to other tools
 */
export function openStore(table: Table, clock: Clock, random: Random, tells = false): Store {
  const holders = openHolders(table, clock, random, tells);
  const addresses = openAddresses(table, clock);
  const owner = openOwner(table, clock);
  return {
    ...holders,
    ...addresses,
    ...owner,
    ...openStops({ ...holders, ...addresses }, clock),
    ...openLedger(table, clock, tells),
    ...openReflections(table, clock, tells),
    ...openVoices(table, clock, random),
    ...openLanes(table, clock),
    ...openLimits(table, clock),
    ...openGovernor(table, clock),
    ...openRehearsals(table),
    ...openApiKeys(table, clock),
    ...openErasure(table, clock, holders),
  };
}
