// Creators of the registry by business discovery: profile and posts, from the newest back to those whose counts have settled.
import type { Item, Json, Target } from "../../collecting/types.ts";
import {
  accountOf,
  call,
  type Fields,
  fieldsOf,
  followingCursor,
  idOf,
  pick,
  start,
  type Walk,
} from "./call.ts";
import type { InstagramContext } from "./config.ts";
import { goneFrom, keptListing, type Listing, listingFrom, seenNow, youngOf } from "./listed.ts";

interface CreatorData {
  readonly kind: "creator";
  readonly creator: string;
  readonly handle: string;
  readonly market: string;
}

const dataOf = (target: Target) => target.data as unknown as CreatorData;
const progressOf = (progress: Json) => progress as unknown as Listing;

/** A name that could mean something inside the parentheses of the question is no account name. */
export const isHandle = (handle: string): boolean => /^[a-z0-9._]{1,30}$/i.test(handle);

// The registry has names; who follows and how many is all that is asked beside them.
const PROFILE = ["id", "username", "followers_count", "follows_count", "media_count"];
const MEDIA = [
  "id",
  "caption",
  "like_count",
  "comments_count",
  "view_count",
  "media_type",
  "media_product_type",
  "permalink",
  "timestamp",
];

/** `essential` in the first run of a day; the others refresh counts and look for what is gone, with the calls that are left. */
export const creatorTargets = ({ creators, markets }: InstagramContext, essential: boolean): Target[] =>
  creators
    .filter(({ platform, market }) => platform === "instagram" && markets.some(({ code }) => code === market))
    .filter(({ handle }) => isHandle(handle))
    .map(({ id, handle, market }) => ({
      id: `creator:${id}`,
      markets: [market],
      title: id,
      data: { kind: "creator", creator: id, handle: handle.toLowerCase(), market },
      essential,
    }));

export const creatorWalk: Walk = {
  begin(_target, kept, { at, config }) {
    const days = { again: config.discovery_days, first: config.discovery_first_days };
    return { ...start(null), ...listingFrom(kept, at, days) } as unknown as Json;
  },
  next(target, progress, context) {
    const { query } = progressOf(progress);
    if (query === null) return null;
    const after = query["after"] === undefined ? "" : `.after(${query["after"]})`;
    const fields = `${PROFILE.join(",")},media.limit(25)${after}{${MEDIA.join(",")}}`;
    return call(context, encodeURIComponent(accountOf(context)), {
      fields: `business_discovery.username(${dataOf(target).handle}){${fields}}`,
    });
  },
  read(target, progress, answer) {
    const so = progressOf(progress);
    const data = dataOf(target);
    const account = fieldsOf(fieldsOf(answer)["business_discovery"]);
    const media = fieldsOf(account["media"]);
    const found = followingCursor(so, media);
    const { young, over } = youngOf(media["data"], so.since);
    const seen = seenNow(so.seen, young);
    const query = over ? null : found.position.query;
    const done = { ...so, ...found.position, query, seen };
    // An account with posts and a list without any contradict each other: nothing is taken for gone.
    const believed = Object.keys(seen).length > 0 || account["media_count"] === 0;
    return {
      items: [
        ...(so.page === 0 ? [accountItem(account, data)] : []),
        ...young.map(({ item, place }) => mediaItem(item, idOf(item, done.page, place), account, data)),
      ],
      progress: done as unknown as Json,
      ...(found.fragile && query !== null ? { fragile: true } : {}),
      ...(query === null && believed ? { deleted: goneFrom(done) } : {}),
    };
  },
  finish: (_target, progress, ended, { at }) => {
    const so = progressOf(progress);
    return {
      kept: keptListing(so, ended, at),
      // Old posts can be asked for at any time: no hour is ever lost.
      covers: null,
      pages_available: ended ? so.page : null,
    };
  },
};

const accountItem = (account: Fields, { creator, market, handle }: CreatorData): Item => ({
  thing: "accounts",
  id: String(account["id"] ?? handle),
  post: false,
  row: { request: { edge: "discovery", market, creator }, item: pick(account, PROFILE) },
});

const mediaItem = (
  item: Fields,
  id: string,
  account: Fields,
  { creator, market, handle }: CreatorData,
): Item => ({
  thing: "discovery_media",
  id,
  post: true,
  row: {
    request: {
      edge: "discovery",
      market,
      creator,
      account_id: account["id"] ?? null,
      username: account["username"] ?? handle,
    },
    item: pick(item, MEDIA),
  },
});
