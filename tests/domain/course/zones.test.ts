import { describe, expect, it } from "vitest";
import { canonicalZone } from "../../../functions/domain/course/zones.ts";

describe("a zone", () => {
  it.each([
    ["Africa/Asmera", "Africa/Asmara"],
    ["America/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["America/Catamarca", "America/Argentina/Catamarca"],
    ["America/Coral_Harbour", "America/Atikokan"],
    ["America/Cordoba", "America/Argentina/Cordoba"],
    ["America/Godthab", "America/Nuuk"],
    ["America/Indianapolis", "America/Indiana/Indianapolis"],
    ["America/Jujuy", "America/Argentina/Jujuy"],
    ["America/Louisville", "America/Kentucky/Louisville"],
    ["America/Mendoza", "America/Argentina/Mendoza"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["Asia/Katmandu", "Asia/Kathmandu"],
    ["Asia/Rangoon", "Asia/Yangon"],
    ["Asia/Saigon", "Asia/Ho_Chi_Minh"],
    ["Atlantic/Faeroe", "Atlantic/Faroe"],
    ["Europe/Kiev", "Europe/Kyiv"],
    ["Pacific/Enderbury", "Pacific/Kanton"],
    ["Pacific/Ponape", "Pacific/Pohnpei"],
    ["Pacific/Truk", "Pacific/Chuuk"],
  ])("that was called %s has the name %s, whichever is given", (old, now) => {
    expect([canonicalZone(old), canonicalZone(now)]).toEqual([now, now]);
  });

  it.each([
    ["europe/zurich", "Europe/Zurich"],
    [" Europe/Berlin\t", "Europe/Berlin"],
    ["America /New York", "America/New_York"],
    ["America/  New  York", "America/New_York"],
    ["Europe/\u200bBer\u200b\u200blin", "Europe/Berlin"],
  ])("is known however it was typed or copied: %j", (typed, zone) => {
    expect(canonicalZone(typed)).toBe(zone);
  });

  it.each(["Europe/Nowhere", "", "Monday"])("control: %j is none", (typed) => {
    expect(canonicalZone(typed)).toBeUndefined();
  });
});
