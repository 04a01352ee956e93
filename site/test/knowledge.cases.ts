// A citation can be followed home: every passage has its anchor, every note its source; and an edition without notes says how to write one.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editions } from "../../data/contract/edition.ts";
import { escapeHtml } from "../lib/html.ts";
import { render } from "./built-site.ts";
import { allPages, htmlOf } from "./pages.ts";
import { fileAt } from "./server.ts";
import type { Visit } from "./site.test.ts";

interface Row {
  id: string;
  note: string;
  source_url: string;
}

export function knowledgeCases(visit: Visit): void {
  const latest = () =>
    Editions.parse(JSON.parse(readFileSync(join(visit.site.published, "editions.json"), "utf8")));
  const rows = (): Row[] =>
    JSON.parse(
      readFileSync(join(visit.site.published, latest().latest, "knowledge", "knowledge.json"), "utf8"),
    );

  test("every passage stands on its note's page under its id, and every note links its source without endorsing it", () => {
    const { dist } = visit.site;
    const lost = rows().filter(({ id, note, source_url }) => {
      const html = htmlOf(dist, `/knowledge/${note}/`);
      const anchored = html.includes(`id="${id.slice(note.length + 1)}"`) && html.includes(`>${id}</code>`);
      return !anchored || !html.includes(`href="${escapeHtml(source_url)}" rel="nofollow"`);
    });
    expect(lost.map(({ id }) => id)).toEqual([]);
    expect(rows().length).toBeGreaterThan(0);
  });

  test("the index leads to every note and to nothing else", () => {
    const { dist } = visit.site;
    const pages = allPages(dist).filter((page) => /^\/knowledge\/.+/.test(page));
    const listed = [...htmlOf(dist, "/knowledge/").matchAll(/href="(\/knowledge\/[^"#]+)"/g)].map(
      ([, page]) => page,
    );
    expect([...new Set(listed)].sort()).toEqual(pages.sort());
    expect(pages).toHaveLength(new Set(rows().map(({ note }) => note)).size);
  });

  test("an edition without notes has one page that says so and how to write one; no link on it is broken", async () => {
    const folder = mkdtempSync(join(tmpdir(), "leap-without-notes-"));
    const [published, dist] = [join(folder, "published"), join(folder, "dist")];
    const known = latest();
    cpSync(join(visit.site.published, known.latest), join(published, known.latest), { recursive: true });
    cpSync(join(visit.site.published, "metrics.json"), join(published, "metrics.json"));
    const only = known.editions.filter(({ edition }) => edition === known.latest);
    writeFileSync(join(published, "editions.json"), JSON.stringify({ ...known, editions: only }));
    writeFileSync(join(published, known.latest, "knowledge", "knowledge.json"), "[]");
    await render(published, dist);
    expect(allPages(dist).filter((page) => page.startsWith("/knowledge/"))).toEqual(["/knowledge/"]);
    const html = htmlOf(dist, "/knowledge/");
    expect(html).toContain("No knowledge notes yet");
    expect(html).toMatch(/A note is a Markdown file in data\/publications\/[a-z0-9-]+\/knowledge/);
    const links = [...html.matchAll(/href="(\/[^"#]*)/g)].map(([, link]) => link as string);
    expect(links.filter((link) => !fileAt(dist, decodeURIComponent(link)))).toEqual([]);
    rmSync(folder, { recursive: true });
  }, 300_000);
}
