// One cell of somebody's file about accounts: a count, a share, a yes or no. What cannot be read is unknown, with the reason; it is never zero.

export interface Cell<T> {
  readonly is: T | null;
  /** Set when the cell holds something that is no such value. */
  readonly why?: string;
}

/** Empty, or one of the ways in which programs write that they know nothing. */
export const isBlank = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === "number" && Number.isNaN(value)) ||
  (typeof value === "string" && /^(|nan|null|none|n\/?a|undefined|-|\?)$/i.test(value.trim()));

const multiples: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/** 1204, "1,204", "1.2K", {count: 1204}. */
export function countIn(value: unknown): Cell<number> {
  const inner = typeof value === "object" && value !== null ? (value as { count?: unknown }).count : value;
  const number = numberOf(inner);
  if (number === null) return { is: null, why: "not a count" };
  return number < 0 ? { is: null, why: "a negative count" } : { is: number };
}

/** Between 0 and 1. */
export function shareIn(value: unknown): Cell<number> {
  const number = numberOf(value);
  if (number === null) return { is: null, why: "not a share" };
  return number < 0 || number > 1 ? { is: null, why: "a share outside 0 to 1" } : { is: number };
}

export function flagIn(value: unknown): Cell<boolean> {
  const word = String(value).trim().toLowerCase();
  if (/^(1|1\.0+|true|t|yes|y|ja|oui|si|はい|예)$/.test(word)) return { is: true };
  if (/^(0|0\.0+|false|f|no|n|nein|non|いいえ|아니요)$/.test(word)) return { is: false };
  return { is: null, why: "neither yes nor no" };
}

/** A yes or no, or the address itself. */
export function linkIn(value: unknown): Cell<boolean> {
  const flag = flagIn(value);
  if (flag.is !== null) return flag;
  return /[./]/.test(String(value)) ? { is: true } : flag;
}

export const wordsIn = (value: unknown): Cell<string> => ({ is: String(value).trim() });

/** Characters of a text; a missing text is an empty one, because exports leave empty biographies out. */
export const lengthIn = (value: unknown): number =>
  value === null || value === undefined ? 0 : [...String(value).trim()].length;

function numberOf(value: unknown): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  const match = /^(-?[\d][\d,_ ' ]*(?:\.\d+)?(?:e[+-]?\d+)?)\s*([kmb])?$/i.exec(String(value).trim());
  if (!match) return null;
  const number =
    Number((match[1] as string).replace(/[,_ ' ]/g, "")) * (multiples[(match[2] ?? "").toLowerCase()] ?? 1);
  return Number.isFinite(number) ? number : null;
}
