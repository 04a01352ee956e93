// Which encoding a file gets, and that nothing is decoded into what nobody wrote.
import { describe, expect, test } from "vitest";
import { legacyBytes } from "../test/legacy-bytes.ts";
import { createEncodingSurvey } from "./encodings.ts";
import { createKoreanDecoder } from "./encodings-korean.ts";

function surveyed(bytes: Uint8Array, piece = bytes.length) {
  const survey = createEncodingSurvey("posts.csv");
  for (let at = 0; at < bytes.length; at += piece) survey.push(bytes.subarray(at, at + piece));
  return survey.decide();
}

describe("a short file gives its encoding away", () => {
  test.each([
    ["windows-1252", "Schöne Hülle"],
    ["windows-1252", "C’est très bien"],
    ["windows-1252", "preço 5 €"],
    ["euc-kr", "정말 좋아요"],
    ["euc-kr", "수분크림, 촉촉"],
    ["shift_jis", "とても良い美容液です"],
    ["shift_jis", "スキンケア"],
    ["utf-8", "정말 좋아요 schön"],
  ])("%s: %s", (encoding, text) => {
    expect(surveyed(legacyBytes(`id,text\n1,${text}\n`, encoding))).toEqual({
      encoding,
      bom: 0,
      misfits: [],
    });
  });
});

test("pieces may cut characters and lines anywhere", () => {
  const bytes = Buffer.concat([
    Buffer.from("세럼\nschön\n"),
    legacyBytes("grün\n", "windows-1252"),
    Buffer.from("🎃"),
  ]);
  for (const piece of [1, 2, 3, 5, 7])
    expect(surveyed(bytes, piece)).toEqual({ encoding: "utf-8", bom: 0, misfits: [3] });
});

test("a byte order mark decides before anything else", () => {
  expect(surveyed(legacyBytes("a", "utf-16le"))).toEqual({ encoding: "utf-16le", bom: 2, misfits: [] });
  expect(surveyed(Buffer.from("a,b\n1,2\n", "utf16le"))).toEqual({
    encoding: "utf-16le",
    bom: 0,
    misfits: [],
  });
  expect(surveyed(Buffer.from("\ufeffgrün"))).toEqual({ encoding: "utf-8", bom: 3, misfits: [] });
});

test("CP949 holds every modern Korean syllable, where Microsoft put it", () => {
  const decoder = createKoreanDecoder();
  const known: readonly (readonly [number, number, string])[] = [
    [0x81, 0x41, "갂"],
    [0x8c, 0x63, "똠"],
    [0x98, 0xde, "샾"],
    [0xc6, 0x52, "힣"],
    [0xb0, 0xa1, "가"],
    [0xc8, 0xfe, "힝"],
  ];
  for (const [lead, trail, syllable] of known)
    expect(decoder.decode(new Uint8Array([lead, trail]))).toBe(syllable);
  const all = new Set<string>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x41; trail <= 0xfe; trail += 1) all.add(decoder.decode(new Uint8Array([lead, trail])));
  expect([...all].filter((text) => /^[가-힣]$/.test(text))).toHaveLength(11_172);
  expect(
    decoder.decode(new Uint8Array([0xb0]), { stream: true }) + decoder.decode(new Uint8Array([0xa1, 0x61])),
  ).toBe("가a");
});
