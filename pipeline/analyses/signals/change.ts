// How many in the last days, and how that compares with as many days before. Pure.
import type { Provenance, Reason } from "../../../data/contract/columns.ts";

export type SignalDay = {
  readonly source: string;
  readonly market: string;
  readonly kind: string;
  readonly term: string;
  readonly series: string;
  readonly day: string;
  readonly value: number;
  readonly out_of: number | null;
  readonly unit: string;
  readonly provenance: Provenance;
};

export interface Change {
  /** First of the last days. */
  readonly from: string;
  /** Sum over the last days that have a figure, and over the days before. */
  readonly last: number;
  readonly before: number;
  /** Per cent; null with a reason. */
  readonly value: number | null;
  readonly reason: Reason | null;
}

/** Share of the days that must have a figure: three of four weeks. */
const KNOWN_SHARE = 0.75;
/** A percentage of fewer than these says nothing. */
const LEAST_BASE = 50;

/**
 * Of the series of one term in one market. Series are compared with themselves over the days that each has a figure for, so that an article whose
 * days are missing is no fall; where the source says what a value is a part of, shares are compared, so that a larger haul of news is no rise.
 * `until` is the last day, ISO.
 */
export function changeOf(rows: readonly SignalDay[], until: string, days: number): Change {
  const from = dayBefore(until, days - 1);
  const start = dayBefore(until, 2 * days - 1);
  const perSeries = [...Map.groupBy(rows, ({ series }) => series).values()].map((own) => ({
    last: own.filter(({ day }) => day >= from && day <= until),
    before: own.filter(({ day }) => day >= start && day < from),
  }));
  const used = perSeries.filter(({ last, before }) => last.length + before.length > 0);
  const last = total(used.flatMap((one) => one.last));
  const before = total(used.flatMap((one) => one.before));
  const known =
    used.length > 0 &&
    used.every((one) => Math.min(one.last.length, one.before.length) >= KNOWN_SHARE * days);
  if (!known) return { from, last, before, value: null, reason: "not_collected" };
  if (before < LEAST_BASE) return { from, last, before, value: null, reason: "too_few" };
  const level = (side: "last" | "before") => used.reduce((sum, one) => sum + levelOf(one[side]), 0);
  const base = level("before");
  return base > 0
    ? { from, last, before, value: 100 * (level("last") / base - 1), reason: null }
    : { from, last, before, value: null, reason: "too_few" };
}

/** A day's mean, or the share of all where the source says of what. */
function levelOf(rows: readonly SignalDay[]): number {
  const parts = rows.every(({ out_of }) => out_of !== null && out_of > 0);
  return parts
    ? total(rows) / rows.reduce((sum, { out_of }) => sum + (out_of ?? 0), 0)
    : total(rows) / rows.length;
}

const total = (rows: readonly SignalDay[]): number => rows.reduce((sum, { value }) => sum + value, 0);

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
