// Ticks: few, round, and with the ones that leave when the plot is narrow marked as optional.

export interface Tick {
  readonly at: number;
  readonly label: string;
  /** Leaves a narrow plot, so that labels never overlap; fewer ticks, not smaller type. */
  readonly optional: boolean;
}

const days = 864e5;

/** Round values from `low` to `high`, about `wanted` of them. */
export function roundTicks(low: number, high: number, wanted = 4): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** The smallest round range that holds both ends. */
export function roundRange(low: number, high: number, wanted = 4): readonly [number, number] {
  if (low === high) return low === 0 ? [0, 1] : low > 0 ? [0, low * 1.25] : [low * 1.25, 0];
  const ticks = roundTicks(low, high, wanted);
  const step = ticks.length > 1 ? (ticks[1] as number) - (ticks[0] as number) : high - low;
  return [
    Number((Math.floor(low / step + 1e-9) * step).toPrecision(12)),
    Number((Math.ceil(high / step - 1e-9) * step).toPrecision(12)),
  ];
}

/** Ticks of a time axis in UTC: weeks, months, quarters or years, at most about `wanted`. */
export function timeTicks(from: number, to: number, wanted = 9): Tick[] {
  const span = (to - from) / days;
  if (span < 75) return spaced(weekTicks(from, to, Math.min(wanted, 5)), from, to);
  const months = span / 30.4;
  const step = monthSteps.find((every) => months / every <= wanted) ?? 240;
  const ticks: { at: number; label: string; weight: number }[] = [];
  const start = new Date(from);
  for (let month = 0; ; month += 1) {
    const at = Date.UTC(start.getUTCFullYear(), month);
    if (at > to) return spaced(ticks, from, to);
    const count = new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();
    if (at < from || count % step !== 0) continue;
    const january = count % 12 === 0;
    const form = step >= 12 ? year : january || ticks.length === 0 ? monthAndYear : monthOnly;
    ticks.push({ at, label: form.format(at), weight: january ? 1 : 0 });
  }
}

const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240];
const year = new Intl.DateTimeFormat("en", { year: "numeric", timeZone: "UTC" });
const monthAndYear = new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" });
const monthOnly = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

function weekTicks(
  from: number,
  to: number,
  wanted: number,
): { at: number; label: string; weight: number }[] {
  const weeks = Math.max(1, Math.round((to - from) / (7 * days)));
  const every = Math.ceil(weeks / wanted);
  return Array.from({ length: Math.floor(weeks / every) + 1 }, (_, index) => {
    const at = from + index * every * 7 * days;
    return { at, label: dayAndMonth.format(at).replace("Sept", "Sep"), weight: 0 };
  });
}

/** A narrow plot keeps the Januaries, and others that stand at least 38 % of the plot from all it keeps. */
function spaced(
  ticks: readonly { at: number; label: string; weight: number }[],
  from: number,
  to: number,
): Tick[] {
  const kept: number[] = [];
  for (const { at } of ticks.toSorted((a, b) => b.weight - a.weight || a.at - b.at))
    if (kept.every((other) => Math.abs(other - at) >= 0.38 * (to - from))) kept.push(at);
  return ticks.map(({ at, label }) => ({ at, label, optional: !kept.includes(at) }));
}

/** Pushes labels apart to at least `room`, keeping their order and staying inside [low, high] where they fit. */
export function spread(places: readonly number[], room: number, low: number, high: number): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
  let floor = low;
  for (const label of order) {
    label.place = Math.max(label.place, floor);
    floor = label.place + room;
  }
  let ceiling = high;
  for (const label of order.toReversed()) {
    label.place = Math.min(label.place, ceiling);
    ceiling = label.place - room;
  }
  const result = new Array<number>(places.length);
  for (const { place, index } of order) result[index] = place;
  return result;
}
