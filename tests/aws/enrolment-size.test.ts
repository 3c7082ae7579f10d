import { marshall } from "@aws-sdk/util-dynamodb";
import { expect, it } from "vitest";
import { toHolderItem } from "../../functions/aws/items.ts";
import {
  type Enrolment,
  inertEnrolment,
  withActivation,
  withAdvance,
} from "../../functions/domain/course/enrolment.ts";
import type { Answers } from "../../functions/domain/course/questions.ts";
import { defaultCadence } from "../../functions/domain/course/schedule.ts";
import { DAY, MINUTE } from "../../functions/domain/time.ts";
import type { TableItem } from "../../local/aws/expressions.ts";
import { itemSize } from "../../local/aws/meter.ts";
import { shippedContent } from "../mail/composition.ts";

const NOW = Date.UTC(2026, 2, 4, 9);
const ID = "k5nb2gmzq7kx4wu3";
const [course] = (await shippedContent()).courses;
if (!course) throw new Error("there is no course");
const THREE: Answers = { role: "managers", size: "few", goal: "Fewer meetings that decide nothing" };
const FULL: Answers = Object.fromEntries(
  [1, 2, 3, 4, 5].map((one) => [`a-question-${one}`, "x".repeat(100)]),
);

/** Of an enrolment with its claim, as each lesson leaves. */
function medianSize(answers: Answers | undefined, writesBack: boolean): number {
  const { slug: list, lessons } = course as NonNullable<typeof course>;
  const inert = inertEnrolment(ID, list, defaultCadence(course as never, "Europe/Berlin"), NOW);
  let enrolment: Enrolment = {
    ...withActivation(inert, NOW),
    ...(answers && { answers }),
    ratings: { before: 3 },
  };
  const sizes = lessons.map(({ slug }, at) => {
    const dispatch = `${ID}_${list}_1_lesson_${slug}` as never;
    const claim = { by: "a1b2c3d4e5f6a7b8", dispatch, key: "lesson" as const, until: NOW + MINUTE };
    const version = enrolment.version + 2;
    const item = toHolderItem({ ...enrolment, version, claim }, "k5nb2gmzq7kx4wu3k5nb2gmz");
    const { prompted, moves, ...had } = withAdvance(
      { ...enrolment, version },
      ...(["lesson", slug, course as never, NOW + at * 7 * DAY, {}] as const),
    );
    enrolment = {
      ...had,
      prompted: writesBack && at % 2 === 0 ? { ...prompted, [slug]: "AAQCAwQFBgcICQoLDA0ODw" } : prompted,
      ...(writesBack && at % 3 === 0 ? { moves: { ...moves, [slug]: "made" } } : moves && { moves }),
    };
    return itemSize(marshall(item, { removeUndefinedValues: true }) as unknown as TableItem);
  });
  return sizes.sort((one, other) => one - other)[Math.floor(sizes.length / 2)] ?? 0;
}

/** docs/BENCHMARKS.md prints these. */
it("an enrolment with answers to three questions is one write unit at the median; one with five long texts is two", () => {
  const sizes = [false, true].map((writesBack) =>
    [undefined, THREE, FULL].map((answers) => medianSize(answers, writesBack)),
  );
  expect(sizes).toEqual([
    [762, 832, 1_337],
    [942, 1_012, 1_517],
  ]);
});
