// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** What was typed, on one line: what cannot be seen or breaks a line is a space. */
export const withoutControls = (text: string): string => text.replace(CONTROLS, " ");
