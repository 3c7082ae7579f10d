import { ArgumentError } from "../../../cli/arguments.ts";
import { type Html, html } from "../../../cli/html.ts";
import { answerReader } from "../../../functions/consent/answer-reader.ts";
import type { Content } from "../../../functions/domain/content.ts";
import type { Reflection, ReplyKind } from "../../../functions/domain/replies/reflection.ts";
import { KIND_IN_WORDS } from "../../replies/kind-in-words.ts";
import { type ListedReply, listReplies, type RepliesPage } from "../../replies/list-replies.ts";
import { markReply } from "../../replies/mark-reply.ts";
import { type Conversation, readConversation, type Turn } from "../../replies/read-conversation.ts";
import { type ReplyKey, readReplyName, replyName, requireReplyKey } from "../../replies/reply-name.ts";
import { deskMoment } from "../owners-words.ts";
import { type Act, actButton, actForm, type Done, type Screen, type Shown, type Visit } from "../screen.ts";

/** What readers wrote, and the owner's answers: what `replies` does at the command line. */
export const REPLIES: Screen = {
  path: "replies",
  name: "Replies",
  async show(visit) {
    if (visit.rest.length === 0) return inboxPage(visit, undefined);
    const key = readReplyName(visit.rest.join("/"));
    return key && inboxPage(visit, key);
  },
  acts: {
    answer,
    done: mark("done", "Put aside.", "waiting"),
    waiting: mark("waiting", "It waits again.", "done"),
  },
};

async function answer({ reach, rest, form, session }: Visit): Promise<Done> {
  const { subscriber, id } = requireReplyKey(rest.join("/"));
  const words = form.get("words") ?? "";
  // Until it is known to leave: a stage that does not answer loses nobody's words.
  session.drafts.set(rest.join("/"), words);
  const { services } = await reach();
  const outcome = await answerReader(services, { subscriber, reflection: id, words });
  if (outcome.is === "refused") throw new ArgumentError(`It was not sent. ${outcome.because}`);
  session.drafts.delete(rest.join("/"));
  if (outcome.is === "sent-before")
    return { says: "These words were sent to them before: nothing is sent again." };
  return { says: "Your answer leaves within a minute, in their thread." };
}

/** @param back the mark that takes it back */
function mark(as: "done" | "waiting", says: string, back: "done" | "waiting"): Act {
  return async ({ reach, rest, form }) => {
    const name = rest.join("/");
    const reply = await markReply(await reach(), requireReplyKey(name), as);
    if (!reply) throw new ArgumentError("This reply is not there any more.");
    const next = form.get("next");
    return {
      says,
      undo: { says: "Undo", path: `/replies/${name}/${back}`, fields: {} },
      ...(next && { to: next }),
    };
  };
}

const FILTERS = ["course", "lesson", "kind", "which", "before"] as const;

/** The list, and beside it the conversation that is open. */
async function inboxPage(visit: Visit, key: ReplyKey | undefined): Promise<Shown | undefined> {
  const deployment = await visit.reach();
  const { services } = deployment;
  const filters = new URLSearchParams(
    FILTERS.map((filter): [string, string] => [filter, visit.query.get(filter)?.trim() ?? ""]).filter(
      ([, value]) => value !== "",
    ),
  );
  const which = filters.get("which");
  const [page, open] = await Promise.all([
    listReplies(deployment, {
      course: filters.get("course") ?? undefined,
      lesson: filters.get("lesson") ?? undefined,
      kind: (filters.get("kind") ?? undefined) as ReplyKind | undefined,
      before: filters.get("before") ?? undefined,
      isUnanswered: which === "unanswered" ? true : undefined,
      isWaiting: which === "waiting" ? true : undefined,
    }),
    key && readConversation(deployment, key),
  ]);
  if (key && !open) return undefined;
  const name = key && replyName(key);
  const zone = services.settings.defaultZone;
  return {
    title: open ? `${open.reader.firstName || open.reader.address} wrote` : "Replies",
    body: html`<h1${open && html` class="beside"`}>Replies</h1>
    ${!open && filterForm(filters, services.content)}
    <div class="split${open && " open"}">
      <div class="list sheet">${listOf(page, { filters, open: name, zone, services })}</div>
      ${open ? conversation(visit, open, filters, neighbours(page, name)) : html`<p class="quiet only-wide">Choose one. By keyboard: <kbd>j</kbd> and <kbd>k</kbd> to the next and the one before, <kbd>r</kbd> to answer, <kbd>e</kbd> when it is done.</p>`}
    </div>`,
  };
}

function filterForm(filters: URLSearchParams, { courses }: Content): Html {
  const select = (
    name: string,
    label: string,
    options: readonly (readonly [value: string, says: string])[],
    none: string,
  ) =>
    html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${none}</option>${options.map(([value, says]) => html`<option value="${value}"${value === filters.get(name) && html` selected`}>${says}</option>`)}</select></div>`;
  const lessons = courses.flatMap(({ lessons }) => lessons.map(({ slug, title }) => [slug, title] as const));
  return html`<form method="get" action="/replies" class="inline sheet">
    ${select("which", "Which", WHICH, "all")}
    ${
      courses.length > 1 &&
      select(
        "course",
        "Course",
        courses.map(({ slug, title }) => [slug, title] as const),
        "any",
      )
    }
    ${lessons.length > 0 && select("lesson", "Lesson", lessons, "any")}
    ${select("kind", "Kind", KINDS, "any")}
    <button>Show</button>
  </form>`;
}

const WHICH = [
  ["waiting", "waiting for you"],
  ["unanswered", "not answered"],
] as const;
const KINDS = (Object.entries(KIND_IN_WORDS) as [ReplyKind, string][]).filter(
  ([kind]) => kind !== "owner-answer",
);

interface ListAround {
  filters: URLSearchParams;
  open: string | undefined;
  zone: string;
  services: { content: Content };
}

function listOf({ replies, before }: RepliesPage, { filters, open, zone, services }: ListAround): Html {
  const here = filters.toString();
  const next = new URLSearchParams(filters);
  if (before !== undefined) next.set("before", before);
  if (replies.length === 0)
    return html`<p class="quiet">Nothing is here${here && " with these choices"}.</p>`;
  return html`${replies.map(
    ({
      name,
      reply,
      reader,
      isWaiting,
    }) => html`<a class="item" href="/replies/${name}${here && `?${here}`}"${name === open && html` aria-current="true"`}>
      <p><b>${reader.firstName || reader.address}</b> ${isWaiting && html`<span class="tag strong">waits</span> `}<span class="tag">${KIND_IN_WORDS[reply.replyKind]}</span></p>
      <p class="clipped">${reply.ownWords}</p>
      <p class="quiet small">${lessonTitle(services.content, reply)}, ${deskMoment(reply.receivedAt, zone)}</p></a>`,
  )}
    ${before !== undefined && html`<p><a href="/replies?${next.toString()}">Older</a></p>`}`;
}

const lessonTitle = ({ courses }: Content, { course, lesson }: Reflection): string =>
  courses.find(({ slug }) => slug === course)?.lessons.find(({ slug }) => slug === lesson)?.title ?? lesson;

/** Where `done` leads to: the next of the list, so that a morning's replies are gone through one by one. */
function neighbours({ replies }: RepliesPage, name: string | undefined): ListedReply | undefined {
  const at = replies.findIndex((one) => one.name === name);
  return replies[at + 1] ?? replies[at - 1];
}

function conversation(
  visit: Visit,
  { name, reader, reply, turns, isWaiting, refusal }: Conversation,
  filters: URLSearchParams,
  next: ListedReply | undefined,
): Html {
  const path = `/replies/${name}`;
  const here = filters.toString() && `?${filters.toString()}`;
  const isDone = reply.doneAt !== undefined;
  return html`<article>
    <p class="only-narrow"><a href="/replies${here}">All replies</a></p>
    <h2><a href="/readers/${reader.id}">${reader.firstName || reader.address}</a></h2>
    <p class="quiet small">${reader.address}. ${reader.zone}${isWaiting && html` <span class="tag strong">waits for you</span>`}${isDone && html` <span class="tag">put aside</span>`}${reply.isUnproven && html` <span class="tag">sender not proven</span>`}${reply.isFromPage && html` <span class="tag">written on the page</span>`}</p>
    <ol class="turns">${turns.map((turn) => turnOf(turn, reader.zone))}</ol>
    ${
      refusal === undefined
        ? actForm(
            visit,
            `${path}/answer`,
            {},
            html`<label for="answer">Your answer</label>
            <textarea id="answer" name="words" data-draft="${name}" required>${visit.session.drafts.get(name) ?? ""}</textarea>
            <p class="inline"><button class="main">Send it in their thread</button> <output class="quiet small"></output></p>
            <p class="quiet small">Neither of you sees the other's address.</p>`,
          )
        : html`<p class="sheet">No answer can be sent: ${refusal}</p>`
    }
    ${isDone ? actButton(visit, `${path}/waiting`, "Not done after all") : actForm(visit, `${path}/done`, next ? { next: `/replies/${next.name}${here}` } : {}, html`<button data-key="e">Done</button>`)}
  </article>`;
}

const turnOf = (
  { at, who, says, words, state, isAsked }: Turn,
  zone: string,
): Html => html`<li class="turn ${who}${isAsked && " asked-for"}">
  <p class="quiet small"><span class="says">${says}</span>${state && `, ${state}`}. <time>${deskMoment(at, zone)}</time></p>
  ${words && html`<blockquote class="words${who === "reader" && " theirs"}">${words}</blockquote>`}</li>`;
