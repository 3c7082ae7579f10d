import { expect, it } from "vitest";
import { withoutControls, withoutSteering } from "../../functions/domain/controls.ts";

it("what breaks a line in a name is one space, so that its words stay apart", () => {
  expect(withoutControls("Ann\r\nLee\u2028Ray")).toBe("Ann Lee Ray");
  expect(withoutControls("Ann Lee")).toBe("Ann Lee");
});

it("each character that steers a terminal is a visible mark; line ends and tabs stay", () => {
  expect(withoutSteering("a\u001b[2J\u202eb\tc\nd")).toBe("a\ufffd[2J\ufffdb\tc\nd");
});
