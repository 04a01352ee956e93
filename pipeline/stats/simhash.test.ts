import { expect, test } from "vitest";
import { hamming, nearDuplicates, simhash } from "./simhash.ts";

const caption =
  "thissunscreenisthefirstonethatdoesnotstingmyeyesandleavesnowhitecastatallihavebeenusingitforthreeweeksnowandmyskinlovesit";

test("the same text has the same fingerprint, another a far one", () => {
  expect(hamming(simhash(caption), simhash(caption))).toBe(0);
  const other =
    "thetonercamelateandtheparcelwasopenedbycustomsthebottlehadleakedintothebagandnobodyanswersmymails";
  expect(hamming(simhash(caption), simhash(other))).toBeGreaterThan(15);
});

test("copies with a changed letter are one, whatever stands between them; others stay apart", () => {
  const texts = [
    "completelydifferentwordsaboutalipbalmthatmeltsinthesunandsmellsofsoap",
    caption,
    "私はこの日焼け止めが本当に好きで毎日使っています白浮きしないし目にしみない",
    `${caption}x`,
    caption.replace("three", "3"),
  ];
  const groups = nearDuplicates(texts.map(simhash));
  expect([...groups.slice(0, 4)]).toEqual([0, 1, 2, 1]);
});

test("fingerprints three places apart are found whichever places differ, four are not", () => {
  const base = { high: 0x12345678, low: 0x9abcdef0 };
  const flipped = (...bits: number[]) => {
    let { high, low } = base;
    for (const bit of bits)
      if (bit < 32) high = (high ^ (1 << bit)) >>> 0;
      else low = (low ^ (1 << (bit - 32))) >>> 0;
    return { high, low };
  };
  for (const bits of [
    [0, 1, 2],
    [0, 20, 40],
    [15, 16, 63],
    [31, 32, 33],
  ])
    expect([...nearDuplicates([base, flipped(...bits)])]).toEqual([0, 0]);
  expect([...nearDuplicates([base, flipped(0, 20, 40, 60)])]).toEqual([0, 1]);
});

test("copies of copies are one group, named by the first", () => {
  const at = (high: number) => ({ high, low: 0 });
  expect([...nearDuplicates([at(0), at(0xffff0000), at(7), at(63)])]).toEqual([0, 1, 0, 0]);
});

test("no text, one text, a text of one character", () => {
  expect([...nearDuplicates([])]).toEqual([]);
  expect([...nearDuplicates([simhash("")])]).toEqual([0]);
  expect(hamming(simhash("a"), simhash("a"))).toBe(0);
});
