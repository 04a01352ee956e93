// Shares of posts with barred claims: what counts as one, what is left out, and when nothing is said.
import { expect, test } from "vitest";
import type { AnalysisContext, Row } from "../../core/types.ts";
import { tinyWorld } from "../../models/tiny-world.ts";
import { analysis } from "./analysis.ts";

const barred = "Diese Creme heilt Neurodermitis in einer Woche.";
const fine = "Diese Creme pflegt meine trockene Haut.";

async function claimsOf(
  texts: readonly { text: string; paid?: boolean; author?: string }[],
): Promise<{ hits: Row[]; metrics: Row[] }> {
  const warehouse = await tinyWorld({
    posts: texts.map(({ text, paid = false, author }, i) => ({
      post_id: `p${i}`,
      text,
      market: "de",
      posted_at: "2026-11-10T10:00:00Z",
      paid_partnership: paid,
      author_handle: author ?? `author${i % 9}`,
    })),
    annotations: [...new Set(texts.map(({ text }) => text))].map((text) => ({
      text,
      language: text.startsWith("Esta") ? "es" : "de",
    })),
  });
  try {
    const [run] = await warehouse.query("select * from run");
    const out = await analysis.run({
      warehouse,
      run,
      previous: async () => [],
    } as unknown as AnalysisContext);
    return { hits: out["claim_hits"] as Row[], metrics: out["metrics"] as Row[] };
  } finally {
    warehouse.close();
  }
}

const rowOf = (rows: readonly Row[], scope: string, rule: string): Row =>
  rows.find((row) => row["market"] === "de" && row["scope"] === scope && row["rule"] === rule) as Row;

test("a barred wording counts once a post, under its rule and under any; paid posts are counted apart", async () => {
  const posts = [
    ...Array.from({ length: 10 }, () => ({ text: barred, paid: true })),
    ...Array.from({ length: 30 }, () => ({ text: fine, paid: true })),
    ...Array.from({ length: 40 }, () => ({ text: fine })),
  ];
  const { hits, metrics } = await claimsOf(posts);
  expect(rowOf(hits, "all", "any")).toMatchObject({ posts: 80, hits: 10, share: 0.125, reason: null });
  expect(rowOf(hits, "paid", "de-disease")).toMatchObject({ posts: 40, hits: 10, share: 0.25 });
  expect(metrics.find((row) => row["metric_id"] === "claims_readiness:de")).toMatchObject({
    value: 75,
    n: 40,
  });
});

test("posts in a language without rules are named and not counted as clean", async () => {
  const posts = [
    ...Array.from({ length: 30 }, () => ({ text: fine })),
    ...Array.from({ length: 12 }, () => ({ text: "Esta crema cura el eczema en una semana." })),
  ];
  const { hits } = await claimsOf(posts);
  expect(rowOf(hits, "all", "any")).toMatchObject({ posts: 30, posts_unread: 12, hits: 0 });
});

test("under thirty posts, and under five authors, the share is withheld with its reason", async () => {
  const few = await claimsOf(Array.from({ length: 29 }, () => ({ text: barred })));
  expect(rowOf(few.hits, "all", "any")).toMatchObject({
    posts: 29,
    hits: null,
    share: null,
    reason: "too_few",
  });
  expect(rowOf(few.hits, "paid", "any")).toMatchObject({ posts: 0, share: null, reason: "too_few" });
  const narrow = await claimsOf(
    Array.from({ length: 40 }, (_, i) => ({ text: barred, author: `author${i % 4}` })),
  );
  expect(rowOf(narrow.hits, "all", "any")).toMatchObject({ hits: null, reason: "withheld_privacy" });
});
