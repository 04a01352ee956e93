// Whatever a file calls its columns, the same account is read out of it; what cannot be read is unknown, never zero.
import { expect, test } from "vitest";
import { accountReader } from "./columns.ts";

const read = (row: Record<string, unknown>, map: Record<string, string> | null = null) =>
  accountReader("accounts.csv", Object.keys(row), map).read(row);

test("InstaFake's names, the digit share from digits over length", () => {
  const { account, unread } = read({
    userFollowerCount: 25,
    userFollowingCount: 1937,
    userBiographyLength: 0,
    userMediaCount: 3,
    userHasProfilPic: 1,
    userIsPrivate: 0,
    usernameDigitCount: 4,
    usernameLength: 10,
  });
  expect(account).toEqual({
    followers: 25,
    following: 1937,
    posts: 3,
    has_profile_picture: true,
    is_private: false,
    username_length: 10,
    username_digit_share: 0.4,
    full_name_words: null,
    full_name_digit_share: null,
    name_equals_username: null,
    bio_length: 0,
    has_external_url: null,
  });
  expect(unread).toEqual([]);
});

test("the names of the spammer and genuine accounts file, all in text", () => {
  const { account } = read({
    "profile pic": "1",
    "nums/length username": "0.27",
    "fullname words": "0",
    "nums/length fullname": "0",
    "name==username": "0",
    "description length": "53",
    "external URL": "0",
    private: "0",
    "#posts": "32",
    "#followers": "1000",
    "#follows": "955",
  });
  expect(account).toEqual({
    followers: 1000,
    following: 955,
    posts: 32,
    has_profile_picture: true,
    is_private: false,
    username_length: null,
    username_digit_share: 0.27,
    full_name_words: 0,
    full_name_digit_share: 0,
    name_equals_username: false,
    bio_length: 53,
    has_external_url: false,
  });
});

test("raw profile fields become numbers: digits of every script count, names are compared without case and marks", () => {
  const { account } = read({
    username: "@Mina_Beauty٤2",
    full_name: "mina beauty٤2",
    biography: "안녕 🌸",
    external_url: "https://example.org",
    edge_followed_by: { count: 12 },
    followsCount: "1.2K",
  });
  expect(account).toMatchObject({
    username_length: 13,
    username_digit_share: 2 / 13,
    full_name_words: 2,
    full_name_digit_share: 2 / 13,
    name_equals_username: true,
    bio_length: 4,
    has_external_url: true,
    followers: 12,
    following: 1200,
  });
});

test("an empty link means none, an empty name no words, and a missing count nothing at all", () => {
  const { account } = read({
    username: "mina",
    full_name: "",
    biography: null,
    external_url: "",
    followers: "",
  });
  expect(account).toMatchObject({
    full_name_words: 0,
    full_name_digit_share: 0,
    name_equals_username: false,
    bio_length: 0,
    has_external_url: false,
    followers: null,
  });
});

test.each([
  ["a negative count", -3],
  ["not a count", "many"],
])("%s is unknown, and said to be", (why, value) => {
  const { account, unread } = read({ followers: value, posts: "NaN", following: Number.NaN });
  expect(account).toMatchObject({ followers: null, posts: null, following: null });
  expect(unread).toEqual([{ column: "followers", value: String(value), why }]);
});

test("a map names columns in any case, and turns a no into a yes", () => {
  const { account } = read(
    { Anhänger: "7", default_profile_image: "true" },
    { followers: "anhänger", has_profile_picture: "!default_profile_image" },
  );
  expect(account).toMatchObject({ followers: 7, has_profile_picture: false });
});

test("a map refuses fields and columns that are not there, and a file without any known column is refused", () => {
  const columns = ["a", "b"];
  expect(() => accountReader("x.csv", columns, { shoes: "a" } as object)).toThrow(
    /^unknown field: shoes in the map\. Fields are followers,/,
  );
  expect(() => accountReader("x.csv", columns, { followers: "c" })).toThrow(
    "unknown column: c in x.csv, named by the map for followers. It has a, b.",
  );
  expect(() => accountReader("x.csv", columns, null)).toThrow(/^unknown columns: a, b in x\.csv\./);
});
