// `leap eval prediction`: how far off the predicted engagement of a post is on posts the model had not seen, and how often its interval held.

import { existsSync } from "node:fs";
import path from "node:path";
import { analysis } from "../../analyses/prediction/analysis.ts";
import { fitPredictor } from "../../analyses/prediction/model.ts";
import { LeapError } from "../../core/errors.ts";
import type { Evaluation, EvaluationCase, Given } from "../../core/evaluation.ts";
import { columnNamed, readTable } from "../../core/table.ts";
import { readPosts } from "../labelled-posts.ts";
import { mappedColumns, recognisedColumns } from "../post-columns.ts";
import { byFolds, byTime, figuresOf } from "./scores.ts";

const usualFolds = 10;

export const evaluation: Evaluation = {
  id: "prediction",
  says: "Predicted engagement against posts not seen: MdAPE, log-R², interval coverage, beside the account's median.",
  options: [
    { flags: "--file <path>", says: "posts with what they got, one a row", required: true, file: true },
    { flags: "--target <column>", says: "what is predicted: a column of counts", required: true },
    {
      flags: "--map <yaml>",
      says: "columns known before publication, by role: account, posted_at, format, followers, text, …; without it common names are recognised",
      file: true,
    },
    { flags: "--folds <k>", says: `folds of the cross-validation, ${usualFolds} when not given` },
  ],
  examples: [
    "--file posts.csv --target Likes",
    "--file posts.csv --target 'Lifetime Post Consumers' --map columns.yaml",
  ],
  engine: () => `prediction ${analysis.version}`,
  async evaluate(given: Given, { random }) {
    const table = await readTable(given["file"] as string);
    const target = columnNamed(table, given["target"] as string);
    const columns = given["map"]
      ? mappedColumns(table, given["map"], target)
      : recognisedColumns(table, target);
    const { posts, without, dated } = readPosts(table, target, columns);
    const folds = foldsGiven(given["folds"]);
    if (posts.length < folds)
      throw new LeapError(
        `invalid file: ${table.name} has ${posts.length} posts with ${target}, fewer than ${folds} folds. Give --folds, or more posts.`,
      );
    const figures = figuresOf(byFolds(posts, folds, random("prediction:folds")));
    const { mix } = fitPredictor(posts, random("prediction:mix"));
    return {
      n: posts.length,
      figures,
      tables: {
        ...(dated
          ? {
              "The later half of the posts, predicted from what came before": [
                figuresOf(byTime(posts, random("prediction:time"))),
              ],
            }
          : {}),
        "Weight of each part, fitted on all": [{ ...mix }],
      },
      notes: [
        `${folds}-fold cross-validation; in each fold the mix and the interval are chosen on its own fitted part alone.`,
        "width80 and width90: median of (upper − lower end) over the predicted median.",
        ...(without > 0 ? [`${without} rows left out: ${target} is no number of at least 0 there.`] : []),
        ...(table.rejected.length > 0
          ? [
              `${table.rejected.length} lines are no records; first: line ${table.rejected[0]?.line}, ${table.rejected[0]?.reason}.`,
            ]
          : []),
        ...(posts.some((post) => post.outcome === 0)
          ? [`MdAPE is over the ${posts.filter((post) => post.outcome > 0).length} posts above 0.`]
          : []),
        ...(columns.roles.account === undefined
          ? ["No column names an account: all posts are taken for one account's."]
          : []),
        ...columns.notes,
      ],
    };
  },
  cases(datasets) {
    return known.flatMap(({ file, target, licence, dataset, ...one }): EvaluationCase[] => {
      const found = path.join(datasets, file);
      if (!existsSync(found)) return [];
      return [
        {
          ...one,
          dataset,
          licence,
          role: "cross-validation",
          of: null,
          given: { file: found, target },
          targets: [
            { measure: "coverage80", atLeast: 0.78, atMost: 0.82 },
            { measure: "coverage90", atLeast: 0.88, atMost: 0.92 },
          ],
          beside: [
            {
              who: "Moro, Rita and Vala 2016, 790 posts of a cosmetics brand (mean, not median, share off)",
              measure: "mape",
              value: 0.27,
              source:
                "J. Business Research 69(9), abstract: Lifetime Post Consumers, the easiest of twelve measures",
            },
          ],
          means:
            "Half of all posts land within the MdAPE of the predicted median; eight in ten inside the interval. Where that is no better than the account's own median, the median is what we print.",
        },
      ];
    });
  },
};

function foldsGiven(word: string | undefined): number {
  if (word === undefined) return usualFolds;
  const folds = Number(word);
  if (!Number.isInteger(folds) || folds < 2)
    throw new LeapError(`invalid folds: ${word}. Give a whole number of at least 2.`);
  return folds;
}

const known = [
  {
    id: "instagram-insights-likes",
    file: "B-instagram-insights-159/posts.csv",
    target: "Likes",
    licence: "not stated, published for tutorials",
    dataset: "Instagram Insights of one account, 159 posts: likes from caption, hashtags and order",
  },
  {
    id: "instagram-insights-impressions",
    file: "B-instagram-insights-159/posts.csv",
    target: "Impressions",
    licence: "not stated, published for tutorials",
    dataset: "Instagram Insights of one account, 159 posts: impressions",
  },
  {
    id: "beesline-likes",
    file: "B-beesline-posts/posts.csv",
    target: "Likes",
    licence: "not stated",
    dataset: "Instagram posts of a skin care brand, 144 posts: likes",
  },
  {
    id: "youtube-trending-us",
    file: "B-youtube-trending-5markets/US_2018-11-01.csv",
    target: "view_count",
    licence: "BSD-2-Clause",
    dataset: "Trending videos of one day in the US, 200 videos of nearly as many channels: views",
  },
  {
    id: "youtube-trending-jp",
    file: "B-youtube-trending-5markets/JP_2018-11-01.csv",
    target: "view_count",
    licence: "BSD-2-Clause",
    dataset: "Trending videos of one day in Japan, 200 videos: views",
  },
  {
    id: "french-media-retweets",
    file: "B-french-media-tweets/tweets.csv",
    target: "retweet_count",
    licence: "not stated (student project, Twitter API)",
    dataset: "Tweets of French media, 2,800: retweets",
  },
];
