import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replyName } from "../../../console/replies/reply-name.ts";
import { openReplies, type RepliesWorld } from "../replies/world.ts";
import { type OpenedDesk, openDesk } from "./opened-desk.ts";

const JANE = "janejanejanejan2";
const TOM = "tomtomtomtomtom2";
const HOSTILE = `</textarea><script>alert(1)</script>"'><img src=x onerror=alert(2)>`;

let world: RepliesWorld;
let desk: OpenedDesk;
beforeEach(async () => {
  world = await openReplies();
  await world.reader(JANE);
  await world.reader(TOM, "Tom");
  desk = await openDesk(async () => world.deployment);
});
afterEach(async () => {
  await desk.close();
  await world.stop();
});

const enrolment = (id = JANE) => world.services.store.enrolment(id, world.course);

describe("the desk's replies", () => {
  it("are listed newest first, and say which of them wait", async () => {
    await world.wrote(JANE, { ownWords: "The first thing." });
    await world.wrote(TOM, { ownWords: "Is it so?", replyKind: "question" });
    const page = await desk.page("/replies");
    expect(page.indexOf("Is it so?")).toBeGreaterThan(0);
    expect(page.indexOf("Is it so?")).toBeLessThan(page.indexOf("The first thing."));
    expect(page.match(/>waits</g)).toHaveLength(1);
    expect(await desk.page("/replies?which=waiting")).not.toContain("The first thing.");
    expect(await desk.page("/replies?kind=question")).not.toContain("The first thing.");
  });

  it("are answered in the reader's thread, once however often it is pressed, and the draft is gone", async () => {
    const reply = await world.wrote(JANE, { replyKind: "question", ownWords: "Is it so?" });
    const path = `/replies/${replyName(reply)}`;
    expect(await desk.page(path)).toContain("Lesson 1:");
    expect(await desk.page(path), "as an owner says it").not.toContain("Own words of a person");
    for (let press = 0; press < 2; press++)
      await desk.press(path, `${path}/answer`, { words: "It is. Bring the date." });
    await world.deliverDue({ subscriber: JANE, course: world.course });
    const mails = await world.inboxOf(`${JANE}@acme.example`);
    expect(mails.map(({ kind }) => kind)).toEqual(["answer"]);
    expect(mails[0]?.inReplyTo).toEqual([reply.messageId]);
    const page = await desk.page(path);
    expect(page).toContain("You answered");
    expect(page).not.toContain("waits for you");
  });

  it("keep an answer that could not leave: too long, or a stage that does not answer", async () => {
    const reply = await world.wrote(JANE, { replyKind: "question" });
    const path = `/replies/${replyName(reply)}`;
    const long = `${"word ".repeat(8_000)}end.`;
    const page = await desk.press(path, `${path}/answer`, { words: long });
    expect(page).toMatch(/role="alert".*has 40004 characters/s);
    expect(page).toContain("word end.</textarea>");
    await desk.press(path, `${path}/answer`, { words: "Short enough." });
    expect(await desk.page(path), "control: what was sent is no draft").toContain("></textarea>");
    let isReached = true;
    const slow = await openDesk(async () => {
      if (isReached) return world.deployment;
      throw Object.assign(new Error("slow down"), { name: "ThrottlingException" });
    });
    await slow.page(path);
    const answering = slow.press(path, `${path}/answer`, { words: "Bring the date." }, () => {
      isReached = false;
    });
    await expect(answering).rejects.toThrow("try again in a minute");
    isReached = true;
    expect(await slow.page(path)).toContain("Bring the date.</textarea>");
    await slow.close();
  });

  it("cannot be answered where their reader has left, and say why", async () => {
    const reply = await world.wrote(JANE, { replyKind: "question" });
    await world.run("subscribers", "unsubscribe", JANE, "--because", "asked on the phone", "--yes");
    const page = await desk.page(`/replies/${replyName(reply)}`);
    expect(page).toMatch(/No answer can be sent: .*left/);
    expect(page).not.toContain('name="words"');
  });

  it("wait where words stand beside a request, which no machine has read", async () => {
    await world.wrote(JANE, {
      replyKind: "command",
      ownWords: "Pause, please. The template was worth it.",
      besides: "The template was worth it.",
    });
    await world.wrote(TOM, { replyKind: "command", ownWords: "Pause, please." });
    const today = await desk.page("/");
    expect(today).toContain("One thing waits for you");
    expect(today).toContain("Words beside what they asked for, which was done.");
  });

  it("are put aside, and wait again by undo", async () => {
    const reply = await world.wrote(JANE, { replyKind: "question" });
    const path = `/replies/${replyName(reply)}`;
    const after = await desk.press(path, `${path}/done`);
    expect(after).toContain("Put aside.");
    expect(await desk.page("/replies?which=waiting")).toContain("Nothing is here");
    await desk.press(path, `${path}/waiting`);
    expect(await desk.page("/replies?which=waiting")).toContain("Jane");
  });
});

describe("a desk whose stage does not answer", () => {
  it("goes on, whatever it was asked meanwhile", async () => {
    const indexFilling = {
      ...world.deployment.indexFilling,
      isFilled: async () => {
        throw Object.assign(new Error("slow down"), { name: "ThrottlingException" });
      },
    };
    const slow = await openDesk(async () => ({ ...world.deployment, indexFilling }));
    // A rejection that nobody waits for would end the desk's program, and every draft with it.
    for (const path of ["/replies", "/", "/readers", `/replies/${JANE}/none`])
      await expect(slow.page(path), path).rejects.toThrow("503");
    await expect(slow.page("/replies/no/NAME!"), "what names no reply").rejects.toThrow("404");
    expect(await slow.page("/import")).toContain("Import");
    await slow.close();
  });

  it("shows what waits before the doctor has looked at all, and his word when he has", async () => {
    const first = await desk.page("/");
    expect(first).toMatch(/id="well" data-live.*It is being looked at/s);
    expect(first, "what it costs is reckoned at once").toMatch(
      /A month with 2 active readers costs about \$\d/,
    );
    const health = await desk.page("/health");
    expect(health).toMatch(/id="checks" data-live.*The checks are at it/s);
    await expect
      .poll(() => desk.page("/"), { timeout: 90_000, interval: 500 })
      .not.toContain("It is being looked at");
    expect(await desk.page("/")).toMatch(/id="well"><a href="\/health">[A-Z]/);
    const checked = await desk.page("/health");
    expect(checked).toMatch(/<b>Keys<\/b>.*1 signing key/s);
    expect(checked).toMatch(/Left out here, as there is no account on this machine: Settings/);
    expect(await desk.press("/health", "/health/look")).toContain("The checks are at it");
  }, 120_000);

  it("says what the stage costs, and what another size would", async () => {
    const own = await desk.page("/health");
    expect(own).toMatch(/A month with 2 active readers costs/);
    expect(own).toMatch(/<th scope="row">lanes, each minute<\/th>/);
    expect(await desk.page("/health?readers=50000")).toMatch(
      /A month with 50,000 active readers costs about \$\d\d/,
    );
    expect(await desk.page("/health?readers=many")).toMatch(/A month with 2 active readers/);
  });

  it("says that more waits than it shows", async () => {
    for (let count = 0; count < 101; count++)
      await world.wrote(JANE, { replyKind: "question", ownWords: `Is it ${count}?` });
    expect(await desk.page("/")).toContain("More than 100 things wait for you");
  });
});

describe("a mail of nobody we know", () => {
  it("is read on the desk: who wrote, and what, and below it as it came", async () => {
    const raw = `From: Zoe <zoe@elsewhere.example>\r\nSubject: Hello\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCaf=C3=A9? ${HOSTILE.replaceAll("=", "=3D")}\r\n`;
    const { services } = world.deployment;
    const inbox = { ...services.inbox, read: async () => new Uint8Array(Buffer.from(raw)) };
    await services.store.keepUnmatched({
      messageId: "<m>",
      receivedAt: world.clock.now(),
      raw: "raw/9",
      reason: "No token.",
    });
    const own = await openDesk(async () => ({ ...world.deployment, services: { ...services, inbox } }));
    expect(await own.page("/")).toContain('href="/today/tray/raw/9"');
    const page = await own.page("/today/tray/raw/9");
    expect(page).toContain('<a href="mailto:zoe@elsewhere.example">');
    expect(page).toContain("Café? ");
    expect(page).not.toMatch(/<script>|<img/);
    await own.close();
  });
});

describe("the desk's readers", () => {
  it("are found by a part of their name or address", async () => {
    const page = await desk.page("/readers?part=tOm");
    expect(page).toContain(`/readers/${TOM}`);
    expect(page).not.toContain(`/readers/${JANE}`);
    expect(await desk.page("/readers?part=nobody")).toContain("Nobody is like that.");
  });

  it("are steered by what the commands do: paused until a day, and resumed by undo", async () => {
    const path = `/readers/${JANE}`;
    const paused = await desk.press(path, `${path}/pause`, { until: "2027-01-10" });
    expect(paused).toContain("is paused until");
    expect((await enrolment())?.status).toBe("paused");
    expect((await enrolment(TOM))?.status, "control: nobody else").toBe("active");
    await desk.press(path, `${path}/resume`);
    expect((await enrolment())?.status).toBe("active");
  });

  it("are placed at a lesson, tagged and untagged", async () => {
    const path = `/readers/${JANE}`;
    expect(await desk.press(path, `${path}/tag`, { word: "board" })).toMatch(
      /Jane has the tags board.*Undo/s,
    );
    const again = await desk.press(path, `${path}/tag`, { word: "board" });
    expect(again, "undo would take away what stood before").not.toContain(">Undo<");
    await desk.press(path, `${path}/place`, { word: world.lessons[4] ?? "" });
    expect((await enrolment())?.movedTo).toBe(world.lessons[4]);
    expect(await desk.press(path, `${path}/tag`, { word: "coaches" })).toContain("Take the tag coaches away");
    expect(await desk.press(path, `${path}/untag`, { word: "coaches" })).not.toContain(
      "Take the tag coaches away",
    );
  });

  it("say what is wrong with what was filled in, and change nothing", async () => {
    const path = `/readers/${JANE}`;
    const wrong = await desk.press(path, `${path}/pause`, { until: "2020-01-01" });
    expect(wrong).toMatch(/role="alert".*has begun already/s);
    for (const word of ["--yes", "-x"])
      expect(await desk.press(path, `${path}/tag`, { word })).toContain("begins with a dash");
    expect((await enrolment())?.status).toBe("active");
    expect((await world.services.store.subscriber(JANE))?.tags).toBeUndefined();
  });

  it("are gone when they are erased, with all their words", async () => {
    const reply = await world.wrote(JANE, { ownWords: "A secret of mine." });
    await desk.press(`/readers/${JANE}`, `/readers/${JANE}/erase`);
    await expect(desk.page(`/readers/${JANE}`)).rejects.toThrow("404");
    await expect(desk.page(`/replies/${replyName(reply)}`)).rejects.toThrow("404");
    expect(await desk.page("/replies")).not.toContain("A secret of mine.");
  });
});

describe("a reader's page", () => {
  it("tells their story in titles and days, and leads to what they wrote", async () => {
    const reply = await world.wrote(JANE, { replyKind: "question" });
    await world.run("subscribers", "pause", JANE, "--yes");
    const page = await desk.page(`/readers/${JANE}`);
    expect(page).toContain(`href="/replies/${replyName(reply)}"`);
    const said =
      page.split("<h1>")[1]?.replaceAll(/<option.*?<\/option>|(?:href|action|value)="[^"]*"/gs, "") ?? "";
    for (const word of [world.course, world.lessons[0] ?? "", "Own words of a person", "Z)"])
      expect(said, word).not.toContain(word);
    expect(said).toContain("“Managing Up, Leading Down”");
  });

  it("hands out all that is kept about them, as a file", async () => {
    await world.wrote(JANE, { ownWords: "A word of mine." });
    expect(await desk.page(`/readers/${JANE}`)).toContain(`href="/readers/${JANE}/export" download`);
    const file = await desk.page(`/readers/${JANE}/export`);
    expect(JSON.stringify(JSON.parse(file))).toContain("A word of mine.");
    await expect(desk.page("/readers/nobodynobodynob2/export")).rejects.toThrow("404");
  });
});

describe("the desk's course", () => {
  it("shows the road: answered, silent, left, and who stands where", async () => {
    await world.wrote(JANE, { ownWords: "My own words." });
    const page = await desk.counted("/course");
    const rows = page.split('<table class="road">')[1]?.split("<tr>").slice(2) ?? [];
    const figures = rows.map((row) =>
      [...row.matchAll(/class="number">(?:<a[^>]*>)?([^<]*)</g)].map(([, figure]) => figure),
    );
    expect(figures[0]?.slice(0, 5), "lesson 1: sent, answered, silent, left, stand here").toEqual([
      "2",
      "1",
      "1",
      "0",
      "0",
    ]);
    expect(figures[1]?.slice(0, 5), "lesson 2").toEqual(["2", "0", "2", "0", "2"]);
    expect(page).toContain(`/readers?course=${world.course}&amp;lesson=${world.lessons[1]}`);
  });
});

describe("the desk's course over a large table", () => {
  it("says at once who stands where, then the rest; and keeps it until it is counted again", async () => {
    let [counts, letGo] = [0, () => {}];
    const isHeld = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { allPeople } = world.deployment;
    const slow = {
      ...allPeople,
      async *personRecords() {
        counts++;
        await isHeld;
        yield* allPeople.personRecords();
      },
    };
    const large = await openDesk(async () => ({ ...world.deployment, allPeople: slow }));
    const atLesson2 = `lesson=${world.lessons[1]}">2</a>`;
    let first: string;
    do first = await large.page("/course");
    while (!first.includes("Who stands where is known"));
    expect(first).toContain("is being counted out of all that is kept");
    expect(first).toContain('<td class="number">…</td>');
    expect(first).toContain(atLesson2);
    letGo();
    const whole = await large.counted("/course");
    expect(whole).toMatch(/Counted .*2026/);
    expect(whole).not.toContain('<td class="number">…</td>');
    expect(whole).toContain(atLesson2);
    await large.page("/course");
    expect(counts, "it took longer than a page waits").toBe(1);
    await large.press("/course", "/course/count");
    await large.counted("/course");
    expect(counts).toBeGreaterThan(1);
    await large.close();
  });

  it("says what went wrong with the count, and counts anew on the next page", async () => {
    let isThrottled = true;
    const { allPeople } = world.deployment;
    const failing = {
      ...allPeople,
      personRecords() {
        if (isThrottled) throw Object.assign(new Error("slow down"), { name: "ThrottlingException" });
        return allPeople.personRecords();
      },
    };
    const throttled = await openDesk(async () => ({ ...world.deployment, allPeople: failing }));
    await expect(throttled.counted("/course")).rejects.toThrow("try again in a minute");
    isThrottled = false;
    expect(await throttled.counted("/course")).toMatch(/Counted .*2026/);
    await throttled.close();
  });
});

describe("a stage with two courses", () => {
  it("tells them apart on every screen", async () => {
    const { services } = world.deployment;
    const [first] = services.content.courses;
    if (!first) expect.fail("no course");
    const courses = [first, { ...first, slug: "second", title: "A second course" }];
    const settings = { ...services.settings, courses: [first.slug, "second"] };
    const both = await openDesk(async () => ({
      ...world.deployment,
      services: { ...services, settings, content: { ...services.content, courses } },
    }));
    for (const path of ["/replies", "/readers"])
      expect(await both.page(path), path).toContain('<option value="second">A second course</option>');
    expect(await both.page("/readers")).toContain(`${first.title}: active, 2 of ${first.lessons.length} had`);
    expect((await both.page("/course")).split('<table class="road">')).toHaveLength(3);
    expect(await both.page("/readers?course=second")).toContain("Nobody is like that.");
    expect(await both.page("/")).toContain("Nothing waits");
    await both.close();
  });
});

describe("two desks and a console", () => {
  it("that answer the same reply in the same words at once send one answer", async () => {
    const other = await openDesk(async () => world.deployment);
    const reply = await world.wrote(JANE, { replyKind: "question" });
    const path = `/replies/${replyName(reply)}`;
    const words = "Bring the date and the amount.";
    await Promise.all([
      desk.press(path, `${path}/answer`, { words }),
      other.press(path, `${path}/answer`, { words }),
      world.run("replies", "answer", replyName(reply), "--words", words, "--yes"),
    ]);
    await other.close();
    await world.deliverDue({ subscriber: JANE, course: world.course });
    expect(await world.inboxOf(`${JANE}@acme.example`)).toHaveLength(1);
  });

  it("that steer the same reader lose nothing of what either did", async () => {
    const other = await openDesk(async () => world.deployment);
    const path = `/readers/${JANE}`;
    await Promise.all([
      desk.press(path, `${path}/pause`),
      other.press(path, `${path}/tag`, { word: "coaches" }),
      world.run("subscribers", "tag", JANE, "board", "--yes"),
    ]);
    await other.close();
    expect((await enrolment())?.status).toBe("paused");
    expect((await world.services.store.subscriber(JANE))?.tags?.toSorted()).toEqual(["board", "coaches"]);
  });
});

describe("hostile words of a reader", () => {
  it("are words on every screen, and never markup", async () => {
    await world.reader("evilevilevilevi2", HOSTILE);
    const reply = await world.wrote("evilevilevilevi2", { replyKind: "question", ownWords: HOSTILE });
    const query = encodeURIComponent(HOSTILE);
    const paths = [
      "/",
      "/replies",
      `/replies?which=${query}&lesson=${query}&before=2026`,
      `/readers?part=${query}&tag=${query}`,
      `/newsletter/declining-a-number-with-grace?view=${query}&tag=${query}&audience=${query}&count=yes`,
      `/health?readers=${query}`,
      `/replies/${replyName(reply)}`,
      "/readers",
      "/readers/evilevilevilevi2",
      "/course",
    ];
    let shown = 0;
    for (const path of paths) {
      const page = await desk.page(path);
      expect(page, path).not.toMatch(/<script>|<img/);
      shown += page.split("&lt;script&gt;").length - 1;
    }
    expect(shown, "control: they were shown").toBeGreaterThan(4);
    const path = "/readers/evilevilevilevi2";
    const tagged = await desk.press(path, `${path}/tag`, { word: HOSTILE.slice(0, 40) });
    expect(tagged).not.toMatch(/<script>|<img/);
    await desk.upload(
      "/import",
      "/import/look",
      { "map-email": HOSTILE },
      { name: `${HOSTILE.replaceAll("/", "")}.csv`, text: `"${HOSTILE.replaceAll('"', '""')}",b\nx,y\n` },
    );
    const imported = await desk.page("/import");
    expect(imported).not.toMatch(/<script>|<img/);
    expect(imported, "control").toContain("&lt;script&gt;");
  });
});

describe("the desk's newsletter", () => {
  it("shows what an issue's audience is, who is left out and why, before anything is sent", async () => {
    const page = await desk.page(
      "/newsletter/declining-a-number-with-grace?count=yes&state=finished&when=now",
    );
    expect(page).toMatch(/0 readers/);
    expect(page).not.toContain('action="/newsletter/declining-a-number-with-grace/send"');
    const all = await desk.page(
      "/newsletter/declining-a-number-with-grace?count=yes&state=mid-course&when=now",
    );
    expect(all).toMatch(/Left out|readers?/);
  });

  it("sends, pauses, goes on and cancels, as the commands do", async () => {
    await world.services.store.change(
      (await world.services.store.subscriber(JANE)) as never,
      (one: object) => ({ ...one, newsletter: true }) as never,
    );
    const path = "/newsletter/declining-a-number-with-grace";
    const counted = `${path}?count=yes&state=mid-course&when=at&at=2027-01-10T07%3A30`;
    expect(await desk.page(counted)).toContain("1 reader");
    const sent = await desk.press(counted, `${path}/send`);
    expect(sent).toContain("“Declining a number with grace” leaves as it stands here.");
    expect(sent).toMatch(/tag strong">scheduled<.*10 Jan 2027, 07:30/s);
    expect(await desk.press(path, `${path}/pause`)).toContain("is paused");
    expect(await desk.press(path, `${path}/resume`)).toContain("goes on");
    expect(await desk.press(path, `${path}/cancel`)).toContain("is cancelled");
    expect((await world.services.broadcasts.broadcast("declining-a-number-with-grace"))?.status).toBe(
      "cancelled",
    );
  });

  it("lets an issue that nobody has yet leave otherwise, and goes in and out of the archive", async () => {
    await world.services.store.change(
      (await world.services.store.subscriber(JANE)) as never,
      (one: object) => ({ ...one, newsletter: true }) as never,
    );
    const path = "/newsletter/declining-a-number-with-grace";
    const broadcast = () => world.services.broadcasts.broadcast("declining-a-number-with-grace");
    await desk.press(`${path}?count=yes&state=mid-course&when=at&at=2027-01-10T07%3A30`, `${path}/send`);
    expect(await desk.page(path)).toContain(`href="${path}?anew=yes#anew"`);
    expect(await desk.page(path), "control: not unasked").not.toContain("Whom does it go to?");
    expect(await desk.page(`${path}?anew=yes`)).toMatch(
      /What you do not choose stays.*mid-course.*Whom does it/s,
    );
    const otherwise = `${path}?anew=yes&count=yes&when=at&at=2027-02-01T09%3A00`;
    const moved = await desk.press(otherwise, `${path}/send`);
    expect(moved).toMatch(/tag strong">scheduled<.*1 Feb 2027, 09:00/s);
    expect((await broadcast())?.asks?.audience).toBe("state=mid-course");

    const hidden = await desk.press(path, `${path}/archive`);
    expect((await broadcast())?.isPrivate).toBe(false);
    expect(hidden).toContain("stands in the public archive");
    expect(await desk.press(path, `${path}/archive`)).toContain("not in the public archive");
    expect((await broadcast())?.isPrivate).toBe(true);

    await desk.press(`${path}?anew=yes&count=yes&when=now`, `${path}/send`);
    const { when } = (await broadcast()) ?? {};
    expect((when?.from ?? 0) - world.clock.now()).toBeLessThan(60_000);
  });

  it.each([
    ["a moment that is not filled in", "when=at&at=", "At which moment?"],
    ["an hour that is not filled in", "when=local&local=", "At which hour?"],
    ["now, and a moment", "when=now&at=2027-01-10T07%3A30", "A moment is filled in"],
    [
      "now, and a day for each reader's hour",
      "when=now&local=07%3A30&day=2027-01-10",
      "A moment is filled in",
    ],
  ])("is not sent at once by what is half said: %s", async (_case, when, says) => {
    await world.services.store.change(
      (await world.services.store.subscriber(JANE)) as never,
      (one: object) => ({ ...one, newsletter: true }) as never,
    );
    const path = "/newsletter/declining-a-number-with-grace";
    const page = await desk.page(`${path}?count=yes&state=mid-course&${when}`);
    expect(page).toContain(says);
    expect(page).not.toContain(`action="${path}/send"`);
    const whole = await desk.page(`${path}?count=yes&state=mid-course&when=now&local=07%3A30`);
    expect(whole, "control: what is said whole can be sent").toContain(`action="${path}/send"`);
  });

  it("keeps what was chosen while the mail is looked at otherwise, and says it without flags", async () => {
    const path = "/newsletter/declining-a-number-with-grace";
    const page = await desk.page(`${path}?count=yes&state=finished&tag=coaches&when=now`);
    expect(page).toContain(
      `href="${path}?count=yes&amp;state=finished&amp;tag=coaches&amp;when=now&amp;view=dark#preview"`,
    );
    expect(page).toContain("“In the public archive: public” shows it to everybody");
    expect(page, "a command's flags").not.toMatch(/ --[a-z]/);
    expect(await desk.page(`${path}?view=dark`)).toContain('type="hidden" name="view" value="dark"');
  });

  it("takes in who is in the middle of a course where that is ticked", async () => {
    await world.services.store.change(
      (await world.services.store.subscriber(JANE)) as never,
      (one: object) => ({ ...one, newsletter: true }) as never,
    );
    const path = "/newsletter/declining-a-number-with-grace";
    expect(await desk.page(`${path}?count=yes&when=now`)).toContain(
      "“Also who is in the middle of a course” takes them in",
    );
    expect(await desk.page(`${path}?count=yes&include=mid-course&when=now`)).toContain("1 reader:");
  });

  it("says where a test has gone", async () => {
    const path = "/newsletter/declining-a-number-with-grace";
    const page = await desk.press(path, `${path}/test`);
    expect(page).toContain(world.services.settings.ownerMailbox);
    expect(page).toContain("the inbox that npm start shows");
  });

  it("shows a mail where there is no course", async () => {
    const { services } = world.deployment;
    const settings = { ...services.settings, courses: [] };
    const alone = await openDesk(async () => ({
      ...world.deployment,
      services: { ...services, settings, content: { ...services.content, courses: [] } },
    }));
    for (const path of ["/", "/replies", "/readers", "/course", "/newsletter", "/import", "/health"])
      await alone.page(path);
    const path = "/newsletter/declining-a-number-with-grace";
    expect(await alone.page(`${path}/mail?view=text`)).toContain("<pre");
    expect(await alone.page(`${path}?count=yes&when=now`)).toContain("readers");
    await alone.close();
  });

  it("previews the mail in a frame in which nothing runs", async () => {
    const path = "/newsletter/declining-a-number-with-grace";
    expect(await desk.page(`${path}?view=dark`)).toContain(`src="${path}/mail?view=dark"`);
    expect(await desk.page(`${path}/mail?view=text`)).toContain("<pre");
    expect(await desk.page(`${path}/mail?view=desk`)).toContain("<table");
  });
});

describe("a file that is dropped on the desk", () => {
  const CSV =
    "Email,First Name,Status\nana@list.example,Ana,subscribed\nben@list.example,Ben,unsubscribed\nno address,Cy,subscribed\n";
  const SAID = {
    source: "the form on example.com",
    date: "2026-03-01",
    words: "Send me the letter",
    aim: "list",
    newsletter: "yes",
  };

  it("is looked at first: what would happen to whom, who is not added and why; then added, once", async () => {
    await desk.upload("/import", "/import/look", SAID, { name: "list.csv", text: CSV });
    const page = await desk.page("/import");
    expect(page).toContain("list.csv");
    expect(page).toMatch(/<td class="number">3<\/td><td>ben@list.example<\/td>/);
    expect(page).toContain("no address");
    expect(await isThere("ana@list.example"), "nothing is changed by looking").toBe(false);
    await desk.press("/import", "/import/add");
    await expect.poll(() => isThere("ana@list.example")).toBe(true);
    expect(await isThere("ben@list.example")).toBe(false);
    await expect.poll(() => desk.page("/import")).toContain("Added");
  });

  it("whose headings are nobody's is read by the columns that are chosen", async () => {
    const text = "Mail,Vorname,Note\nana@list.example,Ana,x\n";
    await desk.upload("/import", "/import/look", SAID, { name: "own.csv", text });
    const page = await desk.page("/import");
    expect(page).toContain("Say which is which, under “Which column is which”.");
    expect(page).toMatch(/<select id="map-first-name".*?<option>Vorname<\/option>/s);
    const mapped = { ...SAID, "map-email": "Mail", "map-first-name": "Vorname" };
    await desk.upload("/import", "/import/look", mapped, { name: "own.csv", text });
    await desk.press("/import", "/import/add");
    await expect.poll(() => isThere("ana@list.example")).toBe(true);
  });

  it("is added by a press on the page that shows it, not by another tab's on another file", async () => {
    await desk.upload("/import", "/import/look", SAID, { name: "list.csv", text: CSV });
    const other = CSV.replaceAll("ana@list", "zoe@list");
    await desk.upload("/import", "/import/look", SAID, { name: "other.csv", text: other });
    const pressed = await desk.press("/import", "/import/add", { look: "0" });
    expect(pressed).toMatch(/role="alert".*Nothing was added: other.csv was looked at meanwhile/s);
    expect(await isThere("zoe@list.example")).toBe(false);
    // Control: as it stands there.
    await desk.press("/import", "/import/add");
    await expect.poll(() => isThere("zoe@list.example")).toBe(true);
    expect(await isThere("ana@list.example")).toBe(false);
  });

  it("says what is missing, keeps the file, and adds nobody before that is said", async () => {
    await desk.upload("/import", "/import/look", { ...SAID, words: "" }, { name: "list.csv", text: CSV });
    const page = await desk.page("/import");
    expect(page).toContain("Consent is to be proven: “To which words” is missing.");
    expect(page, "a command's flags").not.toMatch(/ --[a-z]/);
    expect(page).not.toContain('action="/import/add"');
  });

  it.each([
    ["no text", Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]).toString("latin1")],
    ["nothing in it but a heading of nothing", "\n"],
    ["markup", "<script>alert(1)</script>,b\nx,y\n"],
  ])("is refused in a sentence where it is no list: %s", async (_case, text) => {
    await desk.upload("/import", "/import/look", SAID, { name: "list.csv", text });
    const page = await desk.page("/import");
    expect(page).toContain("Not yet");
    expect(page).not.toContain("<script>");
  });

  async function isThere(address: string): Promise<boolean> {
    for await (const { subscriber } of world.deployment.allPeople.people())
      if (subscriber.address === address) return true;
    return false;
  }
});
