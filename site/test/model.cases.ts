// What readers see of models: every word of one bears its label for eyes and machines, nothing it writes is markup, and where none was asked there is no trace.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import { XMLParser } from "fast-xml-parser";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, expect, test } from "vitest";
import { day } from "../lib/format.ts";
import { render } from "./built-site.ts";
import { type ModelEdition, modelEdition, reviewer } from "./model-edition.ts";
import { allPages, filesOf, htmlOf, violationsAlone } from "./pages.ts";
import { plantCollecting } from "./planted-collecting.ts";
import { serve } from "./server.ts";
import type { Visit } from "./site.test.ts";
import { plantedCollectingCases } from "./status.cases.ts";

const spaces = (text: string | null | undefined): string =>
  (text ?? "").replaceAll("\u2060", "").replace(/\s+/g, " ").trim();

export function modelCases(visit: Visit): void {
  let made: ModelEdition;
  let dist: string;

  beforeAll(async () => {
    made = modelEdition(visit.site.published);
    dist = mkdtempSync(join(tmpdir(), "leap-model-site-"));
    // The same render shows what a collector that failed leaves behind.
    const journal = plantCollecting(made.published, made.edition, made.market);
    await render(made.published, dist, { LEAP_RUNS: journal });
  }, 300_000);
  afterAll(() => {
    for (const folder of [made?.published, dist]) if (folder) rmSync(folder, { recursive: true });
  });

  const documentOf = (page: string) => parseHTML(htmlOf(dist, page)).document;
  const addressOf = (page: string): string => {
    const [kind, id] = page.split("/");
    return kind === "market" ? `/markets/${id}/` : kind === "home" ? "/" : `/${kind}s/${id}/`;
  };
  const pagesWithModels = () =>
    [...Map.groupBy(made.findings, ({ page }) => page)].filter(([, rows]) =>
      rows.some((row) => row.written_by === "model"),
    );
  const labelOf = (block: Element | undefined): string =>
    spaces((block?.tagName === "H1" ? block.nextElementSibling : block?.querySelector(".ai"))?.textContent);
  const texts = (elements: Iterable<{ textContent: string | null }>) =>
    [...elements].map((element) => spaces(element.textContent));

  plantedCollectingCases(() => dist);

  test("every sentence of a model stands in a marked block with its label, and no sentence of rules does", () => {
    for (const [page, findings] of pagesWithModels()) {
      const blocks = [...documentOf(addressOf(page)).querySelectorAll("[data-written-by=model]")];
      for (const { lead, text, section, written_by, ...by } of findings) {
        const sentence = spaces(section === "questions" ? text : lead + text);
        const holding = blocks.filter((block) => spaces(block.textContent).includes(sentence));
        const at = `${page} ${section}: ${sentence}`;
        if (written_by === "rules") {
          expect(holding, at).toEqual([]);
          continue;
        }
        const marked = holding.find(
          (block) =>
            block.getAttribute("data-model") === by.model &&
            block.getAttribute("data-prompt") === by.prompt_version &&
            block.getAttribute("data-answered-on") === by.answered_on &&
            block.getAttribute("data-reviewed-by") === (by.reviewed_by ?? ""),
        );
        const label = labelOf(marked);
        expect(label, at).toContain(
          `AI-written ${by.model}, prompt ${by.prompt_version}, ${day(by.answered_on ?? "")}`,
        );
        expect(label, at).toContain(by.reviewed_by ? `reviewed by ${reviewer}` : "not reviewed");
      }
      for (const block of blocks) expect(labelOf(block), page).toMatch(/^AI-/);
    }
  });

  test("adjacent sentences of one mark share one label", () => {
    const document = documentOf(`/markets/${made.market}/`);
    const labels = (part: string) => [...document.querySelectorAll(`${part} .ai`)].length;
    expect(labels("#drivers")).toBe(1);
    // One risk was reviewed, the others were not: two blocks.
    expect(labels("#risks")).toBe(2);
    expect(labels("#qa")).toBe(1);
  });

  test("a page with a model's words says so in JSON-LD, whose selectors find them; another page does not", () => {
    const marked = pagesWithModels().map(([page]) => addressOf(page));
    for (const page of marked) {
      const document = documentOf(page);
      const script = document.querySelector('script[type="application/ld+json"]')?.textContent ?? "{}";
      const { creditText, hasPart } = JSON.parse(script);
      expect(creditText, page).toMatch(/(openai|anthropic):.*, prompt .* \d{4}, (not reviewed|reviewed by)/);
      for (const part of hasPart) {
        expect(part.digitalSourceType).toBe(
          "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        );
        expect(document.querySelector(part.cssSelector), part.cssSelector).not.toBeNull();
      }
    }
    for (const page of allPages(dist)) {
      const html = htmlOf(dist, page);
      expect(html.includes("trainedAlgorithmicMedia"), page).toBe(html.includes('data-written-by="model"'));
    }
    expect(marked.length).toBeGreaterThanOrEqual(4);
  });

  test("markup that an obeying model writes is text everywhere, in titles, questions, names, translations and feeds", () => {
    const pages = allPages(dist).filter((page) => htmlOf(dist, page).includes("&lt;img src=x onerror="));
    expect(pages).toEqual(
      expect.arrayContaining(["/", `/markets/${made.market}/`, `/markets/${made.market}/ko/`]),
    );
    for (const page of pages) {
      const document = documentOf(page);
      expect(document.querySelectorAll("img[src=x], [onerror]"), page).toHaveLength(0);
      expect(
        texts(document.querySelectorAll("script")).filter((text) => /^alert/.test(text)),
        page,
      ).toEqual([]);
    }
    for (const file of filesOf(dist).filter((one) => one.endsWith("/feed.xml"))) {
      const { rss } = new XMLParser({ isArray: (name) => name === "item" }).parse(htmlOf(dist, file));
      for (const item of rss.channel.item) {
        expect(item["content:encoded"], file).not.toMatch(/<(img|script)/);
        expect(item.title, file).not.toMatch(/&lt;/);
      }
    }
  });

  test("quotes and cited passages link to the passage of the note, which is there", () => {
    const document = documentOf(`/markets/${made.market}/`);
    const [note, anchor] = made.passage.split("#");
    const links = [...document.querySelectorAll(`#drivers a[href="/knowledge/${note}/#${anchor}"]`)];
    expect(links).toHaveLength(2);
    expect(document.querySelector("#drivers .cited q")?.textContent).not.toBe("");
    expect(documentOf(`/knowledge/${note}/`).querySelector(`[id="${anchor}"]`)).not.toBeNull();
  });

  test("sections of models are there where their rows are, and leave no heading where they are not", () => {
    const sections = { drivers: "market", risks: "market" } as const;
    for (const site of [dist, visit.site.dist]) {
      const published = site === dist ? made.published : visit.site.published;
      const { latest } = JSON.parse(readFileSync(join(published, "editions.json"), "utf8"));
      const findings: { page: string; section: string; written_by: string }[] = JSON.parse(
        readFileSync(join(published, latest, "findings", "findings.json"), "utf8"),
      );
      const has = (page: string, section: string) =>
        findings.some((row) => row.page === page && row.section === section);
      for (const page of allPages(site)) {
        const [, kind, id] = /^\/(markets|trends|creators)\/([^/]+)\/$/.exec(page) ?? [];
        if (!kind || !id) continue;
        const name = `${kind.slice(0, -1)}/${decodeURIComponent(id)}`;
        const html = htmlOf(site, page);
        // A term that left the list keeps the page of its last edition.
        if (html.includes("No longer tracked")) continue;
        if (kind === "markets")
          for (const section of Object.keys(sections))
            expect(html.includes(`id="${section}"`), `${page} ${section}`).toBe(has(name, section));
        if (kind === "trends") expect(html.includes('id="drivers"'), page).toBe(has(name, "drivers"));
        if (kind === "creators") expect(html.includes('id="fit"'), page).toBe(has(name, "fit"));
        const byModel = findings.some((row) => row.page === name && row.written_by === "model");
        if (!byModel && site === dist) expect(html, page).not.toContain("data-written-by");
      }
    }
  });

  test("an edition that asked no model says so in one line, and bears no label", () => {
    const { latest } = JSON.parse(readFileSync(join(visit.site.published, "editions.json"), "utf8"));
    const asked = JSON.parse(
      readFileSync(join(visit.site.published, latest, "analyses", "analyses.json"), "utf8"),
    ).length;
    const status = spaces(
      parseHTML(htmlOf(visit.site.dist, "/status/")).document.querySelector("#models")?.textContent,
    );
    expect(status.includes("No model was asked in this edition."), status).toBe(asked === 0);
    const labelled = allPages(visit.site.dist).filter((page) =>
      /class="ai"|data-written-by/.test(htmlOf(visit.site.dist, page)),
    );
    expect(labelled.length > 0).toBe(asked > 0);
  });

  test("a translated report is a page in its language that says that the English one counts; other languages have none", () => {
    const base = `/markets/${made.market}/`;
    expect(["ko", "de", "fr", "ja"].filter((one) => existsSync(join(dist, base, one)))).toEqual(["ko", "de"]);
    const dated = `${base}${made.edition.toLowerCase()}/`;
    for (const page of [`${base}ko/`, `${dated}ko/`]) {
      const document = documentOf(page);
      expect(document.querySelector("h1")?.getAttribute("lang")).toBe("ko");
      expect(document.querySelectorAll("[lang=ko] [data-written-by=model] li").length).toBeGreaterThan(3);
      expect(document.querySelectorAll("[lang=ko] h2").length).toBe(4);
      expect(spaces(document.querySelector("main")?.textContent)).toMatch(
        /영어 원문이 우선합니다.*the English text counts/,
      );
      expect(spaces(document.querySelector(".ai")?.textContent)).toContain("AI-translated");
      expect(document.querySelector(`main a[href="${page === `${base}ko/` ? base : dated}"]`)).not.toBeNull();
      expect(document.querySelector("link[rel=canonical]")?.getAttribute("href")).toMatch(
        new RegExp(`${dated}ko/$`),
      );
    }
    for (const page of [base, `${base}ko/`]) {
      const alternates = [...documentOf(page).querySelectorAll("link[hreflang]")].map((link) =>
        link.getAttribute("hreflang"),
      );
      expect(alternates, page).toEqual(["en", "ko", "de", "x-default"]);
    }
    expect(texts(documentOf(base).querySelectorAll(".read-in a"))).toEqual(["한국어", "Deutsch"]);
  });

  test("the totals on the status page are the sums of the ledger's rows, to the micro-dollar", () => {
    const document = documentOf("/status/");
    const total = (name: string) =>
      spaces(document.querySelector(`[data-total=${name}]`)?.textContent).replaceAll(",", "");
    const { questions } = made;
    const paid = questions
      .filter(({ reused }) => reused !== "kept")
      .reduce((sum, row) => sum + row.cost_micros, 0);
    const tokens = questions.reduce(
      (sum, row) => sum + row.tokens_in + row.tokens_cache_write + row.tokens_cached + row.tokens_out,
      0,
    );
    expect(total("questions")).toBe(String(questions.length));
    expect(total("answered")).toBe(
      String(questions.filter(({ verdict }) => /accepted|repaired/.test(verdict)).length),
    );
    expect(total("dropped")).toBe(String(questions.filter(({ verdict }) => verdict === "dropped").length));
    expect(total("kept")).toBe("2");
    expect(total("tokens")).toBe(String(tokens));
    expect(total("paid")).toBe(`$${(paid / 1e6).toFixed(6)}`);
    const [byTask] = document.querySelectorAll("#models table");
    const costs = [...(byTask?.querySelectorAll("tbody tr") ?? [])].map((row) =>
      Math.round(Number(spaces(row.lastElementChild?.textContent).replace("$", "")) * 1e6),
    );
    expect(costs.slice(0, -1).reduce((sum, cost) => sum + cost, 0)).toBe(paid);
    expect(costs.at(-1)).toBe(paid);
    expect(spaces(document.querySelector("#models")?.textContent)).toContain("a digit stands in a template");
    const strip = spaces(documentOf("/").querySelector(".flags")?.textContent);
    expect(strip).toContain(`$${(paid / 1e6).toFixed(6)}`);
  });

  test("a change of reader breaks the weekly series, in the picture and in words, and agreement is printed with its interval", () => {
    const document = documentOf(`/markets/${made.market}/`);
    const figure = document.querySelector("#sentiment-weeks");
    expect(figure?.querySelectorAll("line.brk")).toHaveLength(1);
    expect(texts(figure?.querySelectorAll("text.k") ?? [])).toEqual(
      expect.arrayContaining(["read by test-small", "from here"]),
    );
    expect(spaces(figure?.querySelector("figcaption")?.textContent)).toMatch(
      /read by test-small from the week of .* \(before: the offline engine\)/,
    );
    expect(spaces(document.querySelector("#sentiment")?.textContent)).toMatch(
      /read 25% of the 2,000 posts.*agree on 90% \(83–94%\) of 120 texts/,
    );
    const weeks: { market: string; read_by: string; sentiment_score: number | null }[] = JSON.parse(
      readFileSync(join(made.published, made.edition, "market_weeks", "market_weeks.json"), "utf8"),
    );
    for (const page of allPages(dist)) {
      const [, market] = /^\/markets\/([a-z]{2})\/$/.exec(page) ?? [];
      if (!market) continue;
      const readers = weeks.filter((week) => week.market === market && week.sentiment_score !== null);
      const changes = readers.filter((week, at) => at > 0 && week.read_by !== readers[at - 1]?.read_by);
      expect(documentOf(page).querySelectorAll("line.brk"), market).toHaveLength(changes.length);
    }
  });

  test("feed items of pages with a model's words bear the category, and name the model; others do not", () => {
    const { rss } = new XMLParser({ isArray: (name) => name === "item" }).parse(htmlOf(dist, "/feed.xml"));
    for (const item of rss.channel.item) {
      const page = /\/(home|market\/[a-z]+)$/.exec(item.guid)?.[1];
      const byModel = made.findings.some((row) => row.page === page && row.written_by === "model");
      expect(item.category, item.guid).toBe(byModel ? "AI-generated text" : undefined);
      expect(item["content:encoded"].includes("AI-written: "), item.guid).toBe(byModel);
    }
    expect(rss.channel.item.length).toBeGreaterThan(2);
  });

  test("every published prompt has a page that shows it word for word, and its checks", () => {
    const folder = join(made.published, made.edition, "prompts");
    const tasks = filesOf(folder).filter((file) => file.endsWith(".md") && file !== "/frame.md");
    expect(tasks.length).toBeGreaterThan(5);
    const index = htmlOf(dist, "/methods/models/");
    for (const file of tasks) {
      const task = file.slice(1, -".md".length);
      expect(index).toContain(`/methods/models/${task}/`);
      const document = documentOf(`/methods/models/${task}/`);
      const rules = readFileSync(join(folder, file), "utf8").split(/^---$/m).slice(2).join("---").trim();
      const [shown, checks] = [...document.querySelectorAll("pre code")].map((code) => code.textContent);
      expect(shown?.trim(), task).toBe(rules);
      expect(checks).toBe(readFileSync(join(folder, `${task}.checks.ts`), "utf8"));
    }
  });

  test("pages with as much as models may write stay light, fit a phone, and bar nobody", async () => {
    const server = await serve(dist);
    const context = await visit.browser.newContext({ viewport: { width: 375, height: 800 } });
    const page = await context.newPage();
    const problems: string[] = [];
    const market = `/markets/${made.market}/`;
    for (const path of [
      "/",
      market,
      `${market}ko/`,
      `/trends/${made.term}/`,
      `/creators/${made.creator}/`,
      "/status/",
      "/methods/models/",
      "/methods/models/market-report/",
    ]) {
      const html = htmlOf(dist, path);
      const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) =>
        readFileSync(join(dist, href as string)),
      );
      const weight = [Buffer.from(html), ...styles].reduce((sum, part) => sum + gzipSync(part).length, 0);
      if (weight > 30_000) problems.push(`${path}: ${weight} bytes`);
      await page.goto(server.origin + path);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (over > 0) problems.push(`${path}: ${over} px wider than the screen`);
      const { violations } = await new AxeBuilder({ page }).options(violationsAlone).analyze();
      problems.push(...violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html.slice(0, 120)}`));
    }
    await context.close();
    await server.close();
    expect(problems).toEqual([]);
  }, 120_000);
}
