// A request's page shows the copy as text whatever it holds, the rules' word, and a model's under its label; a publication without requests has no such page.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editions } from "../../data/contract/edition.ts";
import type { DatasetRow } from "../lib/data.ts";
import { escapeHtml } from "../lib/html.ts";
import { render } from "./built-site.ts";
import { attack, model } from "./model-edition.ts";
import { allPages, htmlOf } from "./pages.ts";
import { fileAt } from "./server.ts";
import type { Visit } from "./site.test.ts";

type Answer = DatasetRow<"requests">;

export function requestCases(visit: Visit): void {
  const editions = () =>
    Editions.parse(JSON.parse(readFileSync(join(visit.site.published, "editions.json"), "utf8")));
  const rows = <T>(dataset: string): T[] =>
    JSON.parse(
      readFileSync(join(visit.site.published, editions().latest, dataset, `${dataset}.json`), "utf8"),
    );

  /** The site of the latest edition alone, with other rows of requests. */
  async function renderedWith(
    changed: Partial<Record<"requests" | "request_issues" | "request_variants", readonly unknown[]>>,
    look: (dist: string) => void,
  ): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "leap-requests-"));
    const [published, dist] = [join(folder, "published"), join(folder, "dist")];
    const known = editions();
    cpSync(join(visit.site.published, known.latest), join(published, known.latest), { recursive: true });
    cpSync(join(visit.site.published, "metrics.json"), join(published, "metrics.json"));
    const only = known.editions.filter(({ edition }) => edition === known.latest);
    writeFileSync(join(published, "editions.json"), JSON.stringify({ ...known, editions: only }));
    for (const [dataset, found] of Object.entries(changed))
      writeFileSync(join(published, known.latest, dataset, `${dataset}.json`), JSON.stringify(found));
    try {
      await render(published, dist);
      look(dist);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test("every request has a page with its copy, every market of it a section; the index and the checker lead there", () => {
    const { dist } = visit.site;
    const answers = rows<Answer>("requests");
    expect(answers.length).toBeGreaterThan(0);
    for (const { request, market, copy } of answers) {
      const html = htmlOf(dist, `/requests/${request}/`);
      expect(html).toContain(`>${escapeHtml(copy)}</blockquote>`);
      expect(html).toContain(`<section id="${market}"`);
      expect(htmlOf(dist, "/requests/")).toContain(`href="/requests/${request}/"`);
    }
    expect(htmlOf(dist, "/checker/")).toContain('href="/requests/"');
  });

  test("copy and answers are text, whatever stands in them; a model's words bear its label and lead to their notes; where none answered, the page says so", async () => {
    const [first] = rows<Answer>("requests") as [Answer];
    const [passage] = rows<DatasetRow<"knowledge">>("knowledge") as [DatasetRow<"knowledge">];
    const mark = {
      model,
      prompt_version: "cultural-fit 1.0.0",
      answered_on: "2026-11-20",
      reviewed_by: null,
    };
    const key = { edition: first.edition, request: "hostile", market: first.market, provenance: "imported" };
    const told = { ...first, ...key, ...mark, kind: "cultural-fit", product: null, not_answered: null };
    const answers = [
      {
        ...told,
        copy: attack,
        revised_content: attack,
        revised_by: "model",
        brief: attack,
        dropped: [attack],
      },
      { ...told, request: "anew", kind: "transcreate", copy: attack, prompt_version: "transcreate 1.0.0" },
    ];
    const alone = { ...told, request: "alone", model: null, not_answered: "only rules were asked" };
    const issue = {
      ...{ ...key, position: 0, kind: "issue", written_by: "model", severity: "high", quote: attack },
      ...{ text: attack, suggestion: attack, rule: null, source: null, source_url: null },
      knowledge: [passage.id, "no-such-note#x"],
    };
    const variant = {
      ...{ ...key, ...mark, request: "anew", position: 0, language: "ja", text: attack, rationale: attack },
      ...{ back_translation: attack, knowledge: [passage.id] },
    };
    await renderedWith(
      { requests: [...answers, alone], request_issues: [issue], request_variants: [variant] },
      (dist) => {
        for (const request of ["hostile", "anew"]) {
          const html = htmlOf(dist, `/requests/${request}/`);
          expect(html.match(/<img|<script>alert|href="javascript/g)).toBeNull();
          expect(html).toContain(escapeHtml(attack));
          expect(html).toMatch(new RegExp(`data-written-by="model" data-model="${model}"`));
          expect(html).toContain(`class="ai"`);
          expect(html).toContain(`href="/knowledge/${passage.note}/#`);
        }
        expect(htmlOf(dist, "/requests/alone/")).toContain("Only rules were asked");
        expect(htmlOf(dist, "/requests/hostile/")).not.toContain("Only rules were asked");
        expect(htmlOf(dist, "/requests/anew/")).toContain('<blockquote lang="ja"');
        expect(htmlOf(dist, "/requests/hostile/")).not.toContain("/knowledge/no-such-note");
      },
    );
  }, 300_000);

  test("an edition without requests has no page of them, and no link to one", async () => {
    await renderedWith({ requests: [], request_issues: [], request_variants: [] }, (dist) => {
      const pages = allPages(dist);
      expect(pages.filter((page) => page.startsWith("/requests"))).toEqual([]);
      const lost = pages.filter((page) => htmlOf(dist, page).includes('href="/requests/'));
      expect(lost).toEqual([]);
      expect(fileAt(dist, "/checker/")).toBeTruthy();
    });
  }, 300_000);
}
