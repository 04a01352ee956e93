// YouTube Data API v3: searches by market, the channels of registry creators, and comments under their videos and under those that are named.
// Plain requests without Google's client: the desk owns waiting, limits and checkpoints, and a client would own them a second time.
import { collectedByDesk } from "../../collecting/desk.ts";
import type { Context, Limit, Live, LiveSource } from "../../collecting/types.ts";
import * as channel from "./channel.ts";
import * as comments from "./comments.ts";
import { Config } from "./config.ts";
import { judge, ZONE } from "./judge.ts";
import { people } from "./people.ts";
import { dataOf, plan } from "./plan.ts";
import * as search from "./search.ts";
import { things } from "./things.ts";

const live: Live<Config> = {
  platform: "youtube",
  addresses: () => ({ main: "https://www.googleapis.com/youtube/v3" }),
  credentials: [{ name: "key", variable: "LEAP_YOUTUBE_KEY", secret: true, required: true }],
  limits,
  plan,
  begin(target, kept, context) {
    const data = dataOf(target);
    if (data.kind === "channel") return channel.begin(data, kept, context);
    return data.kind === "search" ? search.begin(data, kept, context) : comments.begin(kept, context);
  },
  next(target, progress, context) {
    const data = dataOf(target);
    if (data.kind === "channel") return channel.next(data, progress);
    return data.kind === "search" ? search.next(data, progress, context) : comments.next(data, progress);
  },
  read(target, progress, answer, context) {
    const data = dataOf(target);
    if (data.kind === "channel") return channel.read(data, progress, answer, context);
    return data.kind === "search"
      ? search.read(data, progress, answer, context)
      : comments.read(data, progress, answer, context);
  },
  judge,
  finish(target, progress, _ended, context) {
    const data = dataOf(target);
    if (data.kind === "channel") return channel.finish(progress, context);
    return data.kind === "search" ? search.finish(progress, context) : comments.finish(progress, context);
  },
};

/** Both are counted by project and are full again at midnight in California. No header tells what is left. */
function limits({ config }: Context<Config>): readonly Limit[] {
  const day = { account: "project", window: { kind: "day", zone: ZONE } } as const;
  return [
    {
      id: "search_calls",
      title: "Search calls a day",
      unit: "calls",
      capacity: config.search_calls_per_day,
      ...day,
    },
    {
      id: "units",
      title: "Units a day, without search",
      unit: "units",
      capacity: config.units_per_day,
      ...day,
    },
  ];
}

export const source: LiveSource<Config> = {
  id: "youtube",
  title: "YouTube Data API v3",
  config: Config,
  things,
  counted: ["videos"],
  people,
  live,
  collect: collectedByDesk,
};
