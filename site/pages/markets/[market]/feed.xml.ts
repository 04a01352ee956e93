// Every edition of one market's report, newest first.
import type { APIRoute, GetStaticPaths } from "astro";
import { readEdition, reportMarkets } from "../../../lib/data.ts";
import { feed, feedItems } from "../../../lib/feed.ts";

export const getStaticPaths = (() =>
  reportMarkets().map(({ code, name }) => ({
    params: { market: code },
    props: { name },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params, props }) => {
  const edition = readEdition();
  const name = String(props["name"]);
  return feed(
    `/markets/${params["market"]}/feed.xml`,
    `${edition.title}: ${name}`,
    `Market reports for ${name}: ${edition.category}.`,
    feedItems([`market/${params["market"]}`]),
  );
};
