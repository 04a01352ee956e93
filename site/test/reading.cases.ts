// What a reader meets: no error, no other host, no barrier, no sideways scrolling, little weight, no need for script.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "vitest";
import { filesOf, htmlOf, samplePages, violationsAlone } from "./pages.ts";
import type { Visit } from "./site.test.ts";

/** What a narrow screen may change: sizes, what scrolls, what is hidden, what overlaps. Names and roles stay. */
const narrow = [
  ...["color-contrast", "scrollable-region-focusable", "link-in-text-block", "heading-order"],
  ...["aria-hidden-focus", "region", "bypass", "link-name", "button-name", "label"],
];

/** Dark differs from light in colour only, and 375 px from 320 in nothing a machine can judge but width. */
const looks = [
  { width: 1280, colorScheme: "light", rules: "all" },
  { width: 1280, colorScheme: "dark", rules: ["color-contrast", "link-in-text-block"] },
  { width: 375, colorScheme: "light", rules: [] },
  { width: 320, colorScheme: "light", rules: narrow },
] as const;

const kilobyte = 1000;

export function readingCases(visit: Visit): void {
  const pages = () => Object.entries(samplePages(visit.site.dist));

  for (const { width, colorScheme, rules } of looks) {
    test(`at ${width} px, ${colorScheme}: no error, no other host, no sideways scrolling, no barrier`, async () => {
      const context = await visit.browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const page = await context.newPage();
      const problems: string[] = [];
      let at = "";
      page.on(
        "console",
        (message) => message.type() === "error" && problems.push(`${at}: console: ${message.text()}`),
      );
      page.on("pageerror", (error) => problems.push(`${at}: error: ${error.message}`));
      page.on("request", (request) => {
        if (!request.url().startsWith(visit.server.origin)) problems.push(`${at}: asked ${request.url()}`);
      });
      for (const [kind, path] of pages()) {
        at = `${kind} ${path}`;
        await page.goto(visit.server.origin + path);
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (over > 0) problems.push(`${at}: ${over} px wider than the screen`);
        if (rules.length === 0) continue;
        const axe = new AxeBuilder({ page }).options(violationsAlone);
        const { violations } = await (rules === "all" ? axe : axe.withRules([...rules])).analyze();
        problems.push(...violations.map(({ id, nodes }) => `${at}: ${id}: ${nodes[0]?.html.slice(0, 120)}`));
      }
      await context.close();
      expect(problems).toEqual([]);
    }, 180_000);
  }

  test("a reading page weighs at most 30 KB gzipped without fonts, and fonts at most 60 KB more", () => {
    const { dist } = visit.site;
    const heavy: string[] = [];
    for (const [kind, path] of pages()) {
      if (kind === "search" || kind === "checker") continue;
      const html = htmlOf(dist, path);
      const parts = [...html.matchAll(/(?:<link rel="stylesheet" href|<script[^>]* src)="([^"]+)"/g)].map(
        (match) => readFileSync(join(dist, match[1] as string)),
      );
      const weight = [Buffer.from(html), ...parts].reduce((sum, part) => sum + gzipSync(part).length, 0);
      if (weight > 30 * kilobyte) heavy.push(`${kind} ${path}: ${Math.round(weight / 100) / 10} KB`);
    }
    expect(heavy).toEqual([]);
    const fonts = filesOf(dist)
      .filter((file) => file.endsWith(".woff2"))
      .reduce((sum, file) => sum + readFileSync(join(dist, file)).length, 0);
    expect(fonts).toBeLessThanOrEqual(60 * kilobyte);
  });

  test("a reading page loads no script file at all", () => {
    const loading = pages()
      .filter(([kind]) => kind !== "search" && kind !== "checker")
      .filter(([, path]) =>
        /<script[^>]+src=|<link[^>]+modulepreload|astro-island/.test(htmlOf(visit.site.dist, path)),
      );
    expect(loading).toEqual([]);
  });

  test("without script all words, charts and tables are there, and search says what to do", async () => {
    const context = await visit.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const { trend = "/", search = "/search/" } = samplePages(visit.site.dist);
    await page.goto(visit.server.origin + trend);
    expect(await page.locator("h1").isVisible()).toBe(true);
    expect(await page.locator("figure .plot svg").first().isVisible()).toBe(true);
    expect(await page.locator("figure table tbody tr").count()).toBeGreaterThan(0);
    await page.goto(visit.server.origin + search);
    expect(await page.locator("noscript").textContent()).toContain("needs JavaScript");
    expect(await page.locator("#search-form").isVisible()).toBe(false);
    await context.close();
  });

  test("a creator's page says that signals are no estimate of fake followers", () => {
    const { dist } = visit.site;
    const cards = filesOf(dist).filter((file) => /^\/creators\/[^/]+\/index\.html$/.test(file));
    for (const card of cards) expect(htmlOf(dist, card), card).toMatch(/not an estimate of fake followers/i);
    expect.assertions(cards.length || 0);
  });
}
