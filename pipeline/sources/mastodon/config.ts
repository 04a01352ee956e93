// What the source takes in publication.yaml.
import { z } from "zod";
import { liveConfig } from "../../collecting/live-config.ts";

const market = z.string().regex(/^[a-z]{2}$/);

const Instance = z.strictObject({
  host: z.string().regex(/^[a-z0-9.-]+$/, "write the host alone, in lower case, such as mastodon.social"),
  /** Its tags are for those who are signed in: LEAP_MASTODON_TOKEN is sent to it, and to no other. */
  locked: z.literal(true).optional(),
  /** Where it is asked, if not at its own host. */
  base_url: z.url().optional(),
});

export const Config = z.strictObject({
  ...liveConfig,
  /**
   * `base_url`, or LEAP_MASTODON_BASE_URL, stands in for the only instance itself; of several it is the address that each stands under
   * by its host: `http://127.0.0.1:8080/mastodon` and then `/haut.sample`.
   */
  instances: z
    .array(Instance)
    .min(1)
    .refine((all) => new Set(all.map(({ host }) => host)).size === all.length, "each host once")
    .refine(
      (all) => all.filter(({ locked }) => locked).length <= 1,
      "one locked instance at most: a token belongs to one server, and there is one token",
    )
    // The largest; tags of smaller ones reach it where somebody there follows their authors.
    .prefault([{ host: "mastodon.social" }]),
  /** Tags per market, without #; where a market has none, its hashtags. */
  tags: z.record(market, z.array(z.string().trim().min(1)).min(1)).default({}),
  /** How far back the first run walks. */
  look_back_days: z.int().min(1).max(30).default(7),
  /** Days after its publication on which a post is looked at again, for its counts and for whether it is still there. */
  refresh_days: z.int().min(0).max(30).default(28),
  /** Posts that one run looks at again on each instance, a request each, divided over its tags; the others have their turn in the next runs. */
  refresh_posts: z.int().min(0).default(150),
});
export type Config = z.output<typeof Config>;
export type Instance = z.output<typeof Instance>;
