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

/** Ticks of a time axis in UTC: weeks, months, quarters or years, whatever gives four to nine. */
export function timeTicks(from: number, to: number, locale = "en-GB"): Tick[] {
  const span = (to - from) / days;
  if (span < 75) return weekTicks(from, to, locale);
  const months = span / 30.4;
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((every) => months / every <= 9) ?? 240;
  const ticks: Tick[] = [];
  const start = new Date(from);
  for (let month = 0; ; month += 1) {
    const at = Date.UTC(start.getUTCFullYear(), month);
    if (at > to) return thinned(ticks);
    const monthsSinceZero = new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();
    if (at < from || monthsSinceZero % step !== 0) continue;
    const january = monthsSinceZero % 12 === 0;
    const first = ticks.length === 0;
    const label = new Intl.DateTimeFormat(locale, {
      timeZone: "UTC",
      ...(step < 12 ? { month: "short" } : {}),
      ...(january || first || step >= 12 ? { year: "numeric" } : {}),
    }).format(at);
    ticks.push({ at, label, optional: step < 12 && !january && !first });
  }
}

function weekTicks(from: number, to: number, locale: string): Tick[] {
  const form = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const weeks = Math.max(1, Math.round((to - from) / (7 * days)));
  const every = Math.ceil(weeks / 5);
  return Array.from({ length: Math.floor(weeks / every) + 1 }, (_, index) => {
    const at = from + index * every * 7 * days;
    return { at, label: form.format(at), optional: index % 2 === 1 };
  });
}

/** When nothing is optional (years), every second one is. A year's label that stands too near to the first is, too. */
function thinned(ticks: Tick[]): Tick[] {
  const span = (ticks.at(-1)?.at ?? 0) - (ticks[0]?.at ?? 0);
  if (ticks.every((tick) => !tick.optional) && ticks.length > 4)
    return ticks.map((tick, index) => ({ ...tick, optional: index % 2 === 1 }));
  const [first, ...rest] = ticks;
  if (!first) return ticks;
  const near = rest.some((tick) => !tick.optional && tick.at - first.at < span * 0.35);
  return [{ ...first, optional: near }, ...rest];
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
