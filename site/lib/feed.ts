// RSS 2.0 of the editions: one item per edition and page, the whole text inside, so that a reader need not come to us.
// @astrojs/rss escapes markup, but lets control characters through and calls every link a permanent guid; both are mended here.
import rss from "@astrojs/rss";
import { home, marketDated } from "./addresses.ts";
import { type DatasetRow, type Edition, editionIds, findingsOf, readEdition } from "./data.ts";
import { escapeHtml } from "./html.ts";
import { type Block, blocksOf, distinctMarks, type Mark, markOf, markWords } from "./model-mark.ts";
import { sentenceHtml, sentenceText } from "./sentence.ts";
import { words } from "./words.ts";

export interface FeedItem {
  readonly title: string;
  /** Address on the site, from the root. */
  readonly path: string;
  /** Never changes, even when the site moves. */
  readonly guid: string;
  readonly published: Date;
  /** HTML made by us from escaped sentences. */
  readonly content: string;
  /** Whether a model wrote any of it. */
  readonly byModel: boolean;
}

const hoursToLive = 24;

/** The feed at `path`. Dates come from the editions' stamps, so that two renders give the same bytes. */
export function feed(path: string, title: string, description: string, items: readonly FeedItem[]) {
  const edition = readEdition();
  const self = absolute(path);
  return rss({
    title: xmlText(title),
    description: xmlText(description),
    site: edition.site_url,
    xmlns: { atom: "http://www.w3.org/2005/Atom" },
    customData: [
      `<atom:link href="${self}" rel="self" type="application/rss+xml"/>`,
      "<language>en</language>",
      `<lastBuildDate>${new Date(edition.stamps.published_at).toUTCString()}</lastBuildDate>`,
      `<ttl>${hoursToLive * 60}</ttl>`,
    ].join(""),
    items: items.map((item) => ({
      title: xmlText(item.title),
      link: absolute(item.path),
      pubDate: item.published,
      content: xmlText(item.content),
      ...(item.byModel ? { categories: [words.model.feed] } : {}),
      customData: `<guid isPermaLink="false">${item.guid}</guid>`,
    })),
  });
}

/** Newest first: one item per edition for each of the pages, such as `home` or `market/de`. */
export function feedItems(pages: readonly string[]): FeedItem[] {
  return editionIds()
    .toReversed()
    .flatMap((id) => pages.flatMap((page) => itemOf(page, readEdition(id)) ?? []));
}

/** Null when the edition has no such page. */
function itemOf(page: string, edition: Edition): FeedItem | null {
  const findings = findingsOf(page, undefined, edition.edition);
  const market = page.startsWith("market/")
    ? edition.markets.find((one) => one.code === page.slice("market/".length))
    : null;
  if (findings.length === 0 || market === undefined) return null;
  const title = findings.find((finding) => finding.section === "title");
  return {
    title: `${market?.name ?? edition.title}, ${edition.edition}${title ? `: ${sentenceText(title)}` : ""}`,
    path: market ? marketDated(market.code, edition.edition) : home,
    guid: `tag:${new URL(edition.site_url).hostname},${edition.edition.slice(0, 4)}:${edition.publication}/${edition.edition}/${page}`,
    published: new Date(edition.stamps.published_at),
    content: contentOf(findings, edition),
    byModel: findings.some((finding) => finding.written_by === "model"),
  };
}

const sectionTitles: readonly (readonly [string, string])[] = [
  ["bottom_line", "Bottom line"],
  ["drivers", "Drivers"],
  ["risks", "Risks"],
  ["decision", "Decision"],
  ["what_changed", "What changed"],
  ["demand", "Demand"],
  ["sentiment", "Sentiment"],
  ["competition", "Competition"],
  ["creators", "Creators"],
  ["recommendations", "Recommendations"],
  ["questions", "Questions"],
];

function contentOf(findings: readonly DatasetRow<"findings">[], edition: Edition): string {
  const sections = sectionTitles.flatMap(([section, title]) => {
    const sentences = findings.filter((finding) => finding.section === section);
    if (sentences.length === 0) return [];
    return [`<h2>${title}</h2>`, ...blocksOf(sentences).map(blockHtml)];
  });
  const synthetic =
    edition.provenance === "synthetic"
      ? "<p><b>Synthetic data.</b> Every number, brand and person here is invented.</p>"
      : "";
  const title = findings.find(({ section }) => section === "title");
  const titled = title && markOf(title) ? labelHtml(markOf(title) as Mark) : "";
  const by =
    distinctMarks(findings.map(markOf)).length > 0
      ? words.model.feed_line
      : "Written by rules from the metrics of the edition.";
  const through = `<p>Data through ${edition.stamps.data_through}. ${by} ${escapeHtml(edition.licence)}</p>`;
  return titled + synthetic + sections.join("") + through;
}

/** Sentences of one mark, with the label under a model's: a feed reader shows no badge. */
const blockHtml = ({ mark, findings }: Block): string =>
  findings.map((finding) => `<p>${sentenceHtml(finding)}</p>`).join("") + (mark ? labelHtml(mark) : "");

const labelHtml = (mark: Mark): string =>
  `<p><small>${escapeHtml(`${words.states.model.word}: ${markWords(mark)}`)}</small></p>`;

function absolute(path: string): string {
  return new URL(path, readEdition().site_url).href;
}

/** Text without the characters that XML 1.0 cannot hold: one of them makes a whole feed unreadable. */
export function xmlText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}
