// The ids of posts that a target has met, by the day they were published: what is looked at again for its counts, and for whether it is still there.

/** Day → ids, joined by commas: it travels in every checkpoint, so it is kept short. */
export type Known = Readonly<Record<string, string>>;

/** The youngest day first. */
export const knownIds = (known: Known): readonly string[] =>
  Object.keys(known)
    .sort()
    .reverse()
    .flatMap((day) => known[day]?.split(",") ?? []);

/** `postedAt` is ISO 8601. */
export function withKnown(known: Known, id: string, postedAt: string): Known {
  const day = postedAt.slice(0, 10);
  const ids = known[day];
  if (ids?.split(",").includes(id)) return known;
  return { ...known, [day]: ids ? `${ids},${id}` : id };
}

export function withoutKnown(known: Known, gone: ReadonlySet<string>): Known {
  if (gone.size === 0) return known;
  return Object.fromEntries(
    Object.entries(known)
      .map(([day, ids]) => [
        day,
        ids
          .split(",")
          .filter((id) => !gone.has(id))
          .join(","),
      ])
      .filter(([, ids]) => ids !== ""),
  );
}

/** Only posts published within `days` before `at`. */
export function knownFor(known: Known, days: number, at: string): Known {
  const oldest = new Date(Date.parse(at) - days * 86_400_000).toISOString().slice(0, 10);
  return Object.fromEntries(Object.entries(known).filter(([day]) => day >= oldest));
}
