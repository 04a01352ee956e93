// The account that asks: its own posts, and the insights that only their owner sees. Once a day: insights lag up to two days behind.
import type { Item, Json, Target } from "../../collecting/types.ts";
import {
  accountOf,
  call,
  day,
  type Fields,
  fieldsOf,
  following,
  idOf,
  listOf,
  pick,
  start,
  type Walk,
} from "./call.ts";
import type { InstagramContext } from "./config.ts";
import { marketFor } from "./hashtags.ts";
import { goneFrom, keptListing, type Listing, listingFrom, seenNow, youngOf } from "./listed.ts";

interface OwnProgress extends Listing {
  readonly asked_on: string | null;
}

const progressOf = (progress: Json) => progress as unknown as OwnProgress;

const FIELDS = [
  "id",
  "caption",
  "like_count",
  "comments_count",
  "media_type",
  "media_product_type",
  "permalink",
  "timestamp",
];
/** `views` has taken the place of impressions and plays since 21 April 2025. */
export const METRICS = ["views", "reach", "likes", "comments", "saved", "shares", "total_interactions"];

const BUSINESS = [{ limit: "business", units: 1 }];

export const ownTarget: Target = {
  id: "own",
  markets: [],
  title: "the account that asks",
  data: { kind: "own" },
};

export const ownWalk: Walk = {
  begin(_target, kept, { at, config }) {
    const asked_on = fieldsOf(kept)["asked_on"];
    if (asked_on === day(at)) return null;
    const days = { again: config.discovery_days, first: config.discovery_first_days };
    return { ...start(null), ...listingFrom(kept, at, days), asked_on: asked_on ?? null } as unknown as Json;
  },
  next(_target, progress, context) {
    const { query } = progressOf(progress);
    if (query === null) return null;
    const path = `${encodeURIComponent(accountOf(context))}/media`;
    return call(context, path, { limit: "50", ...query, fields: FIELDS.join(",") }, BUSINESS);
  },
  read(_target, progress, answer, context) {
    const so = progressOf(progress);
    const { data } = fieldsOf(answer);
    const found = following(so, answer);
    const { young, over } = youngOf(data, so.since);
    const seen = seenNow(so.seen, young);
    const query = over ? null : found.position.query;
    const done = { ...so, ...found.position, query, seen };
    return {
      items: young.map(({ item, place }) => mediaItem(item, idOf(item, done.page, place), context)),
      progress: done as unknown as Json,
      targets: young
        .map(({ item }) => item["id"])
        .filter((id) => typeof id === "string")
        .map(insightsTarget),
      // Cursors of one's own list are places; an empty list does not say that all is gone.
      ...(query === null && Object.keys(seen).length > 0 ? { deleted: goneFrom(done) } : {}),
    };
  },
  finish(_target, progress, ended, { at }) {
    const so = progressOf(progress);
    const kept = keptListing(so, ended, at);
    const asked_on = ended ? day(at) : so.asked_on;
    return {
      kept: kept === null ? null : { ...(kept as Record<string, Json>), asked_on },
      covers: null,
      pages_available: ended ? so.page : null,
    };
  },
};

const insightsTarget = (id: string): Target => ({
  id: `insights:${id}`,
  markets: [],
  title: `insights of ${id}`,
  data: { kind: "insights", id },
  essential: false,
});

export const insightsWalk: Walk = {
  begin: () => ({ done: false }),
  next(target, progress, context) {
    if (fieldsOf(progress)["done"] === true) return null;
    const id = String(fieldsOf(target.data)["id"]);
    return call(context, `${encodeURIComponent(id)}/insights`, { metric: METRICS.join(",") }, BUSINESS);
  },
  read(target, _progress, answer, context) {
    const id = String(fieldsOf(target.data)["id"]);
    const values = insightsOf(fieldsOf(answer)["data"]);
    const item: Item = {
      thing: "insights",
      id,
      post: false,
      row: { request: { account_id: accountOf(context) }, item: { id, ...values } },
    };
    // An empty list, or too few viewers: nothing is known, and nothing is no zero.
    return { items: Object.keys(values).length === 0 ? [] : [item], progress: { done: true } };
  },
  finish: () => ({ kept: null, covers: null, pages_available: null }),
};

function insightsOf(data: unknown): Record<string, unknown> {
  const said = listOf(data).map((entry) => {
    const { name, values } = fieldsOf(entry);
    return [String(name), fieldsOf(listOf(values)[0])["value"]] as const;
  });
  return Object.fromEntries(
    said.filter(([name, value]) => METRICS.includes(name) && typeof value === "number"),
  );
}

function mediaItem(item: Fields, id: string, context: InstagramContext): Item {
  const { markets, home_market } = context.publication;
  const all = [...new Set([...markets, ...(home_market === null ? [] : [home_market])])];
  return {
    thing: "own_media",
    id,
    post: true,
    row: {
      request: {
        edge: "own",
        market: marketFor(all, item["caption"], context),
        account_id: accountOf(context),
      },
      item: pick(item, FIELDS),
    },
  };
}
