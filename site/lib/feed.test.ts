import { expect, test } from "vitest";
import { xmlText } from "./feed.ts";

test("characters that XML cannot hold leave a feed, all others stay", () => {
  expect(xmlText("a\u0008b\u000bc\ud800d\tü세럼😀")).toBe("abcd\tü세럼😀");
});
