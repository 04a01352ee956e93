// Hashtags: each is looked up once in its life, its recent media are walked to their end in every run, its popular media once a day.
import { marketOf } from "../../collecting/market-of.ts";
import type { Item, Json, Target } from "../../collecting/types.ts";
import { languageOf } from "../../texts/language.ts";
import {
  APP,
  accountOf,
  call,
  day,
  type Fields,
  fieldsOf,
  following,
  HOUR,
  idOf,
  later,
  listOf,
  type Position,
  pick,
  start,
  type Walk,
} from "./call.ts";
import type { InstagramContext } from "./config.ts";

export interface HashtagData {
  readonly kind: "hashtag" | "top";
  readonly tag: string;
  /** Every market of the publication that lists the tag, asked for in this run or not. */
  readonly listed: readonly string[];
  /** Known from the beginning for `top` alone. */
  readonly id?: string;
}

interface Progress extends Position {
  readonly id: string | null;
  readonly asked_on?: string;
}

const dataOf = (target: Target) => target.data as unknown as HashtagData;
const progressOf = (progress: Json) => progress as unknown as Progress;
const json = (value: Progress | HashtagData): Json => value as unknown as Json;

const FIELDS = ["id", "caption", "media_type", "comments_count", "like_count", "permalink", "timestamp"];

/** As Instagram writes a tag: no sign before it, no space, no emoji in it. */
export const tagOf = (word: string): string =>
  word
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_]/gu, "");

/** Markets take turns, first tag of each, then the second of each, so that thirty places are shared fairly; a tag of several markets is asked once. */
export function hashtagTargets({ publication, markets }: InstagramContext): Target[] {
  const listed = new Map<string, string[]>();
  for (const [market, words] of Object.entries(publication.hashtags))
    for (const tag of new Set(words.map(tagOf)))
      if (tag !== "") listed.set(tag, [...(listed.get(tag) ?? []), market]);
  const lists = markets.map(({ code }) => (publication.hashtags[code] ?? []).map(tagOf));
  const turns = Math.max(0, ...lists.map(({ length }) => length));
  const tags = Array.from({ length: turns }, (_, turn) => lists.map((list) => list[turn] ?? "")).flat();
  const codes = new Set(markets.map(({ code }) => code));
  return [...new Set(tags)]
    .filter((tag) => tag !== "")
    .map((tag) => {
      const all = listed.get(tag) ?? [];
      return {
        id: `hashtag:${tag}`,
        markets: all.filter((code) => codes.has(code)),
        title: `#${tag}`,
        data: json({ kind: "hashtag", tag, listed: all }),
      };
    });
}

export const hashtagWalk: Walk = {
  begin(target, kept, { at }) {
    const { kind, id } = dataOf(target);
    const known = fieldsOf(kept);
    if (kind === "top" && known["asked_on"] === day(at)) return null;
    const repeats = typeof known["repeats"] === "boolean" ? known["repeats"] : null;
    return json({ ...start(repeats), id: id ?? (typeof known["id"] === "string" ? known["id"] : null) });
  },
  next(target, progress, context) {
    const { kind, tag } = dataOf(target);
    const { id, query } = progressOf(progress);
    // The place of a hashtag is taken by the first question about it and kept by the others.
    const costs = [APP, { limit: "hashtags", units: 1, key: tag }];
    const user_id = accountOf(context);
    if (id === null) return call(context, "ig_hashtag_search", { user_id, q: tag }, costs);
    if (query === null) return null;
    const edge = kind === "top" ? "top_media" : "recent_media";
    return call(
      context,
      `${encodeURIComponent(id)}/${edge}`,
      { limit: "50", ...query, user_id, fields: FIELDS.join(",") },
      costs,
    );
  },
  read(target, progress, answer, context) {
    const so = progressOf(progress);
    if (so.id === null) return { items: [], progress: json({ ...so, id: hashtagId(answer) }) };
    const data = dataOf(target);
    const found = following(so, answer);
    const first = so.page === 0;
    const top = data.kind === "top";
    // One page of popular posts is enough.
    const position = top ? { ...found.position, query: null } : found.position;
    return {
      items: listOf(fieldsOf(answer)["data"]).map((item, place) =>
        mediaItem(fieldsOf(item), idOf(fieldsOf(item), position.page, place), data, context),
      ),
      progress: json({ ...position, id: so.id }),
      ...(found.fragile && !top ? { fragile: true } : {}),
      ...(first && !top && context.config.top_media ? { targets: [topTarget(target, data, so.id)] } : {}),
    };
  },
  finish(target, progress, ended, { at }) {
    const { id, repeats, page } = progressOf(progress);
    if (dataOf(target).kind === "top")
      return { kept: page > 0 ? { asked_on: day(at) } : null, covers: null, pages_available: null };
    const kept = { ...(id === null ? {} : { id }), ...(repeats === null ? {} : { repeats }) };
    return {
      kept,
      // The edge shows the last 24 hours, and nothing else says when a post came.
      covers: ended && page > 0 ? { from: later(at, -24 * HOUR), until: at } : null,
      pages_available: ended ? page : null,
    };
  },
};

/** The reference shows `{data: [{id}]}`, one guide a bare `{id}`; both are taken. */
export function hashtagId(answer: unknown): string | null {
  const { id } = fieldsOf(listOf(fieldsOf(answer)["data"])[0] ?? answer);
  return typeof id === "string" && id !== "" ? id : typeof id === "number" ? String(id) : null;
}

const topTarget = (target: Target, data: HashtagData, id: string): Target => ({
  ...target,
  id: `top:${data.tag}`,
  title: `popular posts of ${target.title}`,
  data: json({ ...data, kind: "top", id }),
  essential: false,
});

function mediaItem(item: Fields, id: string, data: HashtagData, context: InstagramContext): Item {
  return {
    thing: "hashtag_media",
    id,
    post: true,
    row: {
      request: {
        edge: data.kind === "top" ? "top_media" : "recent_media",
        market: marketFor(data.listed, item["caption"], context),
        hashtag: data.tag,
      },
      item: pick(item, FIELDS),
    },
  };
}

/**
 * The market among those that list a tag in whose first language a caption is written. Markets that this run does not ask for cannot claim a post,
 * but their being there says that the tag is not one market's own.
 */
export function marketFor(
  listed: readonly string[],
  caption: unknown,
  { markets }: Pick<InstagramContext, "markets">,
): string | null {
  const candidates = listed.map(
    (code) => markets.find((market) => market.code === code) ?? { code, languages: [] },
  );
  return marketOf(candidates, typeof caption === "string" ? languageOf(caption).language : null);
}
