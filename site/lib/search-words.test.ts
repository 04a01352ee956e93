import { expect, test } from "vitest";
import { searchWords } from "./search-words.ts";

test("a word in the middle of a Japanese or Korean spelling can be found", () => {
  expect(searchWords(["PDRN美容液"]).split(" ")).toContain("美容液");
  expect(searchWords(["한국화장품"]).split(" ")).toContain("화장품");
});

test("words of spaced scripts stay as they are", () => {
  expect(searchWords(["sérum visage", "Serum"])).toBe("sérum visage Serum sérum visage");
});
