// The labelled posts that lie with the publication are the generator's, so that they can be made again.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { Publication } from "../../../data/contract/publication.ts";
import { goldCsv, goldPosts } from "./gold.ts";
import { worldOf } from "./source.ts";

test("the file of labelled posts is what the generator writes, sixty posts of each language and mood", () => {
  const publication = Publication.parse(
    parse(readFileSync("data/publications/kbeauty/publication.yaml", "utf8")),
  );
  const posts = goldPosts(worldOf(String(publication.sources[0]?.["seed"]), publication));
  expect(goldCsv(posts)).toBe(readFileSync("data/publications/kbeauty/sample/gold.csv", "utf8"));
  const sizes = [...Map.groupBy(posts, (post) => `${post.language} ${post.label}`).values()];
  expect(sizes.map((group) => group.length)).toEqual(Array(15).fill(60));
});
