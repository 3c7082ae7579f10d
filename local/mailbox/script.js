// The inbox works without this script; with it, it follows the clock and the keyboard.

/** Takes over what has changed on the server, and leaves what the person is doing alone. */
async function refresh() {
  const here = new URL(location.href);
  here.searchParams.set("live", "");
  const response = await fetch(here);
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(part.id);
    if (!other || other.innerHTML === part.innerHTML) continue;
    const focused = part.contains(document.activeElement) && document.activeElement.dataset.letter;
    part.innerHTML = other.innerHTML;
    if (focused) part.querySelector(`[data-letter="${focused}"]`)?.focus();
  }
}

// Begins with what the page itself shows: what happens before the connection stands is not missed.
let seen = document.body.dataset.revision;
let refreshed = Promise.resolve();
const live = new EventSource("/live");
live.addEventListener("state", (event) => {
  const state = JSON.parse(event.data);
  document.body.classList.toggle("busy", state.busy);
  // One after another, so that an older answer never comes last.
  if (state.revision !== seen) refreshed = refreshed.then(refresh, refresh);
  seen = state.revision;
});
addEventListener("pagehide", () => live.close());

// The mail is as high as it needs to be: the page scrolls, as in a mail program.
const frame = document.querySelector("iframe.body");
function fitFrame() {
  const page = frame.contentDocument?.documentElement;
  if (!page) return;
  frame.style.height = "0";
  frame.style.height = `${page.scrollHeight + 2}px`;
}
if (frame) {
  frame.addEventListener("load", fitFrame);
  addEventListener("resize", fitFrame);
  if (frame.contentDocument?.readyState === "complete") fitFrame();
}

// The first visit takes the zone of this machine.
const zone = document.getElementById("zone");
if (!document.cookie.includes("zone=")) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (own) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `zone=${encodeURIComponent(own)}; path=/; samesite=strict; max-age=31536000`;
    if (own !== zone.value) location.reload();
  }
}
document
  .getElementById("zones")
  .append(
    ...Intl.supportedValuesOf("timeZone").map((name) =>
      Object.assign(document.createElement("option"), { value: name }),
    ),
  );
zone.addEventListener("focus", () => zone.select());
zone.addEventListener("change", () => zone.form.requestSubmit());

for (const form of document.querySelectorAll("form"))
  form.addEventListener("submit", () => document.body.classList.add("busy"));

function step(by) {
  const letters = [...document.querySelectorAll("[data-letter]")];
  const at = letters.findIndex((letter) => letter.hasAttribute("aria-current"));
  letters[at < 0 ? 0 : Math.min(letters.length - 1, Math.max(0, at + by))]?.click();
}
const press = (selector) => document.querySelector(selector)?.click();
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => document.getElementById("words")?.focus(),
  n: () => press('.jumps [value="next"]'),
  1: () => press('[data-view="html"]'),
  2: () => press('[data-view="text"]'),
  3: () => press('[data-view="source"]'),
};
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.activeElement?.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
