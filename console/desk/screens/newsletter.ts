import { checkIssue } from "../../../authoring/checks/check-content.ts";
import type { Finding } from "../../../authoring/checks/finding.ts";
import { issueProblems, issuesHere } from "../../../authoring/content-here.ts";
import { inScheme, type Scheme } from "../../../authoring/preview/view.ts";
import { sampleComposition } from "../../../authoring/samples.ts";
import { ArgumentError } from "../../../cli/arguments.ts";
import { type Html, html } from "../../../cli/html.ts";
import { ROOT } from "../../../cli/root.ts";
import { firstCourse } from "../../../functions/domain/content.ts";
import type { Broadcast } from "../../../functions/domain/newsletter/broadcast.ts";
import { type Instant, iso, SECOND } from "../../../functions/domain/time.ts";
import type { Composed } from "../../../functions/mail/compose/composition.ts";
import { composeIssue } from "../../../functions/mail/compose/issue.ts";
import type { Deployment } from "../../connect.ts";
import { EVERYBODY } from "../../issue/audience.ts";
import { findIssue, runIssue } from "../../issue/issue.ts";
import { type IssueRow, readIssueRows } from "../../issue/list.ts";
import { isAnybodyMailed } from "../../issue/plan-anew.ts";
import { type SendFlags, sendIssue } from "../../issue/send.ts";
import { broadcastStage, countBroadcast, sumCounts } from "../../issue/status.ts";
import { deskMoment, withoutUtc, withTitles } from "../owners-words.ts";
import {
  actButton,
  askedFirst,
  type Done,
  labelled,
  type Screen,
  type Shown,
  type Visit,
} from "../screen.ts";
import { audienceFields, readAudienceFields, whenFields } from "./audience-form.ts";

/** Issues of the newsletter, from the draft to the last reader: what `issue` does at the command line. */
export const NEWSLETTER: Screen = {
  path: "newsletter",
  name: "Newsletter",
  async show(visit) {
    const [slug, part] = visit.rest;
    if (slug === undefined) return listPage(await visit.reach());
    if (part === "mail") return mailDocument(await visit.reach(), slug, visit.query);
    return part === undefined ? issuePage(visit, slug) : undefined;
  },
  acts: {
    test,
    archive,
    pause: (visit) => run(visit, "pause"),
    resume: (visit) => run(visit, "resume"),
    cancel: (visit) => run(visit, "cancel"),
    send: (visit) => run(visit, "send", visit.form),
  },
};

type IssueSteer = "pause" | "resume" | "cancel" | "send";

async function run(
  { reach, rest: [slug = ""] }: Visit,
  verb: IssueSteer,
  form = new URLSearchParams(),
): Promise<Done> {
  const deployment = await withMails(await reach());
  const flags = readSendFlags(form, deployment.services.clock.now());
  const says = await runIssue(verb, slug, deployment, { ...flags, yes: true });
  // How far it has come stands on the page itself.
  const { content } = deployment.services;
  return {
    says:
      verb === "send" ? withTitles(`${slug} leaves as it stands here.`, content) : withTitles(says, content),
    to: `/newsletter/${slug}`,
  };
}

async function test({ reach, rest: [slug = ""] }: Visit): Promise<Done> {
  const deployment = await withMails(await reach());
  const { stage, services } = deployment;
  const says = await runIssue("test", slug, deployment, { yes: true });
  const inbox =
    stage === "local" ? " On this machine, the inbox that npm start shows has it in a moment." : "";
  return {
    says: `${withTitles(says, services.content)} That is ${services.settings.ownerMailbox}.${inbox}`,
    to: `/newsletter/${slug}`,
  };
}

/** Out of the archive or into it, wherever its sending stands: nothing else of it is changed. */
async function archive({ reach, rest: [slug = ""], form }: Visit): Promise<Done> {
  const archive = form.get("archive") === "public" ? "public" : "private";
  await runIssue("send", slug, await withMails(await reach()), { archive, yes: true });
  return {
    says:
      archive === "public"
        ? "It stands in the public archive, from its first mail on."
        : "It is not in the public archive any more.",
    to: `/newsletter/${slug}`,
  };
}

/** With what mails are rendered from: only what sends or shows one needs it. */
async function withMails(deployment: Deployment): Promise<Deployment> {
  const content = await issuesHere(ROOT, () => {});
  return { ...deployment, services: { ...deployment.services, content } };
}

async function listPage(deployment: Deployment): Promise<Shown> {
  const rows = await readIssueRows(ROOT, deployment);
  const groups = GROUPS.map(([title, states]) => ({
    title,
    rows: rows.filter(({ state }) => states.includes(state)),
  }));
  const { settings } = deployment.services;
  return {
    body: html`<h1>Newsletter</h1>
    ${rows.length === 0 && html`<p>There is no issue yet. Write one: <code>content/newsletter/SLUG.md</code>; docs/NEWSLETTER.md says how.</p>`}
    ${groups.map((group) => group.rows.length > 0 && issueTable(group.title, group.rows, settings.defaultZone))}
    <p class="quiet small">Moments by the clock of ${settings.defaultZone}, the stage's zone.${settings.archive && html` <a href="${deployment.services.webOrigin}/issues">The archive</a>`}</p>`,
  };
}

const GROUPS: [title: string, states: IssueRow["state"][]][] = [
  ["On its way", ["sending", "paused"]],
  ["Scheduled", ["scheduled"]],
  ["Ready to send", ["checked"]],
  ["Drafts, with something to mend", ["draft"]],
  ["Sent", ["sent"]],
  ["Cancelled", ["cancelled"]],
];

const issueTable = (title: string, rows: IssueRow[], zone: string): Html => html`<h2>${title}</h2>
  <ul class="rows sheet">${rows.map(
    ({ slug, subject, leaves }) => html`<li><a href="/newsletter/${slug}">${subject || slug}</a>
    <span class="quiet small">${slug}${leaves !== undefined && `, ${deskMoment(leaves, zone)}`}</span></li>`,
  )}</ul>`;

async function issuePage(visit: Visit, slug: string): Promise<Shown | undefined> {
  const deployment = await visit.reach();
  const { services } = deployment;
  const broadcast = await services.broadcasts.broadcast(slug);
  const mails = await withMails(deployment);
  const issue = mails.services.content.issues?.find((one) => one.slug === slug);
  const unreadable = issue ? undefined : await issueProblems(slug);
  if (!issue && !unreadable && !broadcast) return undefined;
  const findings = issue ? await checkIssue(ROOT, slug) : [];
  // A page that looks again by itself wants to know how far it has come, and no audience counted.
  const isSendable = issue && !visit.query.has("live") && !hasError(findings);
  return {
    title: issue?.title ?? broadcast?.title ?? slug,
    body: html`<p><a href="/newsletter">Newsletter</a></p>
    <h1>${issue?.title ?? broadcast?.title ?? slug}</h1>
    ${broadcast && (await progress(visit, deployment, broadcast))}
    ${unreadable !== undefined && html`<section class="sheet"><h2>This cannot be read yet</h2>${unreadable.split("\n").map((line) => html`<p class="bad">${line}</p>`)}</section>`}
    ${issue && checkSection(findings)}
    ${isSendable && (await maySend(visit, deployment, broadcast)) && (await sendSection(visit, mails, slug, broadcast))}
    ${issue && previewSection(visit, slug)}`,
  };
}

/** What was never sent, was cancelled, or is to leave otherwise than it was planned: as long as nobody was mailed. */
async function maySend(
  { query }: Visit,
  { services, allPeople }: Deployment,
  broadcast: Broadcast | undefined,
): Promise<boolean> {
  if (!broadcast) return true;
  if (broadcast.status !== "cancelled" && !query.has("anew")) return false;
  return !(await isAnybodyMailed({ ...services, allPeople }, broadcast));
}

const hasError = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === "error");

const checkSection = (findings: readonly Finding[]): Html =>
  findings.length === 0
    ? html`<p class="quiet">The checks have nothing to say against it.</p>`
    : html`<section class="sheet"><h3>${hasError(findings) ? "To mend before it can be sent" : "To look at"}</h3>
    <ul class="rows">${findings.map(
      ({ file, line, says, doThis, severity }) =>
        html`<li${severity === "error" && html` class="bad"`}>${says}. ${doThis}. <span class="quiet small">${file}:${line}</span></li>`,
    )}</ul></section>`;

async function progress(
  visit: Visit,
  { services, allPeople }: Deployment,
  broadcast: Broadcast,
): Promise<Html> {
  const { zones } = await countBroadcast(services, allPeople, broadcast);
  const all = sumCounts(zones);
  const stage = broadcastStage(broadcast, all.waiting > 0, services.clock.now());
  const zone = services.settings.defaultZone;
  const { slug, when, audience, isPrivate, perDay } = broadcast;
  const isLive = stage === "sending" || stage === "scheduled" || stage === "paused";
  return html`<section class="sheet" id="progress"${isLive && html` data-live`}>
    <p><span class="tag strong">${stage}</span> ${when.local ? `at ${when.local} on each reader's clock, from ` : ""}${deskMoment(when.from, zone)}${perDay !== undefined && `, ${perDay} in 24 hours`}${isPrivate && ", not in the archive"}</p>
    <p class="quiet">To ${audience}</p>
    <progress max="${Math.max(1, all.readers)}" value="${all.readers - all.waiting}" aria-label="Sent so far"></progress>
    <dl class="figures">${PROGRESS.map(([key, name]) => html`<div><dt>${name}</dt><dd>${all[key]}</dd></div>`)}</dl>
    <div class="inline">
    ${stage === "sending" || stage === "scheduled" ? actButton(visit, `/newsletter/${slug}/pause`, "Pause") : ""}
    ${stage === "paused" && actButton(visit, `/newsletter/${slug}/resume`, "Go on")}
    ${isLive && askedFirst(visit, `/newsletter/${slug}/cancel`, "Cancel for good", ["Who has not got it never will, unless nobody has and it is sent anew."])}
    ${isLive && all.sent === 0 && html`<a class="button" href="/newsletter/${slug}?anew=yes#anew">Another moment or audience</a>`}
    ${services.settings.archive && stage !== "cancelled" && archiveButton(visit, slug, isPrivate)}
    </div>
  </section>`;
}

const archiveButton = (visit: Visit, slug: string, isPrivate = false): Html =>
  isPrivate
    ? askedFirst(
        visit,
        `/newsletter/${slug}/archive`,
        "Show it in the archive",
        ["Everybody can read it there, and the feed has it."],
        { archive: "public" },
      )
    : askedFirst(
        visit,
        `/newsletter/${slug}/archive`,
        "Take it out of the archive",
        ["Its page and its place in the feed are gone; the mails that have left keep their words."],
        { archive: "private" },
      );

const PROGRESS = [
  ["readers", "readers"],
  ["sent", "sent"],
  ["delivered", "arrived"],
  ["waiting", "waiting"],
  ["bounced", "bounced"],
  ["left", "left by it"],
  ["replied", "replied"],
] as const;

/** Whom and when, by choices; how many they are and who is left out, before anything is sent. */
async function sendSection(
  visit: Visit,
  deployment: Deployment,
  slug: string,
  planned: Broadcast | undefined,
): Promise<Html> {
  const isCounted = visit.query.has("count");
  const isAnew = planned !== undefined && planned.status !== "cancelled";
  const { content, settings } = deployment.services;
  const counted = isCounted ? await count(deployment, slug, visit.query) : undefined;
  return html`<section>
    ${
      isAnew
        ? html`<h2 id="anew">Send it otherwise</h2><p>Nobody was mailed yet. What you do not choose stays: it goes to ${planned?.audience}. For all, the word of your own is <code>${EVERYBODY}</code>.</p>`
        : html`<h2>Send it</h2>`
    }
    <form method="get" action="/newsletter/${slug}" class="sheet">
      ${audienceFields(visit.query, content)}
      ${whenFields(visit.query, settings.defaultZone)}
      <input type="hidden" name="count" value="yes">${visit.query.has("view") && html`<input type="hidden" name="view" value="${visit.query.get("view") ?? ""}">`}${isAnew && html`<input type="hidden" name="anew" value="yes">`}
      <button>Whom does it go to?</button>
    </form>
    ${
      counted &&
      html`<div class="sheet" id="counted">${labelled(counted.says.map(withoutUtc))}
      ${counted.isSendable && askedFirst(visit, `/newsletter/${slug}/send`, "Send it to them", [SENDS], sendFields(visit.query))}</div>`
    }
    ${actButton(visit, `/newsletter/${slug}/test`, "Send a test to me")}
  </section>`;
}

const SENDS =
  "It leaves as it stands above. You can pause or cancel it at any time; who has got it by then keeps it.";

async function count(
  deployment: Deployment,
  slug: string,
  query: URLSearchParams,
): Promise<{ says: string[]; isSendable: boolean }> {
  const issue = await findIssue(deployment.services.content, slug);
  try {
    const { says } = await sendIssue(
      issue,
      deployment,
      { ...readSendFlags(query, deployment.services.clock.now()), "dry-run": true },
      () => {},
    );
    return { says, isSendable: !says.some((line) => line.startsWith("0 readers")) };
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    return { says: [error.message], isSendable: false };
  }
}

/** The same choices, for the form that sends. */
const sendFields = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...query]
      .filter(([name]) => name !== "count" && name !== "live")
      .map(([name]) => [name, query.getAll(name).join("|")]),
  );

/** A plan that stands keeps its moment unless another is said: "now" is one that is just ahead. */
const JUST_AHEAD = 10 * SECOND;

/** The flags of `issue send`, as the form's choices say them. Throws an ArgumentError for a moment that is half said. */
function readSendFlags(form: URLSearchParams, now: Instant): SendFlags {
  const perDay = form.get("per-day");
  const archive = form.get("archive");
  return {
    ...readAudienceFields(form),
    ...readWhenFields(form, now),
    ...(perDay && { "per-day": perDay }),
    ...(archive && { archive }),
  };
}

/** Nothing leaves at once because a field was left empty, or a choice was not made beside one that is filled in. */
function readWhenFields(form: URLSearchParams, now: Instant): Pick<SendFlags, "at" | "local"> {
  const [at, local, day] = ["at", "local", "day"].map((name) => form.get(name)?.trim() || undefined);
  switch (form.get("when")) {
    case "at":
      if (at === undefined) throw new ArgumentError("At which moment? Fill it in, or choose another time.");
      return { at };
    case "local":
      if (local === undefined) throw new ArgumentError("At which hour? Fill it in, or choose another time.");
      return { local, ...(day !== undefined && { at: day }) };
    default:
      if (at !== undefined || day !== undefined)
        throw new ArgumentError(
          "A moment is filled in, and “Now” is chosen. Choose the line in which it stands, or empty it.",
        );
      return form.has("anew") ? { at: iso(now + JUST_AHEAD) } : {};
  }
}

const VIEWS = [
  ["desk", "Screen"],
  ["phone", "Phone"],
  ["dark", "Dark"],
  ["text", "Plain text"],
] as const;

function previewSection(visit: Visit, slug: string): Html {
  const view = VIEWS.find(([name]) => name === visit.query.get("view"))?.[0] ?? "desk";
  // What is chosen above stays chosen.
  const viewed = (name: string) =>
    new URLSearchParams(
      [...visit.query].filter(([key]) => key !== "live" && key !== "view").concat([["view", name]]),
    );
  return html`<h2 id="preview">As it arrives</h2>
  <p class="inline">${VIEWS.map(([name, says]) => html`<a href="/newsletter/${slug}?${viewed(name).toString()}#preview"${name === view && html` aria-current="true"`}>${says}</a>`)}</p>
  <iframe class="mail ${view}" title="The mail, ${view}" src="/newsletter/${slug}/mail?view=${view}"></iframe>`;
}

async function mailDocument(
  deployment: Deployment,
  slug: string,
  query: URLSearchParams,
): Promise<Shown | undefined> {
  const { content, settings } = (await withMails(deployment)).services;
  const issue = content.issues?.find((one) => one.slug === slug);
  if (!issue) return undefined;
  const view = query.get("view");
  const mail = composeIssue(
    sampleComposition(content, firstCourse({ content, settings }), "issue", slug, { issue, settings }),
  );
  return { body: html``, document: asDocument(mail, view ?? "desk") };
}

function asDocument(mail: Composed, view: string): string {
  if (view === "text")
    return html`<!doctype html><meta charset="utf-8"><title>Plain text</title><pre style="white-space:pre-wrap;font:15px/1.5 monospace">${mail.text}</pre>`
      .markup;
  const scheme: Scheme = view === "dark" ? "dark" : "light";
  return inScheme(mail.html, scheme);
}
