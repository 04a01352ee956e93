// What was said in a market, week by week.
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const marketWeeks = defineDataset("market_weeks", {
  title: "Markets by week",
  description: "Posts, authors, engagement, paid share and net sentiment of each market, one row a week.",
  grain: "One row per edition, market and ISO week.",
  key: ["edition", "market", "week"],
  version: "1.2.0",
  limits: [
    "Posts we observed, not all posts.",
    "Intervals of net sentiment treat an author as one voice; a post whose author is not named counts as an author of its own.",
    "Authors are not observable for Instagram hashtag media; one prolific account cannot be ruled out there.",
  ],
  columns: {
    edition: c.edition,
    market: c.market,
    week: c.week,
    posts: c.count("Distinct posts published in the week."),
    authors: c.count("Distinct authors, where the source names them.", "authors").nullable(),
    likes: c.count("Likes over posts whose likes are visible.", "likes").nullable(),
    comments: c.count("Comments.", "comments").nullable(),
    views: c.count("Views, where the source gives them.", "views").nullable(),
    engagement_median: c
      .measure(
        "Median of likes + comments over posts with visible likes; a median, because one viral post drags a mean.",
        "likes + comments",
        "engagement_median",
      )
      .nullable(),
    hidden_like_posts: c.count("Posts whose owner hides likes."),
    paid_posts: c.count("Posts with a platform disclosure or a disclosure tag."),
    paid_share: c
      .ratio("Paid posts over posts. Undisclosed advertising is not in it.", "paid_share")
      .nullable(),
    paid_share_low: c.low("paid_share"),
    paid_share_high: c.high("paid_share"),
    positive: c.count("Posts classified positive."),
    neutral: c.count("Posts classified neutral."),
    negative: c.count("Posts classified negative."),
    unclassified: c.count("Posts without a verdict: no text, or a language the engine does not read."),
    net_sentiment: c
      .measure("(positive − negative) / (positive + neutral + negative).", "ratio −1 to 1", "net_sentiment")
      .nullable(),
    net_sentiment_low: c.low("net_sentiment"),
    net_sentiment_high: c.high("net_sentiment"),
    sentiment_score: c.score("50 · (1 + net sentiment).", "sentiment_score").nullable(),
    sentiment_score_low: c.low("sentiment_score"),
    sentiment_score_high: c.high("sentiment_score"),
    read_by: c.text(
      "Who labelled the posts that the offline engine is not sure of: offline, or a model. A change from one week to the next breaks the series.",
    ),
    collected: c.flag("False when no collector run succeeded that week; the week is then a gap, not a zero."),
    reason: c.reason,
    provenance: c.provenance,
  },
});
