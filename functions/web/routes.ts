import type { ARCHIVE_ROUTES, PAGE_ROUTES } from "../domain/routes.ts";
import type { Services, WebRequest, WebResponse } from "../ports.ts";
import { accessibilityPage } from "./accessibility.ts";
import { lessonPage } from "./lesson-page.ts";
import { archivedIssue, archiveFeed, archiveIndex } from "./newsletter/archive-pages.ts";
import { privacyPage } from "./privacy.ts";
import { takeAnswer } from "./reader/answer.ts";
import { askForAddressChange } from "./reader/change-address.ts";
import { freshLink } from "./reader/fresh-link.ts";
import { join, joinPage } from "./reader/join-newsletter.ts";
import { judgeVoice, voicePage } from "./reader/judge-voice.ts";
import { moveCalendar } from "./reader/move-calendar.ts";
import { newAddressPage, takeNewAddress } from "./reader/new-address.ts";
import { noLettersPage, refuseLetters } from "./reader/no-letters.ts";
import { answerOffer, offerPage } from "./reader/offer-answer.ts";
import { oldAddressPage, takeOldAddress } from "./reader/old-address.ts";
import { ownReplyPage, takeOwnReply } from "./reader/own-reply.ts";
import { actOnPersonalPage, personalPage } from "./reader/personal.ts";
import { actOnReaderPage, readerPage } from "./reader/reader.ts";
import { removeAnswer, removeAnswerPage } from "./reader/remove-answer.ts";
import { undo } from "./reader/undo-button.ts";
import { webCopy } from "./reader/web-copy.ts";
import { robots } from "./robots.ts";
import { confirm, confirmPage, newLink } from "./sign-up/confirm.ts";
import { courseLanding, landing } from "./sign-up/landing.ts";
import { formForOwnSite, formScript } from "./sign-up/own-site.ts";
import { favicon, sharePicture } from "./sign-up/share-picture.ts";
import { signUp } from "./sign-up/sign-up.ts";
import { subscribe } from "./sign-up/subscribe-page.ts";
import { testMailPage } from "./test-mail-page.ts";

export type Routes = Record<string, (services: Services, request: WebRequest) => Promise<WebResponse>>;

type PageAnswers = Record<(typeof PAGE_ROUTES)[number] | (typeof ARCHIVE_ROUTES)[number], Routes[string]>;

/** What answers which route. */
export const webRoutes: PageAnswers = {
  "GET /": landing,
  "GET /courses/{course}": courseLanding,
  "GET /courses/{course}/{slug}": lessonPage,
  "GET /subscribe": subscribe,
  "POST /sign-up": signUp,
  "GET /lesson/{slug}": lessonPage,
  "GET /privacy": privacyPage,
  "GET /newsletter": archiveIndex,
  "GET /newsletter/feed.xml": archiveFeed,
  "GET /newsletter/{slug}": archivedIssue,
  "GET /accessibility": accessibilityPage,
  "GET /picture.png": sharePicture,
  "GET /favicon.ico": favicon,
  "GET /robots.txt": robots,
  "GET /test-mail": testMailPage,
  "POST /test-mail": testMailPage,
  "GET /form": formForOwnSite,
  "GET /form/script": formScript,
  "GET /confirm/{token}": confirmPage,
  "POST /confirm/{token}": confirm,
  "GET /confirm/{token}/{course}": confirmPage,
  "POST /confirm/{token}/{course}": confirm,
  "POST /new-link/{token}": newLink,
  "GET /reader/{token}": readerPage,
  "POST /reader/{token}": actOnReaderPage,
  "GET /reader/{token}/{course}": readerPage,
  "GET /reader/{token}/{course}/{slug}": webCopy,
  "POST /reader/{token}/{course}/{slug}": takeAnswer,
  "GET /reader/{token}/{course}/{slug}/move.ics": moveCalendar,
  "GET /no-letters/{token}": noLettersPage,
  "POST /no-letters/{token}": refuseLetters,
  "GET /join/{token}": joinPage,
  "POST /join/{token}": join,
  "POST /change-address/{token}": askForAddressChange,
  "GET /new-address/{token}": newAddressPage,
  "POST /new-address/{token}": takeNewAddress,
  "GET /old-address/{token}": oldAddressPage,
  "POST /old-address/{token}": takeOldAddress,
  "POST /undo/{token}": undo,
  "POST /fresh-link/{token}": freshLink,
  "GET /own-reply/{token}": ownReplyPage,
  "POST /own-reply/{token}": takeOwnReply,
  "GET /remove-answer/{token}": removeAnswerPage,
  "POST /remove-answer/{token}": removeAnswer,
  "GET /offer/{token}": offerPage,
  "POST /offer/{token}": answerOffer,
  "GET /voice/{token}": voicePage,
  "POST /voice/{token}": judgeVoice,
  "GET /personal/{token}": personalPage,
  "POST /personal/{token}": actOnPersonalPage,
};
