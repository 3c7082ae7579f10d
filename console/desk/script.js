// The desk works without this script; with it, it keeps drafts, follows what is going on, and has keys.

// A link was opened: it is shown to be meant by a page of this desk, not by whatever looked at the link.
document.querySelector("form[data-open]")?.requestSubmit();

// Its pages stand below a place that this browser knows and no other program; a link from elsewhere is led there.
const below = /^\/~[a-z0-9]+/.exec(location.pathname)?.[0] ?? "";
try {
  const known = localStorage.getItem("below");
  if (document.getElementById("screen")) localStorage.setItem("below", below);
  else if (document.querySelector("[data-closed]") && known && !below)
    location.replace(known + location.pathname + location.search);
} catch {
  // A browser that keeps nothing: the link of the window opens the desk.
}

// What is written and not sent yet is kept by the desk, in its memory.
const DRAFT_AFTER = 400;
for (const area of document.querySelectorAll("textarea[data-draft]")) {
  let waiting;
  const output = area.form.querySelector("output");
  const say = (words) => {
    if (output) output.value = words;
  };
  const rest = () => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  const keep = ({ isLast = false } = {}) => {
    rest();
    const form = new URLSearchParams({
      token: area.form.elements.token.value,
      draft: area.dataset.draft,
      words: area.value,
    });
    fetch(`${below}/draft`, { method: "POST", body: form, keepalive: isLast }).then(
      (kept) => say(kept.ok ? "Kept as a draft until the desk ends." : "The draft could not be kept."),
      () => say("The desk does not answer: the draft is only on this page."),
    );
  };
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, DRAFT_AFTER);
  });
  // What is being sent is no draft any more.
  area.form.addEventListener("submit", rest);
  addEventListener("pagehide", () => waiting !== undefined && keep({ isLast: true }));
}

// A form is sent once: a second press waits for the answer to the first.
for (const form of document.querySelectorAll('form[method="post"]'))
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    document.body.classList.add("busy");
  });
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  document.body.classList.remove("busy");
});

// Who fills in a moment chooses it.
addEventListener("input", ({ target }) => {
  const choice = target.closest("p")?.querySelector('.choice > input[type="radio"]');
  if (choice && target !== choice) choice.checked = true;
});

// What goes on by itself is looked at again, part by part; what the person is doing is left alone.
const LOOK_AGAIN_AFTER = 2_000;
const isLive = () => document.querySelector("[data-live]") !== null;
async function lookAgain() {
  if (!document.hidden) {
    const here = new URL(location.href);
    here.searchParams.set("live", "");
    const response = await fetch(here).catch(() => undefined);
    const fresh = response?.ok
      ? new DOMParser().parseFromString(await response.text(), "text/html")
      : undefined;
    for (const part of fresh ? document.querySelectorAll("[data-live]") : []) {
      const other = fresh.getElementById(part.id);
      if (!other) part.removeAttribute("data-live");
      else if (!part.contains(document.activeElement) && other.innerHTML !== part.innerHTML)
        part.innerHTML = other.innerHTML;
      if (other && !other.hasAttribute("data-live")) part.removeAttribute("data-live");
    }
  }
  if (isLive()) setTimeout(lookAgain, LOOK_AGAIN_AFTER);
}
if (isLive()) setTimeout(lookAgain, LOOK_AGAIN_AFTER);

function step(by) {
  const items = [...document.querySelectorAll("a.item")];
  const at = items.findIndex((item) => item.hasAttribute("aria-current"));
  items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))]?.click();
}
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => document.getElementById("answer")?.focus(),
  e: () => document.querySelector("[data-key='e']")?.click(),
  "/": () => document.querySelector("input[type='search']")?.focus(),
};
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.activeElement?.blur();
  // The answer leaves by keyboard as well.
  if (
    event.key === "Enter" &&
    (event.ctrlKey || event.metaKey) &&
    event.target.form &&
    event.target.matches("textarea")
  )
    return event.target.form.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
  if (!act) return;
  event.preventDefault();
  act();
});
document.querySelector("a.item[aria-current]")?.scrollIntoView({ block: "nearest" });
