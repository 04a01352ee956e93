// Search finds pages by words of five languages, filters them, keeps its state in the address and works by keyboard.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Visit } from "./site.test.ts";

export function searchCases(visit: Visit): void {
  const open = async (query = ""): Promise<Page> => {
    const page = await visit.browser.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(`${visit.server.origin}/search/${query}`);
    return page;
  };
  const results = async (page: Page): Promise<string[]> => {
    await page.waitForFunction(() => document.querySelector("#search-said")?.textContent !== "");
    await page.waitForFunction(
      () =>
        /^Nothing|could not/.test(document.querySelector("#search-said")?.textContent ?? "") ||
        document.querySelector("#search-results li"),
    );
    return page
      .locator("#search-results li a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  };
  /** A spelling of each script that the edition has a term for. */
  const spellings = (): { variant: string; term: string }[] => {
    const { latest } = JSON.parse(readFileSync(join(visit.site.published, "editions.json"), "utf8")) as {
      latest: string;
    };
    const variants = JSON.parse(
      readFileSync(join(visit.site.published, latest, "term_variants", "term_variants.json"), "utf8"),
    ) as { variant: string; term: string; language: string }[];
    return ["ko", "ja", "fr", "de"].flatMap(
      (language) => variants.find((one) => one.language === language) ?? [],
    );
  };

  test("a term is found by its spelling in each language", async () => {
    for (const { variant, term } of spellings()) {
      const page = await open(`?q=${encodeURIComponent(variant)}&kind=Trend`);
      expect(await results(page), variant).toContain(`/trends/${term}/`);
      await page.close();
    }
    expect(spellings().length).toBeGreaterThan(0);
  });

  test("세럼, 美容液 and sérum find a serum's page, with a particle or without an accent too", async () => {
    for (const words of ["세럼", "세럼을", "美容液", "sérum", "serum"]) {
      const page = await open(`?q=${encodeURIComponent(words)}&kind=Trend`);
      expect((await results(page)).length, words).toBeGreaterThan(0);
      await page.close();
    }
  });

  test("filters narrow, alone or with words, and the address keeps both", async () => {
    const page = await open();
    await page.locator("select[name=kind]").selectOption("Creator");
    const creators = await results(page);
    expect(creators.length).toBeGreaterThan(0);
    expect(creators.every((address) => address.startsWith("/creators/"))).toBe(true);
    expect(new URL(page.url()).searchParams.get("kind")).toBe("Creator");
    await page.reload();
    expect(await page.locator("select[name=kind]").inputValue()).toBe("Creator");
    expect(await results(page)).toEqual(creators);
    const market = page.locator("select[name=market]").locator("option").nth(1);
    const name = (await market.getAttribute("value")) ?? "";
    await page.locator("select[name=market]").selectOption(name);
    await page.waitForFunction(
      (said) => document.querySelector("#search-said")?.textContent !== said,
      await page.locator("#search-said").textContent(),
    );
    for (const address of await results(page)) {
      await page.goto(visit.server.origin + address);
      expect(await page.locator(`[data-pagefind-filter="market:${name}"]`).count(), address).toBe(1);
    }
    await page.close();
  });

  test("every filter offered has pages", async () => {
    const page = await open();
    const offered = await page
      .locator("#search-form select[name=kind] option, #search-form select[name=edition] option")
      .evaluateAll((options) =>
        options.flatMap((option) => {
          const { value, parentElement } = option as HTMLOptionElement;
          return value ? [`${parentElement?.getAttribute("name")}=${encodeURIComponent(value)}`] : [];
        }),
      );
    await page.close();
    for (const filter of offered) {
      const filtered = await open(`?${filter}`);
      expect((await results(filtered)).length, filter).toBeGreaterThan(0);
      await filtered.close();
    }
    expect(offered.length).toBeGreaterThan(5);
  });

  test("by keyboard: type, go on with Tab, open with Enter", async () => {
    const page = await open();
    await page.locator("#q").focus();
    await page.keyboard.type("serum");
    await page.keyboard.press("Enter");
    const [first] = await results(page);
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement?.getAttribute("href"))) === first) break;
    }
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === first);
    expect(new URL(page.url()).pathname).toBe(first);
    await page.close();
  });

  test("what is not there is said, not left blank", async () => {
    const page = await open("?q=xyzzyqwert");
    expect(await results(page)).toEqual([]);
    expect(await page.locator("#search-said").textContent()).toContain("Nothing found for “xyzzyqwert”");
    await page.close();
  });
}
