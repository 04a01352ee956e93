// A cell states one thing or is refused with its value: nothing is guessed.
import { expect, test } from "vitest";
import {
  amount,
  count,
  currency,
  day,
  instant,
  isBlank,
  type Manner,
  market,
  type Reader,
  url,
} from "./cells.ts";
import { currencies } from "./currencies.ts";

const point: Manner = { decimal: "." };
const comma: Manner = { decimal: "," };
const reason = (read: Reader<unknown>, value: unknown, manner: Manner = point): string => {
  try {
    return `read as ${JSON.stringify(read(value, "field", manner))}`;
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  ["2026-11-02", "2026-11-02T00:00:00Z"],
  ["2026/1/2 9:05", "2026-01-02T09:05:00Z"],
  ["2026-11-02T09:30:00+01:00", "2026-11-02T08:30:00Z"],
  ["2026-11-02 00:30:00 +0900", "2026-11-01T15:30:00Z"],
  ["02.11.2026 18:00", "2026-11-02T18:00:00Z"],
])("%s is the instant %s", (text, is) => {
  expect(instant(text, "field", point)).toBe(is);
});

test("a day with slashes can be read in two ways, so somebody has to say which", () => {
  expect(reason(day, "03/04/2026")).toMatch(
    /^ambiguous_date: field = 03\/04\/2026; write 2026-11-01, or say dates:/,
  );
  expect(day("03/04/2026", "field", { ...point, dates: "DD/MM/YYYY" })).toBe("2026-04-03");
  expect(day("03/04/2026", "field", { ...point, dates: "MM/DD/YYYY" })).toBe("2026-03-04");
});

test("days that do not exist are no days", () => {
  for (const text of ["2026-02-30", "31.11.2026", "yesterday", "45231", "2026-11-02 25:00"])
    expect(reason(day, text)).toMatch(/^invalid_date: field = /);
});

test("an amount is read as the entry says decimals are written, and never turned into a hundredfold", () => {
  expect(amount("1,234.50", "price", point)).toBe(1234.5);
  expect(amount("1.234,50", "price", comma)).toBe(1234.5);
  expect(amount("1 234,5", "price", comma)).toBe(1234.5);
  expect(reason(amount, "12,50")).toBe(
    'invalid_amount: field = 12,50; write plain digits with a point, or say decimal: "," in the entry',
  );
  expect(reason(amount, "€ 12.50")).toMatch(/^invalid_amount/);
  expect(reason(amount, "-3.00")).toMatch(/^negative_amount/);
  expect(reason(amount, Number.NaN)).toMatch(/^invalid_amount/);
});

test("currencies are those of ISO 4217, whatever the case; every one is known to Unicode", () => {
  expect(currency("eur", "currency", point)).toBe("EUR");
  for (const text of ["€", "EURO", "DEM", "XXX"])
    expect(reason(currency, text)).toMatch(/^unknown_currency: field = /);
  const known = new Set(Intl.supportedValuesOf("currency"));
  // Too young for Unicode's list, or left out of it.
  const young = new Set(["VED", "XCG", "ZWG"]);
  expect([...currencies].filter((code) => !known.has(code) && !young.has(code))).toEqual([]);
  expect(currencies.size).toBeGreaterThan(150);
});

test("markets, counts and addresses say what is wrong with them", () => {
  expect(market(" DE ", "market", point)).toBe("de");
  expect(reason(market, "Germany")).toBe("invalid_market: field = germany; write two letters such as de");
  expect(count("12.0", "clicks", point)).toBe(12);
  expect(reason(count, "-4")).toBe("negative_count: field = -4");
  expect(reason(count, "1.5")).toMatch(/^invalid_number/);
  expect(reason(url, "javascript:alert(1)")).toMatch(/^invalid_url/);
  expect(["", " ", "-", "N/A", null, undefined].every(isBlank)).toBe(true);
  expect(isBlank(0)).toBe(false);
});
