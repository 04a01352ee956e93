// Once a day the platform is asked which hashtags this account has used: others may ask with the same account, and their places are taken, too.
import type { Answer, Ask, Json, Usage } from "../../collecting/types.ts";
import { accountOf, call, day, fieldsOf, listOf, type Walk } from "./call.ts";

/** Hashtags an account may ask about in seven days. */
export const PLACES = 30;

const EDGE = "recently_searched_hashtags";

export const placesTarget = {
  id: "places",
  markets: [],
  title: "hashtags that hold a place",
  data: { kind: "places" },
  essential: false,
} as const;

export const placesWalk: Walk = {
  begin: (_target, kept, { at }) => (fieldsOf(kept)["asked_on"] === day(at) ? null : { done: false }),
  next(_target, progress, context) {
    if (fieldsOf(progress)["done"] === true) return null;
    return call(context, `${encodeURIComponent(accountOf(context))}/${EDGE}`, { limit: String(PLACES) });
  },
  read: () => ({ items: [], progress: { done: true } as Json }),
  finish: (_target, _progress, ended, { at }) => ({
    kept: ended ? { asked_on: day(at) } : null,
    covers: null,
    pages_available: null,
  }),
};

/** The list says ids alone, which no name of ours can be held against: so many of them are so many places, whoever took them. */
export function placesLeft(answer: Answer, ask: Ask): Usage[] {
  if (!ask.path.endsWith(`/${EDGE}`) || answer.status !== 200) return [];
  const { data } = fieldsOf(answer.json);
  if (!Array.isArray(data)) return [];
  const taken = new Set(listOf(data).map((entry) => String(fieldsOf(entry)["id"] ?? "")));
  return [{ limit: "hashtags", remaining: Math.max(0, PLACES - taken.size) }];
}
