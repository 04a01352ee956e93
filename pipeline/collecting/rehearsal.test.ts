// A dry run: what would be asked first, what it takes, and that nothing is sent or written for it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { rehearsalText, rehearse } from "./rehearsal.ts";
import { type TestDesk, testDesk } from "./test-desk.ts";
import { testServer } from "./test-server.ts";
import { parserFile, source } from "./test-source.ts";

let desk: TestDesk;
afterEach(() => desk.close());

const open = (config: object = {}, variables: Record<string, string> = { LEAP_TEST_TOKEN: "canary" }) => {
  desk = testDesk({
    ...{ source, parser: parserFile, variables },
    fetch: testServer({ one: 1, two: 1, three: 1 }).fetch,
    config: { ...config },
  });
  return (at = "2026-11-20T06:00:00Z") =>
    rehearse(source, source.config.parse(config) as never, { ...desk.desk, now: () => new Date(at) });
};

test("what waits for a place is not among what would be asked; nothing is sent, nothing written", () => {
  const rehearsal = open({ places: 2 })();
  expect(rehearsal.calls.map(({ waits }) => waits === null)).toEqual([true, true, false]);
  expect(rehearsal.limits).toMatchObject([{ takes: 2 }, { takes: 2, left: 2 }]);
  const text = rehearsalText(rehearsal);
  expect(text).toContain("2 of 3 targets would be asked");
  expect(text).toContain("50 pages a target at most");
  expect(text).not.toContain("canary");
  expect(desk.asked).toEqual([]);
  expect(existsSync(join(desk.root, "collecting"))).toBe(false);
});

test("a slot that was collected, and a source without its credential, would ask nothing", async () => {
  const collected = open();
  await desk.collect();
  expect(collected("2026-11-20T07:00:00Z")).toMatchObject({
    calls: [],
    limits: [{ takes: 0 }, { takes: 0 }],
  });
  desk.close();
  expect(open({}, {})()).toMatchObject({
    calls: [],
    notices: ["missing LEAP_TEST_TOKEN: nothing would be asked"],
  });
});
