// Whether an edition can be relied on, as a reader and a machine are told: one account, on the page and under /api/v1/.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { Health, Status } from "../../data/contract/status.ts";
import { htmlOf } from "./pages.ts";
import type { Visit } from "./site.test.ts";

const read = (dist: string, name: string): unknown =>
  JSON.parse(readFileSync(join(dist, "api/v1", `${name}.json`), "utf8"));
const spaces = (text: string | null | undefined): string => (text ?? "").replace(/\s+/g, " ").trim();
const section = (dist: string, id: string): string =>
  spaces(parseHTML(htmlOf(dist, "/status/")).document.querySelector(`#${id}`)?.textContent);

export function statusCases(visit: Visit): void {
  test("status.json and health.json keep their contract, agree, and say on the page what they say to machines", () => {
    const { dist } = visit.site;
    const status = Status.parse(read(dist, "status"));
    const health = Health.parse(read(dist, "health"));
    expect(status.health).toEqual(health);
    expect(health.as_of).toBe(status.stamps.analysed_at);
    const page = section(dist, "health");
    for (const { says } of health.reasons) expect(page).toContain(says);
    for (const market of status.freshness.markets) expect(section(dist, "freshness")).toContain(market.name);
    expect(
      parseHTML(htmlOf(dist, "/status/")).document.querySelector(`[data-health="${health.status}"]`),
    ).not.toBeNull();
  });
}

/** Over a site of an edition in which `plantCollecting` put its failures. */
export function plantedCollectingCases(dist: () => string): void {
  test("two missed days, a failed run, lost hours, deletions: the page and status.json tell each of them", () => {
    const status = Status.parse(read(dist(), "status"));
    expect(status.collections[0]).toMatchObject({ runs_missed: 8, runs_failed: 1, hours_lost: 30 });
    expect(status.api_calls).toEqual([{ source: "instagram", requests: 412 }]);
    const told = section(dist(), "collections");
    for (const words of [
      "22 of 31 collections succeeded",
      "54 were not seen",
      "30 hours are lost for good",
      "3 posts were removed",
      // Neighbouring cells.
      "nobody ran the collector8",
      "the account or its token was refused1",
    ])
      expect(told).toContain(words);
    expect(status.health.status).not.toBe("pass");
    expect(status.health.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["collections", "limit", "queued", "incident", "run"]),
    );
  });

  test("the hashtag that waits, what is left and what happened stand there as text, never as markup", () => {
    expect(section(dist(), "limits")).toContain("Instagram, Unique hashtags in 7 days: #pdrn<script>.");
    expect(section(dist(), "limits")).toContain("30 hashtags");
    expect(section(dist(), "incidents")).toContain("The token was <b>refused</b>; renew it");
    expect(htmlOf(dist(), "/status/")).not.toMatch(/<b>refused|#pdrn<script/);
  });

  test("runs of the machine show their steps and not what an error said of the machine", () => {
    const [run] = Status.parse(read(dist(), "status")).runs;
    expect(run).toMatchObject({ verb: "collect", state: "failed", exit: 1 });
    expect(section(dist(), "runs")).toContain("collect 61.4 s");
    expect(htmlOf(dist(), "/status/") + JSON.stringify(run)).not.toContain("/home/operator");
  });
}
