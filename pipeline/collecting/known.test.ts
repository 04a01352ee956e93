import { expect, test } from "vitest";
import { type Known, knownFor, knownIds, withKnown, withoutKnown } from "./known.ts";

const known: Known = [
  ["a", "2026-11-18T10:00:00Z"],
  ["b", "2026-11-20T10:00:00Z"],
  ["c", "2026-11-18T23:00:00Z"],
].reduce<Known>((all, [id, at]) => withKnown(all, id as string, at as string), {});

test("the youngest come first, and meeting a post twice keeps it once", () => {
  expect(knownIds(withKnown(known, "a", "2026-11-18T10:00:00Z"))).toEqual(["b", "a", "c"]);
});

test("what is gone or has grown old is not looked at again", () => {
  expect(knownIds(withoutKnown(known, new Set(["b", "c"])))).toEqual(["a"]);
  expect(knownIds(knownFor(known, 1, "2026-11-20T12:00:00Z"))).toEqual(["b"]);
});
