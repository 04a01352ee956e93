// When an address is left alone: after failures in a row, and for as long as it asked for.
import { expect, test } from "vitest";
import { openBreaker } from "./breaker.ts";

test("six failures in a row open it for a minute; a good answer forgets them", () => {
  const breaker = openBreaker();
  for (let n = 0; n < 5; n++) expect(breaker.failed("main", 0, "503")).toBe(false);
  breaker.good("main");
  for (let n = 0; n < 5; n++) breaker.failed("main", 0, "503");
  expect(breaker.wait("main", 0)).toBe(0);
  expect(breaker.failed("main", 0, "503")).toBe(true);
  expect([breaker.wait("main", 0), breaker.wait("other", 0)]).toEqual([60_000, 0]);
});

test("who is told to wait is everybody that asks the address, for another target too", () => {
  const breaker = openBreaker();
  breaker.failed("main", 0, "429");
  breaker.hold("main", 2_000);
  breaker.hold("main", 1_000);
  expect([breaker.wait("main", 500), breaker.wait("main", 2_000)]).toEqual([1_500, 0]);
});
