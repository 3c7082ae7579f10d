import { lookAsStyle, readLook } from "../../authoring/compile/look.ts";
import { openSources } from "../../authoring/compile/sources.ts";
import { ROOT } from "../../cli/root.ts";
import type { RunningCloud } from "../../cli/running-cloud.ts";
import { openReach } from "./reach.ts";
import { SCREENS } from "./screens.ts";
import type { DeskWork } from "./server.ts";

/** All that the desk shows, of a stage. @param findRunning what runs on this machine; the latest `npm start` unless told */
export const openWork = (stage?: string, findRunning?: () => RunningCloud | undefined): DeskWork => ({
  screens: SCREENS,
  reach: openReach(stage, findRunning),
  style: deskStyle,
});

/** The colours and faces of the owner's own mails and pages. */
export const deskStyle: DeskWork["style"] = () => lookAsStyle(readLook(openSources(ROOT)));
