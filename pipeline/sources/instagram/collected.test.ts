// Instagram over the desk: the 31st hashtag waits and is said so, a cursor that repeats loses nothing, a dead token stops all.
import { afterEach, expect, test } from "vitest";
import type { TestDesk, TestWorld } from "../../collecting/test-desk.ts";
import { testDesk } from "../../collecting/test-desk.ts";
import { source } from "./source.ts";
import { ME, media } from "./tiny.ts";

let desk: TestDesk;
afterEach(() => desk.close());

const tags = Array.from({ length: 32 }, (_, at) => `tag${at}`);
const variables = { LEAP_INSTAGRAM_USER_ID: ME, LEAP_INSTAGRAM_TOKEN: "canary-token" };
const json = (body: unknown, status = 200) => Response.json(body, { status });

/** A platform whose hashtags have the pages that are given, and keeps the place of each walk itself. */
function platform(given: { pages?: readonly (readonly string[])[]; taken?: number } = {}) {
  const { pages = [[]], taken = 0 } = given;
  const places = new Map<string, number>();
  return (request: Request): Response => {
    const { pathname, searchParams } = new URL(request.url);
    const path = pathname.replace("/v26.0/", "");
    if (path === "ig_hashtag_search")
      return json({ data: [{ id: `178${searchParams.get("q")?.replace("tag", "")}` }] });
    if (path.endsWith("recently_searched_hashtags"))
      return json({ data: Array.from({ length: taken }, (_, at) => ({ id: `9${at}` })) });
    if (!path.endsWith("recent_media")) return json({ data: [] });
    const place = searchParams.has("after") ? (places.get(path) ?? 0) + 1 : 0;
    places.set(path, place);
    const hashtag = path.replace(/\D/g, "");
    const next = `${request.url}&after=SAME`;
    return json({
      data: (pages[place] ?? []).map((id) => media(`${hashtag}${id}`)),
      paging: { cursors: { after: "SAME" }, ...(place + 1 < pages.length ? { next } : {}) },
    });
  };
}

const open = (world: Partial<TestWorld>, config: object = {}) => {
  desk = testDesk({ source, variables, config: { top_media: false, ...config }, ...world });
  return desk;
};
const searched = () => desk.asked.filter((ask) => ask.includes("ig_hashtag_search")).length;
const queued = () => desk.limits().find(({ limit }) => limit === "hashtags")?.queued;

test("the 31st hashtag is queued and said so; the next run asks the same thirty, whose ids it knows", async () => {
  open({ publication: { hashtags: { de: tags } }, fetch: platform() });
  const { gaps } = await desk.collect("2026-11-20T06:00:00Z");
  expect(searched()).toBe(30);
  expect(queued()).toEqual(["tag30", "tag31"]);
  expect(gaps.join()).toMatch(/2 wait for a place.*tag30, tag31/);
  await desk.collect("2026-11-20T12:00:00Z");
  expect(searched()).toBe(30);
});

test("a cursor that is the same on every page brings every post once, whatever page it stands on", async () => {
  const pages = [["1", "2"], ["2", "3"], ["4"]];
  open({ publication: { hashtags: { de: ["tag5"] } }, fetch: platform({ pages }) });
  await desk.collect();
  const ids = desk.rows("hashtag_media").map(({ item }) => (item as { id: string }).id);
  expect(ids).toEqual(["17851", "17852", "17853", "17854"]);
  expect(desk.runs().find(({ market }) => market === "de")).toMatchObject({
    ...{ succeeded: true, posts_received: 5, posts_repeated: 1, pages_fetched: 3 },
    ...{ covered_from: "2026-11-19T06:00:00.000Z", covered_until: "2026-11-20T06:00:00.000Z" },
  });
});

test("a token that has died ends all asking at once, and nothing that is written holds it", async () => {
  const dead = () =>
    json({ error: { code: 190, error_subcode: 463, message: "Error validating canary-token" } }, 400);
  open({ publication: { hashtags: { de: tags } }, fetch: dead });
  const { gaps } = await desk.collect();
  expect(desk.asked.length).toBe(1);
  expect(gaps.join()).toMatch(/the token has expired.*leap auth instagram/);
  expect(JSON.stringify([gaps, desk.incidents(), desk.runs()])).not.toContain("canary");
});

test("a version that has ended asks nothing and says what to write", async () => {
  open({ publication: { hashtags: { de: tags } }, fetch: platform() }, { version: "v20.0" });
  const { gaps } = await desk.collect();
  expect(desk.asked).toEqual([]);
  expect(gaps.join()).toMatch(/v20.0 of the Graph API ended on 2026-09-24.*version: v26.0/);
});

test("places that others took with the same account are not ours to take", async () => {
  open({ publication: { hashtags: { de: tags } }, fetch: platform({ taken: 28 }) });
  await desk.collect();
  expect(searched()).toBe(2);
  expect(queued()?.length).toBe(30);
});

test("an answer cut off on its way cannot be asked again where the platform has moved on: the hashtag is walked anew, and no post is missing", async () => {
  let cut = false;
  const whole = platform({ pages: [["1", "2"], ["3", "4"], ["5"]] });
  const fetch = (request: Request): Response => {
    const answer = whole(request);
    if (!request.url.includes("after=") || cut) return answer;
    cut = true;
    return new Response('{"data": [{"id"');
  };
  open({ publication: { hashtags: { de: ["tag5"] } }, fetch });
  await desk.collect();
  const ids = desk.rows("hashtag_media").map(({ item }) => (item as { id: string }).id);
  expect(ids.toSorted()).toEqual(["17851", "17852", "17853", "17854", "17855"]);
});
