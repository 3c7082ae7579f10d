import * as components from "@react-email/components";
import { render } from "@react-email/render";
import EmailTemplates from "email-templates";
import mjml2html from "mjml";
import nodemailer from "nodemailer";
import { createElement as h } from "react";
import type { Words } from "../hot-path.ts";

/** Pipelines that a person would build instead, each as its documentation shows it: words → the bytes of a mail. */
export const PIPELINES: Record<string, (words: Words) => Promise<Uint8Array>> = {
  "MJML a mail + nodemailer": async (words) =>
    bytesOf(words, (await mjml2html(mjmlOf(words))).html, words.text),
  "email-templates": async (words) => {
    const sent = await emails.send({ template: "lesson", message: addressed(words), locals: words });
    return sent.message as Uint8Array;
  },
  "react-email + nodemailer": async (words) =>
    bytesOf(words, await render(lesson(words)), await render(lesson(words), { plainText: true })),
};

const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });

const emails = new EmailTemplates({
  views: { root: new URL("templates", import.meta.url).pathname },
  transport,
  send: true,
  preview: false,
});

const addressed = ({ from, to, replyTo, subject, unsubscribeUrl }: Words) => ({
  from,
  to,
  replyTo,
  subject,
  headers: {
    "List-Unsubscribe": `<${unsubscribeUrl}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  },
});

async function bytesOf(words: Words, html: string, text: string): Promise<Uint8Array> {
  return (await transport.sendMail({ ...addressed(words), html, text })).message as Uint8Array;
}

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

const mjmlOf = (words: Words): string => `<mjml>
  <mj-head>
    <mj-title>${escaped(words.subject)}</mj-title>
    <mj-attributes>
      <mj-all font-family="Georgia, serif" />
      <mj-text font-size="18px" line-height="1.6" color="#2d2a26" padding="0" />
      <mj-class name="small" font-size="16px" color="#655d52" />
    </mj-attributes>
    <mj-style>@media (prefers-color-scheme: dark) { .panel { background: #24211e !important; } }</mj-style>
  </mj-head>
  <mj-body width="600px" background-color="#f4efe6">
    <mj-section css-class="panel" background-color="#fffdf9" padding="36px 48px 0 48px"><mj-column>
      <mj-text mj-class="small">${escaped(words.place)}</mj-text>
      <mj-text><h1>${escaped(words.title)}</h1></mj-text>
      <mj-text>${words.body}</mj-text>
      <mj-text font-size="26px" font-style="italic" color="#8f3a1f" align="center">${escaped(words.pullQuote)}</mj-text>
    </mj-column></mj-section>
    <mj-section background-color="#fffdf9" padding="12px 48px 32px 48px"><mj-column background-color="#f4efe6" border-left="4px solid #8f3a1f">
      <mj-text>${escaped(words.move)}</mj-text>
    </mj-column></mj-section>
    <mj-section background-color="#fffdf9" padding="0 48px 28px 48px"><mj-column>
      <mj-text>${escaped(words.question)}</mj-text>
      <mj-divider border-width="1px" border-color="#ddd2c0" />
      <mj-text mj-class="small">Next ${escaped(words.next)}</mj-text>
      <mj-text mj-class="small"><a href="${words.readerUrl}">Pause, change the hour, or see your journal</a><br /><a href="${words.unsubscribeUrl}">Unsubscribe</a></mj-text>
      <mj-text mj-class="small">${escaped(words.postalAddress)}</mj-text>
    </mj-column></mj-section>
  </mj-body>
</mjml>`;

const TEXT = { fontSize: 18, lineHeight: 1.6, color: "#2d2a26" };
const SMALL = { fontSize: 16, color: "#655d52" };

function lesson(words: Words) {
  const { Body, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } = components;
  return h(
    Html,
    { lang: "en" },
    h(Head, null),
    h(Preview, null, words.subject),
    h(
      Body,
      { style: { backgroundColor: "#f4efe6", fontFamily: "Georgia, serif" } },
      h(
        Container,
        { style: { backgroundColor: "#fffdf9", padding: "36px 48px" } },
        h(Text, { style: SMALL }, words.place),
        h(Heading, { style: { fontSize: 32, fontWeight: "normal" } }, words.title),
        // biome-ignore lint/security/noDangerouslySetInnerHtml: an author's own words
        h("div", { style: TEXT, dangerouslySetInnerHTML: { __html: words.body } }),
        h(Text, { style: { fontSize: 26, fontStyle: "italic", color: "#8f3a1f" } }, words.pullQuote),
        h(Section, { style: { borderLeft: "4px solid #8f3a1f" } }, h(Text, { style: TEXT }, words.move)),
        h(Text, { style: TEXT }, words.question),
        h(Hr, null),
        h(Text, { style: SMALL }, `Next ${words.next}`),
        h(Link, { href: words.readerUrl }, "Pause, change the hour, or see your journal"),
        h(Link, { href: words.unsubscribeUrl }, "Unsubscribe"),
        h(Text, { style: SMALL }, words.postalAddress),
      ),
    ),
  );
}
