// What the source takes in publication.yaml:
//   - source: instagram
//     version: v26.0
//     app_users: 1
//     own_account: true
import { z } from "zod";
import { liveConfig } from "../../collecting/live-config.ts";
import type { Context } from "../../collecting/types.ts";
import { CURRENT } from "./version.ts";

export const Config = z.strictObject({
  ...liveConfig,
  /** Media of a hashtag can be seen for 24 hours: fewer runs than one a day would lose posts by plan. */
  every_hours: z.number().positive().max(24).default(6),
  version: z
    .string()
    .regex(/^v\d+\.\d+$/, `write a version of the Graph API, such as ${CURRENT}`)
    .default(CURRENT),
  /** Daily active users of the app; it may call 200 times as often an hour. */
  app_users: z.int().positive().default(1),
  /** Popular posts of each hashtag, once a day; they may be old. */
  top_media: z.boolean().default(true),
  /** How far back a creator's posts are asked again, so that their counts grow up. */
  discovery_days: z.int().positive().default(35),
  /** The same when a creator is asked for the first time: rates are read over 60 days. */
  discovery_first_days: z.int().positive().default(90),
  /** Posts and insights of the account that asks. */
  own_account: z.boolean().default(false),
});
export type Config = z.output<typeof Config>;
export type InstagramContext = Context<Config>;
