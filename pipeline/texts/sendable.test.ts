// What of a post may leave this machine, and which posts are one question.
import { expect, test } from "vitest";
import { sendable, shapeOf } from "./sendable.ts";

test("links, addresses, accounts and long numbers stay here; words, tags, prices and dates are sent", () => {
  expect(sendable("Love it! 24,90 € for 50 ml, day 3 of 2026 #kbeauty")).toBe(
    "Love it! 24,90 € for 50 ml, day 3 of 2026 #kbeauty",
  );
  expect(sendable("see https://shop.example/a?b=1 or www.shop.example/x")).toBe("see [link] or [link]");
  expect(sendable("all of it: linktr.ee/mia, and/or z.B. this")).toBe("all of it: [link] and/or z.B. this");
  expect(sendable("write to mia.muster+x@mail.example.com")).toBe("write to [address]");
  expect(sendable("write to jürgen@mail.example")).toBe("write to [address]");
  expect(sendable("thanks @mia.muster. And @오렐르_official, ＠店長!")).toBe(
    "thanks [account]. And [account], [account]!",
  );
  for (const number of ["+49 170 1234567", "(030) 123-456-78", "4111 1111 1111 1111", "12345678"])
    expect(sendable(`call ${number} now`)).not.toMatch(/\d{2}/);
});

test("an address is no account of its second half, and a mail is named as one thing", () => {
  expect(sendable("mia@mail.example")).toBe("[address]");
});

test("a post is cut at 1,500 characters, never within one; broken halves of characters are mended", () => {
  const long = sendable("😍".repeat(2_000));
  expect(Array.from(long).length).toBe(1_500);
  expect(long.endsWith("😍")).toBe(true);
  expect(sendable("half \ud83d of one").isWellFormed()).toBe(true);
  expect(sendable("")).toBe("");
});

test("posts that differ in links, tags, numbers, case, width, spaces and punctuation alone have one shape", () => {
  const one = shapeOf("LOVE this serum!!! 20% off: https://a.example #ad #serum");
  expect(shapeOf("love this   serum 30% off https://b.example/x #werbung")).toBe(one);
  expect(shapeOf("ｌｏｖｅ this serum, 5 off @shop")).toBe(one);
});

test("another word or another emoji is another shape, in any script", () => {
  expect(shapeOf("love this serum 😍")).not.toBe(shapeOf("love this serum 😡"));
  expect(shapeOf("이 세럼 촉촉해요")).not.toBe(shapeOf("이 세럼 끈적여요"));
  expect(shapeOf("しっとり")).not.toBe(shapeOf("べたつく"));
});

test("an account or address of any length leaves nothing of its own behind that could be looked up", () => {
  expect(sendable(`@${"a".repeat(30)}`)).toBe("[account]");
  expect(sendable(`${"x.".repeat(20)}y@mail.example.com`)).toBe("[address]");
});
