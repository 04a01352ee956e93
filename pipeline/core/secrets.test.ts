// What a process knows as secret leaves in no message, in whatever words it stands.
import { expect, test } from "vitest";
import { keepSecret, keepSecretsOf, redacted } from "./secrets.ts";

test("secrets of the environment are taken out by the names of their variables, in each spelling", () => {
  const key = "s3cr+t/of the=store";
  keepSecretsOf({
    LEAP_S3_SECRET_ACCESS_KEY: key,
    LEAP_INSTAGRAM_USER_ID: "17841400009999001",
    OPENAI_API_KEY: "sk-canary-1",
    LEAP_STORE: "s3:record",
    LEAP_PUBLICATION: "kbeauty",
    SHORT_KEY: "kbeauty",
    LEAP_TOKEN_KEY: undefined,
  });
  for (const spelling of [key, encodeURIComponent(key), Buffer.from(key).toString("base64"), "sk-canary-1"])
    expect(redacted(`said: ${spelling}!`)).toBe("said: [secret]!");
  expect(redacted("GET /v26.0/17841400009999001/media")).toBe("GET /v26.0/[secret]/media");
  expect(redacted("kbeauty in s3:record")).toBe("kbeauty in s3:record");
});

test("a password in an address goes though nobody said it, and addresses without one stay", () => {
  expect(redacted("fatal: https://user:hunter22@host.example/x.git is gone")).toBe(
    "fatal: https://[secret]@host.example/x.git is gone",
  );
  for (const address of [
    "http://127.0.0.1:4711/@mina",
    "at://did:plc:abc/app.bsky.feed.post/1",
    "https://host.example/@mina",
  ])
    expect(redacted(address)).toBe(address);
});

test("words too short to be a secret black out nothing", () => {
  keepSecret("post");
  expect(redacted("a post")).toBe("a post");
});
