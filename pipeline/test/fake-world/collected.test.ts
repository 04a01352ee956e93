// The desk and its sources against the world's truth: what could be had is had, whatever the answers look like on their way.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { watching } from "./completeness.ts";
import { openWorld } from "./world.ts";
import { worldDesk } from "./world-desk.ts";

const publications = path.join(import.meta.dirname, "publications");

test("through torn bodies, posts that move and cursors in circles each post that could be had is kept, and no rule is broken", async () => {
  const root = mkdtempSync(path.join(tmpdir(), "leap-world-"));
  const world = await openWorld({
    publication: path.join(publications, "demo/publication.yaml"),
    postsPerDay: 6,
    pageSize: 4,
    instagramCallsPerHour: 1_000,
  });
  try {
    const { desk, collect } = worldDesk(world, publications, "demo", root);
    const tags = [...new Set(Object.values(desk.publication.hashtags).flat())];
    const watch = watching(world, { instagram: tags, bluesky: tags });
    for (const [at, day] of [
      ["2026-11-09T05:47:00Z", "truncatedBody"],
      ["2026-11-09T17:47:00Z", "movingItems"],
      ["2026-11-10T05:47:00Z", "cursorLoop"],
    ] as const) {
      world.set(at, day);
      watch.look("2026-11-08T05:47:00Z");
      await collect(["instagram", "bluesky"]);
    }
    const { instagram, bluesky } = watch.compared(path.join(root, "bronze"));
    expect(instagram?.obtainable).toBeGreaterThan(20);
    expect([instagram?.missed, bluesky?.missed]).toEqual([[], []]);
    expect(world.violations()).toEqual([]);
  } finally {
    await world.close();
    rmSync(root, { recursive: true, force: true });
  }
});
