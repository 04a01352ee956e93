// What live sources bring: posts without an author, rows under posts of others, ids that are made of names, and what runs remember of them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bronzeRows } from "../core/bronze-rows.ts";
import { hasAuthorKey } from "../core/key.ts";
import { type StatePaths, statePaths } from "../core/state.ts";
import type { Row } from "../core/types.ts";
import { source as bluesky } from "../sources/bluesky/source.ts";
import { source as commerce } from "../sources/commerce/source.ts";
import { source as instagram } from "../sources/instagram/source.ts";
import { source as mastodon } from "../sources/mastodon/source.ts";
import { source as threads } from "../sources/threads/source.ts";
import { source as youtube } from "../sources/youtube/source.ts";
import { eraseFromState, type PeopleSource } from "./erase.ts";
import { addOptOuts, openOptOuts } from "./opt-outs.ts";
import { forgetNames } from "./prune.ts";
import { dropJournals } from "./retain.ts";
import { searchTrail } from "./search.ts";
import { type Target, trailOf } from "./trail.ts";

const root = mkdtempSync(join(tmpdir(), "leap-live-people-"));
afterAll(() => rmSync(root, { recursive: true }));
let states = 0;

type Lines = Readonly<Record<string, readonly Row[]>>;

/** A state with one receipt a source. */
function stateWith(bronze: Readonly<Record<string, Lines>>): StatePaths {
  states += 1;
  const state = statePaths("p", join(root, String(states)));
  for (const [source, things] of Object.entries(bronze)) {
    const home = join(state.bronze, source, "r");
    mkdirSync(home, { recursive: true });
    const counts = Object.entries(things).map(([thing, rows]) => {
      const part = `${thing}-0001.ndjson`;
      writeFileSync(join(home, part), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
      return [thing, { received: rows.length, kept: rows.length, quarantined: 0, parts: [part] }];
    });
    const receipt = {
      ...{ id: "r", source, collected_at: "2026-11-10T00:00:00Z", provenance: "observed", licence_note: "" },
      ...{ parameters: {}, files: [], things: Object.fromEntries(counts) },
    };
    writeFileSync(join(home, "receipt.json"), JSON.stringify(receipt));
  }
  return state;
}

const said = { collected_at: "2026-11-10T00:00:00Z", provenance: "observed" };
const left = (state: StatePaths, source: string, thing: string): Row[] =>
  [...bronzeRows(join(state.bronze, source))].filter((one) => one.thing === thing).map(({ row }) => row);
const kept = (state: StatePaths, source: string): string =>
  join(state.root, "collecting", source, "kept.json");
function remember(state: StatePaths, source: string, value: unknown): void {
  const file = kept(state, source);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}
async function erase(state: StatePaths, source: PeopleSource, target: Target) {
  const trail = trailOf(state, [source], target, { creators: [] });
  const erased = await eraseFromState(state, [source], trail, "2026-11-22");
  expect((await searchTrail([state.root], trail)).left).toEqual([]);
  return erased;
}
const author = (platform: string, name: string): Target => ({ kind: "author", account: { platform, name } });

test("a creator's post goes wherever it was met, under a hashtag without its author as well, and stays out", async () => {
  const caption = "seven honest words about this one toner today";
  const media = (id: string) => ({
    ...{
      id,
      caption: `${caption} ${id}`,
      media_type: "IMAGE",
      permalink: `https://instagram.example/p/Xy${id}/`,
    },
    timestamp: "2026-11-09T08:00:00+0000",
  });
  const request = {
    edge: "discovery",
    market: "de",
    creator: "mina",
    account_id: "178414",
    username: "mina.glow",
  };
  const tagged = { edge: "recent_media", market: "de", hashtag: "glow" };
  const state = stateWith({
    instagram: {
      discovery_media: [{ request, ...said, item: media("17900000000000001") }],
      hashtag_media: [
        { request: tagged, ...said, item: media("17900000000000001") },
        { request: tagged, ...said, item: { ...media("17900000000000002"), caption: "another's" } },
      ],
    },
  });
  const { removed } = await erase(state, instagram, author("instagram", "mina.glow"));
  expect(removed).toEqual({ "instagram.discovery_media": 1, "instagram.hashtag_media": 1 });
  const { optedOut } = openOptOuts(state);
  const nobody = { platform: "instagram", author_id: null, author_handle: null };
  expect(optedOut({ ...nobody, post_id: "17900000000000001" })).toBe(true);
  expect(optedOut({ ...nobody, post_id: "17900000000000002" })).toBe(false);
});

const video = (id: string, channelId: string) => ({
  request: { edge: "channel", market: "de", query: null },
  ...said,
  item: {
    id,
    snippet: { channelId, title: `what I think of toner number ${id}`, description: null, tags: null },
  },
});
const comment = (id: string, video_id: string, authorChannelId: string) => ({
  request: { edge: "comments", market: "de", video_id },
  ...said,
  item: { id, text: `I have been there and done that ${id}`, authorChannelId },
});
const OWNER = "UCaaaaaaaaaaaaaaaaaaaaaa";
const WRITER = "UCbbbbbbbbbbbbbbbbbbbbbb";
const OTHER = "UCcccccccccccccccccccccc";
const channels = () =>
  stateWith({
    youtube: {
      channels: [
        {
          request: { edge: "channel", market: "de" },
          ...said,
          item: { id: OWNER, snippet: { customUrl: "@Mina.Tube" } },
        },
      ],
      videos: [video("vid-Own0001", OWNER), video("vid-Oth0002", OTHER)],
      comments: [
        comment("c1", "vid-Own0001", WRITER),
        comment("c2", "vid-Own0001", OTHER),
        comment("c3", "vid-Oth0002", OWNER),
      ],
    },
  });

test("who wrote under somebody's video goes alone: the video and what others wrote stand as they were", async () => {
  const state = channels();
  const { removed, mentions } = await erase(state, youtube, author("youtube", WRITER));
  expect([removed, mentions]).toEqual([{ "youtube.comments": 1 }, 0]);
  expect(left(state, "youtube", "comments").map(({ request }) => (request as Row)["video_id"])).toEqual([
    "vid-Own0001",
    "vid-Oth0002",
  ]);
});

test("a channel is found by the name its profile bears, and goes with its videos, all under them, and its comments", async () => {
  const state = channels();
  const { removed } = await erase(state, youtube, author("youtube", "mina.tube"));
  expect(removed).toEqual({ "youtube.channels": 1, "youtube.videos": 1, "youtube.comments": 3 });
  expect(left(state, "youtube", "videos")).toEqual([video("vid-Oth0002", OTHER)]);
});

test("a channel that only a registry and a hash still name is found by its name", () => {
  const state = stateWith({ youtube: { videos: [video("vid-Own0001", "keyed:0000")] } });
  const folder = join(state.root, "people/retained");
  mkdirSync(folder, { recursive: true });
  const line = { creator: "mina", platform: "youtube", account_id: "keyed:0000" };
  writeFileSync(join(folder, "creators-0001.ndjson"), `${JSON.stringify(line)}\n`);
  const creators = [{ id: "mina", platform: "youtube", handle: "mina.tube", name: "Mina" }] as never;
  const trail = trailOf(state, [youtube], author("youtube", "mina.tube"), { creators });
  expect([...trail.postIds]).toEqual(["vid-Own0001"]);
});

const DID = "did:plc:aaaabbbbccccddddeeeeffff";
const note = (key: string, did = DID) => ({
  request: { edge: "search", market: "de", tag: "glow" },
  ...said,
  item: {
    uri: `at://${did}/app.bsky.feed.post/${key}`,
    author: { did, handle: "mina.example" },
    record: { text: `glow ${key}`, tags: [] },
  },
});

test("one post is named by its address, and leaves what runs remember; its author's others stay there", async () => {
  const state = stateWith({ bluesky: { posts: [note("3aaa1111bbb22"), note("3ccc3333ddd44")] } });
  remember(state, "bluesky", {
    known: {
      "2026-11-09": `${DID}/3aaa1111bbb22,${DID}/3ccc3333ddd44`,
      "2026-11-08": `${DID}/3aaa1111bbb22`,
    },
  });
  const post_id = "https://bsky.app/profile/mina.example/post/3aaa1111bbb22";
  const { removed } = await erase(state, bluesky, { kind: "post", platform: "bluesky", post_id });
  expect(removed).toEqual({ "bluesky.posts": 1 });
  expect(JSON.parse(readFileSync(kept(state, "bluesky"), "utf8"))).toEqual({
    known: { "2026-11-09": `${DID}/3ccc3333ddd44` },
  });
});

test("an account of Mastodon goes under its address in other words; one of Threads by the address of its posts", async () => {
  const uri = "https://host.example/users/ann_7/statuses/117588446937089330";
  const status = {
    uri,
    url: "https://host.example/@ann_7/117588446937089330",
    acct: "ann_7@host.example",
    text: "glow",
  };
  const state = stateWith({
    mastodon: {
      statuses: [{ request: { edge: "tag", market: "de", tag: "glow", host: "a" }, ...said, item: status }],
    },
    threads: {
      posts: [
        {
          request: { market: "de", query: "glow", mode: "TAG" },
          ...said,
          item: {
            id: "18900000000000001",
            text: "glow",
            permalink: "https://www.threads.net/@Ann.Thread/post/3S3VB",
          },
        },
      ],
    },
  });
  remember(state, "mastodon", {
    known: [`117588446937089399 2026-11-09 ${uri}`, "5 2026-11-09 https://o.example/users/b/statuses/5"],
  });
  expect((await erase(state, mastodon, author("mastodon", "ann_7@host.example"))).removed).toEqual({
    "mastodon.statuses": 1,
  });
  expect(readFileSync(kept(state, "mastodon"), "utf8")).toContain("o.example");
  expect((await erase(state, threads, author("threads", "ann.thread"))).removed).toEqual({
    "threads.posts": 1,
  });
});

test("a buyer goes by what the shop calls them, in any spelling, and does not come back with the file", async () => {
  const state = stateWith({ commerce: { orders: [] } });
  const trail = trailOf(state, [commerce], author("customer", "Anna@Example.org"), { creators: [] });
  const key = [...trail.ids].find((id) => id.startsWith("keyed:"))?.replace(/keyed:|-/g, "");
  const rows = [
    { order_id: "A-1", customer_key: key },
    { order_id: "A-2", customer_key: "f".repeat(32) },
    { order_id: "A-3", customer_key: null },
  ];
  writeFileSync(
    join(state.bronze, "commerce/r/orders-0001.ndjson"),
    rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  );
  expect((await erase(state, commerce, author("customer", "Anna@Example.org"))).removed).toEqual({
    "commerce.orders": 1,
  });
  const again = commerce.people?.["orders"]?.subject(rows[0] as Row);
  expect(again && openOptOuts(state).optedOut(again)).toBe(true);
});

test("what has expired leaves what runs remember: of a list its elements, of a row with commas its parts", () => {
  const state = stateWith({});
  remember(state, "bluesky", {
    known: { "2026-10-01": `${DID}/a1,did:plc:b/b2`, "2026-10-02": `${DID}/a1` },
    list: [
      "1 2026-10-01 https://host.example/users/ann/statuses/1",
      "2 2026-10-01 https://host.example/users/bo/statuses/2",
    ],
    until: "2026-11-10T00:00:00Z",
  });
  const gone = new Set([`${DID}/a1`, "https://host.example/users/ann/statuses/1"]);
  expect(forgetNames(state, gone)).toEqual(["collecting/bluesky/kept.json"]);
  expect(JSON.parse(readFileSync(kept(state, "bluesky"), "utf8"))).toEqual({
    known: { "2026-10-01": "did:plc:b/b2" },
    list: ["2 2026-10-01 https://host.example/users/bo/statuses/2"],
    until: "2026-11-10T00:00:00Z",
  });
  expect(forgetNames(state, gone)).toEqual([]);
});

test("a log of requests is as old as its run, however young its file is", () => {
  const state = stateWith({});
  const logs = join(state.root, "collecting/requests");
  mkdirSync(logs, { recursive: true });
  for (const name of ["20261001T0547Z-bluesky.jsonl", "20261120T0547Z-bluesky.jsonl"]) {
    writeFileSync(join(logs, name), "{}\n");
    utimesSync(join(logs, name), 0, name.startsWith("202610") ? 4e9 : 0);
  }
  const gone = dropJournals(state, { before: "2026-11-01T00:00:00Z", imports: false });
  expect(gone).toEqual(["collecting/requests/20261001T0547Z-bluesky.jsonl"]);
});

test("a list of those who stay out is of no use under another key, and says so instead of letting everybody in", () => {
  const state = stateWith({});
  addOptOuts(state, [{ platform: "bluesky", id: DID }], "2026-11-22", "opted_out");
  const key = join(state.root, "author.key");
  writeFileSync(key, `${"0".repeat(64)}\n`);
  expect(() => openOptOuts(state)).toThrow(/^unknown author key/);
  rmSync(key);
  expect(hasAuthorKey(state, {})).toBe(false);
  expect(() => openOptOuts(state)).toThrow(/^missing author key/);
});
