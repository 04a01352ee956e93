import { expect, test } from "vitest";
import { notWalked, type WalkedPage, walked } from "./circle.ts";

/** How many pages are walked before a walk is known to lead nowhere. */
function walkedPages(pages: readonly WalkedPage[]): number {
  let way: ReturnType<typeof walked> = notWalked;
  let count = 0;
  for (const page of pages) {
    way = walked(way, page);
    if (way === null) break;
    count += 1;
  }
  return count;
}

test("a list that begins again is left at its first page, one whose mark repeats with the mark", () => {
  const [a, b] = [
    { first: "a", next: "2" },
    { first: "b", next: "0" },
  ];
  expect(walkedPages([a, b, a])).toBe(2);
  expect(walkedPages([a, { first: "b", next: "2" }])).toBe(1);
});

test("a list that turns back to newer posts is left; one whose pages share a moment or a post is not", () => {
  const page = (first: string, ...times: string[]): WalkedPage => ({ first, next: first, times });
  expect(
    walkedPages([page("a", "09:00", "08:00"), page("b", "08:00", "07:00"), page("c", "09:00", "07:30")]),
  ).toBe(2);
  expect(walkedPages([page("a", "08:00"), page("b", "08:00"), page("c", "08:00")])).toBe(3);
  expect(walkedPages([page("a", "09:00", "08:00"), page("b", "08:30", "06:00")])).toBe(2);
});
