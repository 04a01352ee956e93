// Dates as exports write them, to milliseconds UTC. Pure; the machine's own zone is never asked.
import { instantAt } from "../../core/lines-instant.ts";
import type { DateField } from "./mapping.ts";

export interface DateReader {
  /** Milliseconds since 1970 UTC, or undefined when the value is no date. */
  read(value: unknown): number | undefined;
}

/** Whether a value written in this style states only a day. */
export const isDayOnly = (value: string) => !/\d[:h]\d|T\d|^\d{9,}/.test(value);

export function dateReader({ date, zone }: Pick<DateField, "date" | "zone">): DateReader {
  if (date === "unix_s") return { read: (value) => unix(value, 1000) };
  if (date === "unix_ms") return { read: (value) => unix(value, 1) };
  const offset = zoneOffset(zone);
  if (date === "iso")
    return { read: (value) => (typeof value === "string" ? readIso(value, offset) : undefined) };
  const formats = date.map(compileFormat);
  return {
    read(value) {
      if (typeof value !== "string" && typeof value !== "number") return undefined;
      const text = String(value).trim();
      for (const format of formats) {
        const found = format(text);
        if (found) return found.offset === null ? found.ms - offset(found.ms) : found.ms - found.offset;
      }
      return undefined;
    },
  };
}

const codes = new Uint8Array(24);

/** Milliseconds of `2018-10-31T13:00:03Z` or `2018-10-31T13:00:03.000Z`, which most exports write, without a pattern or a Date. */
export function instantMs(text: string): number | undefined {
  const { length } = text;
  if (length > codes.length) return undefined;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 127) return undefined;
    codes[at] = code;
  }
  const ms = instantAt(codes, 0, length);
  return Number.isNaN(ms) ? undefined : ms;
}

const ISO =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?$/i;

function readIso(value: string, offset: (local: number) => number): number | undefined {
  if (value.charCodeAt(value.length - 1) === 90) {
    const ms = instantMs(value);
    if (ms !== undefined) return ms;
  }
  const parts = ISO.exec(value.trim());
  if (!parts) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = parts;
  const ms = utc(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  if (ms === undefined) return undefined;
  const exact = ms + Math.floor(Number(`0.${fraction || 0}`) * 1000);
  return exact - (zone ? zoneMinutes(zone) * 60_000 : offset(exact));
}

function unix(value: unknown, factor: number): number | undefined {
  const number =
    typeof value === "number"
      ? value
      : typeof value === "string" && /^\d+(\.\d+)?$/.test(value.trim())
        ? Number(value)
        : Number.NaN;
  return Number.isFinite(number) ? Math.floor(number * factor) : undefined;
}

function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return undefined;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Abbreviations that exports print behind a time. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  CET: 60,
  CEST: 120,
  BST: 60,
  KST: 540,
  JST: 540,
};

function zoneMinutes(zone: string): number {
  const named = ABBREVIATIONS[zone.toUpperCase()];
  if (named !== undefined) return named;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const FOREIGN_MONTHS: Readonly<Record<string, number>> = {
  mär: 3,
  mai: 5,
  okt: 10,
  dez: 12,
  fév: 2,
  avr: 4,
  juin: 6,
  juil: 7,
  aoû: 8,
  déc: 12,
  ene: 1,
  abr: 4,
  ago: 8,
  dic: 12,
  mrz: 3,
};

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: "(?<year>\\d{4})",
  YY: "(?<short>\\d{2})",
  MMM: "(?<name>[\\p{L}]{3,9})\\.?",
  MM: "(?<month>\\d{1,2})",
  M: "(?<month>\\d{1,2})",
  DD: "(?<day>\\d{1,2})",
  D: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{1,2})",
  H: "(?<hour>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  ss: "(?<second>\\d{2})(?:\\.\\d+)?",
  ddd: "\\p{L}{2,4}\\.?",
  ZZ: "(?<zone>[+-]\\d\\d:?\\d\\d|Z|UTC|GMT)",
  A: "(?<half>[AaPp]\\.?[Mm]\\.?)",
};

/** A format such as `DD.MM.YYYY HH:mm`. A time of day and a zone may follow a format that names none. */
function compileFormat(format: string): (text: string) => { ms: number; offset: number | null } | undefined {
  const body = format.replace(
    /YYYY|YY|ddd|ZZ|MMM|MM|M|DD|D|HH|H|mm|ss|A|[^\w\s]|\s+|\w/g,
    (token) =>
      TOKENS[token] ?? (/^\s+$/.test(token) ? "\\s+" : token.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")),
  );
  const time = format.includes("H")
    ? ""
    : "(?:[,T]?\\s*(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d+)?)?\\s*(?<half>[AaPp]\\.?[Mm]\\.?)?)?";
  const zone = format.includes("ZZ") ? "" : "(?<zone>Z|[A-Z]{3,4}|[+-]\\d\\d:?\\d\\d)?";
  const pattern = new RegExp(`^${body}${time}\\.?\\s*${zone}$`, "u");
  return (text) => {
    const groups = pattern.exec(text)?.groups;
    if (!groups) return undefined;
    const year = groups["year"] ? Number(groups["year"]) : century(Number(groups["short"]));
    const month = groups["name"] ? monthOf(groups["name"]) : Number(groups["month"] ?? 1);
    let hour = Number(groups["hour"] ?? 0);
    if (groups["half"]) hour = (hour % 12) + (/^p/i.test(groups["half"]) ? 12 : 0);
    const ms = utc(
      year,
      month,
      Number(groups["day"] ?? 1),
      hour,
      Number(groups["minute"] ?? 0),
      Number(groups["second"] ?? 0),
    );
    if (ms === undefined) return undefined;
    const zone = groups["zone"];
    if (zone && ABBREVIATIONS[zone] === undefined && !/^[+-]/.test(zone)) return undefined;
    return { ms, offset: zone ? zoneMinutes(zone) * 60_000 : null };
  };
}

// Social media begin after 1990, so two digits leave no doubt for a lifetime.
const century = (short: number) => (short >= 90 ? 1900 : 2000) + short;

function monthOf(name: string): number {
  const start = name.toLowerCase().slice(0, 3);
  const index = MONTHS.indexOf(start);
  return index !== -1
    ? index + 1
    : (FOREIGN_MONTHS[name.toLowerCase().slice(0, 4)] ?? FOREIGN_MONTHS[start] ?? 0);
}

/** Offset of local time in an IANA zone, in milliseconds; asked once per hour of data. */
function zoneOffset(zone: string): (local: number) => number {
  if (zone === "UTC") return () => 0;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const at = (instant: number) => {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map((part) => [part.type, Number(part.value)]),
    );
    return (
      Date.UTC(
        parts["year"] ?? 0,
        (parts["month"] ?? 1) - 1,
        parts["day"],
        parts["hour"],
        parts["minute"],
        parts["second"],
      ) - instant
    );
  };
  const known = new Map<number, number>();
  return (local) => {
    const hour = Math.floor(local / 3_600_000);
    let offset = known.get(hour);
    if (offset === undefined) {
      const guess = at(hour * 3_600_000);
      offset = at(hour * 3_600_000 - guess);
      known.set(hour, offset);
    }
    return offset;
  };
}

/** Finds the style that reads a column's sampled values, and says whether another would read them too. */
export function dateStyle(
  values: readonly string[],
  notAfter = Date.UTC(2100, 0, 1),
): { date: DateField["date"]; share: number; doubt: string | null } | null {
  const filled = values.map((value) => value.trim()).filter((value) => value !== "");
  if (filled.length === 0) return null;
  const share = (date: DateField["date"]) => {
    const reader = dateReader({ date, zone: "UTC" });
    return filled.filter((value) => plausible(reader.read(value), notAfter)).length / filled.length;
  };
  const simple: DateField["date"][] = ["iso", "unix_s", "unix_ms"];
  for (const date of simple) {
    const read = share(date);
    if (read >= 0.8) return { date, share: read, doubt: null };
  }
  let best: { date: DateField["date"]; share: number; doubt: string | null } | null = null;
  for (const family of FAMILIES) {
    const shares = family
      .map((format) => ({ format, share: share([format]) }))
      .sort((a, b) => b.share - a.share);
    const [first, second] = shares;
    if (!first || first.share < 0.8 || (best && best.share >= first.share)) continue;
    const doubt =
      second && second.share === first.share
        ? `${first.format} assumed; ${second.format} would read every value too`
        : null;
    best = { date: [first.format], share: first.share, doubt };
  }
  return best;
}

// Within a family the order decides a tie: day first after points and dashes, month first after slashes, as tools export.
const FAMILIES: readonly (readonly string[])[] = [
  ["DD.MM.YYYY", "MM.DD.YYYY"],
  ["DD-MM-YYYY", "MM-DD-YYYY"],
  ["MM/DD/YYYY", "DD/MM/YYYY"],
  ["YYYY/MM/DD", "YYYY/DD/MM"],
  ["YYYY.MM.DD", "YYYY.DD.MM"],
  ["YYYYMMDD", "YYYYDDMM"],
  ["YY.MM.DD", "DD.MM.YY", "YY.DD.MM", "MM.DD.YY"],
  ["MM/DD/YY", "DD/MM/YY", "YY/MM/DD"],
  ["DD-MM-YY", "YY-MM-DD", "MM-DD-YY"],
  ["MMM D, YYYY"],
  ["MMM D YYYY"],
  ["D MMM YYYY"],
  ["D. MMM YYYY"],
  ["D-MMM-YYYY"],
  ["ddd MMM DD HH:mm:ss ZZ YYYY"],
  ["ddd, DD MMM YYYY"],
  ["YYYY년 MM월 DD일"],
  ["YYYY年MM月DD日"],
  ["YYYY. MM. DD."],
  ["YYYY. MM. DD"],
];

const plausible = (ms: number | undefined, notAfter: number) =>
  ms !== undefined && ms >= Date.UTC(1990, 0, 1) && ms <= notAfter + 86_400_000;
