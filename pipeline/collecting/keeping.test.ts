// What lies at rest and who may touch it: tokens that open with their key alone, one collector at a time, no secret in any text.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepSecret, redacted } from "../core/secrets.ts";
import { addressesOf } from "./addresses.ts";
import { credentialsOf } from "./credentials.ts";
import { LeapBusy, takeLock } from "./lock.ts";
import { marketOf } from "./market-of.ts";
import { missedSlots, nextSlot, slotOf } from "./slots.ts";
import { Config, source } from "./test-source.ts";
import { openTokens } from "./tokens.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "leap-keeping-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const LEAP_TOKEN_KEY = "ab".repeat(32);
const token = {
  secret: "canary-secret-77",
  obtained_at: "2026-11-01T00:00:00Z",
  expires_at: "2026-12-31T00:00:00Z",
  user_id: "17",
};

test("a sealed token opens with its key and its name alone, and its file says nothing", () => {
  const tokens = openTokens(root, { LEAP_TOKEN_KEY });
  tokens.write("test.token", token);
  expect(tokens.read("test.token")).toEqual(token);
  const file = join(root, "tokens/test.token.json");
  expect(readFileSync(file, "utf8")).not.toContain("canary");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(() => openTokens(root, { LEAP_TOKEN_KEY: "cd".repeat(32) }).read("test.token")).toThrow(
    "does not open",
  );
  expect(() => openTokens(root, {}).read("test.token")).toThrow("missing LEAP_TOKEN_KEY");
  renameSync(file, join(root, "tokens/other.token.json"));
  expect(() => tokens.read("other.token")).toThrow("does not open");
  expect(() => openTokens(root, { LEAP_TOKEN_KEY: "short" }).write("a", token)).toThrow("shorter than 16");
});

test("the environment goes before the sealed token; one that has run out is as good as none", () => {
  const tokens = openTokens(root, { LEAP_TOKEN_KEY });
  tokens.write("test.token", token);
  const at = (day: string, variables = {}) => credentialsOf(source, variables, tokens, new Date(day));
  expect(at("2026-11-20").value("token")).toBe("canary-secret-77");
  expect(at("2026-11-20").plain("token")).toBeNull();
  expect(at("2026-11-20").plain("user_id")).toBe("17");
  expect(at("2026-11-20", { LEAP_TEST_TOKEN: "from-the-environment" }).value("token")).toBe(
    "from-the-environment",
  );
  expect(at("2026-12-25").expiring).toMatchObject([{ name: "token", gone: false }]);
  expect(at("2027-01-01").missing).toEqual(["LEAP_TEST_TOKEN"]);
  expect(() => at("2026-11-20", { LEAP_TEST_TOKEN: "two\nlines" })).toThrow("line break");
});

test("addresses: https, plain only on loopback, the environment above the configuration", () => {
  const of = (config: object, variables = {}) =>
    addressesOf(source, Config.parse(config), variables).get("main")?.href;
  expect(of({})).toBe("https://api.test.example/v1");
  expect(of({ base_url: "http://127.0.0.1:8080/x" })).toBe("http://127.0.0.1:8080/x");
  expect(of({ base_url: "https://a.example" }, { LEAP_TEST_BASE_URL: "http://localhost:1" })).toBe(
    "http://localhost:1/",
  );
  expect(() => of({ base_url: "http://api.example" })).toThrow("in the clear");
  expect(() => of({}, { LEAP_TEST_BASE_URL: "http://127.0.0.1.evil.example" })).toThrow("in the clear");
  expect(() => of({}, { LEAP_TEST_BASE_URL: "https://me:canary@x.example" })).toThrow("no name, password");
  expect(() => of({}, { LEAP_TEST_BASE_URL: "file:///etc/passwd" })).toThrow("begins with https");
});

test("a secret is taken out of every text, in each spelling it travels in", () => {
  keepSecret("s3cr&t /canary+");
  const texts = [
    "s3cr&t /canary+",
    "s3cr%26t%20%2Fcanary%2B",
    "s3cr%26t+%2Fcanary%2B",
    Buffer.from("s3cr&t /canary+").toString("base64"),
  ];
  expect(redacted(texts.join(" | "))).toBe("[secret] | [secret] | [secret] | [secret]");
  expect(redacted("GET /x?access_token=EAAB123&limit=2 Authorization: Bearer abcdefghij")).toBe(
    "GET /x?access_token=[secret]&limit=2 Authorization: Bearer [secret]",
  );
});

test("two collectors never run at once; a lock whose owner is dead is taken over", () => {
  const release = takeLock(root);
  expect(() => takeLock(root)).toThrow(LeapBusy);
  release();
  const file = join(root, "collecting/lock");
  expect(existsSync(file)).toBe(false);
  mkdirSync(join(root, "collecting"), { recursive: true });
  const left = (owner: object) =>
    writeFileSync(file, JSON.stringify({ pid: 1, host: hostname(), beat: Date.now(), mark: "x", ...owner }));
  left({});
  expect(() => takeLock(root)).toThrow("another process (1 on");
  left({ host: "elsewhere" });
  expect(() => takeLock(root)).toThrow(LeapBusy);
  for (const dead of [
    { pid: 2 ** 22 - 3 },
    { pid: process.pid },
    { host: "elsewhere", beat: Date.now() - 600_000 },
  ]) {
    left(dead);
    takeLock(root)();
    expect(existsSync(file)).toBe(false);
  }
});

test("slots begin at midnight UTC, those of a week on Monday; the last of a day ends at midnight", () => {
  expect(slotOf(Date.parse("2026-11-20T13:59:00Z"), 6)).toBe("2026-11-20T12:00:00.000Z");
  expect(slotOf(Date.parse("2026-11-20T23:59:00Z"), 5)).toBe("2026-11-20T20:00:00.000Z");
  expect(nextSlot("2026-11-20T20:00:00.000Z", 5)).toBe("2026-11-21T00:00:00.000Z");
  expect(slotOf(Date.parse("2026-11-20T13:00:00Z"), 168)).toBe("2026-11-16T00:00:00.000Z");
  expect(missedSlots("2026-11-20T00:00:00.000Z", "2026-11-23T00:00:00.000Z", 24)).toEqual([
    "2026-11-21T00:00:00.000Z",
    "2026-11-22T00:00:00.000Z",
  ]);
});

test("a post of a shared tag belongs to the market whose first language it is written in, and to no other", () => {
  const markets = [
    { code: "de", languages: ["de"] },
    { code: "fr", languages: ["fr"] },
    { code: "us", languages: ["en", "es"] },
  ];
  expect([
    marketOf(markets, "fr"),
    marketOf(markets, "en-GB"),
    marketOf(markets, "es"),
    marketOf(markets, null),
  ]).toEqual(["fr", "us", null, null]);
  expect(marketOf(markets.slice(0, 1), "ko")).toBe("de");
});
