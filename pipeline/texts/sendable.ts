// What of a post may leave this machine: its words. Names of accounts, addresses and numbers that could be somebody's stay here.

/** Characters of a post that are sent; what people feel stands in the first of them. */
const MOST_CHARACTERS = 1500;

const ADDRESS = /[\w.+-]+@[\w-]+\.[\w.]+/gu;
const LINK = /\b(?:https?:\/\/|www\.)\S+/giu;
const ACCOUNT = /(?<![\p{L}\p{N}])@[\w.]+/gu;
/** Seven digits and more, however they are grouped: telephone, order and card numbers. */
const LONG_NUMBER = /\+?\d(?:[\s().-]?\d){6,}/gu;

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
    .replaceAll(/#[\p{L}\p{M}\p{N}_]+|\[\w+\]|[^\p{L}\p{M}\p{Extended_Pictographic}]+/gu, " ")
    .trim();
