// Which phrases belong together.
import { expect, test } from "vitest";
import { groupsOf } from "./groups.ts";
import type { Theme } from "./rank.ts";
import type { CountedText } from "./texts.ts";

const texts = (count: number, language = "en"): CountedText[] =>
  Array.from({ length: count }, () => ({ language }) as CountedText);
const theme = (written: string, of: readonly CountedText[], language = "en") =>
  ({ written, language, texts: of }) as Theme;

const all = texts(200);

test("phrases of the same texts are one group, others stand alone, and groups are numbered by their surest phrase", () => {
  const groups = groupsOf(
    [
      theme("white cast", all.slice(0, 20)),
      theme("lid", all.slice(100, 120)),
      theme("neck", all.slice(4, 16)),
      theme("leaked", all.slice(105, 115)),
      theme("price", all.slice(150, 170)),
    ],
    all,
  );
  expect(groups).toEqual([1, 2, 1, 2, 3]);
});

test("company that chance would bring, or that two texts alone show, makes no group", () => {
  // A fifth of a fifth of two hundred: eight texts in common.
  const half = [...all.slice(0, 8), ...all.slice(40, 72)];
  expect(groupsOf([theme("serum", all.slice(0, 40)), theme("morning", half)], all)).toEqual([1, 2]);
  expect(groupsOf([theme("lid", all.slice(0, 5)), theme("leaked", all.slice(3, 8))], all)).toEqual([1, 2]);
});

test("a chain of neighbours does not become one group when its ends never meet", () => {
  const chain = [0, 12, 24, 36].map((start) => theme(`from ${start}`, all.slice(start, start + 20)));
  const groups = groupsOf(chain, all);
  expect(groups[0]).not.toBe(groups[3]);
});

test("phrases of two languages are never one group, and each language is held to its own texts", () => {
  const german = texts(30, "de");
  const both = [...all, ...german];
  expect(
    groupsOf(
      [
        theme("sticky", all.slice(0, 10)),
        theme("klebt", german.slice(0, 10), "de"),
        theme("fettig", german.slice(2, 10), "de"),
      ],
      both,
    ),
  ).toEqual([1, 2, 2]);
});

test("no phrases make no groups, one makes one, and a phrase of every text does not break the count", () => {
  expect(groupsOf([], all)).toEqual([]);
  expect(groupsOf([theme("serum", all)], all)).toEqual([1]);
  expect(groupsOf([theme("serum", all), theme("glow", all)], all)).toEqual([1, 1]);
});
