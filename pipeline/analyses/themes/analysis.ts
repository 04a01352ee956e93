// What drives praise and complaint in each market, and what a market talks about more than the others.
import { minimumPosts, type Provenance } from "../../../data/contract/columns.ts";
import type { Analysis, Models, RunClock, Warehouse } from "../../core/types.ts";
import { wilson } from "../../stats/wilson.ts";
import { phraseReader } from "../../texts/phrases.ts";
import { groupsOf } from "./groups.ts";
import { type NamedBy, namesOf, type PhraseGroup, unnamed } from "./llm.ts";
import { distinctThemes, markingPhrases, type Theme } from "./rank.ts";
import { type CountedText, marketTexts } from "./texts.ts";

/** Days before the end of the last complete week: the first of these windows that holds enough posts, so that old or thin imports have themes too. */
export const windowsDays = [90, 365, 36_500] as const;
/** Posts that make a window worth reading. */
const enoughPosts = 1000;
/** Themes a list shows. */
export const listLength = 12;
/** Themes of each mood that get a metric id. */
const withMetric = 3;
/** Distinct texts of one language that the other markets must have before a market's words are compared with theirs. */
const textsElsewhere = 200;

export const analysis: Analysis = {
  id: "themes",
  version: "1.1.0",
  reads: ["run", "posts", "int_texts", "post_annotations", "pub_creators", "pub_markets"],
  writes: ["themes", "metrics"],
  async run({ warehouse, run, previous, models }) {
    const days = await readingWindow(warehouse);
    const texts = await textsByMarket(warehouse, days);
    const lists = [...texts.keys()].flatMap((market) => marketLists(market, texts));
    const names = models ? await namesByGroup(warehouse, lists, models) : new Map<string, NamedBy>();
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    return {
      themes: lists.flatMap((list) => list.themes.map((_, place) => themeRow(run, list, place, names))),
      metrics: metricRows(lists, run, before, await firstDay(warehouse, days)),
    };
  },
};

/** One window for all markets, because lists of different length do not compare. */
async function readingWindow(warehouse: Warehouse): Promise<number> {
  for (const days of windowsDays) {
    const [found] = await warehouse.query<{ posts: number }>(
      `select count(*)::int as posts from posts cross join run where posted_at < run.until and posted_at >= run.until - interval ${days} day`,
    );
    if ((found?.posts ?? 0) >= enoughPosts) return days;
  }
  return windowsDays[windowsDays.length - 1] as number;
}

/** ISO day on which the window begins; no earlier than the first post. */
async function firstDay(warehouse: Warehouse, days: number): Promise<string> {
  const [found] = await warehouse.query<{ day: string }>(
    `select greatest((select until from run) - interval ${days} day, coalesce(min(posted_at), (select until from run)))::date as day from posts`,
  );
  return found?.day as string;
}

async function textsByMarket(
  warehouse: Warehouse,
  days: number,
): Promise<Map<string, readonly CountedText[]>> {
  const people = await warehouse.query<{ name: string; handle: string }>(
    "SELECT DISTINCT name, handle FROM pub_creators ORDER BY ALL",
  );
  const markets = await warehouse.query<{ market: string }>(
    "SELECT DISTINCT market FROM posts ORDER BY market",
  );
  const phrasesOf = phraseReader(people.flatMap(({ name, handle }) => [name, handle]));
  const texts = new Map<string, readonly CountedText[]>();
  for (const { market } of markets) texts.set(market, await marketTexts(warehouse, market, days, phrasesOf));
  return texts;
}

/** One list of a market. */
interface List {
  readonly market: string;
  readonly polarity: "positive" | "negative" | "distinctive";
  /** Distinct texts of the group the themes mark. */
  readonly base: number;
  readonly provenance: Provenance;
  readonly themes: readonly Theme[];
  /** Group of each theme, from 1. */
  readonly groups: readonly number[];
}

function marketLists(market: string, texts: ReadonlyMap<string, readonly CountedText[]>): List[] {
  const own = texts.get(market) ?? [];
  const others = [...texts].flatMap(([other, list]) => (other === market ? [] : list));
  const mood = (polarity: Mood): List => {
    const { group, rest } = moodGroups(own, polarity);
    return listOf(market, polarity, group, rest, moodThemes(own, polarity));
  };
  return [
    mood("positive"),
    mood("negative"),
    listOf(market, "distinctive", own, others, distinctive(own, others)),
  ];
}

type Mood = "positive" | "negative";

/** Texts of a mood, and the other classified ones. */
function moodGroups(texts: readonly CountedText[], mood: Mood) {
  return {
    group: texts.filter((text) => text.polarity === mood),
    rest: texts.filter((text) => text.polarity !== null && text.polarity !== mood),
  };
}

/** What marks the texts of a mood against the other classified ones of the same language; unsorted, and not yet told apart. */
export function moodThemes(texts: readonly CountedText[], mood: Mood): Theme[] {
  const { group, rest } = moodGroups(texts, mood);
  return languagesOf(group).flatMap((language) => {
    const here = group.filter((text) => text.language === language);
    const there = rest.filter((text) => text.language === language);
    return comparable(here, there, minimumPosts) ? markingPhrases(here, there, (text) => text.phrases) : [];
  });
}

/**
 * Words can only be compared within a language, so a market's are set against the same language elsewhere, where enough is written in it;
 * the taxonomy's terms mean the same in every language, so they are set against all other markets.
 */
function distinctive(own: readonly CountedText[], others: readonly CountedText[]): Theme[] {
  const terms = comparable(own, others, minimumPosts)
    ? markingPhrases(own, others, (text) => text.terms)
    : [];
  const words = languagesOf(own).flatMap((language) => {
    const here = own.filter((text) => text.language === language);
    const there = others.filter((text) => text.language === language);
    return comparable(here, there, textsElsewhere) ? markingPhrases(here, there, (text) => text.phrases) : [];
  });
  return [...terms, ...words];
}

function comparable(group: readonly CountedText[], rest: readonly CountedText[], fewest: number): boolean {
  return group.length >= minimumPosts && rest.length >= fewest;
}

function languagesOf(texts: readonly CountedText[]): string[] {
  return [...new Set(texts.map((text) => text.language))].sort();
}

function listOf(
  market: string,
  polarity: List["polarity"],
  group: readonly CountedText[],
  rest: readonly CountedText[],
  themes: readonly Theme[],
): List {
  const provenances = new Set([...group, ...rest].map((text) => text.provenance));
  const provenance = (["synthetic", "imported"] as const).find((one) => provenances.has(one)) ?? "observed";
  const listed = distinctThemes(themes, listLength);
  return {
    ...{ market, polarity, base: group.length, provenance },
    ...{ themes: listed, groups: groupsOf(listed, group) },
  };
}

/** Names of the groups of the markets that have a report, by market, polarity and number. */
async function namesByGroup(
  warehouse: Warehouse,
  lists: readonly List[],
  models: Models,
): Promise<Map<string, NamedBy>> {
  const markets = await warehouse.query<{ market: string; name: string }>(
    "SELECT market, any_value(name) AS name FROM pub_markets WHERE role <> 'unassigned' GROUP BY market",
  );
  const nameOf = new Map(markets.map(({ market, name }) => [market, name]));
  const groups = lists.flatMap((list) => {
    const marketName = nameOf.get(list.market);
    return marketName === undefined ? [] : phraseGroups(list, marketName);
  });
  const names = await namesOf(groups, models);
  return new Map(groups.map((group, place) => [groupKey(group, group.number), names[place] as NamedBy]));
}

const groupKey = ({ market, polarity }: Pick<List, "market" | "polarity">, group: number): string =>
  `${market} ${polarity} ${group}`;

function phraseGroups(list: List, marketName: string): PhraseGroup[] {
  const places = Map.groupBy(list.themes.keys(), (place) => list.groups[place] as number);
  return [...places].map(([number, members]) => {
    const themes = members.map((place) => list.themes[place] as Theme);
    return {
      ...{ market: list.market, marketName, polarity: list.polarity, number },
      language: themes[0]?.language as string,
      phrases: themes.map(({ written, posts }) => ({ phrase: written, posts })),
      posts: new Set(themes.flatMap(({ texts }) => texts)).size,
    };
  });
}

function themeRow({ edition }: RunClock, list: List, place: number, names: ReadonlyMap<string, NamedBy>) {
  const theme = list.themes[place] as Theme;
  const group = list.groups[place] as number;
  const { low, high } = wilson(theme.posts, list.base);
  return {
    edition,
    market: list.market,
    polarity: list.polarity,
    phrase: theme.written,
    language: theme.language,
    rank: place + 1,
    theme_group: group,
    posts: theme.posts,
    posts_elsewhere: theme.postsElsewhere,
    authors: theme.authors,
    share: theme.posts / list.base,
    share_low: low,
    share_high: high,
    z: theme.z,
    ...(names.get(groupKey(list, group)) ?? unnamed),
    provenance: list.provenance,
  };
}

/** Share and z of the first themes of praise and of complaint, under `theme_share:<market>:<phrase>`. */
function metricRows(
  lists: readonly List[],
  run: RunClock,
  before: ReadonlyMap<unknown, unknown>,
  from: string,
) {
  const rows = lists
    .filter((list) => list.polarity !== "distinctive")
    .flatMap((list) =>
      list.themes.slice(0, withMetric).flatMap((theme) => {
        const { low, high } = wilson(theme.posts, list.base);
        const of = (
          metric: string,
          unit: string,
          value: number,
          interval: { low: number | null; high: number | null },
        ) => {
          const metric_id = `${metric}:${list.market}:${slugOf(theme.written)}`;
          return {
            edition: run.edition,
            metric_id,
            metric,
            market: list.market,
            entity: theme.written,
            period_start: from,
            period_end: run.week_end,
            value,
            low: interval.low,
            high: interval.high,
            text_value: null,
            unit,
            n: list.base,
            previous_value: (before.get(metric_id) as number | null | undefined) ?? null,
            reason: null,
            method_version: analysis.version,
            provenance: list.provenance,
          };
        };
        return [
          of("theme_share", "ratio", theme.posts / list.base, { low, high }),
          of("theme_log_odds", "z", theme.z, { low: null, high: null }),
        ];
      }),
    );
  // One phrase can mark praise in one language and complaint in another; its id then stands for the first.
  return [...new Map(rows.toReversed().map((row) => [row.metric_id, row])).values()].toReversed();
}

/** A phrase as a part of a metric id: letters and digits of any script, joined by hyphens. */
export function slugOf(phrase: string): string {
  return phrase
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
