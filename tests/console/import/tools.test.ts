import { describe, expect, it } from "vitest";
import { outcome, readList } from "./read-list.ts";

interface Export {
  tool: string;
  heading: string;
  /** `EMAIL` stands where the address does. Each row with what becomes of it. */
  rows: [row: string, outcome: "taken" | "gone" | "unconfirmed"][];
  map: string;
}

const MAILCHIMP_OWN =
  "MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,TIMEZONE,LAST_CHANGED,LEID,EUID,NOTES,TAGS";
const MAILCHIMP_GONE = MAILCHIMP_OWN.replace(
  "LAST_CHANGED",
  "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,LAST_CHANGED",
);
const MAILCHIMP_CLEANED = MAILCHIMP_OWN.replace(
  "LAST_CHANGED",
  "CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,LAST_CHANGED",
);
const IN = "2018-02-12 17:59:31";
const mailchimp = (language: string, names: string, email: string, first: string): Export[] => [
  {
    tool: `Mailchimp (${language}, subscribed)`,
    heading: `${names},${MAILCHIMP_OWN}`,
    rows: [
      [`EMAIL,Ann,Lee,4,${IN},,${IN},,europe/zurich,,1,a,,`, "taken"],
      [`EMAIL,Ann,Lee,4,${IN},,,,europe/zurich,,1,a,,`, "unconfirmed"],
      ["EMAIL,Ann,Lee,2,,,,,,,1,a,,", "unconfirmed"],
    ],
    map: `email=${email},first-name=${first},zone=TIMEZONE,joined=CONFIRM_TIME`,
  },
  {
    tool: `Mailchimp (${language}, unsubscribed)`,
    heading: `${names},${MAILCHIMP_GONE}`,
    rows: [[`EMAIL,Ann,Lee,4,${IN},,${IN},,,2020-01-02 03:04:05,,No longer interested,,1,a,,`, "gone"]],
    map: `email=${email},first-name=${first},joined=CONFIRM_TIME`,
  },
  {
    tool: `Mailchimp (${language}, cleaned)`,
    heading: `${names},${MAILCHIMP_CLEANED}`,
    rows: [[`EMAIL,Ann,Lee,4,${IN},,${IN},,,2020-01-02 03:04:05,,,1,a,,`, "gone"]],
    map: `email=${email}`,
  },
];

const EXPORTS: Export[] = [
  ...mailchimp("en", "Email Address,First Name,Last Name", "Email Address", "First Name"),
  ...mailchimp("de", "Emailadresse,Vorname,Nachname", "Emailadresse", "Vorname"),
  ...mailchimp("fr", "Adresse e-mail,Prénom,Nom", "Adresse e-mail", "Prénom"),
  ...mailchimp(
    "es",
    "Dirección de correo electrónico,Nombre,Apellidos",
    "Dirección de correo electrónico",
    "Nombre",
  ),
  {
    tool: "Kit",
    heading: "id,first_name,email,state,created_at,tags",
    rows: [
      ["1,Ada,EMAIL,active,2023-01-27T11:43:55Z,", "taken"],
      ["1,Ada,EMAIL,cold,2023-01-27T11:43:55Z,", "taken"],
      ["1,Ada,EMAIL,cancelled,2023-01-27T11:43:55Z,", "gone"],
      ["1,Ada,EMAIL,bounced,2023-01-27T11:43:55Z,", "gone"],
      ["1,Ada,EMAIL,Complained,2023-01-27T11:43:55Z,", "gone"],
      ["1,Ada,EMAIL,inactive,2023-01-27T11:43:55Z,", "unconfirmed"],
      ["1,Ada,EMAIL,,2023-01-27T11:43:55Z,", "unconfirmed"],
    ],
    map: "email=email,first-name=first_name",
  },
  {
    tool: "Buttondown",
    heading: "email,type,creation_date,tags,secondary_id,unsubscription_date",
    rows: [
      ["EMAIL,regular,2023-01-27T11:43:55Z,,1,", "taken"],
      ["EMAIL,premium,2023-01-27T11:43:55Z,,1,", "taken"],
      ["EMAIL,regular,2023-01-27T11:43:55Z,,1,2024-01-01", "gone"],
      ...["unsubscribed", "removed", "complained", "undeliverable", "blocked", "spammy", "disabled"].map(
        (type): [string, "gone"] => [`EMAIL,${type},2023-01-27T11:43:55Z,,1,`, "gone"],
      ),
      ["EMAIL,unactivated,2023-01-27T11:43:55Z,,1,", "unconfirmed"],
      ["EMAIL,a type of next year,2023-01-27T11:43:55Z,,1,", "gone"],
    ],
    map: "email=email,tags=tags",
  },
  {
    tool: "Substack",
    heading: "email,active_subscription,expiry,plan,email_disabled,digest_enabled,created_at",
    rows: [
      ["EMAIL,false,,other,false,false,2023-01-27T11:43:55.000Z", "taken"],
      ["EMAIL,true,2027-01-01T00:00:00Z,yearly,false,false,2023-01-27T11:43:55.000Z", "taken"],
      ["EMAIL,true,,other,true,false,2023-01-27T11:43:55.000Z", "gone"],
    ],
    map: "email=email,joined=created_at",
  },
  {
    tool: "Substack (of its table)",
    heading: "Email,Name,Stripe plan,Cancel date,Start date,Email opens (6mo),Email disabled",
    rows: [
      ["EMAIL,Ada,,,2025-01-01,3,false", "taken"],
      ["EMAIL,Ada,,,2025-01-01,3,true", "gone"],
    ],
    map: "email=Email,joined=Start date",
  },
  {
    tool: "Beehiiv (of its API)",
    heading:
      "email,status,created,subscription_tier,subscription_premium_tier_names,utm_source,referral_code",
    rows: [
      ["EMAIL,active,1666800076,free,[],x,", "taken"],
      ["EMAIL,inactive,1666800076,free,[],x,", "gone"],
      ["EMAIL,needs_attention,1666800076,free,[],x,", "gone"],
    ],
    map: "email=email,joined=created",
  },
  {
    tool: "Beehiiv",
    heading: "email,status,created_at,subscription_tier,utm_source,utm_medium,utm_campaign,referral_code",
    rows: [
      ["EMAIL,active,2023-01-27 11:43:55 UTC,free,,,,x", "taken"],
      ["EMAIL,inactive,2023-01-27 11:43:55 UTC,free,,,,x", "gone"],
      ["EMAIL,invalid,2023-01-27 11:43:55 UTC,free,,,,x", "gone"],
      ["EMAIL,pending,2023-01-27 11:43:55 UTC,free,,,,x", "unconfirmed"],
      ["EMAIL,validating,2023-01-27 11:43:55 UTC,free,,,,x", "unconfirmed"],
      ["EMAIL,needs_approval,2023-01-27 11:43:55 UTC,free,,,,x", "unconfirmed"],
    ],
    map: "email=email",
  },
  {
    tool: "Ghost",
    heading:
      "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers",
    rows: [
      ["1,EMAIL,Ada Lovelace,,true,false,,2023-01-27T11:43:55.000Z,,VIP,", "taken"],
      ["1,EMAIL,Ada Lovelace,,false,false,,2023-01-27T11:43:55.000Z,,VIP,", "gone"],
      ["1,EMAIL,Ada Lovelace,,true,false,,2023-01-27T11:43:55.000Z,2024-01-01T00:00:00.000Z,VIP,", "gone"],
    ],
    map: "email=email,first-name=name",
  },
  {
    tool: "Ghost (which tells whom it stopped mailing)",
    heading: "id,email,name,subscribed_to_emails,email_disabled,created_at,deleted_at",
    rows: [
      ["1,EMAIL,Ada,true,false,2023-01-27T11:43:55.000Z,", "taken"],
      ["1,EMAIL,Ada,true,true,2023-01-27T11:43:55.000Z,", "gone"],
      ["1,EMAIL,Ada,,false,2023-01-27T11:43:55.000Z,", "unconfirmed"],
    ],
    map: "email=email",
  },
  {
    tool: "listmonk",
    heading: "uuid,email,name,attributes,status,created_at,updated_at",
    rows: [
      ["u,EMAIL,Ada,{},enabled,2023-01-27 11:43:55.123456+00,2023-01-27 11:43:55.123456+00", "taken"],
      ["u,EMAIL,Ada,{},blocklisted,2023-01-27 11:43:55.123456+00,2023-01-27 11:43:55.123456+00", "gone"],
      ["u,EMAIL,Ada,{},disabled,2023-01-27 11:43:55.123456+00,2023-01-27 11:43:55.123456+00", "gone"],
    ],
    map: "email=email,first-name=name",
  },
  {
    tool: "Sendy",
    heading: "Name,Email,Last activity,Status,Unsubscribed,Bounced,Complaint,Confirmed",
    rows: [
      ["Ada,EMAIL,,Subscribed,0,0,0,1", "taken"],
      ["Ada,EMAIL,,Subscribed,1,0,0,1", "gone"],
      ["Ada,EMAIL,,Subscribed,0,1,0,1", "gone"],
      ["Ada,EMAIL,,Subscribed,0,0,1,1", "gone"],
      ["Ada,EMAIL,,Subscribed,0,0,0,0", "unconfirmed"],
      ["Ada,EMAIL,,Unsubscribed,0,0,0,1", "gone"],
      ["Ada,EMAIL,,Soft bounced,0,0,0,1", "gone"],
      ["Ada,EMAIL,,Marked as spam,0,0,0,1", "gone"],
      ["Ada,EMAIL,,Unconfirmed,0,0,0,1", "unconfirmed"],
    ],
    map: "email=Email,first-name=Name",
  },
  {
    tool: "MailerLite (of its new form)",
    heading: "Email,Status,Groups,First name,Last name,Subscribed at,Unsubscribed at,Opted in at",
    rows: [
      ['EMAIL,Active,"VIP, b",Ada,L,2023-01-27 11:43:55,,2023-01-27 11:43:55', "taken"],
      ["EMAIL,Active,,Ada,L,2023-01-27 11:43:55,2024-01-01 10:00:00,", "gone"],
      ["EMAIL,Unconfirmed,,,,,,", "unconfirmed"],
    ],
    map: "email=Email,first-name=First name",
  },
  {
    tool: "MailerLite",
    heading: "Subscriber,Status,Name,Last name,Sent,Opens,Clicks,Subscribed,Unsubscribed,Location",
    rows: [
      ["EMAIL,Active,Ada,Lee,9,8,7,2023-01-27 11:43:55,,Bern", "taken"],
      ["EMAIL,Active,Ada,Lee,9,8,7,2023-01-27 11:43:55,2024-01-27 11:43:55,Bern", "gone"],
      ["EMAIL,Unsubscribed,Ada,Lee,9,8,7,2023-01-27 11:43:55,,Bern", "gone"],
      ["EMAIL,Bounced,Ada,Lee,9,8,7,2023-01-27 11:43:55,,Bern", "gone"],
      ["EMAIL,Junk,Ada,Lee,9,8,7,2023-01-27 11:43:55,,Bern", "gone"],
      ["EMAIL,Unconfirmed,Ada,Lee,9,8,7,2023-01-27 11:43:55,,Bern", "unconfirmed"],
    ],
    map: "email=Subscriber,first-name=Name",
  },
];

const listOf = ({ heading, rows }: Export) => [
  heading,
  ...rows.map(([row], at) => row.replace("EMAIL", `p${at}@x.example`)),
];

describe.each(EXPORTS)("an export of $tool", (one) => {
  const becomes = one.rows.map(([, is]) => is);

  it("is known by its columns, and whoever left, bounced, complained or never confirmed is not taken", async () => {
    const { columns, read } = await readList(listOf(one));
    expect(columns.form).toBe(one.tool.replace(/ \(.*/, ""));
    expect(read.map(outcome)).toEqual(becomes);
    for (const row of read) if ("says" in row) expect(row.says).toMatch(/there/);
  });

  it("is read alike with --map, which cannot switch off who has left", async () => {
    const { columns, read } = await readList(listOf(one), one.map);
    expect(columns.form).toBe("mapped");
    expect(read.map(outcome)).toEqual(becomes);
  });
});

describe("a list that is nobody's export", () => {
  it("has a status or a day of leaving where --map says so, and reads what it does not know as gone", async () => {
    const lines = ["Mail;Stand;Weg", "a@x.example;aktiv;", "b@x.example;ruht;", "c@x.example;aktiv;im Mai"];
    expect((await readList(lines, "email=Mail")).read.map(outcome)).toEqual(["taken", "taken", "taken"]);
    const { read } = await readList(lines, "email=Mail,status=Stand,left=Weg");
    expect(read.map(outcome)).toEqual(["taken", "gone", "gone"]);
    expect(read[1]).toMatchObject({
      line: 3,
      says: 'its Stand is "ruht" there, which is not known to mean subscribed; write "active" if it does',
    });
    expect(read[2]).toMatchObject({ line: 4, says: 'its Weg there is "im Mai"' });
  });

  it("has a column of states known by what stands in it, and a state of the USA taken for none", async () => {
    const states = ["Mail,Abo", "a@x.example,abonniert", "b@x.example,abgemeldet", "c@x.example,"];
    expect((await readList(states, "email=Mail")).read.map(outcome)).toEqual(["taken", "gone", "taken"]);
    const places = ["Mail,State,Type", "a@x.example,CA,friend", "b@x.example,NY,"];
    expect((await readList(places, "email=Mail")).read.map(outcome)).toEqual(["taken", "taken"]);
    const paid = ["Mail,Plan status", "a@x.example,cancelled", "b@x.example,active"];
    expect((await readList(paid, "email=Mail")).read.map(outcome)).toEqual(["taken", "taken"]);
  });

  it.each([
    ["Newsletter", "no"],
    ["Newsletter", "nein"],
    ["Abonn\u00e9(e)", "non"],
    ["Inscrit", "non"],
    ["Suscrito", "no"],
    ["Subscribed", "FALSE"],
  ])("takes nobody whose %s is %s, and whoever has a yes", async (heading, no) => {
    const lines = [`Mail,${heading}`, `a@x.example,${no}`, "b@x.example,yes"];
    expect((await readList(lines, "email=Mail")).read.map(outcome)).toEqual(["gone", "taken"]);
  });

  it.each(["✓", "✔", "☑", "✗"])(
    "takes nobody with the sign %s below Unsubscribed, and whoever has nothing",
    async (sign) => {
      const lines = ["Mail,Unsubscribed", `a@x.example,${sign}`, "b@x.example,", "c@x.example,-"];
      expect((await readList(lines, "email=Mail")).read.map(outcome)).toEqual(["gone", "taken", "taken"]);
    },
  );

  it("takes nobody who has left, also where that column is mapped to the newsletter", async () => {
    const lines = ["Mail,Unsubscribed", "a@x.example,1", "b@x.example,0"];
    const { read } = await readList(lines, "email=Mail,newsletter=Unsubscribed");
    expect(read.map(outcome)).toEqual(["gone", "taken"]);
  });

  it("needs no --map where its headings say who is who and who is in", async () => {
    const { columns, read } = await readList([
      "E-Mail,Status",
      "a@x.example,subscribed",
      "b@x.example,bounced",
    ]);
    expect(columns.form).toBe("its headings say");
    expect(read.map(outcome)).toEqual(["taken", "gone"]);
  });

  it("names the columns of which nothing is taken", async () => {
    const { columns } = await readList([
      "email,first_name,last_name,status,notes",
      "a@x.example,Ada,Lee,active,",
    ]);
    expect(columns.unread).toEqual(["last_name"]);
  });
});

it("a file that Mailchimp named after those who are not subscribed adds nobody", async () => {
  const lines = [
    `Email Address,First Name,Last Name,${MAILCHIMP_OWN}`,
    `a@x.example,,,2,${IN},,${IN},,,,1,a,,`,
  ];
  const outcomes = async (file: string) => (await readList(lines, undefined, file)).read.map(outcome);
  expect(await outcomes("lists/nonsubscribed_email_audience_export_1.csv")).toEqual(["unconfirmed"]);
  expect(await outcomes("cleaned_email_audience_export_1.csv")).toEqual(["gone"]);
  expect(await outcomes("subscribed_email_audience_export_1.csv")).toEqual(["taken"]);
});
