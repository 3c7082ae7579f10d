import { describe, expect, it } from "vitest";
import { outcome, readList } from "./read-list.ts";

/** What becomes of a reader with this in their cell, beside one who has nothing said against them. */
async function becomes(heading: string, cell: string, other = ""): Promise<string[]> {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = [`Mail,${quoted(heading)}`, `a@x.example,${quoted(cell)}`, `b@x.example,${quoted(other)}`];
  return (await readList(lines, "email=Mail")).read.map(outcome);
}

describe("a heading of leaving, however it is written", () => {
  it.each([
    "Date unsubscribed",
    "isUnsubscribed",
    "email_unsubscribed_at",
    "Global unsubscribe",
    "HasOptedOutOfEmail",
    "EmailOptOut",
    "Opted out of email: Newsletter",
    "Marked as spam",
    "Bounces",
    "Bounce count",
    "Last bounce",
    "isEmailBounced",
    "Hard Bounces (30d)",
    "Complained on",
    "Suppression Reason",
    "Blacklisted?",
    "BLOCK_LISTED",
    "Invalid email address",
    "Deactivated",
    "Do not contact",
    "DoNotEmail",
    "Date left",
    "Left on",
    "Abmeldung",
    "Abmeldedatum",
    "Newsletter-Abmeldung",
    "Kündigungsdatum",
    "Gekuendigt am",
    "Ausgetragen am",
    "Widerruf vom",
    "Keine E-Mails",
    "Date de désinscription",
    "désabonné(e) le",
    "Résilié le",
    "Plaintes",
    "Ne pas contacter",
    "Fecha de cancelación",
    "Dado de baja",
    "Rebotes",
    "Data de cancelamento",
    "Descadastrado em",
    "Data cancellazione",
    "Disiscritto il",
    "Afgemeld op",
    "Uitgeschreven",
    "Datum opzegging",
    "Recusou",
    "a demandé le retrait",
    "Bitte keine Mails",
    "nicht mehr senden",
    "Unfollowed",
    "no longer wants mail",
    "ne souhaite plus recevoir",
    "Last delivery failure",
  ])("%s keeps out whoever has something below it, and nobody else", async (heading) => {
    for (const cell of ["2024-01-01", "1", "yes", "true", "✓", "some words"])
      expect(await becomes(heading, cell), cell).toEqual(["gone", "taken"]);
    for (const cell of ["0", "no", "false", "-", "nein", "non", "0%", "0000-00-00 00:00:00", "[]"])
      expect(await becomes(heading, cell), cell).toEqual(["taken", "taken"]);
  });

  it.each([
    "unsubscribe_url",
    "Unsubscribe link",
    "HasOptedOutOfFax",
    "SMS unsubscribed at",
    "Days left",
    "SMS Marketing opt-out",
    "Last active",
    "Emails received",
    "Signup form",
    "Active days",
    "Plan cancelled on",
    "Member no",
    "Bounty",
    "Left-handed pitcher",
  ])("%s is about something else", async (heading) => {
    expect(await becomes(heading, "2024-01-01")).toEqual(["taken", "taken"]);
  });

  it.each([
    "Unconfirmed",
    "Not confirmed",
    "Pending",
    "non confirmé",
    "No suscrito",
    "Nicht bestätigt",
    "Niet bevestigd",
  ])("%s is about who never confirmed", async (heading) => {
    expect(await becomes(heading, "1", "0")).toEqual(["unconfirmed", "taken"]);
  });

  it.each(["Not unsubscribed", "nicht abgemeldet", "No bounces", "Abo bis"])(
    "%s cannot be read: the whole file is refused, with how to say it",
    async (heading) => {
      const refused = becomes(heading, "true", "false");
      await expect(refused).rejects.toThrow(`the column "${heading}" seems to tell who has left`);
      await expect(refused).rejects.toThrow(`left=${heading}`);
      await expect(refused).rejects.toMatchObject({ name: "ArgumentError" });
      const lines = [`Mail,${heading}`, "a@x.example,unsubscribed", "b@x.example,active"];
      const { read } = await readList(lines, `email=Mail,status=${heading}`);
      expect(read.map(outcome)).toEqual(["gone", "taken"]);
    },
  );

  it("that names both is read by words only", async () => {
    for (const heading of ["Opt-in/Opt-out", "Subscribed or unsubscribed", "aktiv / abgemeldet"]) {
      expect(await becomes(heading, "yes", "subscribed"), heading).toEqual(["gone", "taken"]);
      expect(await becomes(heading, "opted out", "opted in"), heading).toEqual(["gone", "taken"]);
    }
  });
});

describe("a column of yeses", () => {
  it.each([
    "Marketing Consent",
    "opt_in",
    "Subscribed",
    "emailsEnabled",
    "Emails enabled",
    "Accepts Email Marketing",
    "GDPR consent",
    "Einwilligung E-Mail",
    "Abonné(e)",
    "Consentement",
    "Consentimiento de marketing",
    "Aceita e-mails",
    "receive_emails",
    "wantsNewsletter",
    "can_email",
    "Erhält Newsletter",
    "Consenso newsletter",
    "Toestemming",
  ])("%s lets in a yes, and nothing that is not known to be one", async (heading) => {
    for (const cell of [
      "yes",
      "TRUE",
      "1",
      "✓",
      "ja",
      "oui",
      "sí",
      "sim",
      "subscribed",
      "granted",
      "2024-01-01",
    ])
      expect(await becomes(heading, cell, "no"), cell).toEqual(["taken", "gone"]);
    for (const cell of [
      "withdrawn",
      "denied",
      "revoked",
      "off",
      "no, thanks",
      "widerrufen",
      "perhaps",
      "✗",
      "refusé",
    ])
      expect((await becomes(heading, cell, "yes"))[0], cell).toBe("gone");
    for (const cell of ["not yet", "pending", "keine Einwilligung", "en attente", "pendiente"])
      expect((await becomes(heading, cell, "yes"))[0], cell).toBe("unconfirmed");
  });

  it("says per line what is not known, and what to write", async () => {
    const { read } = await readList(["Mail,Consent", "a@x.example,perhaps"], "email=Mail,status=Consent");
    expect(read[0]).toMatchObject({ line: 2, says: expect.stringContaining('"perhaps"') });
    const { read: own } = await readList(["E-Mail,Consent", "a@x.example,perhaps", "b@x.example,yes"]);
    expect(own[0]).toMatchObject({
      line: 2,
      says: 'its Consent there is "perhaps", which is not known to mean yes; write "yes" if it does',
    });
  });

  it.each([
    "Confirmed",
    "confirmed_at",
    "isVerified",
    "Double opt-in",
    "Bestätigt am",
    "Confirmé le",
    "Confermato",
  ])("%s: whoever has nothing known to be a yes never confirmed", async (heading) => {
    for (const cell of ["yes", "2024-01-01 10:00", "true", "confirmed"])
      expect(await becomes(heading, cell, ""), cell).toEqual(["taken", "unconfirmed"]);
    for (const cell of ["not yet", "waiting", "email sent", "no", "0", "✗", "pending", "?"])
      expect((await becomes(heading, cell, "yes"))[0], cell).toBe("unconfirmed");
  });

  it("when somebody agreed may be unknown; that they did not is a no", async () => {
    expect(await becomes("Subscribed at", "2024-01-01", "")).toEqual(["taken", "taken"]);
    expect(await becomes("Subscribed at", "never", "2024-01-01")).toEqual(["gone", "taken"]);
    for (const heading of ["Consent source", "OPTIN_IP", "Opt-in form"])
      expect(await becomes(heading, "Footer"), heading).toEqual(["taken", "taken"]);
  });

  it("below a mail's own name counts where it answers, and is a name elsewhere", async () => {
    expect(await becomes("Email notifications", "Off", "On")).toEqual(["gone", "taken"]);
    expect(await becomes("Newsletter", "Weekly", "Monthly")).toEqual(["taken", "taken"]);
  });
});

describe("a status, by its words", () => {
  it.each([
    ["Plainte", "gone"],
    ["Nicht-Abonnent", "unconfirmed"],
    ["Cancelada la suscripción", "gone"],
    ["Se dio de baja", "gone"],
    ["a été désinscrit", "gone"],
    ["Marqué comme indésirable", "gone"],
    ["Hard-Bounce", "gone"],
    ["Unsubscribed (manually)", "gone"],
    ["Reported as spam", "gone"],
    ["OPTED_OUT", "gone"],
    ["NEVER_SUBSCRIBED", "unconfirmed"],
    ["Awaiting confirmation", "unconfirmed"],
    ["un\u200bsubscribed", "gone"],
    ["Cancelado", "gone"],
    ["Não confirmado", "unconfirmed"],
    ["Disiscritto", "gone"],
    ["Non confermato", "unconfirmed"],
    ["Uitgeschreven", "gone"],
    ["Niet bevestigd", "unconfirmed"],
    ["Afgemeld", "gone"],
    ["keine Mails mehr gewünscht", "gone"],
    ["no longer subscribed", "gone"],
    ["confirmation sent", "unconfirmed"],
  ])("%s is %s", async (word, is) => {
    expect((await becomes("Status", word, "active"))[0]).toBe(is);
  });

  it.each([
    "Subscribed",
    "active",
    "ACTIVE",
    "ac\u200btive",
    "Abonniert",
    "Abonné",
    "Suscrito",
    "Inscrito",
    "Iscritto",
    "Ingeschreven",
    "opted in",
    "Confirmé",
  ])("%s is in", async (word) => {
    expect((await becomes("Status", word, "bounced"))[0]).toBe("taken");
  });

  it("is known below any heading by one word for who is out, and then lets no unknown word in", async () => {
    const lines = [
      "Mail,Xyz",
      "a@x.example,Plainte",
      "b@x.example,Abonné",
      "c@x.example,ruht",
      "d@x.example,",
    ];
    expect((await readList(lines, "email=Mail")).read.map(outcome)).toEqual([
      "gone",
      "taken",
      "gone",
      "taken",
    ]);
    const free = ["Mail,Xyz", "b@x.example,Abonné", "c@x.example,ruht"];
    expect((await readList(free, "email=Mail")).read.map(outcome)).toEqual(["taken", "taken"]);
  });

  it("in notes and tags speaks of its own row alone", async () => {
    const notes = ["Mail,Notes", "a@x.example,unsubscribed", "b@x.example,met in Bern", "c@x.example,"];
    expect((await readList(notes, "email=Mail")).read.map(outcome)).toEqual(["gone", "taken", "taken"]);
    const tags = ["Mail,Tags", 'a@x.example,"VIP, Unsubscribed"', "b@x.example,VIP"];
    expect((await readList(tags, "email=Mail,tags=Tags")).read.map(outcome)).toEqual(["gone", "taken"]);
    const names = ["Mail,Last name", "a@x.example,Junk", "b@x.example,Lee"];
    expect((await readList(names, "email=Mail")).read.map(outcome)).toEqual(["taken", "taken"]);
    const many = Array.from({ length: 30 }, (_, at) => `p${at}@x.example,remark ${at}`);
    const remarks = ["Mail,Xyz", ...many, "z@x.example,bounced"];
    expect((await readList(remarks, "email=Mail")).read.map(outcome)).toEqual([
      ...many.map(() => "taken"),
      "gone",
    ]);
  });

  it("within a list of lists counts: who left one has left, who confirmed one has confirmed", async () => {
    const lists = (...states: string[]) =>
      JSON.stringify(states.map((state) => ({ name: "N", optin: "double", subscription_status: state })));
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const lines = [
      "uuid,email,name,status,created_at,lists",
      ...[
        lists("unsubscribed"),
        lists("confirmed", "unsubscribed"),
        lists("unconfirmed"),
        lists("confirmed", "unconfirmed"),
        "[{'name': 'N', 'subscription_status': 'unsubscribed'}]",
        '{"city":"Bern"}',
      ].map((text, at) => `u,p${at}@x.example,A,enabled,2024-01-02 03:04:05+00,${cell(text)}`),
    ];
    const { read } = await readList(lines);
    expect(read.map(outcome)).toEqual(["gone", "gone", "unconfirmed", "taken", "gone", "taken"]);
    expect(read[0]).toMatchObject({ says: 'within its lists, subscription_status is "unsubscribed" there' });
  });
});

/** As the tools' own help pages and public source describe them. */
describe("an export of a tool that has no name here", () => {
  it.each<[tool: string, heading: string, rows: [cells: string, is: string][]]>([
    [
      "HubSpot",
      "Email,Lead Status,Marketing contact status,Unsubscribed from all email,Email hard bounce reason,Invalid email address",
      [
        ["EMAIL,New,Marketing contact,,,false", "taken"],
        ["EMAIL,New,Marketing contact,true,,false", "gone"],
        ["EMAIL,New,Marketing contact,,UNKNOWN_USER,false", "gone"],
        ["EMAIL,New,Marketing contact,,,true", "gone"],
        ["EMAIL,New,Non-marketing contact,,,false", "gone"],
      ],
    ],
    [
      "Klaviyo",
      "Email,Email Marketing Consent,Email Suppressions,SMS Marketing Consent,First Active,Last Active",
      [
        ["EMAIL,SUBSCRIBED,,,2024-01-01,", "taken"],
        ["EMAIL,UNSUBSCRIBED,,SUBSCRIBED,2024-01-01,", "gone"],
        ["EMAIL,NEVER_SUBSCRIBED,,,,", "unconfirmed"],
        ["EMAIL,SUBSCRIBED,HARD_BOUNCE,,,", "gone"],
      ],
    ],
    [
      "Shopify",
      "Email,Accepts Email Marketing,Accepts SMS Marketing,Note",
      [
        ["EMAIL,yes,no,", "taken"],
        ["EMAIL,no,yes,", "gone"],
      ],
    ],
    [
      "MailPoet",
      "Email,List status,Global status,Confirmed on",
      [
        ["EMAIL,Subscribed,Subscribed,2024-01-01", "taken"],
        ["EMAIL,Unsubscribed,Subscribed,2024-01-01", "gone"],
        ["EMAIL,Subscribed,Bounced,2024-01-01", "gone"],
        ["EMAIL,Unconfirmed,Unconfirmed,", "unconfirmed"],
      ],
    ],
    [
      "phpList",
      "Email,confirmed,blacklisted,bouncecount,optedin,htmlemail,disabled",
      [
        ["EMAIL,1,0,0,1,1,0", "taken"],
        ["EMAIL,1,1,0,1,1,0", "gone"],
        ["EMAIL,1,0,3,1,1,0", "gone"],
        ["EMAIL,0,0,0,1,1,0", "unconfirmed"],
      ],
    ],
    [
      "CleverReach, in German",
      "Email,Aktiviert,Registriert,Deaktiviert,Bounce,Quelle",
      [
        ["EMAIL,01.02.2024 10:00,01.02.2024,,,Form", "taken"],
        ["EMAIL,01.02.2024,01.02.2024,05.06.2024,,Form", "gone"],
        ["EMAIL,01.02.2024,01.02.2024,,05.06.2024,Form", "gone"],
      ],
    ],
    [
      "Salesforce",
      "Email,HasOptedOutOfEmail,HasOptedOutOfFax,EmailBouncedReason,IsEmailBounced,IsDeleted",
      [
        ["EMAIL,0,1,,0,0", "taken"],
        ["EMAIL,1,0,,0,0", "gone"],
        ["EMAIL,0,0,bad domain,1,0", "gone"],
        ["EMAIL,0,0,,0,1", "gone"],
      ],
    ],
  ])("%s", async (_, heading, rows) => {
    const lines = [heading, ...rows.map(([cells], at) => cells.replace("EMAIL", `p${at}@x.example`))];
    const { read } = await readList(lines, "email=Email");
    expect(read.map(outcome)).toEqual(rows.map(([, is]) => is));
  });
});

describe("what is mapped to the newsletter", () => {
  it("still says who has left, also where the course is what they get", async () => {
    const ghost = ["id,email,subscribed_to_emails", "1,a@x.example,false", "2,b@x.example,true"];
    const { read } = await readList(ghost, "email=email,newsletter=subscribed_to_emails");
    expect(read.map(outcome)).toEqual(["gone", "taken"]);
    expect(read[1]).toMatchObject({ newsletter: true });
  });

  it("as a newsletter's own column says nothing about the course", async () => {
    const { read } = await readList(
      ["Mail,Newsletter", "a@x.example,no", "b@x.example,yes"],
      "email=Mail,newsletter=Newsletter",
    );
    expect(read).toMatchObject([{ newsletter: false }, { newsletter: true }]);
  });
});

describe("the name of a file", () => {
  const becomesIn = async (
    file: string,
    lines = ["Name,Email,Last activity,Last campaign", "A,a@x.example,,"],
  ) => (await readList(lines, undefined, file)).read.map(outcome);

  it.each([
    ["sendy-unsubscribed.csv", "gone"],
    ["lists/Kopie von nonsubscribed_email_audience_export_1.csv", "unconfirmed"],
    ["My list - bounced (2).csv", "gone"],
    ["suppression_complaints.csv", "gone"],
    ["hardbounces.csv", "gone"],
    ["do-not-email.csv", "gone"],
    ["UnsubscribedMembers.csv", "gone"],
    ["Abgemeldete.csv", "gone"],
    ["desabonnes.csv", "gone"],
    ["non-subscribed.csv", "unconfirmed"],
    ["unconfirmed_2024.csv", "unconfirmed"],
    ["subscribers.csv", "taken"],
    ["list-without-unsubscribed.csv", "taken"],
    ["bounces-removed.csv", "taken"],
    ["cleaned.csv", "taken"],
  ])("%s: %s", async (file, is) => {
    expect(await becomesIn(file)).toEqual([is]);
  });

  it("does not count where a column tells its people apart", async () => {
    const lines = ["Name,Email,Status", "A,a@x.example,Active", "B,b@x.example,Unsubscribed"];
    expect(await becomesIn("active-unsubscribed.csv", lines)).toEqual(["taken", "gone"]);
  });
});
