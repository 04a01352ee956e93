// Mastodon: tags on the instances that the publication names. Plain requests without a client library: the desk owns waiting, limits and
// checkpoints, and what a client would add, walking along links, is where they must be kept.
import { collectedByDesk } from "../../collecting/desk.ts";
import { rowOf } from "../../collecting/loose.ts";
import type { Json, Limit, Live, LiveSource } from "../../collecting/types.ts";
import { askInstance, askLookup, limitOf } from "./asks.ts";
import { Config } from "./config.ts";
import { accountItem } from "./items.ts";
import { closedFeeds, judge, usage } from "./judge.ts";
import { people } from "./people.ts";
import { dataOf, notices, plan } from "./plan.ts";
import * as tag from "./tag.ts";
import { things } from "./things.ts";

const live: Live<Config> = {
  platform: "mastodon",
  addresses: ({ base_url, instances }, everywhere) =>
    Object.fromEntries(
      instances.map((instance) => [
        instance.host,
        (everywhere ? undefined : instance.base_url) ?? placeOf(instance.host, base_url, instances),
      ]),
    ),
  credentials: [{ name: "token", variable: "LEAP_MASTODON_TOKEN", secret: true, required: false }],
  limits: ({ config }) => config.instances.map(({ host }) => limit(host)),
  plan,
  notices,
  begin(target, kept, context) {
    const data = dataOf(target);
    if (data.kind === "tag") return tag.begin(data, kept, context);
    // How an instance is set is looked at once a day, and so is the size of an account.
    const today = context.at.slice(0, 10);
    return rowOf(kept)["on"] === today ? null : { on: today, done: false };
  },
  next(target, progress, context) {
    const data = dataOf(target);
    if (data.kind === "tag") return tag.next(data, progress, context);
    if (rowOf(progress)["done"] === true) return null;
    if (data.kind === "instance") return askInstance(data.host);
    const locked = context.config.instances.some(({ host, locked }) => host === data.host && locked);
    return askLookup(data.host, locked === true, data.acct);
  },
  read(target, progress, answer, context) {
    const data = dataOf(target);
    if (data.kind === "tag") return tag.read(data, progress, answer, context);
    const done = { ...(progress as { on: string }), done: true } satisfies Json;
    if (data.kind === "creator") {
      const item = accountItem(rowOf(answer.json), data.market, data.host);
      return { items: item ? [item] : [], progress: done };
    }
    const signedIn = context.config.instances.some(({ host, locked }) => host === data.host && locked);
    const closed = closedFeeds(answer.json, signedIn);
    return { items: [], progress: done, ...(closed ? { note: `${data.host}: ${closed}` } : {}) };
  },
  judge,
  usage: (answer, _context, ask) => usage(answer, ask),
  finish(target, progress, ended, context) {
    if (dataOf(target).kind === "tag") return tag.finish(progress, context);
    return { kept: ended ? { on: context.at.slice(0, 10) } : null, covers: null, pages_available: null };
  },
};

/** Its own host; a server that stands in for the only instance, or for several by their hosts. */
const placeOf = (host: string, base: string | undefined, instances: Config["instances"]): string => {
  if (base === undefined) return `https://${host}`;
  return instances.length === 1 ? base : `${base.replace(/\/$/, "")}/${host}`;
};

const limit = (host: string): Limit => ({
  id: limitOf(host),
  title: `Requests to ${host} in 5 minutes`,
  unit: "requests",
  account: host,
  capacity: 300,
  window: { kind: "rolling", seconds: 300 },
});

export const source: LiveSource<Config> = {
  id: "mastodon",
  title: "Mastodon",
  config: Config,
  things,
  counted: ["statuses"],
  people,
  live,
  collect: collectedByDesk,
};
