// Whether a column's values could stand in a field, whatever the column is called.
import type { FieldName } from "./names.ts";
import type { Shape } from "./shapes.ts";

/** Share of a column's values that could stand in the field; 0 rules the column out. */
export function fits(field: FieldName, shape: Shape): number {
  if (shape.values.length === 0) return field === "likes" || field === "tags" ? 0.5 : 0;
  switch (field) {
    case "posted_at":
    case "collected_at":
      return shape.date?.share ?? 0;
    case "likes":
    case "comments":
    case "views":
    case "shares":
    case "followers":
    case "following":
    case "posts_total":
      return shape.numeric >= 0.8 ? shape.numeric : 0;
    case "rating":
      return shape.numeric >= 0.8 && shape.numbers.every((value) => value >= 0 && value <= 10)
        ? shape.numeric
        : 0;
    case "text":
      return shape.numeric < 0.5 && shape.meanLength >= 8 && shape.date === null ? 1 : 0;
    case "title":
      return shape.numeric < 0.5 && shape.meanLength >= 4 ? 1 : 0;
    case "post_id":
      return shape.distinct > 0.5 ? 1 : 0;
    case "author_handle":
      return shape.meanLength <= 60 &&
        shape.values.filter((value) => /^\d+$/.test(value)).length < shape.values.length / 2
        ? 1
        : 0;
    case "url":
      return shape.values.filter((value) => /^https?:\/\//.test(value)).length / shape.values.length;
    case "language_hint":
      return shape.meanLength <= 8 ? 1 : 0;
    case "media_type":
      return (
        shape.values.filter((value) =>
          /image|photo|video|reel|carousel|sidecar|album|mixed|text|review|status|link/i.test(value),
        ).length / shape.values.length
      );
    default:
      return 1;
  }
}
