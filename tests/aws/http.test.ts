import { describe, expect, it } from "vitest";
import { webResult } from "../../functions/aws/http.ts";

describe("every answer of the website", () => {
  it("keeps browsers to HTTPS for two years, and is kept nowhere unless it says so", () => {
    expect(webResult({ status: 404, body: "" }).headers).toMatchObject({
      "strict-transport-security": "max-age=63072000",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
  });

  it("control: a page that may be kept says so itself", () => {
    const { headers } = webResult({
      status: 200,
      headers: { "cache-control": "public, max-age=300" },
      body: "",
    });
    expect(headers).toMatchObject({ "cache-control": "public, max-age=300" });
  });
});
