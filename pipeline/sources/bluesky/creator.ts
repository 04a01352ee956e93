// A registry creator: the profile, and what was posted since the last run.
import { notWalked, type Walked, walked } from "../../collecting/circle.ts";
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import type { Answer, Ask, Context, Finished, Json, PageRead } from "../../collecting/types.ts";
import {
  type Again,
  type AgainKept,
  againDue,
  againKept,
  met,
  nextAgain,
  pagesBeside,
  readAgain,
} from "./again.ts";
import { askFeed, askProfile } from "./asks.ts";
import type { Config } from "./config.ts";
import { postItem, profileItem, sortedAt } from "./items.ts";
import type { Data } from "./plan.ts";

type CreatorData = Extract<Data, { kind: "creator" }>;

type Progress = {
  readonly step: "profile" | "feed" | "again";
  /** Kept once it is known: handles change hands. */
  readonly did: string | null;
  readonly since: string;
  readonly cursor: string | null;
  readonly walked: Walked;
  readonly pages: number;
  readonly reached: boolean;
  readonly again: Again;
};

type Kept = { readonly did: string | null; readonly until: string; readonly again: AgainKept };

const OVERLAP_MS = 3_600_000;

export function begin(kept: Json, context: Context<Config>): Json {
  const before = kept as Kept | null;
  const oldest = Date.parse(context.at) - context.config.look_back_days * 86_400_000;
  const last = before ? Date.parse(before.until) - OVERLAP_MS : oldest;
  const progress: Progress = {
    step: "profile",
    did: before?.did ?? null,
    since: new Date(Math.max(oldest, last)).toISOString(),
    cursor: null,
    walked: notWalked,
    pages: 0,
    reached: false,
    again: againDue(before?.again ?? null, context),
  };
  return progress;
}

export function next(data: CreatorData, at: Json): Ask | null {
  const { step, did, cursor, again } = at as Progress;
  const actor = did ?? data.handle.replace(/^@/, "");
  if (step === "profile") return askProfile(actor);
  return step === "feed" ? askFeed(actor, cursor) : nextAgain(again);
}

export function read(data: CreatorData, at: Json, answer: Answer, context: Context<Config>): PageRead {
  const progress = at as Progress;
  if (progress.step === "feed") return readFeed(data, progress, answer, context);
  if (progress.step === "again") {
    const request = { tag: null, marketOf: () => data.market };
    const { again, items, deleted, note } = readAgain(progress.again, answer, request);
    return { items, progress: { ...progress, again }, deleted, ...(note ? { note } : {}) };
  }
  const item = profileItem(rowOf(answer.json), data.market);
  return {
    items: item === null ? [] : [item],
    progress: { ...progress, step: "feed", did: item?.id ?? progress.did },
  };
}

function readFeed(data: CreatorData, progress: Progress, answer: Answer, context: Context<Config>): PageRead {
  const json = rowOf(answer.json);
  const posts = listOf(json["feed"]).map((entry) => rowOf(rowOf(entry)["post"]));
  // A feed shows what its owner passed on, too; only the owner's own posts are kept.
  const own = posts.filter((post) => wordsOf(rowOf(post["author"])["did"]) === progress.did);
  const seen = own
    .map((post) => ({ post, uri: wordsOf(post["uri"]), at: sortedAt(post) }))
    .filter(
      (one): one is { post: (typeof own)[0]; uri: string; at: string } => one.uri !== null && one.at !== null,
    );
  const fresh = seen.filter(({ at }) => Date.parse(at) >= Date.parse(progress.since));
  const given = posts.length > 0 ? wordsOf(json["cursor"]) : null;
  const way = walked(progress.walked, { first: wordsOf(posts[0]?.["uri"]), next: given });
  const reached = given === null || way === null || (seen.length > 0 && fresh.length === 0);
  const pages = progress.pages + 1;
  const more = !reached && pages < pagesBeside(progress.again, context);
  return {
    items: fresh
      // What appeared after the run began belongs to the next one.
      .filter(({ at }) => Date.parse(at) <= Date.parse(context.at))
      .map(({ post }) => postItem(post, { edge: "author", market: data.market, tag: null }))
      .filter((item) => item !== null),
    progress: {
      ...progress,
      step: more ? "feed" : "again",
      cursor: more ? given : null,
      walked: way ?? notWalked,
      pages,
      reached,
      again: met(progress.again, fresh),
    },
  };
}

export function finish(at: Json, context: Context<Config>): Finished {
  const { did, since, reached, pages, again } = at as Progress;
  const kept: Kept = {
    did,
    // Where the feed was not read far enough, the next run reads as far back again.
    until: reached ? context.at : since,
    again: againKept(again, context),
  };
  return {
    kept,
    covers: reached ? { from: since, until: context.at } : null,
    pages_available: reached ? pages : null,
  };
}
