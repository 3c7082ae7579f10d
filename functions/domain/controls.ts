// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Characters that steer a terminal or turn the direction of what stands around them; line ends and tabs stay. */
const STEERING = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Text of others for a terminal: each of those characters is a visible mark. */
export const withoutSteering = (text: string): string => text.replace(STEERING, "\ufffd");

/** JSON with each of them written as `\\u202e` is: the same JSON. */
export const steeringAsEscapes = (json: string): string =>
  json.replace(STEERING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** What was typed, on one line: what cannot be seen or breaks a line is a space. */
export const withoutControls = (text: string): string => text.replace(CONTROLS, " ");
