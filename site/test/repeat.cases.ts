// The same editions give the same bytes, in another time zone and folder too.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { render } from "./built-site.ts";
import { filesOf } from "./pages.ts";
import type { Visit } from "./site.test.ts";

export function repeatCases(visit: Visit): void {
  test("a second render is identical, byte for byte", async () => {
    const again = mkdtempSync(join(tmpdir(), "leap-again-"));
    await render(visit.site.published, again, { TZ: "Asia/Kathmandu", LC_ALL: "tr_TR.UTF-8" });
    const [first, second] = [checksums(visit.site.dist), checksums(again)];
    expect(Object.keys(second)).toEqual(Object.keys(first));
    expect(Object.keys(first).filter((file) => first[file] !== second[file])).toEqual([]);
    rmSync(again, { recursive: true });
  }, 300_000);
}

function checksums(dist: string): Record<string, string> {
  return Object.fromEntries(
    filesOf(dist).map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(dist, file)))
        .digest("hex")
        .slice(0, 16),
    ]),
  );
}
