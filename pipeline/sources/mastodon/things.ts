// The lines of bronze from Mastodon: of each status and account the fields that are kept. Display names, notes, avatars and media are not among them.
import { z } from "zod";

const count = z.int().min(0).nullable();
const common = { collected_at: z.iso.datetime(), provenance: z.enum(["observed", "synthetic"]) };
const market = z
  .string()
  .regex(/^[a-z]{2}$/)
  .nullable();

export const things = {
  /** A sighting of a status on one of the instances; copies differ in their counts. */
  statuses: z.strictObject({
    request: z.strictObject({
      edge: z.enum(["tag", "refresh"]),
      market,
      tag: z.string().nullable(),
      host: z.string(),
    }),
    ...common,
    item: z.strictObject({
      /** The same on every instance; a hash of it once the text has expired, since it names the author. */
      uri: z.string().min(1),
      url: z.string().nullable(),
      created_at: z.iso.datetime(),
      /** `user@host`, also of accounts at home on the instance; null once it has expired. */
      acct: z.string().nullable(),
      /** Out of the HTML; null once it has expired. */
      text: z.string().nullable(),
      language: z.string().nullable(),
      media: z.enum(["text", "image", "carousel", "video", "other"]),
      tags: z.array(z.string()).nullable(),
      favourites_count: count,
      reblogs_count: count,
      replies_count: count,
      quotes_count: count,
    }),
  }),
  accounts: z.strictObject({
    request: z.strictObject({ edge: z.literal("lookup"), market, host: z.string() }),
    ...common,
    item: z.strictObject({
      acct: z.string().min(1),
      followers_count: count,
      following_count: count,
      statuses_count: count,
    }),
  }),
} as const;

export type Statuses = z.output<typeof things.statuses>;
export type Accounts = z.output<typeof things.accounts>;
