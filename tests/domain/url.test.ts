import { describe, expect, it } from "vitest";
import { findUrl } from "../../functions/domain/url.ts";

/** After so many calls Node has compiled what is called; `URL.canParse` was wrong after some 5,000 (Node 20.20). */
const HOT = 20_000;

describe("an address", () => {
  it("with a letter such as ü is still one when a busy function has read thousands", () => {
    const hosts = new Set<string | undefined>();
    for (let at = 0; at < HOT; at++) hosts.add(findUrl("https://bücher.example/x")?.hostname);
    expect([...hosts]).toEqual(["xn--bcher-kva.example"]);
  });

  it("is none where it cannot be read, and a path is completed with what it stands on", () => {
    expect(findUrl("https://")).toBeUndefined();
    expect(findUrl("/wiki")).toBeUndefined();
    expect(findUrl("/wiki", "https://web.example")?.href).toBe("https://web.example/wiki");
  });
});
