// Counts as people and exports write them: 1234, 1.234,5, 304.9K, 1,2 Mio, 12万, 1.5만. Pure.

/** What exports write where there is no value. */
export const MISSING =
  /^(?:|-|–|—|n\/?a'?|nan|null|none|nil|undefined|unknown|#valor!|#value!|#n\/a|#div\/0!|k\.?\s?a\.?|없음|なし)$/i;

const MULTIPLIERS: Readonly<Record<string, number>> = {
  k: 1e3,
  tsd: 1e3,
  thousand: 1e3,
  mil: 1e3,
  천: 1e3,
  千: 1e3,
  만: 1e4,
  万: 1e4,
  萬: 1e4,
  w: 1e4,
  m: 1e6,
  mn: 1e6,
  mio: 1e6,
  million: 1e6,
  millionen: 1e6,
  millions: 1e6,
  millones: 1e6,
  백만: 1e6,
  억: 1e8,
  億: 1e8,
  亿: 1e8,
  b: 1e9,
  bn: 1e9,
  mrd: 1e9,
  md: 1e9,
  billion: 1e9,
};

const SHAPE = /^([+-]?)\s*(\d[\d.,' \u00a0\u202f’]*|[.,]\d+)\s*([^\d\s.,]*)\.?$/u;

/** The number that the text states, or undefined when it states none. `decimal` settles what 1.234 means. */
export function parseNumber(text: string, decimal: "." | "," = ".", words = true): number | undefined {
  const shape = SHAPE.exec(text.trim());
  if (!shape) return undefined;
  const [, sign, digits, unit] = shape as unknown as [string, string, string, string];
  const multiplier = unit === "" ? 1 : words ? MULTIPLIERS[unit.toLowerCase()] : undefined;
  if (multiplier === undefined) return undefined;
  const value = parseDigits(digits.trim(), decimal, multiplier > 1);
  if (value === undefined) return undefined;
  return (sign === "-" ? -1 : 1) * exact(value * multiplier);
}

/**
 * Which character separates decimals in a column. A value that can be read only one way is evidence; without any, `certain`
 * is false and `decimal` is what it must be for 1.234 or 1,234 to be a whole number, since most columns count people.
 */
export function decimalStyle(values: Iterable<string>): { decimal: "." | ","; certain: boolean } {
  const seen = { ".": 0, ",": 0, "open .": 0, "open ,": 0 };
  for (const value of values) {
    const says = evidence(value);
    if (says) seen[says] += 1;
  }
  if (seen["."] === 0 && seen[","] === 0) {
    const decimal = seen["open ."] > seen["open ,"] ? "," : ".";
    return { decimal, certain: seen["open ."] + seen["open ,"] === 0 };
  }
  return { decimal: seen[","] > seen["."] ? "," : ".", certain: seen["."] === 0 || seen[","] === 0 };
}

function evidence(text: string): "." | "," | "open ." | "open ," | undefined {
  const shape = SHAPE.exec(text.trim());
  if (!shape) return undefined;
  const digits = (shape[2] as string).trim();
  const points = digits.split(".").length - 1;
  const commas = digits.split(",").length - 1;
  if (points === 0 && commas === 0) return undefined;
  if (points > 0 && commas > 0) return digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
  const separator = points > 0 ? "." : ",";
  const other = separator === "." ? "," : ".";
  if (points + commas > 1) return other;
  const after = digits.length - digits.indexOf(separator) - 1;
  // 1.234 may be a thousand or one and a bit; 1.2 and 0.123 may not, and nobody writes 1.234K for a million.
  if (after !== 3 || digits.startsWith("0") || (shape[3] as string) !== "" || digits.indexOf(separator) > 3)
    return separator;
  return `open ${separator}`;
}

function parseDigits(digits: string, decimal: "." | ",", hasUnit: boolean): number | undefined {
  const group = decimal === "." ? "," : ".";
  let text = digits.replace(/[' \u00a0\u202f’]/g, "");
  // Groups that are no groups of three can only be decimals: 1,2 Mio in a column of points.
  const wrongGroups =
    text.includes(group) && !new RegExp(`^\\d{1,3}(\\${group}\\d{3})+(\\${decimal}\\d*)?$`).test(text);
  if (wrongGroups) {
    if (!hasUnit || text.split(group).length !== 2 || text.includes(decimal)) return undefined;
    text = text.replace(group, ".");
  } else {
    text = text.replaceAll(group, "");
    if (decimal === ",") text = text.replace(",", ".");
  }
  return /^\d*\.?\d*$/.test(text) && /\d/.test(text) ? Number(text) : undefined;
}

// 304.9 * 1000 is 304899.99999999994 in binary.
const exact = (value: number) => Math.round(value * 1e6) / 1e6;
