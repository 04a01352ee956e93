// One market, one colour, on every page. The first five are fixed for good; any other takes a colour by its letters, so that
// it does not change when a publication adds a market.
const fixed: Readonly<Record<string, string>> = {
  de: "s1",
  fr: "s2",
  jp: "s3",
  us: "s4",
  kr: "s5",
  all: "acc",
};

/** Class name of a market's colour. */
export function marketColour(market: string): string {
  const letters = [...market].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  return fixed[market] ?? `s${1 + (letters % 6)}`;
}
