import { posix } from "node:path";
import { DESK_ORIGIN } from "../../functions/domain/desk-origin.ts";
import { mailKind } from "../../functions/domain/sending/mail-kinds.ts";
import { findUrl } from "../../functions/domain/url.ts";
import type { Composed } from "../../functions/mail/compose/composition.ts";
import { isFarewell } from "../../functions/mail/compose/notice.ts";
import { CONTENT } from "../compile/sources.ts";
import type { Sample } from "../samples.ts";
import type { Finding } from "./finding.ts";
import { isRoute } from "./links.ts";

/** Bytes of UTF-8. Gmail cuts a mail off at 102 KB, its foot with it; longer links than a sample's need room. */
const MOST_HTML = 95_000;
const MUCH_HTML = 75_000;
/** Bytes of the pictures of a mail: a telephone on a train takes three seconds for a megabyte, if it asks at all. */
const MOST_PICTURES = 1_000_000;
const MUCH_PICTURES = 500_000;
const LONGEST_SUBJECT = 45;
/** Shorter, and the inbox shows what stands behind it. */
const SHORTEST_PREHEADER = 20;
const SHORTEST_TEXT = 80;
/** The files that a mail's words and looks come from: its template first. */
export const checkTemplates = ({ kind }: Sample): string[] => [
  `templates/emails/${kind}.mjml`,
  `templates/emails/${kind}.txt.hbs`,
];

/** What is wrong with a mail as its reader would get it. @param folder what its words are read from */
export function checkMail(sample: Sample, mail: Composed, folder = CONTENT): Finding[] {
  const [html = "", text = ""] = checkTemplates(sample);
  const source = sample.words ? posix.join(folder, sample.words) : html;
  return [
    ...measureSize(source, mail.html),
    ...measurePictures(source, weighPictures(sample, mail)),
    ...[...checkHead(sample, mail), ...checkBody(mail.html)].map((wrong) => mailFinding(sample, html, wrong)),
    ...checkTwin(mail.text).map((wrong) => mailFinding(sample, text, wrong)),
    ...checkFoot(sample, mail.html).map((wrong) => mailFinding(sample, html, wrong)),
    ...(isMissing(mail.text) ? [] : checkFoot(sample, mail.text)).map((wrong) =>
      mailFinding(sample, text, wrong),
    ),
  ];
}

type Wrong = [rule: string, says: string, doThis: string];

const mailFinding = ({ name }: Sample, file: string, [rule, says, doThis]: Wrong): Finding => ({
  file,
  line: 1,
  rule,
  says: `${says} (seen in ${name})`,
  doThis,
  severity: "error",
});

/** @param file what its words come from */
export function measureSize(file: string, html: string): Finding[] {
  const bytes = Buffer.byteLength(html);
  if (bytes <= MUCH_HTML) return [];
  const limit = bytes > MOST_HTML ? MOST_HTML : MUCH_HTML;
  return [
    {
      file,
      line: 1,
      rule: "html-size",
      says: `The HTML has ${Math.ceil(bytes / 1_000)} KB, more than ${limit / 1_000}; Gmail cuts a mail off at 102`,
      doThis: "Shorten it, or take something out of its template",
      severity: bytes > MOST_HTML ? "error" : "warning",
    },
  ];
}

/** Bytes of the pictures that a mail shows; of a picture and its dark variant, a reader's program asks for one. */
export function weighPictures(sample: Sample, { html }: Pick<Composed, "html">): number {
  const { pictures = [] } = sample.makeComposition({ name: "", subscriber: { address: "" } }).content;
  const asked = new Set([...html.matchAll(/<img src="[^"]*\/([^"/]+)"/g)].map(([, name]) => name));
  return pictures.reduce((sum, { name, bytes }) => sum + (asked.has(name) ? bytes.length : 0), 0);
}

/** @param file what its words come from */
function measurePictures(file: string, bytes: number): Finding[] {
  if (bytes <= MUCH_PICTURES) return [];
  const limit = bytes > MOST_PICTURES ? MOST_PICTURES : MUCH_PICTURES;
  return [
    {
      file,
      line: 1,
      rule: "pictures-weight",
      says: `Its pictures weigh ${Math.ceil(bytes / 1_000)} KB together, more than ${limit / 1_000}`,
      doThis: "Take one out, or save photos as JPEG",
      severity: bytes > MOST_PICTURES ? "error" : "warning",
    },
  ];
}

function checkHead({ kind }: Sample, { subject, html }: Composed): Wrong[] {
  const wrong: Wrong[] = [];
  // An answer has its reader's own subject, and what goes to the owner may name what was answered.
  const isTheAuthors = kind !== "prompt" && mailKind(kind).to === "reader";
  if (isTheAuthors && [...subject].length > LONGEST_SUBJECT)
    wrong.push([
      "subject-length",
      `The subject "${subject}" has ${[...subject].length} characters`,
      `Shorten it to ${LONGEST_SUBJECT}`,
    ]);
  if (!/<html\b[^>]*\blang="[a-z]{2}/i.test(html))
    wrong.push(["no-lang", "The HTML does not say its language", 'Write lang="en" in the layout\'s <mjml>']);
  if (readPreheader(html).length < SHORTEST_PREHEADER)
    wrong.push([
      "no-preheader",
      "There is no preheader, or a very short one",
      "Write the `preview` of its text; the layout's <mj-preview> shows it",
    ]);
  return wrong;
}

/** The words that an inbox shows behind the subject: what is hidden at the beginning of the body. */
const readPreheader = (html: string): string =>
  (/<body[\s\S]*?display:\s*none[^>]*>([^<]*)/i.exec(html)?.[1] ?? "").replace(/&[#\w]+;/g, " ").trim();

function checkBody(html: string): Wrong[] {
  const wrong: Wrong[] = [];
  for (const [image] of html.matchAll(/<img\b[^>]*>/gi)) {
    if (!/\balt="/i.test(image))
      wrong.push([
        "no-alt",
        `${image.slice(0, 80)} has no alt`,
        'Say in alt what it shows; alt="" if it only decorates',
      ]);
  }
  for (const [, href = ""] of html.matchAll(/\bhref="([^"]*)"/gi)) wrong.push(...findLink(decodeHref(href)));
  return [...wrong, ...leftOvers(html)];
}

const decodeHref = (href: string): string => href.replaceAll("&amp;", "&").replaceAll("&#x3D;", "=");

const OWN_HOST = "learn.course.example";

/** A link of ours must be a route of the website, or lead the owner to their desk; any other one must be whole. */
function findLink(href: string): Wrong[] {
  if (href.startsWith("mailto:") || href.startsWith(`${DESK_ORIGIN}/`)) return [];
  const url = findUrl(href);
  if (url?.protocol !== "https:")
    return [
      ["dead-link", `The link "${href}" leads nowhere`, "Link to a whole address, beginning with https://"],
    ];
  if (url.hostname !== OWN_HOST || isRoute(url.pathname, "GET")) return [];
  return [["dead-link", `The website answers nothing at ${url.pathname}`, "Link to a route of the website"]];
}

/** What should have been filled in and was not. */
function leftOvers(part: string): Wrong[] {
  const left = /\{\{[^}]*\}?\}?|\}\}|\[object \w+\]|\bundefined\b/.exec(part)?.[0];
  if (left === undefined) return [];
  return [["unfilled-field", `"${left}" is left in the mail`, "Fill it in, or take it out of the template"]];
}

const isMissing = (text: string): boolean => text.trim().length < SHORTEST_TEXT;

function checkTwin(text: string): Wrong[] {
  if (isMissing(text))
    return [
      [
        "no-text-part",
        "The mail has no plain-text part, or a very short one",
        "Write the plain-text twin: all the mail says",
      ],
    ];
  return leftOvers(text);
}

/** In both parts: who sends this, and how to get no more of it. */
function checkFoot({ kind, makeComposition }: Sample, part: string): Wrong[] {
  const { settings, links, dispatch } = makeComposition({
    name: "",
    subscriber: { address: "nobody@reader.example" },
  });
  const wrong: Wrong[] = [];
  if (!part.replace(/\s+/g, " ").includes(settings.postalAddress))
    wrong.push([
      "no-postal-address",
      "The sender's postal address is missing",
      "Write {{postalAddress}}; the law asks for it",
    ]);
  const hasUnsubscribe = mailKind(kind).hasUnsubscribe && !isFarewell(dispatch);
  if (hasUnsubscribe && !part.includes(links.unsubscribeUrl))
    wrong.push([
      "no-unsubscribe-link",
      "There is no link to unsubscribe by",
      "Write {{unsubscribeUrl}}; the law asks for it",
    ]);
  return wrong;
}
