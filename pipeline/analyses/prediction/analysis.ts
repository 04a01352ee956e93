// What each creator's next post may be expected to get, and how often the bands printed before have held.
import type { Provenance } from "../../../data/contract/columns.ts";
import { minimumPosts as fewestForRate } from "../../../data/contract/columns.ts";
import { weakestProvenance } from "../../core/provenance.ts";
import type { Analysis, AnalysisContext, Row } from "../../core/types.ts";
import { wilson } from "../../stats/wilson.ts";
import { type Band, backTest, type Held, heldBy, keptEditions } from "./calibration.ts";
import { type Cell, cellsOf } from "./cells.ts";
import { fitPredictor } from "./model.ts";
import {
  type Creator,
  type CreatorPost,
  readCosts,
  readCreators,
  readPosts,
  tables,
  windowDays,
} from "./read.ts";

export const analysis: Analysis = {
  id: "prediction",
  version: "1.0.1",
  reads: tables,
  writes: ["predictions", "prediction_calibration", "metrics"],
  async run(context) {
    const { warehouse, run, random } = context;
    const creators = await readCreators(warehouse);
    const posts = await readPosts(warehouse);
    if (posts.length === 0) return { predictions: [], prediction_calibration: [], metrics: [] };
    const until = Date.parse(run.until);
    const provenance = weakestProvenance(posts);
    const predictor = fitPredictor(posts, random("prediction:fit"), { ahead: true });
    const byCreator = Map.groupBy(posts, ({ creator }) => creator);
    const costs = await readCosts(warehouse);
    const cells = creators.flatMap((creator) =>
      cellsOf(creator, byCreator.get(creator.creator) ?? [], predictor, until, costs),
    );
    const calibration = await calibrationRows(context, creators, posts);
    return {
      predictions: cells.map((cell) => ({ edition: run.edition, ...cell, provenance })),
      prediction_calibration: calibration.map((row) => ({ ...row, provenance })),
      metrics: await metricRows(context, creators, cells, calibration, byCreator, provenance),
    };
  },
};

interface CalibrationRow extends Held {
  readonly edition: string;
  readonly creator: string;
  readonly market: string;
  readonly of_edition: string;
  readonly kind: "published" | "back-test";
}

/** What the edition before printed against the posts since, what it carried of earlier ones, and a back-test. */
async function calibrationRows(
  { run, previous, random }: AnalysisContext,
  creators: readonly Creator[],
  posts: readonly CreatorPost[],
): Promise<CalibrationRow[]> {
  const marketOf = new Map(creators.map(({ creator, market }) => [creator, market]));
  const rowsOf = (held: ReadonlyMap<string, Held>, of_edition: string, kind: CalibrationRow["kind"]) =>
    [...held].map(
      ([creator, counts]): CalibrationRow => ({
        edition: run.edition,
        creator,
        market: marketOf.get(creator) ?? "all",
        of_edition,
        kind,
        ...counts,
      }),
    );
  const printed = (await previous("predictions")) as unknown as (Band & { edition: string })[];
  const of = printed[0]?.edition;
  const start = of === undefined ? null : mondayAfter(of);
  const now =
    of === undefined || start === null || of === run.edition
      ? []
      : rowsOf(
          heldBy(
            printed,
            posts.filter(({ at }) => at >= start && at < start + weekLong),
          ),
          of,
          "published",
        );
  const earlier = ((await previous("prediction_calibration")) as unknown as CalibrationRow[])
    .filter((row) => row.kind === "published" && row.of_edition !== of)
    .map(({ creator, market, of_edition, kind, posts: n, inside, below, above }) => ({
      edition: run.edition,
      creator,
      market,
      of_edition,
      kind,
      posts: n,
      inside,
      below,
      above,
    }));
  const kept = new Set(
    [...new Set([...now, ...earlier].map(({ of_edition }) => of_edition))].sort().slice(-keptEditions),
  );
  const tested = backTest(posts, Date.parse(run.until), random("prediction:back-test"));
  return [
    ...[...now, ...earlier].filter(({ of_edition }) => kept.has(of_edition)),
    ...(tested ? rowsOf(tested, "back-test", "back-test") : []),
  ];
}

const weekLong = 7 * 86_400_000;

/** An edition of week W is about posts until the Sunday before; it predicted the seven days from that Monday on. */
function mondayAfter(edition: string): number {
  const [year = 0, week = 1] = edition.split("-W").map(Number);
  const fourth = Date.UTC(year, 0, 4);
  const firstMonday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000;
  return firstMonday + (week - 1) * weekLong;
}

async function metricRows(
  { run, previous }: AnalysisContext,
  creators: readonly Creator[],
  cells: readonly Cell[],
  calibration: readonly CalibrationRow[],
  posts: ReadonlyMap<string, readonly CreatorPost[]>,
  provenance: Provenance,
): Promise<Row[]> {
  const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
  const row = (metric: string, market: string, entity: string, fields: Row) => {
    const metric_id = [metric, market, entity].filter(Boolean).join(":");
    return {
      edition: run.edition,
      metric_id,
      metric,
      market,
      entity,
      period_start: new Date(Date.parse(run.until) - windowDays * 86_400_000).toISOString().slice(0, 10),
      period_end: run.week_end,
      text_value: null,
      previous_value: before.get(metric_id) ?? null,
      method_version: analysis.version,
      provenance,
      ...fields,
    };
  };
  return [
    ...creators.flatMap(({ creator, market }) => {
      const own = cells.filter((cell) => cell.creator === creator);
      const most = own.toSorted((a, b) => b.posts - a.posts || (a.format < b.format ? -1 : 1))[0]?.format;
      const main = own.filter(({ format }) => format === most);
      const mean = (of: (cell: Cell) => number) =>
        main.length === 0 ? null : main.reduce((sum, cell) => sum + of(cell), 0) / main.length;
      return [
        row("predicted_engagement", market, creator, {
          value: mean(({ p50 }) => p50),
          low: mean(({ p10 }) => p10),
          high: mean(({ p90 }) => p90),
          unit: "likes + comments",
          n: posts.get(creator)?.length ?? 0,
          reason: main.length === 0 ? "too_few" : null,
        }),
        row(
          "prediction_calibration",
          market,
          creator,
          heldShare(calibration.filter((one) => one.creator === creator)),
        ),
      ];
    }),
    row(
      "prediction_calibration",
      "all",
      "",
      heldShare(calibration.filter(({ creator }) => creator === "all")),
    ),
  ];
}

/** Published predictions, once there are enough posts to judge them by; until then the back-test. */
export function heldShare(rows: readonly (Held & { kind: string })[]): Row {
  const sum = (kind: string) =>
    rows
      .filter((row) => row.kind === kind)
      .reduce((all, { posts, inside }) => ({ posts: all.posts + posts, inside: all.inside + inside }), {
        posts: 0,
        inside: 0,
      });
  const published = sum("published");
  const kind = published.posts >= fewestForRate ? "published" : "back-test";
  const { posts, inside } = kind === "published" ? published : sum("back-test");
  const enough = posts >= fewestForRate;
  return {
    value: enough ? inside / posts : null,
    low: enough ? wilson(inside, posts).low : null,
    high: enough ? wilson(inside, posts).high : null,
    unit: "ratio",
    n: posts,
    reason: enough ? null : "too_few",
  };
}
