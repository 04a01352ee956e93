// A list of one account's posts, walked from the newest back to a day. What an earlier run saw and this one does not, though it walked past its day, is gone.
import type { Deleted, Json } from "../../collecting/types.ts";
import { type Fields, fieldsOf, listOf, type Position } from "./call.ts";

/** Posts by id with the time each was posted at. */
export type Known = Readonly<Record<string, string>>;

export interface Listing extends Position {
  /** Posts before this instant are left alone. */
  readonly since: string;
  /** Posts the last complete walk saw. */
  readonly known: Known;
  readonly seen: Known;
  /** Until when the last complete walk saw everything; null before the first. */
  readonly until: string | null;
}

/** What a complete walk leaves for the next. */
export interface KeptListing {
  readonly media: Known;
  readonly until: string;
}

const DAY_MS = 86_400_000;

/** Back as far as `days`, further where runs were missed, and further still for an account that was never asked. */
export function listingFrom(
  kept: Json,
  at: string,
  days: { again: number; first: number },
): Omit<Listing, keyof Position> {
  const { media, until } = fieldsOf(kept);
  const last = typeof until === "string" ? until : null;
  const back = (count: number) => new Date(Date.parse(at) - count * DAY_MS).toISOString();
  const since = last === null ? back(days.first) : [last, back(days.again)].sort()[0];
  return { since: since as string, known: fieldsOf(media) as Known, seen: {}, until: last };
}

/** The posts of a page that are young enough, and whether the walk is over: a page ends with its oldest, even where an old one is pinned above. */
export function youngOf(
  data: unknown,
  since: string,
): { young: { item: Fields; place: number }[]; over: boolean } {
  const items = listOf(data).map(fieldsOf);
  const old = (item: Fields | undefined) => {
    const posted = Date.parse(String(item?.["timestamp"] ?? ""));
    return Number.isFinite(posted) && posted < Date.parse(since);
  };
  return {
    young: items.map((item, place) => ({ item, place })).filter(({ item }) => !old(item)),
    over: old(items.at(-1)),
  };
}

export function seenNow(seen: Known, young: readonly { readonly item: Fields }[]): Known {
  const times = young
    .map(({ item }) => [item["id"], item["timestamp"]])
    .filter(([id, posted]) => typeof id === "string" && typeof posted === "string");
  return { ...seen, ...Object.fromEntries(times) };
}

/** Known posts that a complete walk should have met and did not. */
export const goneFrom = ({ known, seen, since }: Pick<Listing, "known" | "seen" | "since">): Deleted[] =>
  Object.entries(known)
    .filter(([id, posted]) => !(id in seen) && Date.parse(posted) >= Date.parse(since))
    .map(([post_id]) => ({ platform: "instagram", post_id, how: "absent" }));

/** After an unfinished walk the old knowledge stands: half a list says nothing about the other half. */
export const keptListing = ({ known, seen, until }: Listing, ended: boolean, at: string): Json =>
  ended ? { media: seen, until: at } : until === null ? null : { media: known, until };
