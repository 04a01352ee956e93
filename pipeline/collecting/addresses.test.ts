// Where sources are asked: what the environment names stands in for all of a source, whatever its configuration says.
import { expect, test } from "vitest";
import { source as bluesky } from "../sources/bluesky/source.ts";
import { source as mastodon } from "../sources/mastodon/source.ts";
import { addressesOf } from "./addresses.ts";

const HERE = "http://127.0.0.1:9/here";

test("one variable takes every request of a source to one address: streams and instances, too, with addresses of their own in the configuration", () => {
  const stream = { version: "v1", url: "wss://stream.example" };
  const places = [
    addressesOf(bluesky, bluesky.config.parse({ jetstream: stream }) as never, {
      LEAP_BLUESKY_BASE_URL: HERE,
    }),
    addressesOf(
      mastodon,
      mastodon.config.parse({
        instances: [{ host: "a.sample", base_url: "https://a.example" }, { host: "b.sample" }],
      }) as never,
      { LEAP_MASTODON_BASE_URL: HERE },
    ),
  ];
  const hrefs = places.flatMap((addresses) => [...addresses.values()].map(({ href }) => href));
  expect(hrefs).toEqual([HERE, HERE, `${HERE}/a.sample`, `${HERE}/b.sample`]);
});
