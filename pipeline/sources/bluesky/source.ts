// Bluesky: search by tag with a session, registry creators, and the stream for deletions.
// No client library: the desk owns sessions, waiting, limits and checkpoints, and a client would own them a second time.
import { collectedByDesk } from "../../collecting/desk.ts";
import type { Context, Limit, Live, LiveSource } from "../../collecting/types.ts";
import { session } from "./asks.ts";
import { Config } from "./config.ts";
import * as creator from "./creator.ts";
import { judge, usage } from "./judge.ts";
import { people } from "./people.ts";
import { dataOf, plan } from "./plan.ts";
import * as stream from "./stream.ts";
import * as tag from "./tag.ts";
import { things } from "./things.ts";

const live: Live<Config> = {
  platform: "bluesky",
  addresses: (config, everywhere) => ({
    // The entrance passes requests on to the server that holds the account; an account elsewhere names its own server as `base_url`.
    main: "https://bsky.social",
    ...(config.jetstream ? { jetstream: streamAddress(config, config.jetstream, everywhere) } : {}),
  }),
  credentials: [
    { name: "handle", variable: "LEAP_BLUESKY_HANDLE", secret: false, required: true },
    { name: "app_password", variable: "LEAP_BLUESKY_APP_PASSWORD", secret: true, required: true },
  ],
  sessions: { session },
  limits,
  plan,
  begin(target, kept, context) {
    const data = dataOf(target);
    if (data.kind === "tag") return tag.begin(kept, context);
    return data.kind === "creator" ? creator.begin(kept, context) : stream.begin(kept, context);
  },
  next(target, progress, context) {
    const data = dataOf(target);
    if (data.kind === "tag") return tag.next(data, progress);
    return data.kind === "creator" ? creator.next(data, progress) : stream.next(progress, context);
  },
  read(target, progress, answer, context) {
    const data = dataOf(target);
    if (data.kind === "tag") return tag.read(data, progress, answer, context);
    return data.kind === "creator"
      ? creator.read(data, progress, answer, context)
      : stream.read(progress, answer, context);
  },
  judge,
  usage: (answer, _context, ask) => usage(answer, ask),
  finish(target, progress, _ended, context) {
    const data = dataOf(target);
    if (data.kind === "tag") return tag.finish(progress, context);
    return data.kind === "creator" ? creator.finish(progress, context) : stream.finish(progress, context);
  },
};

/** A server that stands in for Bluesky stands in for its stream, too. */
const streamAddress = (
  { base_url }: Config,
  { url, version }: NonNullable<Config["jetstream"]>,
  everywhere: boolean,
): string =>
  (everywhere ? undefined : url) ??
  base_url ??
  (version === "v1" ? "wss://jetstream2.us-east.bsky.network" : "wss://jetstream.us-east.bsky.network");

function limits(context: Context<Config>): readonly Limit[] {
  const account = context.plain("handle") ?? "none";
  return [
    {
      id: "requests",
      title: "Requests in 5 minutes",
      unit: "requests",
      account: "this address",
      capacity: 3_000,
      window: { kind: "rolling", seconds: 300 },
    },
    {
      id: "logins",
      title: "Sign-ins in 5 minutes",
      unit: "sign-ins",
      account,
      capacity: 30,
      window: { kind: "rolling", seconds: 300 },
    },
    {
      id: "logins_day",
      title: "Sign-ins a day",
      unit: "sign-ins",
      account,
      capacity: 300,
      window: { kind: "rolling", seconds: 86_400 },
    },
  ];
}

export const source: LiveSource<Config> = {
  id: "bluesky",
  title: "Bluesky",
  config: Config,
  things,
  counted: ["posts"],
  people,
  live,
  collect: collectedByDesk,
};
