// What the parser of a live source takes for a row from the future.
import { expect, test } from "vitest";
import { z } from "zod";
import { linesOf } from "./lines-of.ts";

test("a post that appeared while its run was asking is no post from the future; one of tomorrow is", () => {
  const things = { posts: z.strictObject({ collected_at: z.string(), posted: z.string() }) };
  const judge = linesOf(things, { happened: (row) => String(row["posted"]) })({ thing: "posts" });
  const on = (posted: string) => judge({ collected_at: "2026-11-20T06:00:00Z", posted }, "posts").ok;
  expect(on("2026-11-20T06:29:00Z")).toBe(true);
  expect(on("2026-11-21T06:00:00Z")).toBe(false);
});
