// Market and platform of rows: as stated by hand, in a column, or in the file's name. What nobody states stays unknown.

import type { Draft } from "./draft.ts";
import { nameFit } from "./names.ts";
import { marketOf } from "./words.ts";

/** A country's code in a file's name: DE_2018-11-01.csv, USvideos.csv, posts-fr.csv. */
const IN_FILE_NAME = [
  "^([A-Z]{2})(?:[_. -]|videos)",
  "[_. -]([A-Za-z]{2})\\.(?:csv|tsv|txt|json|jsonl|ndjson|parquet)",
];

export function placeMarket(draft: Draft): void {
  const { markets } = draft.wishes;
  if (markets.length === 1) {
    delete draft.mapping["market"];
    draft.place("market", { constant: markets[0] as string }, "as you said", 1);
    return;
  }
  if (draft.has("market")) return;
  for (const pattern of IN_FILE_NAME) {
    const expression = new RegExp(pattern, "u");
    const codes = draft.files.map((file) => expression.exec(file)?.[1]);
    if (codes.every((code) => code !== undefined && isCountry(code))) {
      draft.place(
        "market",
        { from_file: pattern },
        `the file's name: ${[...new Set(codes)].join(", ")}`,
        0.9,
      );
      return;
    }
  }
  for (const shape of draft.shapes.values()) {
    const fit = nameFit("market", shape.column);
    const known = shape.values.filter((value) => isCountry(value)).length / Math.max(1, shape.values.length);
    if (fit === 0 || known < 0.5 || draft.used.has(shape.column)) continue;
    draft.place("market", { column: shape.column }, "name, and the values are countries", fit * known);
    return;
  }
  draft.doubts.push("market: not stated; kept as zz. Give it with --markets, such as --markets de.");
}

export function isCountry(text: string): boolean {
  const code = marketOf(text);
  return (
    code !== "zz" &&
    new Intl.DisplayNames(["en"], { type: "region", fallback: "none" }).of(code.toUpperCase()) !== undefined
  );
}

const PLATFORMS = [
  "instagram",
  "tiktok",
  "youtube",
  "facebook",
  "twitter",
  "threads",
  "bluesky",
  "pinterest",
  "reddit",
];

export function placePlatform(draft: Draft): void {
  const { platform } = draft.wishes;
  if (platform !== null) {
    delete draft.mapping["platform"];
    draft.place("platform", { constant: platform.toLowerCase() }, "as you said", 1);
    return;
  }
  if (draft.has("platform")) return;
  const inNames = PLATFORMS.find((name) => draft.files.every((file) => file.toLowerCase().includes(name)));
  const inLinks = PLATFORMS.find((name) =>
    draft.shapes
      .get(String(draft.mapping["url"]?.["column"]))
      ?.values.every((url) => url.includes(`${name}.com/`)),
  );
  if (inLinks)
    draft.place(
      "platform",
      { constant: inLinks === "twitter" ? "x" : inLinks },
      "the links lead there",
      0.95,
    );
  else if (inNames)
    draft.place("platform", { constant: inNames === "twitter" ? "x" : inNames }, "the file's name", 0.8);
  else if (draft.columns.some((column) => /retweet|tweet_?id/i.test(column)))
    draft.place("platform", { constant: "x" }, "only tweets are retweeted", 0.9);
  else if (
    /impressions/i.test(draft.columns.join()) &&
    /saves/i.test(draft.columns.join()) &&
    /profile visits/i.test(draft.columns.join())
  )
    draft.place("platform", { constant: "instagram" }, "columns of Instagram Insights", 0.8);
  else
    draft.doubts.push(
      "platform: not stated; kept as other. Give it with --platform, such as --platform instagram.",
    );
}
