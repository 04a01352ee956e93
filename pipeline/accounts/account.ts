// What may be known of a follower's account without looking at its posts: the twelve fields that scorecards of fake accounts agree on.
import { z } from "zod";

const count = z.number().min(0).nullable();
const share = z.number().min(0).max(1).nullable();
const yes = z.boolean().nullable();

/** Null is unknown, which is no evidence in either direction. Lengths in characters (code points), shares between 0 and 1. */
export const Account = z.object({
  followers: count,
  following: count,
  posts: count,
  has_profile_picture: yes,
  is_private: yes,
  username_length: count,
  /** Digits over characters of the username. */
  username_digit_share: share,
  full_name_words: count,
  full_name_digit_share: share,
  /** The full name is the username again, but for case, spaces and punctuation. */
  name_equals_username: yes,
  bio_length: count,
  has_external_url: yes,
});
export type Account = z.output<typeof Account>;
export type AccountField = keyof Account;

export const accountFields = Object.keys(Account.shape) as AccountField[];

export const unknownAccount: Account = {
  followers: null,
  following: null,
  posts: null,
  has_profile_picture: null,
  is_private: null,
  username_length: null,
  username_digit_share: null,
  full_name_words: null,
  full_name_digit_share: null,
  name_equals_username: null,
  bio_length: null,
  has_external_url: null,
};

/** Length, share of digits; the digits of every script count. */
export function usernameFields(
  username: string,
): Pick<Account, "username_length" | "username_digit_share"> | null {
  const characters = [...username.trim().replace(/^@/, "")];
  if (characters.length === 0) return null;
  return { username_length: characters.length, username_digit_share: digitShare(characters) };
}

/** An empty full name is known to be empty: no words, no digits. */
export function fullNameFields(
  fullName: string,
  username: string | null,
): Pick<Account, "full_name_words" | "full_name_digit_share" | "name_equals_username"> {
  const name = fullName.trim();
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return {
    full_name_words: name === "" ? 0 : name.split(/\s+/u).length,
    full_name_digit_share: digitShare([...name]),
    name_equals_username: username === null ? null : plain(name) !== "" && plain(name) === plain(username),
  };
}

const digitShare = (characters: readonly string[]): number =>
  characters.length === 0
    ? 0
    : characters.filter((character) => /\p{Nd}/u.test(character)).length / characters.length;
