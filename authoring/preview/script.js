// The preview works without this script; with it, it follows what is saved, and the keyboard.

/** Exchanges the parts that a save has changed, and leaves the place in the list and the scrolling alone. */
async function refresh() {
  const response = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(part.id);
    if (!other || other.innerHTML === part.innerHTML) continue;
    const focused = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
    part.innerHTML = other.innerHTML;
    if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  }
  fitFrames();
}

/** Each is as high as what it shows. */
function fitFrames() {
  for (const frame of document.querySelectorAll("iframe")) {
    const adjust = () => {
      const shown = frame.contentDocument?.documentElement;
      if (shown) frame.style.height = `${shown.scrollHeight}px`;
    };
    frame.addEventListener("load", adjust);
    if (frame.contentDocument?.readyState === "complete") adjust();
  }
}
fitFrames();

// Begins with what the page itself shows: what is saved before the connection stands is not missed.
let seen = document.body.dataset.build;
let refreshed = Promise.resolve();
const live = new EventSource("/live");
live.addEventListener("build", ({ data }) => {
  // One after another, so that an older answer never comes last.
  if (data !== seen) refreshed = refreshed.then(refresh, refresh);
  seen = data;
});
addEventListener("pagehide", () => live.close());

function step(by) {
  const links = [...document.querySelectorAll("[data-exhibit]")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  links[Math.min(links.length - 1, Math.max(0, at + by))]?.click();
}
function nextReader() {
  const links = [...document.querySelectorAll(".readers a")];
  links[(links.findIndex((link) => link.hasAttribute("aria-current")) + 1) % links.length]?.click();
}
const KEYS = { j: () => step(1), k: () => step(-1), r: nextReader };
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
// As whom: what is chosen is shown at once, what is written when it is sent.
document.getElementById("whom").addEventListener("change", ({ target }) => {
  if (target.matches("select")) target.form.requestSubmit();
});
const list = document.getElementById("list");
const current = list.querySelector("[aria-current]");
if (current) list.scrollTop = current.offsetTop - list.clientHeight / 2;
