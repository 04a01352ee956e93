import { expect, test } from "vitest";
import { sentence, xmlText } from "./feed.ts";

test("characters that XML cannot hold leave a feed, all others stay", () => {
  expect(xmlText("a\u0008b\u000bc\ud800d\tü세럼😀")).toBe("abcd\tü세럼😀");
});

test("a lead and its text read as one sentence", () => {
  expect(sentence({ lead: "It fits", text: ": signals of 75." })).toBe("It fits: signals of 75.");
  expect(sentence({ lead: "Germany", text: "leads." })).toBe("Germany leads.");
  expect(sentence({ lead: "", text: "Nothing moved." })).toBe("Nothing moved.");
});
