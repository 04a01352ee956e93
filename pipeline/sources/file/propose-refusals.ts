// When rows are no posts, and what to do about it. A wrong import that runs is worse than one that is refused.
import { LeapError } from "../../core/errors.ts";
import type { Draft } from "./draft.ts";

const MANY = 25;

export function refuseUnlessPosts(draft: Draft): void {
  const found = `Columns found: ${listed(draft.columns)}.`;
  const where = draft.files.join(", ");
  if (!draft.has("posted_at")) {
    const { postedAt } = draft.wishes;
    if (postedAt === null) {
      throw new LeapError(
        `missing date: no column of ${where} looks like a time of posting. ${found} Name it with --map posted_at=COLUMN, or give one date for all rows with --posted-at 2024-01-01.`,
      );
    }
    draft.place("posted_at", { constant: postedAt, date: "iso" }, "as you said, the same for every row", 1);
  }
  const counts = ["likes", "comments", "views", "shares"].filter((field) => draft.has(field));
  if (!draft.has("text") && !draft.has("tags") && counts.length === 0) {
    throw new LeapError(
      `missing text and counts: no column of ${where} looks like a caption, likes, comments or views. ${found} Name them with --map text=COLUMN --map likes=COLUMN.`,
    );
  }
  const trade = draft.columns.filter((column) =>
    /quantity|unit.?price|invoice|order.?(id|no|number)|revenue|stock.?code/i.test(column),
  );
  const byHand = "text" in draft.wishes.map || "likes" in draft.wishes.map;
  if (trade.length >= 2 && counts.length === 0 && !byHand) {
    throw new LeapError(
      `unknown kind of rows: ${where} looks like sales (${trade.join(", ")}), not posts. ${found} If they are posts all the same, say where: --map posted_at=COLUMN --map text=COLUMN.`,
    );
  }
}

export function refuseAccountsWithoutDate(draft: Draft): void {
  if (draft.has("collected_at")) return;
  const pattern = "(\\d{4}-\\d{2}(?:-\\d{2})?)";
  if (draft.files.every((file) => new RegExp(pattern).test(file))) {
    draft.place(
      "collected_at",
      { from_file: pattern, date: ["YYYY-MM-DD", "YYYY-MM"] },
      "the date in the file's name",
      0.8,
    );
    return;
  }
  if (draft.wishes.postedAt !== null) {
    draft.place("collected_at", { constant: draft.wishes.postedAt, date: "iso" }, "as you said", 1);
    return;
  }
  throw new LeapError(
    `missing date: ${draft.files.join(", ")} lists accounts with followers (${listed(draft.columns)}), but not when they were counted. Give the day with --posted-at 2024-01-01, or put it in the file's name.`,
  );
}

const listed = (columns: readonly string[]) =>
  columns.length <= MANY
    ? columns.join(", ")
    : `${columns.slice(0, MANY).join(", ")} and ${columns.length - MANY} more`;
