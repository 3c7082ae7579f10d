import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeBackVoice } from "../../../functions/consent/voices.ts";
import { type Voice, withVerdict } from "../../../functions/domain/replies/voices/voice.ts";
import { deploymentOf, typed } from "../../support/console.ts";
import { plainContent } from "../../support/content.ts";
import { aCourse } from "../../support/course.ts";
import { startTableInMemory } from "../../support/engines.ts";
import { startWorld, type World } from "../../support/services.ts";
import { addAuthor, addVoice } from "../../support/voices.ts";
import { type OpenedDesk, openDesk } from "../desk/opened-desk.ts";

const NOW = Date.UTC(2026, 10, 24, 8);
const WORDS = "Halden wanted a third signature, and I waited. It cost us €40,000 and the buyer.";
const BY_PAGE = { source: "/offer", network: "unknown", userAgent: undefined };
let world: World;
let deployment: ReturnType<typeof deploymentOf>;
let voice: Voice;
let name: string;
beforeEach(async () => {
  world = await startWorld(plainContent(aCourse("one", "two")), NOW, startTableInMemory);
  deployment = deploymentOf(world);
  const author = await addAuthor(world.services, "dana@printer.example");
  voice = await addVoice(world.services, author, WORDS, { standing: "offered" });
  name = `${voice.subscriber}/${voice.id}`;
});
afterEach(() => world.stop());

const run = async (...given: string[]) => {
  const { exitCode, out, error } = await typed(deployment, "voices", ...given);
  if (exitCode !== 0) throw new Error(error);
  return out;
};
const now = async () => (await world.services.store.voice(voice)) as Voice;

describe("an owner who chooses what others may read", () => {
  it("sees what is offered, beside its lesson, and whose it is by a masked address", async () => {
    const out = await run("list");
    expect(out).toContain(name);
    expect(out).toContain("lesson 1 of course");
    expect(out).toContain("d•••@printer.example");
    expect(out).toContain("1 answer waiting for you");
    const shown = await run("show", name);
    expect(shown).toContain("What happened?");
    expect(shown).toContain(`| ${WORDS}`);
    expect(shown).toContain("The rules would blank out: €40,000 (figure)");
  });

  it("shortens it, blanks it out, and accepts it; nothing is rewritten", async () => {
    await expect(run("shorten", name, "--words", "Halden wanted four signatures …", "--yes")).rejects.toThrow(
      "That is not what they wrote",
    );
    expect((await now()).words).toBe(WORDS);
    await run("shorten", name, "--words", "Halden wanted a third signature, and I waited. …", "--yes");
    await run("blank", name, "Halden", "--as", "company", "--yes");
    expect((await now()).words).toBe("[company] wanted a third signature, and I waited. …");
    await run("accept", name, "--yes");
    expect(await now()).toMatchObject({ standing: "accepted", original: WORDS });
    expect(await run("list")).toContain("0 answers waiting");
    expect(await run("list", "--accepted")).toContain("[company] wanted");
  });

  it("blanks out all that the rules propose by one command", async () => {
    await run("blank", name, "--yes");
    expect((await now()).words).toBe(WORDS.replace("€40,000", "[figure]"));
  });

  it("is told which piece does not stand in it", async () => {
    await expect(run("blank", name, "Acme", "--yes")).rejects.toThrow("do not stand in it: Acme");
  });

  it("refuses it, and may accept it later", async () => {
    await run("refuse", name, "--yes");
    expect((await now()).standing).toBe("refused");
    expect(await run("list")).toContain("0 answers waiting");
    await run("accept", name, "--yes");
    expect((await now()).standing).toBe("accepted");
  });

  it("may not accept one with an address in it", async () => {
    const author = await addAuthor(world.services, "eve@eve.example");
    const words = "See https://eve.example for how we did it, all of it.";
    const other = await addVoice(world.services, author, words, { standing: "offered" });
    const theirs = `${other.subscriber}/${other.id}`;
    await expect(run("accept", theirs, "--yes")).rejects.toThrow("It names an address");
    await run("blank", theirs, "--yes");
    await run("accept", theirs, "--yes");
    expect(await world.services.store.voice(other)).toMatchObject({
      standing: "accepted",
      words: "See ▢ for how we did it, all of it.",
    });
  });

  it("can do nothing about one that was taken back", async () => {
    await takeBackVoice(world.services, voice, BY_PAGE);
    for (const verb of ["show", "accept", "refuse"])
      await expect(run(verb, name, ...(verb === "show" ? [] : ["--yes"]))).rejects.toThrow("took it back");
    expect(await now()).toMatchObject({ standing: "withdrawn", words: "" });
  });

  it("finds what somebody has objected to, marked so", async () => {
    await run("accept", name, "--yes");
    await world.services.store.changeVoice(voice, (kept) => withVerdict(kept, "should-not-be", NOW));
    expect(await run("list")).toContain("objected, 1 objection");
  });
});

describe("the desk's page of voices", () => {
  let desk: OpenedDesk;
  beforeEach(async () => {
    desk = await openDesk(async () => deployment);
  });
  afterEach(() => desk.close());
  const path = () => `/voices/${name}`;

  it("lists what waits, and shows one beside its question, with what is proposed marked", async () => {
    const list = await desk.page("/voices");
    expect(list).toContain(`/voices/${name}`);
    const page = await desk.page(path());
    expect(page).toContain("What happened?");
    expect(page).toContain("<mark>€40,000</mark>");
  });

  it("accepts the text as it is written there, and says why not where it would not be theirs any more", async () => {
    const refused = await desk.press(path(), `${path()}/accept`, {
      words: "They paid me €40,000 and the buyer.",
    });
    expect(refused).toContain("That is not what they wrote");
    expect((await now()).standing).toBe("offered");
    await desk.press(path(), `${path()}/accept`, { words: "… It cost us [figure] and the buyer." });
    expect(await now()).toMatchObject({
      standing: "accepted",
      words: "… It cost us [figure] and the buyer.",
    });
  });

  it("blanks out what is marked by one press, and refuses by another", async () => {
    await desk.press(path(), `${path()}/proposed`);
    expect((await now()).words).toContain("[figure]");
    await desk.press(path(), `${path()}/refuse`);
    expect((await now()).standing).toBe("refused");
    expect(await desk.page(path())).toContain("You have refused it");
  });

  it("escapes what they wrote", async () => {
    const author = await addAuthor(world.services, "mal@mal.example");
    const words = '<script>alert(1)</script> and "quotes" & more of the same to be long.';
    const other = await addVoice(world.services, author, words, { standing: "offered" });
    const page = await desk.page(`/voices/${other.subscriber}/${other.id}`);
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("&lt;script&gt;");
  });
});
