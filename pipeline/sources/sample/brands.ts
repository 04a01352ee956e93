// The eight invented brands as captions write them. publication.yaml lists the same; a test holds the two together.
import type { BrandId, Language } from "./markets.ts";

const native: Readonly<Record<BrandId, readonly [latin: string, hangul: string, katakana: string]>> = {
  haruvelle: ["Haruvelle", "하루벨르", "ハルベル"],
  moonseolle: ["Moonseolle", "문설레", "ムンソレ"],
  okdami: ["Okdami", "옥다미", "オクダミ"],
  nabiyeon: ["Nabiyeon", "나비연", "ナビヨン"],
  lumiseon: ["Lumiseon", "루미선", "ルミソン"],
  gyeolia: ["Gyeolia", "결리아", "ギョリア"],
  sorabit: ["Sorabit", "소라빛", "ソラビット"],
  pibonu: ["Pibonu", "피보누", "ピボヌ"],
};

export const brandIds = Object.keys(native) as BrandId[];

/** How a caption in the language writes the brand, the usual script first. */
export function brandForms(brand: BrandId, language: Language): readonly string[] {
  const [latin, hangul, katakana] = native[brand];
  if (language === "ko") return [hangul, hangul, latin];
  if (language === "ja") return [katakana, katakana, latin];
  return [latin];
}

export const brandTag = (brand: BrandId): string => brand;
