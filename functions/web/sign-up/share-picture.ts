import type { Services, WebRequest, WebResponse } from "../../ports.ts";
import { cachedAnswer } from "../newsletter/cached.ts";
import { type Colour, png } from "./png.ts";

/** In pixels; the icon stands in the middle, each of its units `scale` pixels wide. */
interface Canvas {
  width: number;
  height: number;
  scale: number;
}
/** What sites ask for that show a picture beside a link. */
const SHARED: Canvas = { width: 1200, height: 630, scale: 11 };
/** What browsers ask for that do not take the icon that each page names. PNG will do under this name. */
const FAVICON: Canvas = { width: 64, height: 64, scale: 2 };
/** The colours of the pages in daylight. */
const PAPER: Colour = [0xf4, 0xef, 0xe6];
const ACCENT: Colour = [0x8f, 0x3a, 0x1f];
const LINE: Colour = [0xff, 0xfd, 0xf9];
/** The pages' icon is drawn on 32 by 32: a square with rounded corners, and an envelope of lines two wide. */
const ICON = 32;
const CORNER = 6;
type Point = readonly [x: number, y: number];
const ENVELOPE: Point[] = [
  ...([
    [7, 10],
    [25, 10],
    [25, 23],
    [7, 23],
    [7, 10],
  ] as const),
  ...([
    [16, 17],
    [25, 10],
  ] as const),
];

const drawn = new Map<Canvas, string>();

/** `GET /picture.png`: the pages' icon, large, for sites that show a link to them. */
export const sharePicture = (services: Services, request: WebRequest): Promise<WebResponse> =>
  picture(services, request, SHARED);

/** `GET /favicon.ico`: the same icon, small. */
export const favicon = (services: Services, request: WebRequest): Promise<WebResponse> =>
  picture(services, request, FAVICON);

/** Drawn once for each instance. */
async function picture(services: Services, request: WebRequest, canvas: Canvas): Promise<WebResponse> {
  const body = drawn.get(canvas) ?? draw(canvas);
  drawn.set(canvas, body);
  const answer = cachedAnswer(services, request, {
    status: 200,
    headers: { "content-type": "image/png" },
    body,
  });
  return answer.status === 200 ? { ...answer, isBase64: true } : answer;
}

const draw = (canvas: Canvas): string =>
  Buffer.from(png(canvas.width, canvas.height, (column, row) => pixelColour(canvas, column, row))).toString(
    "base64",
  );

/** With edges that are soft over one pixel. */
function pixelColour({ width, height, scale }: Canvas, column: number, row: number): Colour {
  const left = (width - ICON * scale) / 2;
  const top = (height - ICON * scale) / 2;
  const point: Point = [(column + 0.5 - left) / scale, (row + 0.5 - top) / scale];
  const inSquare = coverage(distanceToSquare(point) * scale);
  if (inSquare === 0) return PAPER;
  const onLine = coverage((distanceToEnvelope(point) - 1) * scale);
  return mix(mix(PAPER, ACCENT, inSquare), LINE, onLine);
}

/** How much of a pixel is inside. @param distance of its middle to the edge, in pixels; less than nothing inside */
const coverage = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance));

const mix = (under: Colour, over: Colour, share: number): Colour => [
  Math.round(under[0] + (over[0] - under[0]) * share),
  Math.round(under[1] + (over[1] - under[1]) * share),
  Math.round(under[2] + (over[2] - under[2]) * share),
];

/** Less than nothing inside. */
function distanceToSquare([x, y]: Point): number {
  const half = ICON / 2;
  const across = Math.abs(x - half) - half + CORNER;
  const down = Math.abs(y - half) - half + CORNER;
  const outside = Math.hypot(Math.max(across, 0), Math.max(down, 0));
  return outside + Math.min(Math.max(across, down), 0) - CORNER;
}

const distanceToEnvelope = (point: Point): number =>
  Math.min(...ENVELOPE.slice(1).map((end, at) => distanceToLine(point, ENVELOPE[at] ?? end, end)));

function distanceToLine([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [across, down] = [toX - fromX, toY - fromY];
  const along = ((x - fromX) * across + (y - fromY) * down) / (across * across + down * down || 1);
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(x - fromX - at * across, y - fromY - at * down);
}
