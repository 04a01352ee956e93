// One contract for every store: a folder, a git branch, a real S3 server from npm (s3rver, which holds no conditions, so the lock is proved on it)
// and a small S3 that holds conditions.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderStore } from "./folder.ts";
import { gitStore } from "./git.ts";
import { openStore } from "./open.ts";
import { type S3About, s3Client, s3FromEnvironment } from "./s3.ts";
import { s3Store } from "./s3-store.ts";
import { blobName, pointerName, pointerOf, type Store, sha256 } from "./store.ts";
import { type ConditionalS3, conditionalS3 } from "./test/conditional-s3.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const SPACE = "public/tested";
const POINTER = pointerName(SPACE, "record");
const hash = (text: string): string => sha256(bytes(text));
const named = (text: string): string => blobName(SPACE, hash(text));
const MANY = 1_100;

const root = mkdtempSync(path.join(tmpdir(), "leap-store-"));
let real: S3rver;
let realAbout: S3About;
let small: ConditionalS3;
let aboutSmall: S3About;
const secret = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER", region: "us-east-1" };
const quick = () => 1;

beforeAll(async () => {
  mkdirSync(path.join(root, "s3"));
  real = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: path.join(root, "s3"),
    configureBuckets: [{ name: "contract" }],
  });
  const { port } = await real.run();
  realAbout = { ...secret, endpoint: `http://127.0.0.1:${port}`, bucket: "contract", prefix: "some/prefix" };
  small = await conditionalS3({ pages: 400 });
  aboutSmall = { ...secret, endpoint: small.endpoint, bucket: small.bucket, prefix: "" };
});
afterAll(async () => {
  await Promise.all([real.close(), small.close()]);
  rmSync(root, { recursive: true, force: true });
});

/** Each opens the same store anew, as another machine would. */
const drivers: Record<string, () => Store> = {
  folder: () => folderStore(path.join(root, "folder")),
  "git branch": () => gitStore({ remote: bareRepository("data.git"), branch: "data" }),
  "S3 without conditions (s3rver)": () => s3Store(s3Client(realAbout)),
  "S3 with conditions": () => s3Store(s3Client(aboutSmall)),
};

function bareRepository(name: string): string {
  const folder = path.join(root, name);
  execFileSync("git", ["init", "--quiet", "--bare", folder]);
  return folder;
}

describe.each(Object.entries(drivers))("%s", (_, open) => {
  test("bytes come back under their own hash, whoever asks; what was never put is null", async () => {
    const here = open();
    expect(await here.get(named("nobody"))).toBeNull();
    expect(await here.putIfAbsent(named("post 1"), bytes("post 1"))).toBe("written");
    expect(await here.putIfAbsent(named("post 1"), bytes("post 1"))).toBe("present");
    await here.list(SPACE);
    expect(await open().get(named("post 1"))).toEqual(bytes("post 1"));
    expect(await open().putIfAbsent(named("post 1"), bytes("post 1"))).toBe("present");
  });

  test("an empty blob is a blob", async () => {
    const here = open();
    await here.putIfAbsent(named(""), new Uint8Array());
    expect(await here.get(named(""))).toEqual(new Uint8Array());
  });

  test("a body that is not its hash is refused, and nothing is kept", async () => {
    const here = open();
    await expect(here.putIfAbsent(named("what was said"), bytes("something else"))).rejects.toThrow(
      /^invalid blob: public\/tested\/blobs\/.* Nothing was kept/,
    );
    expect(await open().get(named("what was said"))).toBeNull();
  });

  test("no name leads out of the store", async () => {
    const here = open();
    for (const name of [
      "../../etc/passwd",
      "/etc/passwd",
      `public/../${hash("x")}`,
      "public/x/pointers/..",
      "other/x/pointers/y",
      "public/x/blobs/aa/bb",
      "",
    ])
      await expect(here.get(name)).rejects.toThrow(/^invalid name in a store/);
    await expect(here.casPointer(named("post 1"), null, hash("a"))).rejects.toThrow(/^invalid name/);
    await expect(here.delete([POINTER])).rejects.toThrow(/^invalid name/);
    await expect(here.casPointer(POINTER, null, "no hash")).rejects.toThrow(/^invalid pointer/);
  });

  test("a pointer moves only from where it stands", async () => {
    const pointer = pointerName(SPACE, "moves");
    expect(await pointerOf(open(), pointer)).toBeNull();
    expect(await open().casPointer(pointer, hash("a"), hash("b"))).toBe(false);
    expect(await open().casPointer(pointer, null, hash("a"))).toBe(true);
    expect(await open().casPointer(pointer, null, hash("b"))).toBe(false);
    expect(await open().casPointer(pointer, hash("a"), hash("b"))).toBe(true);
    expect(await open().casPointer(pointer, hash("a"), hash("c"))).toBe(false);
    expect(await pointerOf(open(), pointer)).toBe(hash("b"));
    // Back to where it once was is a move like any other.
    expect(await open().casPointer(pointer, hash("b"), hash("a"))).toBe(true);
    expect(await pointerOf(open(), pointer)).toBe(hash("a"));
  });

  test("of eight that move a pointer at once, exactly one wins, from nothing and from a position", async () => {
    let from: string | null = null;
    for (const round of ["first", "second"]) {
      const tries = Array.from({ length: 8 }, (_, index) => hash(`${round} ${index}`));
      const expected: string | null = from;
      const won = await Promise.all(tries.map((next) => open().casPointer(POINTER, expected, next)));
      expect(won.filter(Boolean)).toHaveLength(1);
      from = await pointerOf(open(), POINTER);
      expect(from).toBe(tries[won.indexOf(true)]);
    }
  });

  test("blobs that were put before a pointer moved are there for whoever reads it", async () => {
    const here = open();
    const pointer = pointerName(SPACE, "travels");
    await here.putIfAbsent(named("before"), bytes("before"));
    expect(await here.casPointer(pointer, null, hash("before"))).toBe(true);
    const there = open();
    expect(await pointerOf(there, pointer)).toBe(hash("before"));
    expect(await there.get(named("before"))).toEqual(bytes("before"));
  });

  test(`a listing of ${MANY} names is complete, sorted and keeps to its prefix; what is deleted is gone for everybody`, async () => {
    const here = open();
    const space = "public/many";
    const texts = Array.from({ length: MANY }, (_, index) => `row ${index}`);
    const names = texts.map((text) => blobName(space, hash(text))).sort();
    for (let start = 0; start < MANY; start += 50)
      await Promise.all(
        texts
          .slice(start, start + 50)
          .map((text) => here.putIfAbsent(blobName(space, hash(text)), bytes(text))),
      );
    expect(await here.list(`${space}/blobs/`)).toEqual(names);
    const some = names[0] as string;
    const prefix = some.slice(0, some.lastIndexOf("/") + 1);
    expect(await open().list(prefix)).toEqual(names.filter((name) => name.startsWith(prefix)));
    await here.delete([...names.slice(0, 30), named("never there")]);
    const there = open();
    expect(await there.list(`${space}/blobs/`)).toEqual(names.slice(30));
    expect(await there.get(some)).toBeNull();
    expect(await there.list("public/tested/pointers/")).toContain(POINTER);
  });
});

test("s3rver holds no conditions and the small server does: the store finds out by itself, and leaves nothing of the question behind", async () => {
  expect(await s3Store(s3Client(realAbout)).conditional()).toBe(false);
  expect(await s3Store(s3Client(aboutSmall)).conditional()).toBe(true);
  expect([...small.objects.keys()].filter((name) => name.includes("probes/"))).toEqual([]);
});

test("a lock left by a killed writer is void after its time, and holds before", async () => {
  const about = { ...aboutSmall, prefix: "locked" };
  const client = s3Client(about, quick);
  // A server that lets every write through, as one without conditions does.
  const careless = {
    ...client,
    ask: (ask: Parameters<typeof client.ask>[0], isWhole?: (body: Uint8Array) => boolean) =>
      client.ask({ ...ask, headers: {} }, isWhole),
  };
  const pointer = pointerName("private/p", "record");
  const claim = `locked/locks/${sha256(pointer).slice(0, 16)}/dead`;
  const dead = { body: Buffer.from("x"), etag: '"x"', writer: undefined };
  small.objects.set(claim, { ...dead, changed: new Date(Date.now() - 61_000).toISOString() });
  expect(await s3Store(careless).casPointer(pointer, null, hash("a"))).toBe(true);
  expect(small.objects.has(claim)).toBe(false);
  small.objects.set(claim, { ...dead, changed: new Date().toISOString() });
  setTimeout(() => small.objects.delete(claim), 150);
  const since = performance.now();
  expect(await s3Store(careless).casPointer(pointer, hash("a"), hash("b"))).toBe(true);
  expect(performance.now() - since).toBeGreaterThan(140);
});

describe("S3 faults", () => {
  const name = blobName("private/p", hash("a longer body"));
  const store = () => s3Store(s3Client({ ...aboutSmall, prefix: "faults" }, quick));

  test("a download that is cut off, changed, or refused for a while is asked for again", async () => {
    await store().putIfAbsent(name, bytes("a longer body"));
    for (const fault of ["truncate", "corrupt", "error"] as const) {
      small.asked.length = 0;
      small.fault = ({ method, nth }) => (method === "GET" && nth === 1 ? fault : null);
      expect(await store().get(name)).toEqual(bytes("a longer body"));
    }
  });

  test("a blob that stays damaged is refused by name, and no secret or word of the server is in it", async () => {
    small.fault = ({ method }) => (method === "GET" ? "corrupt" : null);
    await expect(store().get(name)).rejects.toThrow(/^invalid blob: private\/p\/blobs\/.* hash to /);
    small.fault = ({ method }) => (method === "GET" ? "error" : null);
    const said = await store()
      .get(name)
      .catch((error: Error) => error.message);
    expect(said).toMatch(/failed 6 times, last with: 503 SlowDown/);
    expect(said).not.toMatch(/S3RVER|canary/);
    small.fault = () => null;
  });

  test("a move whose answer was lost counts as ours, and one that somebody else made does not", async () => {
    const pointer = pointerName("private/p", "lost");
    small.asked.length = 0;
    small.fault = ({ method, key, nth }) =>
      method === "PUT" && key.endsWith("/lost") && nth === 1 ? "lose-answer" : null;
    expect(await store().casPointer(pointer, null, hash("mine"))).toBe(true);
    small.fault = () => null;
    expect(await store().casPointer(pointer, null, hash("theirs"))).toBe(false);
    expect(await pointerOf(store(), pointer)).toBe(hash("mine"));
  });

  test("a wrong key and a missing bucket are said, not taken for an empty store", async () => {
    const wrong = [
      { ...realAbout, accessKeyId: "canary-id" },
      { ...aboutSmall, secretAccessKey: "canary-wrong-secret" },
    ];
    for (const about of wrong) {
      const said = await s3Store(s3Client(about, quick))
        .get(POINTER)
        .catch((error: Error) => error.message);
      expect(said).toMatch(/403 (InvalidAccessKeyId|SignatureDoesNotMatch)\. Check LEAP_S3_ACCESS_KEY_ID/);
      expect(said).not.toContain("canary");
    }
    const nowhere = s3Store(s3Client({ ...realAbout, bucket: "nowhere" }, quick));
    await expect(nowhere.get(POINTER)).rejects.toThrow(/Is nowhere the bucket\?/);
  });
});

test("plain http is for loopback alone, and a missing variable is named", () => {
  const env = {
    LEAP_S3_ENDPOINT: "https://s3.example",
    LEAP_S3_BUCKET: "record",
    LEAP_S3_ACCESS_KEY_ID: "id",
    LEAP_S3_SECRET_ACCESS_KEY: "canary",
  };
  expect(s3FromEnvironment("", env)).toMatchObject({ endpoint: "https://s3.example", region: "auto" });
  expect(s3FromEnvironment("", { ...env, LEAP_S3_ENDPOINT: "http://127.0.0.1:9000/" }).endpoint).toBe(
    "http://127.0.0.1:9000",
  );
  for (const endpoint of [
    "http://s3.example",
    "http://127.0.0.1.example",
    "ftp://x",
    "nonsense",
    "https://user:pass@s3.example",
  ])
    expect(() => s3FromEnvironment("", { ...env, LEAP_S3_ENDPOINT: endpoint })).toThrow(
      /^invalid LEAP_S3_ENDPOINT/,
    );
  expect(() => s3FromEnvironment("", { ...env, LEAP_S3_BUCKET: "" })).toThrow(/^missing LEAP_S3_BUCKET/);
});

describe("a git branch", () => {
  test("refuses what is private, whatever is asked of it", async () => {
    const store = gitStore({ remote: bareRepository("public.git"), branch: "data" });
    const name = blobName("private/p", hash("x"));
    const refusal = /History cannot be erased/;
    await expect(store.putIfAbsent(name, bytes("x"))).rejects.toThrow(refusal);
    await expect(store.get(name)).rejects.toThrow(refusal);
    await expect(store.casPointer(pointerName("private/p", "record"), null, hash("x"))).rejects.toThrow(
      refusal,
    );
    await expect(store.delete([name])).rejects.toThrow(refusal);
  });

  test("is one commit without parents, however often it changed, and leaves other branches alone", async () => {
    const remote = bareRepository("orphan.git");
    const store = gitStore({ remote, branch: "data" });
    const git = (...words: string[]) =>
      execFileSync("git", ["--git-dir", remote, ...words], { encoding: "utf8" }).trim();
    const tree = git("write-tree");
    git(
      "update-ref",
      "refs/heads/main",
      git("-c", "user.name=n", "-c", "user.email=e@e", "commit-tree", tree, "-m", "code"),
    );
    const main = git("rev-parse", "main");
    await store.putIfAbsent(named("one"), bytes("one"));
    await store.casPointer(POINTER, null, hash("one"));
    await store.putIfAbsent(named("two"), bytes("two"));
    await store.casPointer(POINTER, hash("one"), hash("two"));
    await store.delete([named("one")]);
    expect(git("rev-list", "--count", "data")).toBe("1");
    expect(git("ls-tree", "-r", "--name-only", "data").split("\n").sort()).toEqual(
      [named("two"), POINTER].sort(),
    );
    expect(git("rev-parse", "main")).toBe(main);
  });

  test("takes no branch or address that would be a word for git", () => {
    for (const branch of ["--upload-pack=x", "a..b", "", "a b", "refs/../x"])
      expect(() => gitStore({ remote: "/r", branch })).toThrow(/^invalid branch/);
    for (const remote of ["--upload-pack=touch /x", "ext::sh -c x", "http://plain.example/r.git"])
      expect(() => gitStore({ remote, branch: "data" })).toThrow(/^invalid repository/);
  });

  test("says why it cannot be reached, without the token", async () => {
    const store = gitStore({
      remote: "https://name:canary-password@127.0.0.1:1/r.git",
      branch: "data",
      token: "canary-token",
    });
    const said = await store.list("public/").catch((error: Error) => error.message);
    expect(said).toMatch(/^git:https:\/\/127\.0\.0\.1:1\/r\.git#data: git ls-remote ended with 128/);
    expect(said).not.toMatch(/canary/);
  });
});

describe("a folder", () => {
  test("a damaged blob is refused by name", async () => {
    const folder = path.join(root, "damaged");
    const store = folderStore(folder);
    await store.putIfAbsent(named("whole"), bytes("whole"));
    writeFileSync(path.join(folder, named("whole")), "whol");
    await expect(store.get(named("whole"))).rejects.toThrow(/^invalid blob: .* came back as 4 bytes/);
  });

  test("pushing a damaged blob again mends it", async () => {
    const folder = path.join(root, "damaged");
    const store = folderStore(folder);
    expect(await store.putIfAbsent(named("whole"), bytes("whole"))).toBe("written");
    expect(readFileSync(path.join(folder, named("whole")), "utf8")).toBe("whole");
  });
});

test("words open a store; words that name none are refused with those that do", async () => {
  expect((await openStore(`folder:${root}/x`, root, {})).title).toBe(`folder:${root}/x`);
  expect((await openStore(undefined, root, { LEAP_STORE: `git:${root}/r.git#data` })).title).toBe(
    `git:${root}/r.git#data`,
  );
  await expect(openStore("ftp:/x", root, {})).rejects.toThrow(/^unknown store: "ftp:\/x"\. Give --store/);
  await expect(openStore(undefined, root, {})).rejects.toThrow(/^missing store/);
});
