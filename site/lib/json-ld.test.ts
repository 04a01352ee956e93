import { expect, test } from "vitest";
import { scriptJson } from "./json-ld.ts";

test("a title that closes the script element stays text", () => {
  const json = scriptJson({ name: "</script><script>alert(1)</script>\u2028" });
  expect(json).not.toMatch(/[<\u2028]/);
  expect(JSON.parse(json)).toEqual({ name: "</script><script>alert(1)</script>\u2028" });
});
