import { outlineHere } from "../../authoring/content-here.ts";
import { type RunningCloud, runningCloud } from "../../cli/running-cloud.ts";
import type { Content } from "../../functions/domain/content.ts";
import { connect, type Deployment } from "../connect.ts";

/** Of the real clock: an author who saves a file and looks at the desk finds it there. */
const CONTENT_IS_KEPT_MS = 2_000;

/**
 * Reaches a stage for each page: once, and again when it could not be reached, or another cloud runs on this machine.
 * Throws what `connect` throws.
 */
export function openReach(
  stage = "local",
  findRunning: () => RunningCloud | undefined = runningCloud,
): () => Promise<Deployment> {
  const readContent = keptFor(CONTENT_IS_KEPT_MS, () => outlineHere());
  let reached: { cloud: number | undefined; deployment: Promise<Deployment> } | undefined;
  return async () => {
    const content = await readContent();
    const cloud = stage === "local" ? findRunning()?.pid : undefined;
    if (!reached || reached.cloud !== cloud)
      reached = { cloud, deployment: connect(stage, content, findRunning) };
    const { deployment: connecting } = reached;
    try {
      const deployment = await connecting;
      await deployment.renewClock();
      return { ...deployment, services: { ...deployment.services, content } };
    } catch (error) {
      reached = undefined;
      throw error;
    }
  };
}

/** Reads something again when what was read is older. */
function keptFor(ms: number, read: () => Promise<Content>): () => Promise<Content> {
  let kept: { until: number; content: Promise<Content> } | undefined;
  return () => {
    const now = performance.now();
    if (!kept || kept.until < now) kept = { until: now + ms, content: read() };
    return kept.content;
  };
}
