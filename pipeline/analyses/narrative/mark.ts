// The mark of a model: what every row that one wrote says of it.
import type { Facts, Written } from "./facts.ts";

/** Who wrote it and who answers for it, as every row of a model says. */
export const markOf = (
  written: Pick<Written, "by" | "task"> | undefined,
  reviews: Facts["reviews"],
  page: string,
) => ({
  model: written?.by.model ?? null,
  prompt_version: written ? `${written.task} ${written.by.prompt_version}` : null,
  answered_on: written?.by.answered_at.slice(0, 10) ?? null,
  reviewed_by: (written && reviews.find((review) => review.page === page)?.by) ?? null,
});
