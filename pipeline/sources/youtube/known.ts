// The ids of videos that a target has met, by the day they were published: what is looked at again for its counts, and for whether it is still there.

/** Day → ids, joined by commas: it travels in every checkpoint, so it is kept short. */
export type Known = Readonly<Record<string, string>>;

export const idsOf = (known: Known): readonly string[] =>
  Object.keys(known)
    .sort()
    .reverse()
    .flatMap((day) => known[day]?.split(",") ?? []);

export function withVideo(known: Known, id: string, publishedAt: string): Known {
  const day = publishedAt.slice(0, 10);
  const ids = known[day];
  if (ids?.split(",").includes(id)) return known;
  return { ...known, [day]: ids ? `${ids},${id}` : id };
}

export function withoutVideos(known: Known, gone: ReadonlySet<string>): Known {
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

/** Only videos published within `days` before `at`. */
export function youngerThan(known: Known, days: number, at: string): Known {
  const oldest = new Date(Date.parse(at) - days * 86_400_000).toISOString().slice(0, 10);
  return Object.fromEntries(Object.entries(known).filter(([day]) => day >= oldest));
}
