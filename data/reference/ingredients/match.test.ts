// An ingredient is found whatever the spelling, and only where an annex names it.
import { expect, test } from "vitest";
import { ingredientsIn, ingredientTable } from "./match.ts";
import { annexTable } from "./read-files.ts";

const table = ingredientTable(
  'annex,reference,names,cas,limit,products\nIII,98,"Benzoic acid, 2-hydroxy-",69-72-7,2 %,Rinse-off\nII,1339,1,2-Hexanediol ban|Sodium sulfate test,,,\n',
  "inci,cas,also,ko,ja\nSalicylic Acid,69-72-7,BHA,살리실릭애씨드,サリチル酸\nNobody,1-11-1,,,\n",
);
const named = (list: string) => ingredientsIn(list, table).listed.map(({ name }) => name);

test("INCI, trade, Korean and Japanese spellings and the CAS number lead to one entry, with its limit", () => {
  for (const spelling of [
    "SALICYLIC ACID",
    "salicylic-acid",
    "BHA",
    "살리실릭애씨드",
    "サリチル酸",
    "69-72-7",
    "Salicylic Acid (0.5%)",
    "Aqua [Salicylic Acid]",
  ])
    expect(named(`Aqua; ${spelling}`).length, spelling).toBe(1);
  expect(ingredientsIn("BHA", table).listed[0]?.entries[0]).toMatchObject({
    annex: "III",
    reference: "98",
    limit: "2 %",
  });
});

test("a comma between digits belongs to the name, and harmless ingredients are listed nowhere", () => {
  expect(ingredientsIn("Ingredients: Aqua, 1,2-Hexanediol, Glycerin", table)).toEqual({
    read: 3,
    listed: [],
  });
});

test("the annexes name what everybody knows to be banned or limited", () => {
  const found = ingredientsIn(
    "Aqua, Hydroquinone, Linalool, Butylphenyl Methylpropional, 하이드로퀴논, Glycerin, Niacinamide",
    annexTable(),
  );
  expect(found.listed.map(({ name, entries }) => [name, entries[0]?.annex])).toEqual([
    ["Hydroquinone", expect.stringMatching(/^II/)],
    ["Linalool", "III"],
    ["Butylphenyl Methylpropional", "II"],
    ["하이드로퀴논", expect.stringMatching(/^II/)],
  ]);
});
