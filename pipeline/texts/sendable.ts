// What of a post may leave this machine: its words. Names of accounts, addresses and numbers that could be somebody's stay here.

/** Characters of a post that are sent; what people feel stands in the first of them. */
const MOST_CHARACTERS = 1500;

const LETTER = "\\p{L}\\p{M}\\p{N}_";
// Lengths are bounded as addresses are, so that fifty thousand characters without a space take no longer than others.
const ADDRESS = new RegExp(`[${LETTER}.+-]{1,64}@[${LETTER}-]{1,63}\\.[${LETTER}.]{1,190}`, "gu");
/** With a scheme, with www, or a bare domain with a path, as profiles link to shops. */
const LINK = new RegExp(
  `(?<![${LETTER}])(?:(?:https?://|www\\.)\\S+|(?:[${LETTER}-]{1,63}\\.){1,4}[a-z]{2,24}/\\S+)`,
  "giu",
);
/** In any script, behind a sign of either width. */
const ACCOUNT = new RegExp(`(?<![${LETTER}])[@＠][${LETTER}](?:[${LETTER}.]{0,60}[${LETTER}])?`, "gu");
/** Seven digits and more, however they are grouped: telephone, order and card numbers. */
const LONG_NUMBER = /\+?\d(?:[\s().-]{0,2}\d){6,}/gu;

/** The post without accounts, links, addresses and long numbers, cut at 1,500 characters. */
export function sendable(text: string): string {
  const bare = text
    .replaceAll(LINK, "[link]")
    .replaceAll(ADDRESS, "[address]")
    .replaceAll(ACCOUNT, "[account]")
    .replaceAll(LONG_NUMBER, "[number]")
    .toWellFormed();
  const characters = Array.from(bare);
  return characters.length > MOST_CHARACTERS ? characters.slice(0, MOST_CHARACTERS).join("") : bare;
}

/** Posts of one shape say the same with other links, tags, numbers, spaces and signs. */
export const shapeOf = (text: string): string =>
  sendable(text)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/#[\p{L}\p{M}\p{N}_]+|\[\w+\]/gu, " ")
    .replaceAll(/[^\p{L}\p{M}\p{Extended_Pictographic}]+/gu, " ")
    .trim();
