/** Something that a step waits for did not come true. The message says what was expected, and what was seen. */
export class NotHeld extends Error {
  override readonly name = "NotHeld";
  /** What to do about it, where that is more than the step says. */
  readonly doThis: string | undefined;

  constructor(message: string, doThis?: string) {
    super(message);
    this.doThis = doThis;
  }
}

/** Throws NotHeld unless it is so. @param saw what was instead */
export function expectThat(expected: string, isSo: boolean, saw: string, doThis?: string): asserts isSo {
  if (!isSo) throw new NotHeld(`expected that ${expected}; ${saw}`, doThis);
}
