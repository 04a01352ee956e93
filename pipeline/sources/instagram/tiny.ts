// A run of two markets that the tests of this folder ask in.
import { Publication } from "../../../data/contract/publication.ts";
import type { Answer, Ask, Json, PageRead, Target } from "../../collecting/types.ts";
import { Config, type InstagramContext } from "./config.ts";
import { source } from "./source.ts";

export const ME = "17841400000000001";

export interface Given {
  readonly at?: string;
  readonly config?: object;
  readonly hashtags?: Readonly<Record<string, readonly string[]>>;
  readonly creators?: readonly object[];
  readonly markets?: InstagramContext["markets"];
}

export const creator = (id: string, market: string, handle = `${id}.sample`): object => ({
  ...{ id, name: id, platform: "instagram", handle, market, language: "de", category: "beauty" },
  ...{ registered_on: "2026-01-01", reason: "public professional account" },
  basis: { kind: "public_interest", date: "2026-01-01", note: "public professional account" },
});

export function context(given: Given = {}): InstagramContext {
  const { creators = [], hashtags = {} } = given;
  const publication = Publication.parse({
    ...{ id: "tiny", title: "Tiny", tagline: "A few tags.", category: "beauty", markets: ["de", "fr", "us"] },
    ...{ home_market: "kr", sources: [{ source: "instagram" }], hashtags },
  });
  return {
    config: Config.parse(given.config ?? {}),
    publication,
    markets: given.markets ?? [
      { code: "de", languages: ["de"] },
      { code: "fr", languages: ["fr"] },
    ],
    creators: creators as InstagramContext["creators"],
    at: given.at ?? "2026-11-20T06:00:00.000Z",
    plain: (name) => (name === "user_id" ? ME : null),
    has: () => true,
  };
}

export const answered = (json: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  ...{ status, headers, text: JSON.stringify(json), json, unchanged: false },
  at: "2026-11-20T06:00:10.000Z",
});

export function targetOf(id: string, within: InstagramContext): Target {
  const target = source.live.plan(within).find((each) => each.id === id);
  if (!target) throw new Error(`no target ${id}`);
  return target;
}

export interface Walked {
  readonly asks: readonly Ask[];
  readonly pages: readonly PageRead[];
  readonly progress: Json;
  readonly kept: Json;
  readonly covers: { readonly from: string; readonly until: string } | null;
}

/** Walks a target over answers until it is done, or they are used up. */
export function walk(
  target: Target,
  answers: readonly unknown[],
  within: InstagramContext,
  kept: Json = null,
): Walked | null {
  const { live } = source;
  let progress = live.begin(target, kept, within);
  if (progress === null) return null;
  const asks: Ask[] = [];
  const pages: PageRead[] = [];
  for (;;) {
    const ask = live.next(target, progress, within);
    const answer = answers[pages.length];
    const ended = ask === null;
    if (ended || answer === undefined) {
      if (ask) asks.push(ask);
      const finished = live.finish(target, progress, ended, within);
      return { asks, pages, progress, kept: finished.kept, covers: finished.covers };
    }
    asks.push(ask);
    const page = live.read(target, progress, answered(answer), within);
    pages.push(page);
    progress = page.progress;
  }
}

export const media = (id: string, more: object = {}): Record<string, unknown> => ({
  ...{ id, caption: "Ich liebe diese Creme und nehme sie jeden Abend", media_type: "IMAGE" },
  ...{ comments_count: 4, like_count: 87, permalink: `https://www.instagram.com/p/${id}/` },
  ...{ timestamp: "2026-11-20T01:15:32+0000" },
  ...more,
});

/** Media and what is beside them in a bronze line. */
export const line = (row: Readonly<Record<string, unknown>>) => ({
  ...row,
  ...{ collected_at: "2026-11-20T06:00:00.000Z", provenance: "observed" },
});
