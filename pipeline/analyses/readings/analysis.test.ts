// Agreement is told with what chance alone would bring, and only where enough texts were read by both.
import { expect, test } from "vitest";
import { readingsRow } from "./analysis.ts";

const count = {
  ...{ market: "de", posts: 400, read_by_model: 100, ironic: 3, asked: 140, sampled: 40, agreed: 36 },
  ...{ model: "openai:m", prompt_version: "1.0.0", provenance: "observed" },
};
const label = (offline: string, polarity: string, texts: number) => ({
  market: "de",
  offline,
  polarity,
  texts,
});

test("nine of ten alike is much where labels are mixed, and little where one label stands nearly everywhere", () => {
  const mixed = [label("positive", "positive", 18), label("negative", "negative", 18)];
  const alone = [label("positive", "positive", 36)];
  const apart = [label("positive", "negative", 2), label("negative", "positive", 2)];
  expect(readingsRow("2026-W47", count, [...mixed, ...apart])).toMatchObject({ agreement: 0.9, kappa: 0.8 });
  const skewed = readingsRow("2026-W47", count, [...alone, ...apart]);
  expect(skewed).toMatchObject({ agreement: 0.9 });
  expect(skewed.kappa).toBeLessThan(0);
});

test("one label alone says nothing beyond chance, and too few texts say nothing at all", () => {
  const one = [label("positive", "positive", 40)];
  expect(readingsRow("2026-W47", { ...count, agreed: 40 }, one)).toMatchObject({ agreement: 1, kappa: null });
  const few = readingsRow("2026-W47", { ...count, sampled: 29, agreed: 29 }, [label("a", "a", 29)]);
  expect(few).toMatchObject({ agreement: null, kappa: null });
});
