import type { Content } from "../../functions/domain/content.ts";
import type { Settings } from "../../functions/domain/settings.ts";

/** A stage as most tests want it; what a test is about, it says itself. */
export const testSettings = ({ courses }: Content, change: Partial<Settings> = {}): Settings => ({
  stage: "test",
  mailDomain: "course.example",
  senderLocalPart: "lessons",
  ownerName: "The owner",
  ownerMailbox: "owner@office.example",
  postalAddress: "1 Test Street, Testing",
  defaultZone: "Europe/Berlin",
  lanes: 4,
  courses: courses.map(({ slug }) => slug),
  promptDelayMinutes: 10,
  confirmationShare: 0.5,
  pictureOrigin: "https://pictures.course.example",
  letIn: [],
  pauseSilentReaders: false,
  archive: true,
  dashboard: false,
  retention: { logDays: 30, inboxDays: 90, unconfirmedDays: 14 },
  ...change,
});
