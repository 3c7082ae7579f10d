import { type Html, html } from "../../../cli/html.ts";
import { lengthInWords } from "../../../cli/time-in-words.ts";
import type { Course } from "../../../functions/domain/course/course.ts";
import { OWNER_ID } from "../../../functions/domain/sending/owner.ts";
import { parseInbound } from "../../../functions/mail/inbound/inbound.ts";
import { showDeadLetters } from "../../dead-letters.ts";
import type { LeavesNext } from "../../today/leaves-next.ts";
import { monthInWords } from "../../today/month-cost.ts";
import { readToday, type Today, type WeekSoFar } from "../../today/read-today.ts";
import type { WaitingThing } from "../../today/waiting-things.ts";
import { showUnmatched } from "../../tray.ts";
import { findChecks, verdict } from "../checks-lately.ts";
import { deskMoment } from "../owners-words.ts";
import { actButton, type Screen, type Shown, type Visit } from "../screen.ts";
import { runTyped } from "../typed.ts";

/** What waits for a person, and whether all is well: what `today` says, with a press for each thing. */
export const TODAY: Screen = {
  path: "today",
  name: "Today",
  async show(visit) {
    const [part, ...rest] = visit.rest;
    if (part === undefined) return todayPage(visit);
    const deployment = await visit.reach();
    if (part === "tray") return unmatchedPage(await showUnmatched(deployment, rest.join("/")));
    if (part !== "dead-letters") return undefined;
    const [queue = ""] = rest;
    const lines: string[] = [];
    for await (const line of showDeadLetters(deployment, queue)) lines.push(line);
    return wordsPage(`What the ${queue} queue has given up`, lines.join("\n"));
  },
  acts: {
    "send-parked": async ({ reach, form }) => ({
      says: await runTyped(await reach(), ["parked", "send"], { only: form.get("only"), yes: true }),
    }),
    redrive: async ({ reach, form }) => ({
      says: await runTyped(await reach(), ["dead-letters", "redrive"], { only: form.get("only"), yes: true }),
    }),
  },
};

/** Who wrote, and what, as far as it can be read; below it the mail as it came. */
async function unmatchedPage(raw: string): Promise<Shown> {
  const title = "An email of nobody we know";
  const mail = await parseInbound(Buffer.from(raw)).catch(() => undefined);
  return {
    title,
    body: html`<p><a href="/">Today</a></p><h1>${title}</h1>
    ${
      mail &&
      html`<section class="sheet"><p>${mail.from ? html`<a href="mailto:${mail.from}">${mail.from}</a>` : "No sender"}: ${mail.subject || "no subject"}</p>
      ${mail.text && html`<blockquote class="words theirs">${mail.text}</blockquote>`}
      <p class="quiet small">It is kept for 90 days. An answer leaves from your own mail program, and from your own address.</p></section>`
    }
    <details><summary>As it came</summary><pre class="wrap">${raw}</pre></details>`,
  };
}

const wordsPage = (title: string, words: string): Shown => ({
  title,
  body: html`<p><a href="/">Today</a></p><h1>${title}</h1><pre class="wrap">${words}</pre>`,
});

async function todayPage(visit: Visit): Promise<Shown> {
  const deployment = await visit.reach();
  const checks = findChecks(deployment);
  const today = await readToday(deployment);
  const { clock, settings, content } = deployment.services;
  const ids = today.next.flatMap(({ subscriber }) => (subscriber === undefined ? [] : [subscriber]));
  const readers = await deployment.allPeople.subscribers([...new Set(ids)].filter((id) => id !== OWNER_ID));
  const names = new Map(readers.map(({ id, firstName, address }) => [id, firstName || address]));
  const around = { now: clock.now(), zone: settings.defaultZone, courses: content.courses, names };
  return {
    body: html`<h1>${heading(today)}</h1>
    <div class="split wide-first"><section aria-label="What waits">
      ${today.waiting.length === 0 && html`<p class="sheet">Nobody waits for you. What readers write stands in <a href="/replies">Replies</a>.</p>`}
      ${today.waiting.length > 0 && html`<ul class="rows sheet">${today.waiting.map((thing) => waitingRow(visit, thing, around.now))}</ul>`}
      ${today.hasMore && html`<p><a href="/replies?which=waiting">More waits than is shown here</a></p>`}
    </section><div>
      <section class="sheet"><h2>This week</h2>${weeks(today)}</section>
      <section class="sheet"><h2>All well?</h2><p id="well"${!checks && html` data-live`}><a href="/health">${checks ? verdict(checks.findings) : "It is being looked at."}</a></p><p class="small"><a href="/health#cost">${monthInWords(today.month)}</a></p></section>
      <section class="sheet"><h2>What leaves next</h2>${leaving(today, around)}</section>
    </div></div>`,
  };
}

function heading({ waiting, hasMore }: Today): string {
  if (waiting.length === 0) return "Nothing waits";
  if (waiting.length === 1) return "One thing waits for you";
  return `${hasMore ? "More than " : ""}${waiting.length} things wait for you`;
}

function waitingRow(visit: Visit, thing: WaitingThing, now: number): Html {
  const { what, since, says, reply } = thing;
  const age = since === undefined ? "" : ` ${lengthInWords(now - since)} ago.`;
  if (!reply)
    return html`<li><p>${says}<span class="quiet">${age}</span></p><div class="inline">${actsOf(visit, thing)}</div></li>`;
  const { name, reader, reply: written } = reply;
  const path = `/replies/${name}`;
  return html`<li class="${what}">
    <p><a href="${path}?which=waiting"><b>${reader.firstName || reader.address}</b></a> <span class="quiet">${says}${age}</span></p>
    <blockquote class="words theirs clipped">${written.ownWords}</blockquote>
    <div class="inline"><a class="button" href="${path}?which=waiting#answer">Answer</a>${actButton(visit, `${path}/done`, "Done")}</div></li>`;
}

/** The presses that deal with what is no reply. The last word of its command names it. */
function actsOf(visit: Visit, { what, act }: WaitingThing): Html {
  const named = act.split(" ").at(-1) ?? "";
  if (what === "parked") return actButton(visit, "/today/send-parked", "Send it", { only: named });
  if (what === "voices") return html`<a class="button" href="/voices">Choose</a>`;
  if (what === "unmatched") return html`<a class="button" href="/today/tray/${named}">Read it</a>`;
  return html`<a class="button" href="/today/dead-letters/${named}">Read them</a> ${actButton(visit, "/today/redrive", "Try them again", { only: named })}`;
}

function weeks({ week, lastWeek, report, month }: Today): Html {
  const figure = (name: string, key: "signedUp" | "active" | "replies") =>
    html`<div><dt>${name}</dt><dd>${week[key]} <small>last week ${lastWeek[key as keyof WeekSoFar]}</small></dd></div>`;
  return html`<dl class="figures"><div><dt>active readers</dt><dd><a href="/readers?status=active">${month.readers}</a></dd></div>${figure("signed up", "signedUp")}${figure("of them active", "active")}${figure("replies", "replies")}</dl>
    ${report && html`<p class="quiet small">Monday's report tells the rest of last week.</p>`}`;
}

interface Around {
  now: number;
  zone: string;
  courses: readonly Course[];
  /** Of readers, by their ids. */
  names: ReadonlyMap<string, string>;
}

const leaving = ({ next }: Today, around: Around): Html =>
  next.length === 0
    ? html`<p>Nothing within thirty days.</p>`
    : html`<ul class="rows">${groupNext(next).map((group) => html`<li>${leavingTogether(group, around)}</li>`)}</ul>`;

/** What leaves at the same moment to several readers is one line. */
function groupNext(next: readonly LeavesNext[]): LeavesNext[][] {
  const groups = new Map<string, LeavesNext[]>();
  for (const one of next) {
    const key = `${one.at} ${one.what} ${one.list}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

const WHAT: Readonly<Record<string, string>> = {
  lesson: "The next lesson",
  resume: "The end of a pause",
  digest: "What readers wrote, in one email",
  report: "The week's report",
  issue: "The issue",
  answer: "Your answer",
  prompt: "The automatic answer",
};

function leavingTogether(group: readonly LeavesNext[], { now, zone, courses, names }: Around): Html {
  const [{ at, what, list } = { at: now, what: "", list: "" }] = group;
  const title = courses.find(({ slug }) => slug === list)?.title ?? (what === "issue" ? "" : list);
  const issue = what === "issue" && html` <a href="/newsletter/${list ?? ""}">${list}</a>`;
  const ids = group.flatMap(({ subscriber }) => (subscriber === undefined ? [] : [subscriber]));
  const link = (id: string) =>
    id === OWNER_ID ? html`you` : html`<a href="/readers/${id}">${names.get(id) ?? "a reader"}</a>`;
  return html`${WHAT[what] ?? what.replaceAll("-", " ")}${issue}${title && ` of ${title}`}${ids.length > 0 && html` for ${ids.map((id, place) => html`${place > 0 && ", "}${link(id)}`)}`}<br><time class="small">${at <= now ? "now" : deskMoment(at, zone)}</time>`;
}
