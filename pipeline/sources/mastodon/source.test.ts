// Walks over the desk against instances of a few statuses in this process.
import { expect, test } from "vitest";
import { type TestWorld, testDesk } from "../../collecting/test-desk.ts";
import type { Row } from "../../core/types.ts";
import { staged } from "../../test/staged.ts";
import { linkOf } from "./asks.ts";
import { people, postIdOf } from "./people.ts";
import { source } from "./source.ts";
import { things } from "./things.ts";

interface Status {
  readonly id: number;
  readonly at: string;
  readonly more?: Row;
  readonly account?: Row;
}

const uriOf = (id: number): string => `https://haut.sample/users/ann/statuses/${id}`;
const view = ({ id, at, more, account }: Status): Row => ({
  ...{ id: String(id), uri: uriOf(id), url: `https://haut.sample/@ann/${id}`, created_at: at },
  ...{
    content: "<p>Mag ich &amp; nehme ich</p>",
    visibility: "public",
    spoiler_text: "",
    media_attachments: [],
  },
  ...{ tags: [{ name: "KBeauty" }], language: "de", reblog: null },
  ...{ favourites_count: 7, reblogs_count: 2, replies_count: 1 },
  account: {
    ...{
      id: "9",
      acct: "Ann",
      display_name: "Ann Example",
      note: "<p>…</p>",
      discoverable: null,
      noindex: false,
    },
    ...account,
  },
  ...more,
});

/** One instance; pages of `size`, or of none where its feeds are off. */
function mastodon(world: {
  statuses: Status[];
  size?: number;
  closed?: boolean;
  headers?: Record<string, string>;
}) {
  return (request: Request): Response => {
    const { pathname, searchParams: query, host } = new URL(request.url);
    const size = world.size ?? 40;
    if (pathname.endsWith("/api/v2/instance")) {
      const hashtag_feeds = { local: world.closed ? "disabled" : "public", remote: "public" };
      return Response.json({ domain: host, configuration: { timelines_access: { hashtag_feeds } } });
    }
    const one = /\/statuses\/(\d+)$/.exec(pathname)?.[1];
    if (one !== undefined) {
      const status = world.statuses.find(({ id }) => id === Number(one));
      return status
        ? Response.json(view(status))
        : Response.json({ error: "Record not found" }, { status: 404 });
    }
    const all = world.closed ? [] : [...world.statuses].sort((a, b) => b.id - a.id);
    const older = all.filter(({ id }) => id < Number(query.get("max_id") ?? Number.POSITIVE_INFINITY));
    const newer = older.filter(({ id }) => id > Number(query.get("min_id") ?? 0));
    const page = query.has("min_id") ? newer.slice(-size) : newer.slice(0, size);
    const path = `https://elsewhere.sample${pathname}?limit=40`;
    const link =
      page.length === 0
        ? {}
        : {
            link: `<${path}&max_id=${page.at(-1)?.id}>; rel="next", <${path}&min_id=${page[0]?.id}>; rel="prev"`,
          };
    return Response.json(page.map(view), { headers: { ...link, ...world.headers } });
  };
}

const desk = (world: Partial<TestWorld> & Pick<TestWorld, "fetch">, tags: Row = { de: ["kbeauty"] }) =>
  testDesk({
    source,
    publication: { hashtags: {} },
    ...world,
    config: { tags, instances: [{ host: "haut.sample" }], ...world.config },
  });

const hour = (at: number): string => `2026-11-20T0${at}:00:00.000Z`;
const idsOf = (rows: readonly Row[]) =>
  rows.map((row) =>
    Number(
      String((row["item"] as Row)["uri"])
        .split("/")
        .at(-1),
    ),
  );
const tagsAsked = (asked: readonly string[]) => asked.filter((one) => one.includes("/timelines/tag/"));
const oneTo = (n: number): Status[] =>
  Array.from({ length: n }, (_, at) => ({ id: at + 1, at: hour(Math.min(5, at)) }));

test("the first run walks back by the links, later ones forward from a post of the last, with nothing between left out", async () => {
  const statuses = oneTo(5);
  const at = desk({ fetch: mastodon({ statuses, size: 2 }) });
  await at.collect();
  expect(idsOf(at.rows("statuses"))).toEqual([5, 4, 3, 2, 1]);
  const before = tagsAsked(at.asked).length;
  statuses.push(...[6, 7, 8].map((id) => ({ id, at: "2026-11-20T09:00:00.000Z" })));
  await at.collect("2026-11-20T12:00:00Z");
  const asked = tagsAsked(at.asked).slice(before);
  expect(asked[0]).toContain("min_id=");
  expect(asked.join()).not.toContain("max_id");
  expect(new Set(idsOf(at.rows("statuses")))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  // Where a link points has no say in where the next request goes.
  expect(at.asked.every((one) => one.startsWith("GET https://haut.sample/"))).toBe(true);
  at.close();
});

test("nothing older than the first run may look back, and nothing that appeared after the run began", async () => {
  const statuses = [
    { id: 1, at: "2026-11-01T00:00:00.000Z" },
    { id: 2, at: hour(1) },
    { id: 3, at: "2026-11-20T06:05:00.000Z" },
  ];
  const at = desk({ fetch: mastodon({ statuses }) });
  await at.collect();
  expect(idsOf(at.rows("statuses"))).toEqual([2]);
  await at.collect("2026-11-20T12:00:00Z");
  expect(idsOf(at.rows("statuses"))).toContain(3);
  at.close();
});

test("copies of a status on several instances are one status, by its address", async () => {
  const statuses = oneTo(2);
  const instances = [{ host: "haut.sample" }, { host: "hada.sample" }];
  const at = desk({ fetch: mastodon({ statuses }), config: { instances } });
  await at.collect();
  expect(idsOf(at.rows("statuses"))).toEqual([2, 1]);
  expect(tagsAsked(at.asked)).toHaveLength(4);
  at.close();
});

test("who does not want to be found is not kept, nor what is passed on or not public", async () => {
  const statuses: Status[] = [
    { id: 1, at: hour(1) },
    { id: 2, at: hour(1), account: { noindex: true } },
    { id: 3, at: hour(1), account: { indexable: false } },
    { id: 4, at: hour(1), account: { discoverable: false } },
    { id: 5, at: hour(1), more: { visibility: "unlisted" } },
    { id: 6, at: hour(1), more: { reblog: { id: "1" } } },
  ];
  const at = desk({ fetch: mastodon({ statuses }) });
  await at.collect();
  expect(idsOf(at.rows("statuses"))).toEqual([1]);
  expect(JSON.stringify(at.incidents())).toContain("3 posts left out: not to be indexed");
  expect(JSON.stringify(at.rows("statuses"))).not.toMatch(/Example|<p>/);
  at.close();
});

test("a status that is gone, or whose author has since asked not to be found, leaves no row", async () => {
  const statuses = oneTo(3);
  const at = desk({ fetch: mastodon({ statuses }) });
  await at.collect();
  statuses.splice(0, 2, { id: 2, at: hour(1), account: { noindex: true } });
  await at.collect("2026-11-20T12:00:00Z");
  expect(new Set(idsOf(at.rows("statuses")))).toEqual(new Set([3]));
  at.close();
});

test("an instance whose feeds are off says so, so that nobody takes its empty list for silence", async () => {
  const at = desk({ fetch: mastodon({ statuses: oneTo(3), closed: true }) });
  await at.collect();
  expect(at.rows("statuses")).toEqual([]);
  expect(JSON.stringify(at.incidents())).toContain("feeds of tags are not open: local disabled");
  at.close();
});

test("the token goes to the locked instance alone; without one that instance is not asked, and the run says so", async () => {
  const instances = [{ host: "haut.sample" }, { host: "locked.sample", locked: true }];
  const sent = new Map<string, string | null>();
  const answer = mastodon({ statuses: oneTo(1) });
  const fetch = (request: Request) => {
    sent.set(
      new URL(request.url).host + new URL(request.url).pathname.slice(0, 12),
      request.headers.get("authorization"),
    );
    return answer(request);
  };
  const variables = { LEAP_MASTODON_TOKEN: "canary-token" };
  const at = desk({ fetch, variables, config: { instances } });
  await at.collect();
  expect(sent.get("locked.sample/api/v1/time")).toBe("Bearer canary-token");
  expect([...sent].filter(([place, token]) => place.startsWith("haut.") && token !== null)).toEqual([]);
  at.close();
  const without = desk({ fetch, config: { instances } });
  await without.collect();
  expect(without.asked.some((one) => one.includes("locked.sample"))).toBe(false);
  expect(JSON.stringify(without.incidents())).toContain("LEAP_MASTODON_TOKEN");
  without.close();
});

test("an instance that wants a token stops its own tags and says what to do; the others go on", async () => {
  const instances = [{ host: "shut.sample" }, { host: "haut.sample" }];
  const answer = mastodon({ statuses: oneTo(2) });
  const at = desk({
    fetch: (request) =>
      request.url.includes("shut.sample")
        ? Response.json({ error: "The access token is invalid" }, { status: 401 })
        : answer(request),
    config: { instances },
  });
  await at.collect();
  expect(idsOf(at.rows("statuses"))).toEqual([2, 1]);
  expect(JSON.stringify(at.incidents())).toContain("mark it as locked");
  at.close();
});

test("too many requests are waited out until the instant that the server names", async () => {
  let refused = false;
  const answer = mastodon({ statuses: oneTo(1) });
  const at = desk({
    fetch: (request) => {
      if (refused) return answer(request);
      refused = true;
      const headers = {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "2026-11-20T06:02:00.123456Z",
      };
      return Response.json({ error: "Too many requests" }, { status: 429, headers });
    },
  });
  await at.collect();
  expect(idsOf(at.rows("statuses"))).toEqual([1]);
  expect(at.waited()).toBeGreaterThan(110_000);
  at.close();
});

test("a link that leads back to its own page is left behind with the last post of the page", async () => {
  const answer = mastodon({ statuses: oneTo(6), size: 2 });
  const at = desk({
    fetch: (request) => {
      const answered = answer(request);
      const max = new URL(request.url).searchParams.get("max_id");
      if (max === null || !answered.headers.has("link")) return answered;
      const link = String(answered.headers.get("link")).replace(/max_id=\d+/, `max_id=${max}`);
      return new Response(answered.body, { headers: { link, "content-type": "application/json" } });
    },
  });
  await at.collect();
  expect(new Set(idsOf(at.rows("statuses")))).toEqual(new Set([6, 5, 4, 3, 2, 1]));
  at.close();
});

test("several instances stand under one address by their hosts, a single one in its place", () => {
  const base_url = "http://127.0.0.1:8080/mastodon";
  const addresses = (...hosts: string[]) =>
    source.live.addresses(
      source.config.parse({ base_url, instances: hosts.map((host) => ({ host })) }) as never,
      false,
    );
  expect(addresses("a.sample", "b.sample")).toEqual({
    "a.sample": `${base_url}/a.sample`,
    "b.sample": `${base_url}/b.sample`,
  });
  expect(addresses("a.sample")).toEqual({ "a.sample": base_url });
});

test("links are read by their relation, whatever their order and their quotes", () => {
  const header = '<https://a/x?min_id=9&limit=2>; rel=prev, <https://a/x?limit=2&max_id=3>; rel="next"';
  expect(linkOf(header, "next")).toEqual({ limit: "2", max_id: "3" });
  expect(linkOf(header, "prev")).toEqual({ limit: "2", min_id: "9" });
  expect(linkOf(undefined, "next")).toBeNull();
});

const seen: Row = {
  request: { edge: "tag", market: "de", tag: "kbeauty", host: "haut.sample" },
  ...{ collected_at: "2026-11-20T06:00:00.000Z", provenance: "observed" },
  item: {
    ...{ uri: uriOf(1), url: "https://haut.sample/@ann/1", created_at: hour(1), acct: "ann@haut.sample" },
    ...{ text: "Mag ich", language: "de-AT", media: "carousel", tags: ["KBeauty"] },
    ...{ favourites_count: 7, reblogs_count: 2, replies_count: 1, quotes_count: null },
  },
};

test("a status goes by the hash of its address and its author by full name; expired, it is the same status and leads to nobody", async () => {
  const left = people["statuses"]?.expired(seen, "hash-of-author") as Row;
  expect(things.statuses.safeParse(left).success).toBe(true);
  expect(JSON.stringify(left)).not.toMatch(/ann|Mag ich/);
  expect(await staged(source, "stg_mastodon__posts", { statuses: [seen, left] })).toMatchObject([
    {
      ...{
        post_id: postIdOf(uriOf(1)),
        author_id: "ann@haut.sample",
        language_hint: "de",
        tags: ["kbeauty"],
      },
      ...{ likes: 7, shares: 2, comments: 1, url: "https://haut.sample/@ann/1", text: "Mag ich" },
    },
    { post_id: postIdOf(uriOf(1)), author_id: "hash-of-author", likes: 7, text: null, url: null, tags: [] },
  ]);
});
