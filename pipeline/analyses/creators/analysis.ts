// Scorecards of the registry's creators: how large, how engaging, how plausible, about what. Never how many followers are fake.
import type { Analysis, Row } from "../../core/types.ts";
import { minimumRatedPosts } from "./engagement-rate.ts";
import { metricRows } from "./metric-rows.ts";
import { readCreators, readOtherAccounts, readTopics, tables } from "./reading.ts";
import { type Audit, creatorRow, formatRows, signalRows, topicRows, weekRows } from "./rows.ts";
import { measure, scorecard } from "./scorecard.ts";

export const analysis: Analysis = {
  id: "creators",
  version: "1.1.0",
  reads: [...tables, "out.content_quality", "out.audits"],
  writes: ["creators", "creator_signals", "creator_weeks", "creator_formats", "creator_topics", "metrics"],
  async run({ warehouse, run, previous, random }) {
    const measured = (await readCreators(warehouse)).map((observed) => measure(observed, run.until));
    const accounts = [
      ...measured.flatMap(({ account }) => account ?? []),
      ...(measured.length > 0 ? await readOtherAccounts(warehouse) : []),
    ];
    const cards = measured.map((creator) =>
      scorecard(creator, accounts, run.week_start, (label) =>
        random(`creators:${creator.creator.creator}:${label}`),
      ),
    );
    const quality = await qualityOf(warehouse.query);
    const audits = new Map(
      (await warehouse.query<Row & Audit>("select * from out.audits")).map((audit) => [audit.creator, audit]),
    );
    const [{ brands } = { brands: 0 }] = await warehouse.query<{ brands: number }>(
      "select count(*)::int as brands from pub_brands",
    );
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    return {
      creators: cards.map((card) =>
        creatorRow(
          run.edition,
          card,
          quality.get(card.measured.creator.creator) ?? null,
          brands > 0,
          audits.get(card.measured.creator.creator) ?? null,
        ),
      ),
      creator_signals: cards.flatMap((card) => signalRows(run.edition, card)),
      creator_weeks: cards.flatMap((card) => weekRows(run.edition, card, run.week_start)),
      creator_formats: cards.flatMap((card) =>
        formatRows(run.edition, card, (label) =>
          random(`creators:${card.measured.creator.creator}:format:${label}`),
        ),
      ),
      creator_topics: topicRows(run.edition, await readTopics(warehouse), cards),
      metrics: cards.flatMap((card) => metricRows(run, card, brands > 0, before, analysis.version)),
    };
  },
};

/** Mean content quality, from as many posts on as an engagement rate needs. */
async function qualityOf(query: <T extends Row>(sql: string) => Promise<T[]>): Promise<Map<string, number>> {
  const rows = await query<{ creator: string; score: number }>(
    `select creator, avg(overall_score)::double as score from out.content_quality group by creator having count(*) >= ${minimumRatedPosts} order by creator`,
  );
  return new Map(rows.map(({ creator, score }) => [creator, score]));
}
