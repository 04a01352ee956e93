// Times of a long table as numbers that order them: steps, days, or milliseconds, whichever the cells are.
import { LeapError } from "../../core/errors.ts";

/** Numbers stay numbers; dates become milliseconds. `05-02-2010` is read day first or month first, whichever all cells allow and more of them order. */
export function timesOf(cells: readonly unknown[], file: string): number[] {
  const texts = cells.map((cell) => (cell instanceof Date ? cell.toISOString() : String(cell).trim()));
  const written = writtenDates(texts);
  if (written) return written;
  if (texts.every((text) => text !== "" && !Number.isNaN(Number(text)))) return texts.map(Number);
  const readings = [
    isoTimes,
    (all: readonly string[]) => partTimes(all, true),
    (all: readonly string[]) => partTimes(all, false),
  ]
    .map((read) => read(texts))
    .filter((times) => times !== null);
  const best = readings.reduce<number[] | null>(
    (most, one) => (most === null || ordered(one) > ordered(most) ? one : most),
    null,
  );
  if (best) return best;
  const bad = texts.find((text) => Number.isNaN(Date.parse(text))) ?? texts[0];
  throw new LeapError(
    `invalid time: ${file} has ${JSON.stringify(bad)}. Times are numbers, ISO dates, or day-month-year; --time names another column.`,
  );
}

/** 202401 and 20240131 in every cell are months and days, as long as all of them are such; steps and years remain numbers. */
function writtenDates(texts: readonly string[]): number[] | null {
  const pattern = /^((?:18|19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?(?:\.0)?$/;
  const times = texts.map((text) => {
    const [, year, month, day] = pattern.exec(text) ?? [];
    return year === undefined ? Number.NaN : Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1));
  });
  return times.some(Number.isNaN) ? null : times;
}

function isoTimes(texts: readonly string[]): number[] | null {
  const times = texts.map((text) => {
    const week = /^(\d{4})-?W(\d{1,2})$/i.exec(text);
    if (week) return Date.UTC(Number(week[1]), 0, 4 + 7 * (Number(week[2]) - 1));
    const quarter = /^(\d{4})[- ]?Q([1-4])$/i.exec(text);
    if (quarter) return Date.UTC(Number(quarter[1]), 3 * (Number(quarter[2]) - 1), 1);
    return /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}/.test(text) ? Number.NaN : Date.parse(text);
  });
  return times.some(Number.isNaN) ? null : times;
}

function partTimes(texts: readonly string[], dayFirst: boolean): number[] | null {
  const times = texts.map((text) => {
    const parts = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[ T](\d{1,2}):(\d{2}))?/.exec(text);
    if (!parts) return Number.NaN;
    const [first, second, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
    const [day, month] = dayFirst ? [first, second] : [second, first];
    if (month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
    return Date.UTC(
      year < 100 ? 2000 + year : year,
      month - 1,
      day,
      Number(parts[4] ?? 0),
      Number(parts[5] ?? 0),
    );
  });
  return times.some(Number.isNaN) ? null : times;
}

/** Neighbouring rows in order: a file is mostly written in the order of its times. */
const ordered = (times: readonly number[]): number =>
  times.reduce((count, time, i) => (i > 0 && time > (times[i - 1] as number) ? count + 1 : count), 0);
