import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTable } from "../../functions/aws/table.ts";
import { takeConfirmationSlot } from "../../functions/deliver/confirmation-slot.ts";
import { requestNetwork, type Subscriber } from "../../functions/domain/people/subscriber.ts";
import { DAY, iso } from "../../functions/domain/time.ts";
import { deploymentOf, typed } from "../support/console.ts";
import { openSite, type Site, T0 } from "../support/web.ts";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.stop());

const run = async (...words: string[]) => {
  const { exitCode, out, error } = await typed(deploymentOf(site), "let-in", ...words);
  return exitCode === 0 ? out : error;
};
/** How many of thirty colleagues who sign up from one office are kept, and how many of their confirmations may leave now. */
async function anOffice(domain: string, ip = "192.0.2.7") {
  const kept: Subscriber[] = [];
  for (let number = 0; number < 30; number++) {
    const address = `colleague-${number}@${domain}`;
    await site.signUp({ email: address }, { ip });
    const person = await site.personAt(address);
    if (person) kept.push(person);
  }
  let leaving = 0;
  for (const person of kept)
    if (
      (await takeConfirmationSlot(
        site.services,
        { ...person, network: requestNetwork(person) },
        { subscriber: person.id, list: "account", run: 1, kind: "confirmation", slug: "1" },
      )) === "now"
    )
      leaving++;
  return { kept: kept.length, leaving };
}
const ALL = { kept: 30, leaving: 30 };

describe("an office that signs up together", () => {
  it("control: is taken for a stranger until the owner says otherwise", async () => {
    const { kept, leaving } = await anOffice("acme.example");
    expect([kept, leaving]).toEqual([20, 5]);
  });

  it.each(["192.0.2.0/24", "192.0.2.99", "acme.example", "ACME.example"])(
    "is let in by %s",
    async (entry) => {
      expect(await run("add", entry, "--yes")).toMatch(/is let in until 2026-12-01T09:00/);
      expect(await anOffice("acme.example")).toEqual(ALL);
    },
  );

  it("has the usual limits again when its time is over, or the owner ends it", async () => {
    await run("add", "acme.example", "--yes");
    site.clock.set(T0 + 7 * DAY);
    expect(await run("list")).toContain("Nobody is let in");
    expect((await anOffice("acme.example")).kept).toBe(20);
    await run("add", "other.example", "--yes");
    expect(await run("remove", "other.example", "--yes")).toContain("usual limits again");
    expect(await run("remove", "other.example", "--yes")).toContain("was not let in by this command");
    expect((await anOffice("other.example", "198.51.100.7")).kept).toBe(20);
  });
});

describe("one address", () => {
  it("is let in though its network is used up, masked where it is shown, and never kept in clear", async () => {
    await anOffice("acme.example");
    expect(await run("add", "Jo.Late@acme.example", "--until", "2026-12-20", "--yes")).not.toContain(
      "jo.late",
    );
    await site.signUp({ email: "jo.late@acme.example" }, { ip: "192.0.2.7" });
    await site.signUp({ email: "jo.later@acme.example" }, { ip: "192.0.2.7" });
    expect(await site.personAt("jo.late@acme.example")).toBeDefined();
    expect(await site.personAt("jo.later@acme.example")).toBeUndefined();
    expect(await run("list")).toMatch(/^j•+@acme\.example {2}until 2026-12-20/);
    const items = await openTable("table", site.table).partition("let-in");
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain("jo.late");
  });
});

describe("what cannot be let in", () => {
  it.each([
    ["everybody"],
    ["192.0.2.0/8"],
    ["@acme.example"],
    [""],
    ["acme.example", "--until", "2027-12-01"],
  ])("is refused: %s", async (...words) => {
    expect(await run("add", ...words, "--yes")).toMatch(
      /cannot be let in|within the next 90 days|needs ENTRY/,
    );
    expect(await site.services.store.letIn()).toEqual([]);
  });

  it("is nobody whom the owner did not confirm, nor before now", async () => {
    expect(await run("add", "acme.example")).toContain("add --yes");
    expect(await run("add", "acme.example", "--until", iso(T0 - DAY), "--yes")).toContain("within the next");
    expect(await site.services.store.letIn()).toEqual([]);
  });
});
