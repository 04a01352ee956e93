// From the fields of an account to the quantities that points are given for. Logarithms and ratios, cut where more of the same says
// nothing new, so that one enormous number never decides alone.
import type { Account, AccountField } from "./account.ts";

export interface Variable {
  /** All of them must be known. */
  readonly of: readonly AccountField[];
  readonly value: (account: Known) => number;
}
type Known = { readonly [F in AccountField]: NonNullable<Account[F]> };

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));
const one = (condition: boolean): number => (condition ? 1 : 0);

/** Above this many followings HypeAuditor speaks of a mass follower. */
export const massFollowing = 1500;

export const variables = {
  /** ln((following + 1) / (followers + 1)), from one for three to a hundred for one. */
  follow_ratio: {
    of: ["followers", "following"],
    value: ({ followers, following }) => between(-1, Math.log((following + 1) / (followers + 1)), 4.6),
  },
  /** ln(1 + followers), up to ten thousand. */
  followers: { of: ["followers"], value: ({ followers }) => between(0, Math.log1p(followers), 9.2) },
  /** ln(following / 1,500) above that. */
  mass_following: {
    of: ["following"],
    value: ({ following }) => Math.max(0, Math.log(Math.max(1, following) / massFollowing)),
  },
  /** ln(1 + posts), up to a hundred. */
  posts: { of: ["posts"], value: ({ posts }) => between(0, Math.log1p(posts), 4.6) },
  no_posts: { of: ["posts"], value: ({ posts }) => one(posts === 0) },
  no_picture: {
    of: ["has_profile_picture"],
    value: ({ has_profile_picture }) => one(!has_profile_picture),
  },
  private: { of: ["is_private"], value: ({ is_private }) => one(is_private) },
  username_digits: {
    of: ["username_digit_share"],
    value: ({ username_digit_share }) => Math.min(0.4, username_digit_share),
  },
  /** In tens of characters, Instagram allows thirty. */
  username_length: {
    of: ["username_length"],
    value: ({ username_length }) => between(0, username_length / 10, 3),
  },
  /** ln(1 + characters), up to the 150 that Instagram allows. */
  bio: { of: ["bio_length"], value: ({ bio_length }) => between(0, Math.log1p(bio_length), 5) },
  no_bio: { of: ["bio_length"], value: ({ bio_length }) => one(bio_length === 0) },
  external_url: { of: ["has_external_url"], value: ({ has_external_url }) => one(has_external_url) },
  full_name_words: {
    of: ["full_name_words"],
    value: ({ full_name_words }) => Math.min(2, full_name_words),
  },
  full_name_digits: {
    of: ["full_name_digit_share"],
    value: ({ full_name_digit_share }) => Math.min(0.4, full_name_digit_share),
  },
  name_equals_username: {
    of: ["name_equals_username"],
    value: ({ name_equals_username }) => one(name_equals_username),
  },
} satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;
export const variableNames = Object.keys(variables) as VariableName[];

/** Null where a field is missing. */
export function quantityOf(name: VariableName, account: Account): number | null {
  const variable: Variable = variables[name];
  return variable.of.every((field) => account[field] !== null) ? variable.value(account as Known) : null;
}
