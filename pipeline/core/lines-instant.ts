// An instant in its canonical words, `2026-10-01T10:00:00.000Z` or without the thousandths, told from the bytes that spell it.

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/** Days from 1 January of the year 1 to 1 January 1970, plus one. */
const DAYS_TO_1970 = 719_163;

/** Milliseconds since 1970 UTC, or NaN when `length` bytes from `from` spell no such instant. */
export function instantAt(bytes: Uint8Array, from: number, length: number): number {
  if (length !== 20 && length !== 24) return Number.NaN;
  if (
    bytes[from + 4] !== 45 ||
    bytes[from + 7] !== 45 ||
    bytes[from + 10] !== 84 ||
    bytes[from + 13] !== 58 ||
    bytes[from + 16] !== 58 ||
    bytes[from + 19] !== (length === 20 ? 90 : 46) ||
    bytes[from + length - 1] !== 90
  )
    return Number.NaN;
  const year = digits(bytes, from, 4);
  const month = digits(bytes, from + 5, 2);
  const day = digits(bytes, from + 8, 2);
  const hour = digits(bytes, from + 11, 2);
  const minute = digits(bytes, from + 14, 2);
  const second = digits(bytes, from + 17, 2);
  const milli = length === 24 ? digits(bytes, from + 20, 3) : 0;
  // A digit that is none gives a number far below zero.
  if (year < 1 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return Number.NaN;
  if (second < 0 || second > 59 || milli < 0) return Number.NaN;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  if (day > (DAYS_IN_MONTH[month - 1] as number) + (month === 2 ? leap : 0)) return Number.NaN;
  const before = year - 1;
  const days =
    365 * before +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) +
    (DAYS_BEFORE_MONTH[month - 1] as number) +
    (month > 2 ? leap : 0) +
    day -
    DAYS_TO_1970;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milli;
}

function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = (bytes[at] as number) - 48;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : -1e9;
  }
  return value;
}
