// What a row means, and why one is refused.
import { describe, expect, test } from "vitest";
import type { Row } from "../../core/types.ts";
import { prepare } from "./parse.ts";

const MAPPING = {
  post_id: { column: "id" },
  posted_at: { column: "date" },
  author_handle: { column: "author" },
  text: { columns: ["title", "text"] },
  tags: { column: "tags" },
  market: { column: "country" },
  likes: { column: "likes", hidden: -1 },
  comments: { column: "comments" },
};

function parsed(record: Row, mapping: Record<string, unknown> = MAPPING, sightsUntil: string | null = null) {
  const parse = prepare({ thing: "posts", mapping, importedAt: "2024-06-01T00:00:00Z", sightsUntil });
  return parse({ id: "1", date: "2024-01-05", text: "hello", ...record }, "DE_x.csv");
}
const row = (...args: Parameters<typeof parsed>): Row => {
  const outcome = parsed(...args);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.row;
};
const reason = (...args: Parameters<typeof parsed>): string => {
  const outcome = parsed(...args);
  return outcome.ok ? "kept" : outcome.reason;
};

describe("a row is refused with a code and its words", () => {
  test.each<[Row, string]>([
    [{ likes: "-3" }, "negative_count: likes = -3"],
    [{ comments: -1 }, "negative_count: comments = -1"],
    [{ likes: "many" }, 'wrong_type: likes = "many" is no number'],
    [{ likes: { a: 1 } }, 'wrong_type: likes = {"a":1} is no number'],
    [{ date: "someday" }, 'date_unreadable: posted_at = "someday"'],
    [{ date: "" }, "missing_date: the row says no time of posting"],
    [{ date: "2024-06-01T00:16:00Z" }, "future_date: 2024-06-01T00:16:00.000Z"],
    [{ date: "1989-12-31" }, "date_before_1990: 1989-12-31T00:00:00.000Z"],
    [{ text: " ", likes: "N/A" }, "nothing_said: neither text nor tags nor counts"],
    [{ id: "" }, "missing_id: the row has no id"],
  ])("%j", (record, expected) => expect(reason(record)).toBe(expected));

  test("what is no record at all", () => {
    const parse = prepare({
      thing: "posts",
      mapping: MAPPING,
      importedAt: "2024-06-01T00:00:00Z",
      sightsUntil: null,
    });
    for (const value of [null, 3, "x", [1]])
      expect(parse(value, "f")).toEqual({ ok: false, reason: `not_a_record: ${JSON.stringify(value)}` });
  });

  test("a quarter of an hour of clock skew is no future", () =>
    expect(reason({ date: "2024-06-01T00:14:00Z" })).toBe("kept"));
});

test("hidden likes are hidden, missing likes are unknown, and neither is zero", () => {
  expect(row({ likes: -1 })).toMatchObject({ likes_hidden: true });
  expect(row({ likes: -1 })["likes"]).toBeUndefined();
  expect(row({ likes: "" })["likes"]).toBeUndefined();
  expect(row({})["likes_hidden"]).toBeUndefined();
  expect(row({ likes: "0" })["likes"]).toBe(0);
});

test("a rating that no scale reaches is set aside, not handed on", () => {
  const rated = { ...MAPPING, rating: { column: "rating" } };
  expect(reason({ rating: 4.5 }, rated)).toBe("kept");
  expect(reason({ rating: 123456789012345 }, rated)).toMatch(/^wrong_type: rating/);
});

test("a switch that hides likes or comments hides a stated zero", () => {
  const mapping = {
    ...MAPPING,
    likes_hidden: { column: "ratings_disabled" },
    comments_hidden: { column: "comments_disabled" },
  };
  const hidden = row({ likes: 0, comments: 0, ratings_disabled: "True", comments_disabled: "True" }, mapping);
  expect([hidden["likes"], hidden["comments"], hidden["likes_hidden"]]).toEqual([undefined, undefined, true]);
  expect(
    row({ likes: 5, comments: 2, ratings_disabled: "False", comments_disabled: "False" }, mapping),
  ).toMatchObject({ likes: 5, comments: 2 });
});

test("captions keep their words and lose control characters; a megabyte is cut where no caption ends", () => {
  expect(row({ text: "a\0b\u0007c\td\ne\ud800" })["text"]).toBe("abc\td\ne\ufffd");
  expect(String(row({ text: "x".repeat(1 << 20) })["text"])).toHaveLength(100_001);
  expect(row({ title: "Title", text: "Text" })["text"]).toBe("Title\nText");
});

test("tags come from lists, #words, separators and JSON in a cell, as a hashtag would be written", () => {
  const tags = (value: unknown) => row({ tags: value })["tags"];
  expect(tags(["#KBeauty", "Skin Care"])).toEqual(["kbeauty", "skincare"]);
  expect(tags("#glow #GLOW #セラム")).toEqual(["glow", "セラム"]);
  expect(tags("skincare,   sale")).toEqual(["skincare", "sale"]);
  expect(tags("a b|c")).toEqual(["ab", "c"]);
  expect(tags('["x","y"]')).toEqual(["x", "y"]);
  expect(tags("[none]")).toEqual([]);
});

test("a market is a code, a locale or a country in one of five languages; anything else is zz", () => {
  const market = (value: string) => row({ country: value })["market"];
  expect(
    ["DE", "uk", "de-AT", "Germany", "Allemagne", "대한민국", "日本", "United States", "Atlantis", ""].map(
      market,
    ),
  ).toEqual(["de", "gb", "at", "de", "de", "kr", "jp", "us", "zz", "zz"]);
});

test("without an id of its own, the same words are the same post, whatever was counted", () => {
  const mapping = { ...MAPPING, post_id: { hash: ["date", "author", "text"] } };
  const id = (record: Row) => row(record, mapping)["post_id"];
  expect(id({ likes: 1 })).toBe(id({ likes: 2 }));
  expect(id({ text: "other" })).not.toBe(id({}));
});

test("counts seen on a day were seen by its end, and never after the clock of the file", () => {
  const mapping = { ...MAPPING, collected_at: { column: "seen" } };
  expect(row({ date: "2024-01-05T20:00:00Z", seen: "2024-01-05" }, mapping)["collected_at"]).toBe(
    "2024-01-05T23:59:59.000Z",
  );
  expect(row({ seen: "2024-05-01" }, mapping, "2024-01-08T00:00:00Z")["collected_at"]).toBe(
    "2024-01-08T00:00:00.000Z",
  );
  expect(reason({ date: "2024-01-07", seen: "2024-01-05" }, mapping)).toBe(
    "future_date: 2024-01-07T00:00:00.000Z",
  );
});

test("nested records are addressed by path, lists by *, the file's name by a pattern", () => {
  const mapping = {
    post_id: { column: "data.id" },
    posted_at: { column: "data.at", date: "unix_s" },
    text: { column: "data.caption.text" },
    tags: { column: "data.challenges.*.title" },
    market: { from_file: "^([A-Z]{2})_" },
    followers: { column: "data.author.0.followers", number: "words" },
  };
  const data = {
    id: 7,
    at: 1700000000,
    caption: { text: "hi" },
    challenges: [{ title: "A" }, { title: "B" }],
    author: [{ followers: "1.2K" }],
  };
  expect(row({ data }, mapping)).toMatchObject({
    post_id: "7",
    text: "hi",
    tags: ["a", "b"],
    market: "de",
    followers: 1200,
  });
});

test("accounts need a handle, followers and a time", () => {
  const mapping = {
    account_handle: { column: "name" },
    followers: { column: "followers" },
    collected_at: { constant: "2021-12-01" },
  };
  const parse = prepare({
    thing: "accounts",
    mapping,
    importedAt: "2024-06-01T00:00:00Z",
    sightsUntil: null,
  });
  expect(parse({ name: "@Mina", followers: "12.7M" }, "f")).toEqual({
    ok: true,
    row: expect.objectContaining({
      platform: "other",
      account_id: "mina",
      followers: 12_700_000,
      collected_at: "2021-12-01T00:00:00.000Z",
    }),
  });
  expect(parse({ name: "Mina", followers: "N/A" }, "f")).toEqual({
    ok: false,
    reason: "missing_followers: the row states no followers",
  });
});
