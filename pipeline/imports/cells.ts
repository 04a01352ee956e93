// What one cell of an import states, or why it states nothing: days, instants, amounts, counts, markets, currencies. Pure. Nothing is guessed here:
// what could be read in two ways is refused, because a wrong amount looks like any other.
import { currencies } from "./currencies.ts";

/** How the files of one entry write what can be written in several ways. */
export interface Manner {
  readonly decimal: "." | ",";
  /** Which way round days with slashes are. */
  readonly dates?: "DD/MM/YYYY" | "MM/DD/YYYY" | undefined;
  /** Ids and account names of the creators on the registry → their ids. */
  readonly creators?: Readonly<Record<string, string>> | undefined;
}

/** Why a cell cannot be read: a code and its words. Caught a row at a time; a bad row is the exception. */
export class Refusal extends Error {}

export const refuse = (code: string, words: string): never => {
  throw new Refusal(`${code}: ${words.slice(0, 200)}`);
};

export type Reader<T> = (value: unknown, field: string, manner: Manner) => T;

export const words: Reader<string> = (value, field) => {
  const text = String(value).trim().replace(/\s+/g, " ");
  return text.length > 300 ? refuse("too_long", `${field} = ${text.slice(0, 60)}…`) : text;
};

/** An id as it stands; case and inner signs mean something. */
export const id: Reader<string> = (value, field) => {
  const text = words(value, field, { decimal: "." });
  return /^[^\s]+( [^\s]+)*$/.test(text) ? text : refuse("invalid_id", `${field} = ${text}`);
};

export const market: Reader<string> = (value, field) => {
  const text = String(value).trim().toLowerCase();
  return /^[a-z]{2}$/.test(text)
    ? text
    : refuse("invalid_market", `${field} = ${text}; write two letters such as de`);
};

export const currency: Reader<string> = (value, field) => {
  const text = String(value).trim().toUpperCase();
  return currencies.has(text)
    ? text
    : refuse("unknown_currency", `${field} = ${text}; write a code of ISO 4217 such as EUR`);
};

const DAY = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/;
const POINTS = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const SLASHES = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
/** A time may follow the day, with or without seconds and an offset. */
const TIME = /^(.*?)(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?$/i;

/** `2026-11-01`. */
export const day: Reader<string> = (value, field, manner) => instant(value, field, manner).slice(0, 10);

/** ISO instant in UTC; a time without a zone is UTC, a day without a time its midnight. */
export const instant: Reader<string> = (value, field, { dates }) => {
  const text = String(value).trim();
  const [, date = "", hour = "0", minute = "0", second = "0", zone = "Z"] = TIME.exec(text) ?? [];
  const iso = DAY.exec(date);
  const points = POINTS.exec(date);
  const slashes = SLASHES.exec(date);
  if (slashes && !dates)
    return refuse(
      "ambiguous_date",
      `${field} = ${text}; write 2026-11-01, or say dates: DD/MM/YYYY or MM/DD/YYYY in the entry`,
    );
  const parts = iso
    ? [iso[1], iso[2], iso[3]]
    : points
      ? [points[3], points[2], points[1]]
      : slashes
        ? dates === "DD/MM/YYYY"
          ? [slashes[3], slashes[2], slashes[1]]
          : [slashes[3], slashes[1], slashes[2]]
        : null;
  if (!parts) return refuse("invalid_date", `${field} = ${text}; write 2026-11-01 or 2026-11-01T09:30:00Z`);
  const [year, month, dayOfMonth] = parts.map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (
    month < 1 ||
    month > 12 ||
    dayOfMonth < 1 ||
    dayOfMonth > last ||
    Number(hour) > 23 ||
    Number(minute) > 59 ||
    Number(second) > 60 ||
    year < 1990
  )
    return refuse("invalid_date", `${field} = ${text} is no day`);
  const local = Date.UTC(year, month - 1, dayOfMonth, Number(hour), Number(minute), Number(second));
  return new Date(local - offsetMs(zone)).toISOString().replace(".000Z", "Z");
};

function offsetMs(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (!sign) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** An amount of at least zero, to six places. */
export const amount: Reader<number> = (value, field, { decimal }) => {
  if (typeof value === "number")
    return Number.isFinite(value) && value >= 0 ? value : refuse("invalid_amount", `${field} = ${value}`);
  const text = String(value)
    .trim()
    .replace(/[\u00a0\u202f ]/g, "");
  const group = decimal === "." ? "," : ".";
  const shape = new RegExp(`^(\\d+|\\d{1,3}(\\${group}\\d{3})+)(\\${decimal}\\d{1,6})?$`);
  if (shape.test(text)) return Number(text.replaceAll(group, "").replace(decimal, "."));
  return refuse(
    text.startsWith("-") ? "negative_amount" : "invalid_amount",
    `${field} = ${text}; write plain digits with ${decimal === "." ? "a point" : "a comma"}, or say decimal: "${group}" in the entry`,
  );
};

export const wholeNumber: Reader<number> = (value, field) => {
  const text = String(value)
    .trim()
    .replace(/[\u00a0\u202f ]/g, "");
  const number = /^[+-]?\d+(\.0+)?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number)
    ? number
    : refuse("invalid_number", `${field} = ${text}; write plain digits`);
};

export const count: Reader<number> = (value, field, manner) => {
  const number = wholeNumber(value, field, manner);
  return number >= 0 ? number : refuse("negative_count", `${field} = ${number}`);
};

/** Ids of the registry creators that a list names; whoever is on no registry does not come in. */
export const registryCreators: Reader<string[]> = (value, _, { creators = {} }) => {
  const named = String(value)
    .split(/[;|,]/)
    .map((name) => creators[name.trim().replace(/^@/, "").toLowerCase()]);
  return [...new Set(named.filter((creator) => creator !== undefined))].sort();
};

export const url: Reader<string> = (value, field) => {
  const text = String(value).trim();
  return /^https?:\/\/[^\s<>"]+$/i.test(text) && URL.canParse(text)
    ? text
    : refuse("invalid_url", `${field} = ${text}; write https://…`);
};

/** What exports write where there is nothing. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || /^(|-|–|n\/?a|null|none|nan)$/i.test(String(value).trim());
