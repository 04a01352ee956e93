// `leap eval content-quality`: does the score of a caption go with the engagement left after size, hour and type, on posts it was not learned from?

import { existsSync } from "node:fs";
import path from "node:path";
import { analysis } from "../../analyses/content-quality/analysis.ts";
import { leftOver } from "../../analyses/content-quality/left-over.ts";
import { learnedWiden, validityOf } from "../../analyses/content-quality/resonance.ts";
import { LeapError } from "../../core/errors.ts";
import type { Evaluation, EvaluationCase, Given } from "../../core/evaluation.ts";
import { columnNamed, readTable, type Table } from "../../core/table.ts";
import { numberOf, readPosts } from "../labelled-posts.ts";
import { mappedColumns, recognisedColumns } from "../post-columns.ts";
import { judgeUnseen, parts, type Written } from "./judge.ts";

export const fewestPosts = 60;

export const evaluation: Evaluation = {
  id: "content-quality",
  says: "Content quality against engagement left after size, hour and type: Spearman with interval, part by part.",
  options: [
    { flags: "--file <path>", says: "posts with caption and counts, one a row", required: true, file: true },
    { flags: "--text <column>", says: "the caption; without it the usual names are recognised" },
    {
      flags: "--target <columns>",
      says: "counts to add up, comma-separated, such as likes,comments; without it the usual names",
    },
    {
      flags: "--map <yaml>",
      says: "columns by role: account, posted_at, format, followers, text, hashtags",
      file: true,
    },
    { flags: "--lang <code>", says: "language of the captions; told caption by caption when not given" },
  ],
  examples: ["--file posts.csv --text caption --target likes,comments --lang de"],
  engine: () => `content-quality ${analysis.version}`,
  async evaluate(given: Given, { random }) {
    const table = withEngagement(await readTable(given["file"] as string), given["target"]);
    const columns = given["map"]
      ? mappedColumns(table, given["map"], summed)
      : recognisedColumns(table, summed);
    const roles = given["text"]
      ? { ...columns.roles, text: columnNamed(table, given["text"]) }
      : columns.roles;
    const textColumn = roles.text;
    if (textColumn === undefined && roles.hashtags === undefined)
      throw new LeapError(
        `missing column: none of ${table.columns.join(", ")} looks like a caption. Name it with --text.`,
      );
    const { posts, without, rows } = readPosts(table, summed, { ...columns, roles });
    if (posts.length < fewestPosts)
      throw new LeapError(
        `invalid file: ${posts.length} posts with counts in ${table.name}; at least ${fewestPosts} are needed to learn from some and judge others.`,
      );
    const views =
      roles.followers === undefined ? table.columns.find((name) => viewed.test(name.trim())) : undefined;
    const left = leftOver(
      posts.map((post, i) => ({
        ...post,
        engagement: post.outcome,
        author: post.account,
        followers: views === undefined ? post.followers : numberOf(rows[i]?.[views]),
      })),
    );
    const written = posts.map((post, i): Written => {
      const row = rows[i] ?? {};
      const text = textColumn === undefined ? "" : String(row[textColumn] ?? "");
      const stated = roles.hashtags === undefined ? "" : String(row[roles.hashtags] ?? "");
      return { text, stated, author: post.account, at: post.at ?? i, left: left[i] as number };
    });
    const judged = judgeUnseen(written, given["lang"], random);
    const groups = judged.map(({ post, place }) => post.author ?? `post ${place}`);
    const rest = judged.map(({ post }) => post.left);
    const measured = parts.map(({ name, of }) => {
      const kept = judged.flatMap(({ quality }, i) => (of(quality) === null ? [] : [i]));
      const validity = validityOf(
        kept.map((i) => of((judged[i] as (typeof judged)[number]).quality) as number),
        kept.map((i) => rest[i] as number),
        kept.map((i) => groups[i] as string),
        random(`content-quality:${name}`),
        name === "overall" || name === "resonance" ? learnedWiden : 1,
      );
      return {
        part: name,
        n: kept.length,
        spearman: validity?.rho ?? null,
        low: validity?.low ?? null,
        high: validity?.high ?? null,
      };
    });
    const of = (name: string) => measured.find(({ part }) => part === name);
    const proven = judged.filter(({ quality }) => quality.resonance !== null).length;
    return {
      n: judged.length,
      figures: {
        spearman: of("overall")?.spearman ?? null,
        spearmanLow: of("overall")?.low ?? null,
        spearmanHigh: of("overall")?.high ?? null,
        spearmanCraft: of("craft")?.spearman ?? null,
        spearmanResonance: of("resonance")?.spearman ?? null,
        resonanceProvenShare: judged.length === 0 ? null : proven / judged.length,
      },
      tables: { "Spearman of each part with the engagement left": measured },
      notes: [
        "Every post is judged by what was learned from other accounts (five folds), or, with fewer than ten accounts, from earlier posts (the later half is judged).",
        "Engagement left: ln(1 + counts) less size, format, hour, weekday, day and the author's shrunken level.",
        "Whether resonance counts is decided inside each fitted part, by its own unseen posts; where it does not, overall is craft alone.",
        "A file has no taxonomy: the part of hashtags that name the publication's topics is 0 for all.",
        ...(views === undefined
          ? []
          : [`No column of followers: ${views} stands for the size of the audience.`]),
        ...(without > 0 ? [`${without} rows left out: no counts.`] : []),
        ...columns.notes,
      ],
    };
  },
  cases(datasets) {
    return known.flatMap(({ file, text, target, lang, ...one }): EvaluationCase[] => {
      const found = path.join(datasets, file);
      if (!existsSync(found)) return [];
      return [
        {
          ...one,
          role: "cross-validation",
          of: lang,
          given: { file: found, ...(text ? { text } : {}), target, lang },
          targets: [{ measure: "spearman", atLeast: 0.2 }],
          beside: [],
          means:
            "0 would be no relation, 1 the same order. At 0.2, of two posts the one with the higher score got more in about 57 of 100 pairs; picture and topic decide the rest.",
        },
      ];
    });
  },
};

const summed = "engagement (summed)";
const viewed = /^(views?|view_?count|video_?views?|plays?|play_?count)$/i;
const usual =
  /^(likes?|like_?count|favou?rites?|comments?|comment_?count|reply_?count|retweet_?count|shares?|share_?count)$/i;

/** The counts added up in a column of their own, so that reading a target stays one thing. Throws LeapError without any. */
function withEngagement(table: Table, named: string | undefined): Table {
  const columns = named
    ? named.split(",").map((name) => columnNamed(table, name.trim()))
    : table.columns.filter((name) => usual.test(name.trim()));
  if (columns.length === 0)
    throw new LeapError(
      `missing column: none of ${table.columns.join(", ")} looks like likes or comments. Name them with --target.`,
    );
  const sum = (row: Table["rows"][number]) => {
    const counts = columns.map((name) => numberOf(row[name]));
    return counts.includes(null)
      ? null
      : counts.reduce<number>((total, count) => total + (count as number), 0);
  };
  return {
    ...table,
    columns: [...table.columns, summed],
    rows: table.rows.map((row) => ({ ...row, [summed]: sum(row) })),
  };
}

const youtube = (code: string, lang: string, country: string) => ({
  id: `youtube-trending-${code.toLowerCase()}`,
  file: `B-youtube-trending-5markets/${code}_2018-11-01.csv`,
  text: "title",
  target: "likes,comment_count",
  lang,
  licence: "BSD-2-Clause",
  dataset: `Trending videos of one day in ${country}, 200 videos: titles and tags against likes and comments`,
});
const known = [
  {
    id: "french-media-tweets",
    file: "B-french-media-tweets/tweets.csv",
    text: "text",
    target: "like_count,retweet_count,reply_count",
    lang: "fr",
    licence: "not stated (student project, Twitter API)",
    dataset: "Tweets of French media, 2,800, judged on accounts not learned from",
  },
  {
    id: "instagram-insights",
    file: "B-instagram-insights-159/posts.csv",
    text: "Caption",
    target: "Likes,Comments",
    lang: "en",
    licence: "not stated, published for tutorials",
    dataset: "Instagram Insights of one account, 159 posts, the later half judged",
  },
  youtube("DE", "de", "Germany"),
  youtube("FR", "fr", "France"),
  youtube("JP", "ja", "Japan"),
  youtube("KR", "ko", "South Korea"),
  youtube("US", "en", "the United States"),
];
