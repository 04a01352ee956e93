// What leap import makes of the columns of real tools, and of rows that are no posts.
import { describe, expect, test } from "vitest";
import type { Sample } from "../../core/lines-sample.ts";
import type { Wishes } from "./draft.ts";
import { prepare } from "./parse.ts";
import { type Proposal, propose } from "./propose.ts";

const NO_WISHES: Wishes = {
  markets: [],
  platform: null,
  map: {},
  postedAt: null,
  importedAt: "2026-01-01T00:00:00Z",
};

function sampleOf(records: readonly Record<string, unknown>[]): Sample {
  const columns = new Set<string>();
  const visit = (record: Record<string, unknown>, prefix: string) => {
    for (const [key, value] of Object.entries(record))
      if (typeof value === "object" && value !== null && !Array.isArray(value))
        visit(value as Record<string, unknown>, `${prefix}${key}.`);
      else columns.add(prefix + key);
  };
  for (const record of records) visit(record, "");
  return { records, columns: [...columns], header: null, rejected: 0 };
}

const csv = (text: string): Sample => {
  const [header = "", ...lines] = text.split("\n");
  const columns = header.split("\t");
  return {
    records: lines.map((line) =>
      Object.fromEntries(line.split("\t").map((cell, index) => [columns[index], cell])),
    ),
    columns,
    header: columns,
    rejected: 0,
  };
};

function firstRow(sample: Sample, proposal: Proposal, file = "posts.csv") {
  const parse = prepare({
    thing: proposal.thing,
    mapping: proposal.mapping,
    importedAt: NO_WISHES.importedAt,
    sightsUntil: null,
  });
  const outcome = parse(sample.records[0], file);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.row;
}

describe("presets", () => {
  test.each<[string, Sample, Record<string, unknown>]>([
    [
      "4cat-instagram",
      csv(
        "id\tthread_id\tauthor\tbody\ttimestamp\tmedia_type\thashtags\tnum_likes\tnum_comments\tlikes_hidden\nCx1\tCx1\tMina\tmy #serum\t2024-01-05 10:00:00\tmixed\tserum,glow\t-1\t4\tyes",
      ),
      {
        post_id: "Cx1",
        platform: "instagram",
        author_handle: "mina",
        media_type: "carousel",
        tags: ["serum", "glow"],
        likes_hidden: true,
        likes: undefined,
        comments: 4,
      },
    ],
    [
      "4cat-tiktok",
      csv(
        "id\tauthor\tbody\ttimestamp\tlikes\tcomments\tshares\tplays\thashtags\tmusic_name\tauthor_followers\tlocation_created\n7\tjule\thi\t2024-01-05 10:00:00\t10\t2\t1\t900\tkbeauty\tsong\t1200\tDE",
      ),
      { platform: "tiktok", market: "de", views: 900, followers: 1200, media_type: "video" },
    ],
    [
      "zeeschuimer-instagram",
      sampleOf([
        {
          timestamp_collected: 1704500000000,
          source_platform: "instagram.com",
          data: {
            code: "Cx2",
            taken_at: 1704400000,
            caption: { text: "glow" },
            user: { pk: "9", username: "Nora" },
            like_count: 12,
            comment_count: 3,
            media_type: 8,
            like_and_view_counts_disabled: false,
          },
        },
      ]),
      {
        post_id: "Cx2",
        posted_at: "2024-01-04T20:26:40.000Z",
        collected_at: "2024-01-06T00:13:20.000Z",
        author_id: "9",
        author_handle: "nora",
        text: "glow",
        likes: 12,
        media_type: "carousel",
      },
    ],
    [
      "zeeschuimer-tiktok",
      sampleOf([
        {
          timestamp_collected: 1704500000000,
          source_platform: "tiktok.com",
          data: {
            id: "8",
            createTime: 1704400000,
            desc: "hey",
            author: { id: "1", uniqueId: "jule" },
            stats: { diggCount: 5, commentCount: 1, playCount: 70, shareCount: 2 },
            challenges: [{ title: "KBeauty" }],
          },
        },
      ]),
      { platform: "tiktok", likes: 5, shares: 2, views: 70, tags: ["kbeauty"] },
    ],
    [
      "apify-instagram",
      sampleOf([
        {
          id: "1",
          shortCode: "Cx3",
          type: "Sidecar",
          caption: "hi",
          hashtags: ["Glow"],
          ownerUsername: "nora",
          ownerId: "2",
          timestamp: "2024-01-05T10:00:00.000Z",
          likesCount: -1,
          commentsCount: 2,
          videoViewCount: 40,
          url: "https://example.org/p/Cx3",
        },
      ]),
      { post_id: "Cx3", likes_hidden: true, comments: 2, views: 40, tags: ["glow"], media_type: "carousel" },
    ],
    [
      "crowdtangle-instagram",
      csv(
        "Account\tUser Name\tFollowers at Posting\tPost Created\tType\tTotal Interactions\tLikes\tComments\tViews\tURL\tTitle\tDescription\nMina\tmina\t12,345\t2021-03-04 10:11:12 EST\tAlbum\t1,234\t1,200\t34\t0\thttps://example.org/p/1/\t\tglow",
      ),
      {
        posted_at: "2021-03-04T15:11:12.000Z",
        followers: 12_345,
        likes: 1200,
        text: "glow",
        media_type: "carousel",
      },
    ],
    [
      "youtube-videos-list",
      sampleOf([
        {
          kind: "youtube#video",
          id: "v1",
          snippet: {
            publishedAt: "2024-01-05T10:00:00Z",
            title: "T",
            description: "D",
            channelId: "UC1",
            channelTitle: "Ch",
            tags: ["Skin Care"],
          },
          statistics: { viewCount: "100", likeCount: "5" },
        },
      ]),
      { text: "T\nD", views: 100, likes: 5, comments: undefined, tags: ["skincare"] },
    ],
    [
      "youtube-trending",
      csv(
        "video_id\ttitle\tpublishedAt\tchannelTitle\ttrending_date\ttags\tview_count\tlikes\tcomment_count\tcomments_disabled\tratings_disabled\tdescription\nv\tT\t2018-10-31T13:00:03.000Z\tCh\t18.01.11\ta b|c\t9\t0\t0\tTrue\tTrue\tD",
      ),
      {
        market: "jp",
        collected_at: "2018-11-01T23:59:59.000Z",
        likes_hidden: true,
        likes: undefined,
        comments: undefined,
        tags: ["ab", "c"],
      },
    ],
  ])("%s", (preset, sample, expected) => {
    const file = preset.startsWith("youtube-trending") ? "JP_2018-11-01.csv" : "posts.csv";
    const proposal = propose(sample, [file], NO_WISHES);
    expect(proposal.preset).toBe(preset);
    expect(firstRow(sample, proposal, file)).toMatchObject(expected);
  });
});

describe("without a preset names propose and values decide", () => {
  test.each<[string, string, Record<string, unknown>]>([
    [
      "tweets with day and time apart",
      "tweet_id\tdate\theure_UTC0\ttext\tretweet_count\treply_count\tlike_count\n1\t2022-05-17\t12:29:44\tbonjour à tous\t1\t2\t3",
      { posted_at: "2022-05-17T12:29:44.000Z", platform: "x", shares: 1, comments: 2, likes: 3 },
    ],
    [
      "reviews",
      "asin\trating\tdate\tvotes\tsummary\ttext\nB1\t5.0\t2016-09-01\t\tFive Stars\tAs advertised, good price",
      { rating: 5, media_type: "review", text: "Five Stars\nAs advertised, good price", likes: undefined },
    ],
    [
      "an Insights export",
      "Date\tImpressions\tSaves\tComments\tShares\tLikes\tProfile Visits\tCaption\tHashtags\n2021-12-10\t3920\t98\t9\t5\t162\t35\tHere are some words\t#finance #money",
      { platform: "instagram", views: 3920, tags: ["finance", "money"] },
    ],
    [
      "German",
      "Datum\tBeitrag\tGefällt mir\tKommentare\tAufrufe\n31.12.2023\tSchöne Creme für den Winter\t1,2 Tsd.\t1.234\t3,4 Mio",
      { posted_at: "2023-12-31T00:00:00.000Z", likes: 1200, comments: 1234, views: 3_400_000 },
    ],
    [
      "Korean",
      "작성일\t작성자\t내용\t좋아요\t조회수\n2024.01.31\tmina\t정말 촉촉하고 좋아요\t1.5만\t12만",
      { posted_at: "2024-01-31T00:00:00.000Z", author_handle: "mina", likes: 15_000, views: 120_000 },
    ],
    [
      "Japanese",
      "投稿日\t投稿者\t本文\tいいね\n2024/01/31\tyuki\tとても良い美容液です\t12",
      { posted_at: "2024-01-31T00:00:00.000Z", likes: 12 },
    ],
    [
      "French",
      "Date de publication\tAuteur\tTexte\tJ'aime\tCommentaires\n31/01/2024\tlea\tTrès bon sérum pour la peau\t12\t3",
      { posted_at: "2024-01-31T00:00:00.000Z", likes: 12, comments: 3 },
    ],
    [
      "threads whose score is their likes",
      "id\tcreated_utc\ttitle\tselftext\tscore\tnum_comments\tauthor\n1\t1600000000\tMy serum\tit works well for me\t300\t4\tU",
      {
        posted_at: "2020-09-13T12:26:40.000Z",
        text: "My serum\nit works well for me",
        likes: 300,
        comments: 4,
      },
    ],
    [
      "links that say the platform",
      "id\tcreated_at\ttitle\tpermalink\n1\tWed Oct 10 20:19:24 +0000 2018\tonly a title\thttps://www.instagram.com/p/1/",
      { posted_at: "2018-10-10T20:19:24.000Z", text: "only a title", platform: "instagram" },
    ],
  ])("%s", (_name, text, expected) => {
    const sample = csv(text);
    expect(firstRow(sample, propose(sample, ["posts.csv"], NO_WISHES))).toMatchObject(expected);
  });

  test("every column has a place or is named as having none", () => {
    const sample = csv("id\tdate\ttext\tlikes\tmystery\n1\t2024-01-05\thello to you\t3\tq");
    const { placed, unplaced } = propose(sample, ["p.csv"], NO_WISHES);
    expect(unplaced).toEqual(["mystery"]);
    expect(placed.map(({ field, from }) => [field, from])).toEqual([
      ["posted_at", "date"],
      ["likes", "likes"],
      ["text", "text"],
      ["post_id", "id"],
    ]);
  });

  test("what is assumed is said", () => {
    const sample = csv("date\ttext\n01/02/2024\thello to all of you\n03/04/2024\tand good bye again");
    const { doubts } = propose(sample, ["p.csv"], NO_WISHES);
    expect(doubts.join("\n")).toMatch(
      /posted_at: MM\/DD\/YYYY assumed; DD\/MM\/YYYY would read every value too/,
    );
    expect(doubts.join("\n")).toMatch(/no zone; read as UTC/);
    expect(doubts.join("\n")).toMatch(/market: not stated; kept as zz/);
    expect(doubts.join("\n")).toMatch(/no id column; rows with the same date, text count as one post/);
  });

  test("the hand that maps wins; a column that is not there is refused", () => {
    const sample = csv("when\twords\tdate\n2024-01-05\thello to you\t2023-01-01");
    const { mapping } = propose(sample, ["p.csv"], {
      ...NO_WISHES,
      map: { posted_at: "when", text: "words" },
      markets: ["de"],
      platform: "TikTok",
    });
    expect(mapping).toMatchObject({
      posted_at: { column: "when", date: "iso" },
      text: { column: "words" },
      market: { constant: "de" },
      platform: { constant: "tiktok" },
    });
    expect(() => propose(sample, ["p.csv"], { ...NO_WISHES, map: { text: "nope" } })).toThrow(
      "unknown column: nope in --map text=nope. Columns: when, words, date.",
    );
  });
});

describe("rows that are no posts are refused with the columns found and the next step", () => {
  test.each<[string, string, RegExp]>([
    [
      "no date",
      "text\tlabel\nhello to all of you\tpositive",
      /^missing date: no column of p\.csv looks like a time of posting\. Columns found: text, label\. Name it with --map posted_at=COLUMN, or give one date for all rows with --posted-at/,
    ],
    [
      "neither text nor counts",
      "date\tcolour\n2024-01-05\tred",
      /^missing text and counts: .*Columns found: date, colour\. Name them with --map text=COLUMN/,
    ],
    [
      "sales",
      "InvoiceNo\tQuantity\tDescription\tInvoiceDate\tUnitPrice\tCountry\n1\t2\tASSORTED COLOUR BIRD\t2010-12-01T08:34:00\t1.69\tGermany",
      /^unknown kind of rows: p\.csv looks like sales \(InvoiceNo, Quantity, InvoiceDate, UnitPrice\), not posts/,
    ],
    [
      "accounts of no date",
      "username\tfollowers\nmina\t12.7M",
      /^missing date: p\.csv lists accounts with followers .* Give the day with --posted-at/,
    ],
  ])("%s", (_name, text, message) => expect(() => propose(csv(text), ["p.csv"], NO_WISHES)).toThrow(message));

  test("one date for all rows makes posts of undated texts", () => {
    const sample = csv("text\tlabel\nhello to all of you\tpositive");
    const proposal = propose(sample, ["p.csv"], { ...NO_WISHES, postedAt: "2024-01-01" });
    expect(firstRow(sample, proposal)).toMatchObject({
      posted_at: "2024-01-01T00:00:00.000Z",
      text: "hello to all of you",
    });
  });

  test("accounts take their date from the file's name", () => {
    const sample = csv("username\tfollowers\nmina\t12.7M");
    const proposal = propose(sample, ["instagram_2021-12.csv"], NO_WISHES);
    expect(proposal.thing).toBe("accounts");
    expect(firstRow(sample, proposal, "instagram_2021-12.csv")).toMatchObject({
      platform: "instagram",
      account_handle: "mina",
      followers: 12_700_000,
      collected_at: "2021-12-01T00:00:00.000Z",
    });
  });
});
