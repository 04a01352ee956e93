// Every edition: home and all market reports, newest first.
import { readEdition, reportMarkets } from "../lib/data.ts";
import { feed, feedItems } from "../lib/feed.ts";

export const GET = () => {
  const { title, tagline } = readEdition();
  const pages = ["home", ...reportMarkets().map((market) => `market/${market.code}`)];
  return feed("/feed.xml", title, tagline, feedItems(pages));
};
