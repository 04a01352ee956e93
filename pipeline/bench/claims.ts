// How long a copy of 2,000 characters takes to be held against the claims rules, per market and language; limit 5 ms. The browser runs the same function.
// Run: npm run --silent bench -- claims, or node --import tsx pipeline/bench/claims.ts
import { pathToFileURL } from "node:url";
import { readerOf } from "../../data/reference/claims/check.ts";
import { ruleBooks } from "../../data/reference/claims/read-files.ts";

export const limitMilliseconds = 5;

/** Sentences with claims and without, so that both ways through the rules are taken. */
const copies: Readonly<Record<string, string>> = {
  en: "A light gel cream with niacinamide that leaves skin soft. It does not cure eczema, and no cream erases wrinkles. Boosts collagen production! Reapply every two hours. ",
  de: "Eine leichte Creme mit Niacinamid, zieht schnell ein. Sie heilt keine Neurodermitis und entfernt keine Falten. Regt die Kollagenproduktion an! Alle zwei Stunden nachcremen. ",
  fr: "Une crème légère à la niacinamide qui pénètre vite. Elle ne guérit pas l'eczéma et n'efface pas les rides. Stimule la production de collagène ! À renouveler toutes les deux heures. ",
  ja: "ナイアシンアミド配合の軽いジェルクリームです。シミが消えるわけではありません。コラーゲンを増やす美容液！こまめに塗り直してください。毎日のお手入れに使いやすい香りです。",
  ko: "나이아신아마이드를 담은 산뜻한 젤 크림입니다. 여드름을 치료하지 않습니다. 콜라겐 생성을 촉진! 수시로 덧발라 주세요. 매일 아침저녁으로 사용하기 좋은 제형이에요. ",
  mixed:
    "국민 토너 NO.1 TONER with 77% Heartleaf extract 저자극 진정 케어 KOREA MASTER BRAND 2021 AWARDS winner 수분 ml Skin Essential glow 시카 콤플렉스 best care line 미백 ",
};

export interface ClaimsBench {
  readonly market: string;
  readonly language: string;
  /** Other work on the machine can only add to it. */
  readonly fastestMilliseconds: number;
}

export function benchClaims(rounds = 40): ClaimsBench[] {
  return [...ruleBooks()].flatMap(([market, book]) => {
    const reader = readerOf(book);
    return Object.entries(copies).map(([language, sentence]) => {
      const copy = sentence.repeat(40).slice(0, 2_000);
      for (let round = 0; round < 10; round++) reader.read(copy);
      const times = Array.from({ length: rounds }, () => {
        const started = performance.now();
        reader.read(copy);
        return performance.now() - started;
      });
      return { market, language, fastestMilliseconds: Math.min(...times) };
    });
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = benchClaims();
  const slowest = found.toSorted((a, b) => b.fastestMilliseconds - a.fastestMilliseconds)[0];
  for (const language of Object.keys(copies)) {
    const own = found.filter((one) => one.language === language).map((one) => one.fastestMilliseconds);
    console.log(
      `${language.padEnd(6)} ${Math.min(...own).toFixed(2)} to ${Math.max(...own).toFixed(2)} ms per 2,000 characters`,
    );
  }
  console.log(`slowest ${slowest?.fastestMilliseconds.toFixed(2)} ms (limit ${limitMilliseconds} ms)`);
  if ((slowest?.fastestMilliseconds ?? 0) > limitMilliseconds) process.exitCode = 1;
}
