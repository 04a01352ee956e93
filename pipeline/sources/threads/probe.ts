// Whether the search works at all. An app without App Review is given its own posts alone, with status 200 and without a word; so a word that strangers
// use every hour is searched for once a day.
import type { Answer, Ask, Verdict } from "../../collecting/types.ts";
import { fieldsOf, judge } from "./verdict.ts";

export const PROBE = "probe";
/** Names are asked for by the probe alone, which keeps nothing. */
export const PROBE_FIELDS = "id,username";

interface Known {
  readonly probe: string;
  readonly own_usernames: readonly string[];
}

/** Every answer by its code; the probe's is judged by what it finds: nothing, or nobody but ourselves, is a search that was never approved. */
export function judged(answer: Answer, ask: Ask, config: Known): Verdict | null {
  const verdict = judge(answer);
  if (verdict !== null || answer.status !== 200 || ask.query?.["fields"] !== PROBE_FIELDS) return verdict;
  const data = fieldsOf(answer.json)["data"] as readonly unknown[];
  const own = new Set(config.own_usernames.map((name) => name.toLowerCase().replace(/^@/, "")));
  const named = data.map((post) => fieldsOf(post)["username"]).filter((name) => typeof name === "string");
  // Posts without names prove nothing, either way.
  if (data.length > 0 && named.length === 0) return null;
  const strangers = [...new Set(named.map((name) => name.toLowerCase()))].filter((name) => !own.has(name));
  // Who searches a word of everybody's and meets one author alone has met himself, where we do not know his name.
  if (strangers.length > (own.size === 0 ? 1 : 0)) return null;
  return {
    // Every other search would answer as falsely, so nothing more is asked.
    is: "stop-account",
    why: `invalid configuration of the Threads app: a search for ${config.probe} finds ${data.length === 0 ? "nothing" : "nobody's posts but our own"}. Searches without approval show the app's own posts alone, and look as if they worked`,
    act: "Ask for threads_keyword_search in App Review; or, if the word is too rare, name another as probe under the source threads in publication.yaml.",
  };
}
