/**
 * Guesses which of two answers is about a reader, as somebody would who has asked about many addresses before: they learn
 * on one half of the pairs and are examined on the other. Half of the guesses are right by chance.
 */

/** What a browser sees of an answer. */
export interface Seen {
  /** From the request's first byte to the answer's last, in ms. */
  ms: number;
  /** Status, headers and body, without what is random in each. */
  shown: string;
}

/** The same question about somebody who is in the course, and about nobody. */
export interface Pair {
  known: Seen;
  unknown: Seen;
}

/** How sure one answer makes of a reader, from 0 to 1. */
type Score = (seen: Seen) => number;

/** Neighbours that are asked: enough that one chance does not decide, few enough that a narrow peak is seen. */
const NEIGHBOURS = 25;

const METHODS: Record<string, (learnt: readonly Pair[]) => Score> = {
  "slower of the two": bySlower,
  "what it shows": byWhatItShows,
  "best threshold": byThreshold,
  "nearest in time": byNeighbours,
};

/** The share of right guesses, by method. 0.5 is chance; so is 0 as good as 1, for who turns the guess. */
export function tellApart(pairs: readonly Pair[]): Record<string, number> {
  const half = Math.floor(pairs.length / 2);
  const [learnt, examined] = [pairs.slice(0, half), pairs.slice(half)];
  return Object.fromEntries(
    Object.entries(METHODS).map(([name, learn]) => [name, shareOfRight(learn(learnt), examined)]),
  );
}

/** How far the best of the methods is from chance, 0 to 0.5. */
export const distanceFromChance = (shares: Record<string, number>): number =>
  Math.max(...Object.values(shares).map((share) => Math.abs(share - 0.5)));

/**
 * How much later answers about readers would have to be, in ms, to be told apart through the noise of these: the power of what
 * was found. Undefined where none of the delays would be.
 */
export const findableDelay = (
  pairs: readonly Pair[],
  delays: readonly number[],
  far: number,
): number | undefined =>
  delays.find((delay) => distanceFromChance(tellApart(pairs.map((pair) => delayed(pair, delay)))) > far);

const delayed = ({ known, unknown }: Pair, delay: number): Pair => ({
  known: { ...known, ms: known.ms + delay },
  unknown,
});

function shareOfRight(score: Score, pairs: readonly Pair[]): number {
  const right = pairs.map(({ known, unknown }) => {
    const difference = score(known) - score(unknown);
    return difference === 0 ? 0.5 : Number(difference > 0);
  });
  return right.reduce((sum, one) => sum + one, 0) / pairs.length;
}

interface Labelled extends Seen {
  isKnown: boolean;
}
const labelled = (pairs: readonly Pair[]): Labelled[] =>
  pairs.flatMap(({ known, unknown }) => [
    { ...known, isKnown: true },
    { ...unknown, isKnown: false },
  ]);

/** Where nothing was learnt, it may be either. */
const shareOfKnown = (seen: readonly Labelled[]): number =>
  (seen.filter(({ isKnown }) => isKnown).length + 1) / (seen.length + 2);

function byWhatItShows(learnt: readonly Pair[]): Score {
  const groups = new Map<string, Labelled[]>();
  for (const one of labelled(learnt)) {
    const group = groups.get(one.shown) ?? [];
    groups.set(one.shown, group);
    group.push(one);
  }
  return ({ shown }) => shareOfKnown(groups.get(shown) ?? []);
}

/** Both of a pair are asked at the same moment: what holds up the machine holds up both, and their order is left. */
function bySlower(learnt: readonly Pair[]): Score {
  const lead = learnt.reduce((sum, { known, unknown }) => sum + Math.sign(known.ms - unknown.ms), 0);
  return ({ ms }) => (lead >= 0 ? ms : -ms);
}

/** The one time that best parts those of readers from the others, whichever of them is slower. */
function byThreshold(learnt: readonly Pair[]): Score {
  const inOrder = labelled(learnt).sort((one, other) => one.ms - other.ms);
  let known = 0;
  let best = { lead: 0, ms: Number.POSITIVE_INFINITY };
  for (const [place, { isKnown, ms }] of inOrder.entries()) {
    known += Number(isKnown);
    const lead = known - (place + 1 - known);
    if (Math.abs(lead) > Math.abs(best.lead)) best = { lead, ms };
  }
  return ({ ms }) => Number(ms <= best.ms === best.lead > 0);
}

function byNeighbours(learnt: readonly Pair[]): Score {
  const inOrder = labelled(learnt).sort((one, other) => one.ms - other.ms);
  return ({ ms }) => {
    let from = firstAtLeast(inOrder, ms);
    let to = from;
    while (to - from < Math.min(NEIGHBOURS, inOrder.length)) {
      const before = ms - (inOrder[from - 1]?.ms ?? Number.NEGATIVE_INFINITY);
      const after = (inOrder[to]?.ms ?? Number.POSITIVE_INFINITY) - ms;
      if (before <= after) from--;
      else to++;
    }
    return shareOfKnown(inOrder.slice(from, to));
  };
}

function firstAtLeast(inOrder: readonly Labelled[], ms: number): number {
  let low = 0;
  let high = inOrder.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inOrder[middle]?.ms ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
