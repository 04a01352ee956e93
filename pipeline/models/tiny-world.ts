// A warehouse of a few rows for tests of the models: what a test does not say takes a plain default.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Publication } from "../../data/contract/publication.ts";
import { buildModels, demandPassed, runChecks } from "../core/build.ts";
import { runClock } from "../core/clock.ts";
import { findModels, orderModels } from "../core/graph.ts";
import { defineKeyedHash } from "../core/key.ts";
import type { Row } from "../core/types.ts";
import { type OpenWarehouse, openWarehouse } from "../core/warehouse.ts";
import { sourceKinds, stagedRuns } from "./collector-tables.ts";
import { seedTables, seedWarehouse, seedWords } from "./seeds.ts";
import { stagedTables } from "./staged-tables.ts";

export interface TinyWorld {
  readonly posts?: readonly Row[];
  readonly accounts?: readonly Row[];
  readonly runs?: readonly Row[];
  /** Sources that bring no posts, as `{ source, has_posts: false }`. */
  readonly kinds?: readonly Row[];
  /** Rows of follower samples. */
  readonly followers?: readonly Row[];
  /** Rows of other tables that sources stage, such as `all_signals`; see staged-tables.ts. */
  readonly staged?: Readonly<Record<string, readonly Row[]>>;
  /** Rows of `post_annotations`, their text instead of its key. */
  readonly annotations?: readonly Row[];
  /** Keys of publication.yaml that differ from the default. */
  readonly publication?: Row;
  readonly asOf?: string;
  /** Folder of reference data; without one every reference table is empty. */
  readonly reference?: string;
}

/** Builds all models over the world in memory and demands that every check passes. The test closes the warehouse. */
export async function tinyWorld(world: TinyWorld): Promise<OpenWarehouse> {
  const warehouse = await openWarehouse({ threads: 1 });
  const publication = Publication.parse({ ...PUBLICATION, ...world.publication });
  const reference = world.reference ?? "no-reference";
  await defineKeyedHash(warehouse, new TextEncoder().encode("key of the tests"));
  await seedWarehouse(
    warehouse,
    publication,
    runClock(publication.id, world.asOf ?? "2026-11-20"),
    reference,
  );
  const wordsOf = (column: "source" | "receipt") => [
    ...new Set([POST, ...(world.posts ?? [])].map((row) => String((row as Row)[column] ?? POST[column]))),
  ];
  await seedWords(warehouse, { sources: wordsOf("source"), receipts: wordsOf("receipt") });
  const fill = (table: string, columns: Record<string, string>, defaults: Row, rows: readonly Row[] = []) =>
    warehouse.insertRows(
      table,
      columns,
      rows.map((row) => ({ ...defaults, ...row })),
    );
  await fill("all_posts", POSTS, POST, world.posts);
  await fill("all_accounts", ACCOUNTS, ACCOUNT, world.accounts);
  await fill("all_runs", stagedRuns, RUN, world.runs);
  await fill("source_kinds", sourceKinds, { has_posts: true }, world.kinds);
  for (const [table, columns] of Object.entries(stagedTables)) {
    const followers = table === "all_followers";
    await fill(
      table,
      columns,
      followers ? FOLLOWER : {},
      followers ? world.followers : world.staged?.[table],
    );
  }
  await fill("annotations", { text: "VARCHAR", ...ANNOTATIONS }, ANNOTATION, world.annotations);
  await warehouse.execute(
    "create table post_annotations as select hash(text) as text_key, * exclude (text) from annotations",
  );
  const files = await findModels({ models: "pipeline/models", sources: "", sourcesInUse: [] });
  const models = await orderModels(
    warehouse,
    files.filter((file) => file.name !== "post_annotations"),
    [
      ...seedTables(reference),
      "all_posts",
      "all_accounts",
      "all_runs",
      "source_kinds",
      ...Object.keys(stagedTables),
      "post_annotations",
    ],
  );
  const built = await buildModels(warehouse, models, {
    ...{ publication, log: SILENT },
    // No model of these keeps anything between runs.
    cache: join(tmpdir(), "leap-tiny-cache"),
  });
  demandPassed(
    await runChecks(
      warehouse,
      ["pipeline/models"],
      built.map((model) => model.model),
    ),
  );
  return warehouse;
}

const SILENT = { info: () => {}, warn: () => {}, progress: () => {} };

const PUBLICATION = {
  id: "tiny",
  title: "Tiny",
  tagline: "A world of a few rows.",
  category: "beauty",
  markets: ["de", "fr"],
  home_market: "kr",
  sources: [{ source: "test" }],
};

const V = "VARCHAR";
const POSTS = {
  source: V,
  platform: V,
  post_id: V,
  market: V,
  posted_at: "TIMESTAMP",
  collected_at: "TIMESTAMP",
  author_id: V,
  author_handle: V,
  text: V,
  tags: "VARCHAR[]",
  language_hint: V,
  media_type: V,
  likes: "BIGINT",
  comments: "BIGINT",
  views: "BIGINT",
  shares: "BIGINT",
  likes_hidden: "BOOLEAN",
  rating: "DOUBLE",
  paid_partnership: "BOOLEAN",
  url: V,
  provenance: V,
  receipt: V,
};
const POST: Row = {
  source: "test",
  platform: "instagram",
  market: "de",
  posted_at: "2026-11-10T12:00:00Z",
  collected_at: "2026-11-11T12:00:00Z",
  tags: [],
  media_type: "image",
  likes: 10,
  comments: 1,
  likes_hidden: false,
  provenance: "observed",
  receipt: "r1",
};

const ACCOUNTS = {
  source: V,
  platform: V,
  account_id: V,
  account_handle: V,
  collected_at: "TIMESTAMP",
  followers: "BIGINT",
  following: "BIGINT",
  posts_total: "BIGINT",
  provenance: V,
  receipt: V,
};
const ACCOUNT = {
  source: "test",
  platform: "instagram",
  collected_at: "2026-11-11T12:00:00Z",
  provenance: "observed",
  receipt: "r1",
};

const RUN = {
  source: "test",
  platform: "instagram",
  market: "de",
  succeeded: true,
  provenance: "observed",
  receipt: "r1",
};

const FOLLOWER = {
  source: "test",
  auditor: "An auditor",
  audited_on: "2026-11-02",
  consent: "consent of the creator",
  provenance: "imported",
  receipt: "r1",
};

const ANNOTATIONS = {
  language: V,
  language_confidence: "DECIMAL(9,6)",
  polarity: V,
  polarity_score: "DECIMAL(9,6)",
  polarity_reason: V,
  p_negative: "DECIMAL(9,6)",
  p_neutral: "DECIMAL(9,6)",
  p_positive: "DECIMAL(9,6)",
  terms: "VARCHAR[]",
  variants: "VARCHAR[]",
  brands: "VARCHAR[]",
};
const ANNOTATION = { language: "de", language_confidence: 0.9, terms: [], variants: [], brands: [] };
