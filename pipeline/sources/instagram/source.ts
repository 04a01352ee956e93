// The `instagram` source: the Instagram Graph API by Facebook Login. Hashtags of the publication, creators of the registry, and the account that asks.
// LEAP_INSTAGRAM_USER_ID is the id of the professional account that asks (17841…), whose places for hashtags are used; LEAP_INSTAGRAM_TOKEN is a
// long-lived token of its owner (`leap auth instagram`) with instagram_basic, instagram_manage_insights and pages_read_engagement, of an app with the
// feature Instagram Public Content Access.
import type { z } from "zod";
import { collectedByDesk } from "../../collecting/desk.ts";
import type { Limit, LiveSource, Notice, Target } from "../../collecting/types.ts";
import { accountOf, fieldsOf, HOUR, type Walk } from "./call.ts";
import { Config, type InstagramContext } from "./config.ts";
import { creatorTargets, creatorWalk, isHandle } from "./creators.ts";
import { hashtagTargets, hashtagWalk } from "./hashtags.ts";
import { insightsWalk, ownTarget, ownWalk } from "./own.ts";
import { people } from "./people.ts";
import { PLACES, placesTarget, placesWalk } from "./places.ts";
import { things } from "./things.ts";
import { usage } from "./usage.ts";
import { judge } from "./verdict.ts";
import { versionNotices } from "./version.ts";

export const source: LiveSource<Config> = {
  id: "instagram",
  title: "Instagram Graph API: hashtags, creators on the registry, the account that asks",
  config: Config as z.ZodType<Config>,
  things,
  counted: ["hashtag_media", "discovery_media", "own_media"],
  people,
  collect: collectedByDesk,
  live: {
    platform: "instagram",
    addresses: () => ({ main: "https://graph.facebook.com" }),
    credentials: [
      { name: "user_id", variable: "LEAP_INSTAGRAM_USER_ID", secret: false, required: true },
      { name: "token", variable: "LEAP_INSTAGRAM_TOKEN", secret: true, required: true },
    ],
    limits,
    plan,
    begin: (target, kept, context) => walkOf(target).begin(target, kept, context),
    next: (target, progress, context) => walkOf(target).next(target, progress, context),
    read: (target, progress, answer, context) => walkOf(target).read(target, progress, answer.json, context),
    judge,
    usage,
    notices,
    finish: (target, progress, ended, context) => walkOf(target).finish(target, progress, ended, context),
  },
};

const walks: Readonly<Record<string, Walk>> = {
  places: placesWalk,
  hashtag: hashtagWalk,
  top: hashtagWalk,
  creator: creatorWalk,
  own: ownWalk,
  insights: insightsWalk,
};

const walkOf = (target: Target): Walk => walks[String(fieldsOf(target.data)["kind"])] as Walk;

function limits(context: InstagramContext): Limit[] {
  const account = accountOf(context);
  return [
    {
      id: "hashtags",
      title: "Unique hashtags in 7 days",
      unit: "hashtags",
      account,
      capacity: PLACES,
      window: { kind: "rolling", seconds: 7 * 86_400 },
      distinct: true,
    },
    {
      id: "app",
      title: "Calls of the app in an hour",
      unit: "calls",
      // The app has no id of its own here; one account that asks is one app.
      account,
      capacity: 200 * context.config.app_users,
      window: { kind: "rolling", seconds: HOUR / 1000 },
    },
    {
      id: "business",
      title: "Calls about the own account in 24 hours",
      unit: "calls",
      account,
      // 4,800 for every impression of the account, which we do not know: the least is one.
      capacity: 4800,
      window: { kind: "rolling", seconds: 86_400 },
    },
  ];
}

/**
 * Posts under hashtags are gone after a day, so they come first, and creators between them once a day: neither eats up the other's calls. In the
 * other runs of a day creators come last.
 */
function plan(context: InstagramContext): Target[] {
  const hashtags = hashtagTargets(context);
  const first = firstOfDay(context);
  const creators = creatorTargets(context, first);
  const asked = first ? inTurns(hashtags, creators) : [...hashtags, ...creators];
  return [
    ...(hashtags.length === 0 ? [] : [placesTarget]),
    ...asked,
    ...(context.config.own_account ? [ownTarget] : []),
  ];
}

const firstOfDay = ({ at, config }: InstagramContext): boolean =>
  Date.parse(at) - Date.parse(`${at.slice(0, 10)}T00:00:00Z`) < config.every_hours * HOUR;

const inTurns = (one: readonly Target[], other: readonly Target[]): Target[] =>
  Array.from({ length: Math.max(one.length, other.length) }, (_, turn) => [
    ...one.slice(turn, turn + 1),
    ...other.slice(turn, turn + 1),
  ]).flat();

function notices(context: InstagramContext): Notice[] {
  const wrong = context.creators.filter(
    ({ platform, handle }) => platform === "instagram" && !isHandle(handle),
  );
  return [
    ...versionNotices(context.config.version, context.at),
    ...wrong.map(
      ({ id, handle }): Notice => ({
        severity: "warning",
        says: `invalid handle: ${handle} of the creator ${id}. An Instagram name has letters, digits, points and underscores, without @; the creator is not asked about.`,
      }),
    ),
  ];
}
