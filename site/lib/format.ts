// Numbers, dates and intervals as readers see them. Rounding happens here and nowhere before.
// A metric's unit decides its form: a ratio prints as %, net sentiment with two decimals.

const locale = "en";
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
const cents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
const longDay = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const monthLong = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });

/** A minus sign is not a hyphen. */
const minus = (text: string) => text.replace("-", "−");

/** `17,785` */
export const count = (value: number): string => minus(whole.format(value));
/** `1.2M` */
export const short = (value: number): string => minus(compact.format(value));
/** On an axis, where room is short: `1.5K`. */
export const tick = (value: number): string => (Math.abs(value) >= 1000 ? short(value) : amount(value));
/** `62`, `8.2`: whole from 20 up, one decimal below. */
export const amount = (value: number): string =>
  minus((Math.abs(value) >= 20 ? whole : oneDecimal).format(value));
/** `$15,000`, `$11.55`: two digits that count from 100 dollars on, because prices are no surer than that. */
export const usd = (value: number): string =>
  `$${(Math.abs(value) >= 100 ? twoDigits : cents).format(value)}`;
/** A number within a sum, as it was published: up to six decimals. */
export const number = (value: number): string => minus(exact.format(value));
/** A score or index, always whole. */
export const score = (value: number): string => minus(whole.format(Math.round(value) || 0));
/** 0.119 → `12%`; under ten per cent with one decimal, because 4% and 4.4% differ by a tenth. */
export const share = (value: number): string => `${shareNumber(value)}%`;
export const shareNumber = (value: number): string => {
  const percent = value * 100;
  return percent === 0 ? "0" : minus((Math.abs(percent) >= 9.95 ? whole : tenth).format(percent));
};
/** 0.119 → `11.9`: for a column whose values must line up. */
export const shareTenth = (value: number): string => minus(tenth.format(value * 100));
/** `0.26`, `−0.08`: net sentiment is no share of anything, so it is no percentage. */
export const net = (value: number): string => minus(cents.format(value).replace(/^-(?=[0.]+$)/, ""));
/** `+1.9`, `−0.4`, `0` */
export const signed = (value: number): string => {
  const text = oneDecimal.format(value);
  return value > 0 && text !== "0" ? `+${text}` : text === "-0" ? "0" : minus(text);
};
/** `+114%` */
export const signedPercent = (value: number): string => {
  const text = whole.format(value);
  return text === "0" || text === "-0" ? "0%" : `${value > 0 ? "+" : ""}${minus(text)}%`;
};

/** `53–67`, with word joiners so that it never breaks. */
export function interval(
  low: number | null,
  high: number | null,
  form: (value: number) => string = score,
): string {
  if (low === null || high === null) return "";
  const [from, to] = [form(low), form(high)];
  // A minus in front makes the dash unreadable: −4 to 6.
  if (from.startsWith("−") || to.startsWith("−")) return `${from} to ${to}`;
  return `${from.endsWith("%") ? from.slice(0, -1) : from}\u2060–\u2060${to}`;
}

/** `60 (53–67)`; the value alone when the interval rounds to it. */
export function withInterval(
  value: number,
  low: number | null,
  high: number | null,
  form: (value: number) => string = score,
): string {
  const range = interval(low, high, form);
  const same = low !== null && high !== null && form(low) === form(value) && form(high) === form(value);
  return range && !same ? `${form(value)} (${range})` : form(value);
}

/** A value in the form its unit asks for. */
export function formOf(unit: string): (value: number) => string {
  if (unit === "ratio") return share;
  if (unit === "ratio −1 to 1") return net;
  if (unit === "%") return signedPercent;
  if (unit === "USD") return usd;
  if (/^(posts|followers|accounts|authors|weeks|rank)/.test(unit)) return count;
  if (/^(points|index)/.test(unit)) return score;
  return amount;
}

/** The register tells net sentiment from a share; a row of metric values says ratio for both. */
export const formOfMetric = (metric: { unit: string }, row: { unit: string }) =>
  formOf(metric.unit.startsWith("ratio") ? metric.unit : row.unit);

/** British dates call one month Sept; a column of dates wants three letters. */
const threeLetters = (date: string): string => date.replace("Sept", "Sep");

/** `2026-11-15` or an instant → `15 Nov 2026` */
export const day = (iso: string): string => threeLetters(longDay.format(new Date(iso)));
/** `15 Nov` */
export const dayMonth = (iso: string): string => threeLetters(shortDay.format(new Date(iso)));
/** `20 Nov, 08:00` in UTC */
export const moment = (iso: string): string => {
  const at = new Date(iso);
  return `${dayMonth(iso)}, ${clock.format(at)}`;
};
/** `18 Nov 2024 – 15 Nov 2026` */
export const period = (from: string, to: string): string =>
  `${from.slice(0, 4) === to.slice(0, 4) ? dayMonth(from) : day(from)} – ${day(to)}`;
/** 1 → `Jan` */
export const monthName = (number: number): string => month.format(new Date(Date.UTC(2026, number - 1, 15)));

/** 1 → `January` */
export const monthNameLong = (number: number): string =>
  monthLong.format(new Date(Date.UTC(2026, number - 1, 15)));

const ordinalRules = new Intl.PluralRules("en", { type: "ordinal" });
const ordinalEndings: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };
/** 1 → `1st` */
export const ordinal = (rank: number): string => `${rank}${ordinalEndings[ordinalRules.select(rank)]}`;

const bytesUnits = ["B", "KB", "MB", "GB"];
/** 1,234,567 → `1.2 MB` */
export function bytes(value: number): string {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return `${amount(value / 1000 ** power)} ${bytesUnits[power]}`;
}
