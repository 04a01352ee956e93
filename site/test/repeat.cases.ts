// The same editions give the same bytes, in another time zone and folder too.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { render } from "./built-site.ts";
import { filesOf } from "./pages.ts";
import type { Visit } from "./site.test.ts";

export function repeatCases(visit: Visit): void {
  test("a second render is identical, byte for byte", async () => {
    const again = mkdtempSync(join(tmpdir(), "leap-again-"));
    const journal = journalOf(visit.site, again);
    await render(visit.site.published, again, {
      ...{ TZ: "Asia/Kathmandu", LC_ALL: "tr_TR.UTF-8", LEAP_RUNS: journal },
    });
    rmSync(journal);
    const [first, second] = [checksums(visit.site.dist), checksums(again)];
    expect(Object.keys(second)).toEqual(Object.keys(first));
    expect(Object.keys(first).filter((file) => first[file] !== second[file])).toEqual([]);
    rmSync(again, { recursive: true });
  }, 300_000);
}

/**
 * The journal of commands as the site saw it: a site that `leap run` built shows that run under way, before the lines about its rendering and its end.
 * The pages about the machine follow from the journal, all others from the editions alone.
 */
function journalOf({ published, dist }: Visit["site"], folder: string): string {
  const file = join(published, "..", "runs.jsonl");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  const { runs } = JSON.parse(readFileSync(join(dist, "api/v1/status.json"), "utf8"));
  const last = runs[0]?.state === "under_way" ? runs[0].run : null;
  const seen = lines.filter((line) => {
    const { run, kind, step } = JSON.parse(line);
    return run !== last || !(kind === "ended" || step === "render");
  });
  const journal = `${folder}-runs.jsonl`;
  writeFileSync(journal, seen.map((line) => `${line}\n`).join(""));
  return journal;
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
