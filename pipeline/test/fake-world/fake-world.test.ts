// What the fake world promises to those who test with it: it counts and refuses, it keeps its quirks, and its truth is what a full walk brings.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { openWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ now: "2026-11-17T12:00:00Z", postsPerDay: 30, slowMs: 200 });
});
afterAll(() => world.close());

const agent = { "user-agent": "GlobalLeap/0.1 (test@leap.sample)" };

/** Status, headers and JSON (or text) of a GET. */
async function get(address: string, headers: Record<string, string> = agent) {
  const response = await fetch(address, { headers, redirect: "manual" });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = null;
  }
  // biome-ignore lint/suspicious/noExplicitAny: bodies of nine vendors, read by the tests that know them
  return { status: response.status, headers: response.headers, text, json: json as any };
}

const graph = (rest: string, parameters: Record<string, string> = {}) => {
  const { instagramToken, instagramUser } = world.secrets;
  const query = new URLSearchParams({ user_id: instagramUser, access_token: instagramToken, ...parameters });
  return get(`${world.urls.instagram}/v26.0/${rest}?${query}`);
};

async function walkHashtag(tag: string) {
  const { json } = await graph("ig_hashtag_search", { q: tag });
  const ids: string[] = [];
  const cursors = new Set<string>();
  let pages = 0;
  let after: string | undefined;
  do {
    const page = await graph(`${json.data[0].id}/recent_media`, {
      fields: "id,caption,like_count,timestamp",
      limit: "50",
      ...(after === undefined ? {} : { after }),
    });
    ids.push(...page.json.data.map((item: { id: string }) => item.id));
    after = page.json.paging?.next === undefined ? undefined : page.json.paging.cursors.after;
    if (after !== undefined) cursors.add(after);
    pages += 1;
  } while (after !== undefined && pages < 40);
  return { ids, cursors, pages };
}

const idsOf = (truth: readonly { id: string }[]) => truth.map(({ id }) => id).sort();

test("a hashtag's cursor is one string on every page and advances; a full walk brings what could be had", async () => {
  world.set("2026-11-17T12:00:00Z");
  const { ids, cursors, pages } = await walkHashtag("kbeauty");
  expect(pages).toBeGreaterThan(2);
  expect(cursors.size).toBe(1);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(idsOf(world.truth("instagram", "kbeauty")));
});

test("on a day of moving posts some come twice, and none is missed", async () => {
  world.set("2026-11-17T13:00:00Z", ["movingItems", "hiddenLikes"]);
  const { ids } = await walkHashtag("kbeauty");
  expect(new Set(ids).size).toBeLessThan(ids.length);
  expect([...new Set(ids)].sort()).toEqual(idsOf(world.truth("instagram", "kbeauty")));
});

test("names of authors are refused, hidden likes are absent, usage climbs in a header", async () => {
  world.set("2026-11-17T14:00:00Z", "hiddenLikes");
  const { json } = await graph("ig_hashtag_search", { q: "kbeauty" });
  const edge = `${json.data[0].id}/recent_media`;
  const refused = await graph(edge, { fields: "id,username" });
  expect([refused.status, refused.json.error.code]).toEqual([400, 100]);
  await graph(edge, { fields: "id,like_count" });
  const { json: page, headers } = await graph(edge, { fields: "id,like_count" });
  expect(page.data.some((item: object) => !("like_count" in item))).toBe(true);
  expect(JSON.parse(headers.get("x-app-usage") ?? "{}").call_count).toBeGreaterThan(0);
});

test("the 31st hashtag of seven days is refused and written down; the thirty may be asked again", async () => {
  const own = await openWorld({ now: "2026-11-17T12:00:00Z", postsPerDay: 5 });
  const ask = (tag: string) =>
    get(
      `${own.urls.instagram}/v26.0/ig_hashtag_search?user_id=${own.secrets.instagramUser}&q=${encodeURIComponent(tag)}&access_token=${own.secrets.instagramToken}`,
    );
  const tags = own.keys("instagram").slice(0, 31);
  for (const tag of tags.slice(0, 30)) expect((await ask(tag)).status).toBe(200);
  const over = await ask(tags[30] as string);
  expect(over.json.error).toMatchObject({ code: 18, error_subcode: 2207034 });
  expect((await ask(tags[0] as string)).status).toBe(200);
  expect(own.violations().map(({ violation }) => violation)).toEqual(["asked hashtag 31 within seven days"]);
  own.set("2026-11-24T12:00:01Z");
  expect((await ask(tags[30] as string)).status).toBe(200);
  expect(JSON.stringify(own.ledger())).not.toContain("canary");
  await own.close();
});

test("a token that expires in the middle stays dead, and asking on is a violation", async () => {
  world.set("2026-11-17T15:00:00Z", "tokenExpiryMidRun");
  const before = world.violations().length;
  const codes: number[] = [];
  for (let at = 0; at < 8; at++)
    codes.push((await graph("ig_hashtag_search", { q: "kbeauty" })).json.error?.error_subcode ?? 0);
  expect(codes).toEqual([0, 0, 0, 0, 0, 0, 463, 463]);
  expect(world.violations().length).toBe(before + 1);
});

test("the 101st search of a Pacific day is refused; videos have a bucket of their own", async () => {
  world.set("2026-11-18T09:00:00Z");
  const ask = (endpoint: string, rest: string) =>
    get(
      `${world.urls.youtube}/v3/${endpoint}?part=snippet,statistics&key=${world.secrets.youtubeKey}&${rest}`,
    );
  const first = await ask("search", "q=kbeauty&type=video&regionCode=DE&maxResults=50");
  const answers = await Promise.all(Array.from({ length: 99 }, () => ask("search", "q=kbeauty")));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const over = await ask("search", "q=kbeauty");
  expect([over.status, over.json.error.errors[0].reason]).toEqual([403, "quotaExceeded"]);
  const id = first.json.items[0].id.videoId;
  const { json } = await ask("videos", `id=${id},00000000000`);
  expect(json.items).toHaveLength(1);
  expect(typeof json.items[0].statistics.viewCount).toBe("string");
  world.set("2026-11-19T07:59:00Z");
  expect((await ask("search", "q=kbeauty")).status).toBe(403);
  world.set("2026-11-19T08:01:00Z");
  expect((await ask("search", "q=kbeauty")).status).toBe(200);
});

test("GDELT refuses the second call within its pace, in plain text, with 429 and then with 200", async () => {
  world.set("2026-11-17T16:00:00Z");
  const address = `${world.urls.gdelt}/api/v2/doc/doc?query=%22korean%20skincare%22&mode=timelinevol&format=json&timespan=7d`;
  expect((await get(address)).json.timeline[0].series).toBe("Volume Intensity");
  const refusals = [await get(address), await get(address)];
  expect(refusals.map(({ status }) => status)).toEqual([429, 200]);
  for (const { text } of refusals) expect(text).toMatch(/^Please limit requests/);
});

async function login() {
  const { blueskyHandle, blueskyPassword } = world.secrets;
  const response = await fetch(`${world.urls.bluesky}/xrpc/com.atproto.server.createSession`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ identifier: blueskyHandle, password: blueskyPassword }),
  });
  return (await response.json()) as { accessJwt: string; refreshJwt: string };
}

test("Bluesky's search is for those who are logged in; its pages bring what could be had", async () => {
  world.set("2026-11-17T17:00:00Z");
  const search = `${world.urls.bluesky}/xrpc/app.bsky.feed.searchPosts?q=%23kbeauty&limit=100&sort=latest&since=2026-11-16T17:00:00Z`;
  expect((await get(search)).status).toBe(403);
  const { accessJwt } = await login();
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const { json, headers } = await get(cursor === undefined ? search : `${search}&cursor=${cursor}`, {
      authorization: `Bearer ${accessJwt}`,
    });
    expect(headers.get("ratelimit-limit")).toBe("3000");
    found.push(...json.posts.map((post: { uri: string }) => post.uri));
    cursor = json.cursor;
  } while (cursor !== undefined);
  const day = world.truth("bluesky", "kbeauty").filter(({ from }) => from >= "2026-11-16T17:00:00");
  expect(found.sort()).toEqual(idsOf(day));
});

test("a session that expires is renewed once with its refresh token", async () => {
  world.set("2026-11-17T18:00:00Z", "tokenExpiryMidRun");
  const { accessJwt, refreshJwt } = await login();
  const search = (token: string) =>
    get(`${world.urls.bluesky}/xrpc/app.bsky.feed.searchPosts?q=kbeauty`, {
      authorization: `Bearer ${token}`,
    });
  for (let at = 0; at < 5; at++) expect((await search(accessJwt)).status).toBe(200);
  const dead = await search(accessJwt);
  expect([dead.status, dead.json.error]).toEqual([400, "ExpiredToken"]);
  const renew = () =>
    fetch(`${world.urls.bluesky}/xrpc/com.atproto.server.refreshSession`, {
      method: "POST",
      headers: { authorization: `Bearer ${refreshJwt}` },
    });
  const renewed = (await (await renew()).json()) as { accessJwt: string };
  expect((await search(renewed.accessJwt)).status).toBe(200);
  expect((await renew()).status).toBe(400);
});

test("tag timelines are walked by Link; copies on two instances have one uri and two ids", async () => {
  world.set("2026-11-17T19:00:00Z");
  const walk = async (host: "haut.sample" | "hada.sample") => {
    const statuses: { id: string; uri: string; account: { noindex: boolean } }[] = [];
    let next: string | undefined = `${world.mastodon[host]}/api/v1/timelines/tag/kbeauty?limit=40`;
    while (next !== undefined) {
      const { json, headers } = await get(next);
      statuses.push(...json);
      next = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
    }
    return statuses;
  };
  const [here, there] = [await walk("haut.sample"), await walk("hada.sample")];
  const open = here.filter(({ account }) => !account.noindex);
  expect(open.map(({ uri }) => uri).sort()).toEqual(idsOf(world.truth("mastodon", "haut.sample kbeauty")));
  const copy = here.find(({ uri }) => there.some((other) => other.uri === uri));
  expect(there.find(({ uri }) => uri === copy?.uri)?.id).not.toBe(copy?.id);
  const oldest = here.at(-3)?.id;
  const above = await get(
    `${world.mastodon["haut.sample"]}/api/v1/timelines/tag/kbeauty?min_id=${oldest}&limit=2`,
  );
  expect(above.json.map(({ id }: { id: string }) => id)).toEqual(here.slice(-5, -3).map(({ id }) => id));
  expect((await get(`${world.mastodon["locked.sample"]}/api/v1/timelines/tag/kbeauty`)).status).toBe(401);
  expect((await get(`${world.mastodon["quiet.sample"]}/api/v1/timelines/tag/kbeauty`)).json).toEqual([]);
});

test("Jetstream tells of posts and deletions in both versions", async () => {
  world.set("2026-11-18T00:00:00Z", "deletedPosts");
  const gather = async (address: string): Promise<string[]> => {
    const socket = new WebSocket(address, address.includes("/xrpc/") ? ["xrpc.v1.json"] : []);
    const frames: string[] = [];
    socket.on("message", (data) => frames.push(String(data)));
    await once(socket, "open");
    await new Promise((resolve) => setTimeout(resolve, 150));
    socket.close();
    await once(socket, "close");
    return frames;
  };
  const cursor = Date.parse("2026-11-17T06:00:00Z") * 1_000;
  const first = (
    await gather(`${world.urls.jetstream}/subscribe?wantedCollections=app.bsky.feed.post&cursor=${cursor}`)
  ).map((frame) => JSON.parse(frame));
  const operations = new Set(first.map((frame) => frame.commit?.operation ?? frame.kind));
  expect([...operations].sort()).toEqual(["account", "create", "delete", "identity"]);
  const second = (
    await gather(
      `${world.urls.jetstream}/xrpc/network.bsky.jetstream.subscribeEvents?collections=app.bsky.feed.post&kinds=commit&cursor=${cursor}`,
    )
  ).map((frame) => JSON.parse(frame).payload);
  expect(second).toHaveLength(first.filter(({ kind }) => kind === "commit").length);
  expect(second.every(({ seq }, at) => at === 0 || seq > second[at - 1].seq)).toBe(true);
});

test("signals have gaps, and no day before its time", async () => {
  world.set("2026-11-17T20:00:00Z");
  const views = (article: string) =>
    get(
      `${world.urls.wikimedia}/api/rest_v1/metrics/pageviews/per-article/de.wikipedia/all-access/user/${article}/daily/20261001/20261117`,
    );
  const { json } = await views("Hautpflege");
  expect(json.items.length).toBeLessThan(47);
  expect(json.items.at(-1).timestamp <= "2026111600").toBe(true);
  const none = await views("Missing_article");
  expect([none.status, none.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  const rates = await get(`${world.urls.ecb}/stats/eurofxref/eurofxref-hist-90d.xml`);
  expect(rates.text).toContain("<Cube time='2026-11-13'>");
  expect(rates.text).not.toContain("2026-11-15");
  expect(
    (
      await get(`${world.urls.ecb}/stats/eurofxref/eurofxref-hist-90d.xml`, {
        "if-none-match": rates.headers.get("etag") as string,
      })
    ).status,
  ).toBe(304);
});

test("days of the script go wrong as they say", async () => {
  const ask = () =>
    get(`${world.urls.ecb}/stats/eurofxref/eurofxref-daily.xml`).then(
      ({ text }) => text.slice(0, 9),
      (error: Error) => error.message,
    );
  world.set("2026-11-17T21:00:00Z", "htmlWith200");
  expect([await ask(), await ask()]).toEqual(["<?xml ver", "<!doctype"]);
  world.set("2026-11-17T21:10:00Z", "dnsFailure");
  expect([await ask(), await ask(), await ask()]).toEqual(["fetch failed", "fetch failed", "<?xml ver"]);
  world.set("2026-11-17T21:20:00Z", "storm429");
  expect([await ask(), await ask()]).toEqual([
    "<?xml ver",
    JSON.stringify({ error: "Too many requests" }).slice(0, 9),
  ]);
});

test("as a process of its own it says where it listens, and goes with its standard input", async () => {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "serve.ts"), "--day", "bannedTag"],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { root, env } = JSON.parse(line as string) as { root: string; env: Record<string, string> };
  expect(env["LEAP_YOUTUBE_BASE_URL"]).toBe(`${root}/youtube`);
  const moved = await fetch(`${root}/_world/now`, {
    method: "POST",
    body: JSON.stringify({ now: "2026-11-20T00:00:00Z", day: "normal" }),
  });
  expect(((await moved.json()) as { now: string }).now).toMatch(/^2026-11-20T00:00:0/);
  const truth = (await get(`${root}/_world/truth?vendor=threads&key=kbeauty`)).json.threads;
  expect(truth.length).toBeGreaterThan(0);
  child.stdin.end();
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
});
