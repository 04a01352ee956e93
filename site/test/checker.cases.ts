// The checker reads a copy in the reader's own browser: what it says, that it goes on without a network, and that no word leaves.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violationsAlone } from "./pages.ts";
import type { Visit } from "./site.test.ts";

export function checkerCases(visit: Visit): void {
  const open = async (query = ""): Promise<Page> => {
    const page = await (await visit.browser.newContext()).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`${visit.server.origin}/checker/${query}`);
    return page;
  };
  const saying = (page: Page, words: RegExp) =>
    page.waitForFunction(
      (source) => new RegExp(source).test(document.querySelector("#check-said")?.textContent ?? ""),
      words.source,
    );

  test("a barred claim is underlined, with its law, its date and what to say; a harmless copy is approved", async () => {
    const page = await open("?market=de");
    await page.locator("#check-copy").fill("Heilt Neurodermitis in drei Tagen.");
    await saying(page, /^Not to be published/);
    expect(await page.locator("#check-result mark").first().textContent()).toContain("Heilt Neurodermitis");
    const hits = page.locator("#check-result ol li");
    expect(await hits.first().locator("a[href^='https://']").count()).toBeGreaterThan(0);
    expect(await hits.allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/Say: .+Reviewed \d{4}-\d\d-\d\d/)]),
    );
    await page.locator("#check-copy").fill("Diese Creme pflegt trockene Haut.");
    await saying(page, /^Approved/);
    expect(await page.locator("#check-result mark").count()).toBe(0);
    await page.context().close();
  });

  test("markets differ, and the address keeps the market but never a word of the copy", async () => {
    const page = await open();
    await page.locator("#check-copy").fill("美白クリーム");
    await page.locator("#check-market").selectOption("jp");
    await saying(page, /^Needs revision/);
    expect(new URL(page.url()).search).toBe("?market=jp");
    await page.context().close();
  });

  test("once the rules are there it works without a network, for every market, and no request carries the copy", async () => {
    const page = await open();
    const asked: string[] = [];
    page.on("request", (request) =>
      asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`),
    );
    await page.locator("#check-copy").fill("Cures eczema secretword");
    await saying(page, /of 100/);
    await page.context().setOffline(true);
    for (const market of ["us", "fr", "kr"]) {
      await page.locator("#check-market").selectOption(market);
      await page.locator("#check-copy").fill(`Cures psoriasis secretword ${market}`);
      await saying(page, /^Not to be published/);
    }
    expect(asked.filter((request) => /secretword|POST/.test(request))).toEqual([]);
    expect(asked.filter((request) => !request.includes(visit.server.origin))).toEqual([]);
    await page.context().close();
  });

  test("ingredients are held against the annexes, and results are no barrier to anybody", async () => {
    const page = await open();
    await page.locator("#checker details summary").click();
    await page.locator("#check-ingredients").fill("Aqua, Hydroquinone, Glycerin");
    await page.locator("#check-result li").first().waitFor();
    expect(await page.locator("#check-result").textContent()).toMatch(/3 ingredients read.*Hydroquinone/s);
    await page.locator("#check-copy").fill("Erases wrinkles, cures acne. It does not heal scars.");
    await saying(page, /of 100/);
    const { violations } = await new AxeBuilder({ page }).options(violationsAlone).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.context().close();
  });

  test("without script the page says what to do, and the guides are plain pages", async () => {
    const context = await visit.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${visit.server.origin}/checker/`);
    expect(await page.locator("noscript").textContent()).toContain("needs JavaScript");
    expect(await page.locator("#checker").isVisible()).toBe(false);
    await page.goto(`${visit.server.origin}/cultural/jp/`);
    expect(await page.locator("table").first().isVisible()).toBe(true);
    expect(await page.locator("main").textContent()).toContain("Not legal advice");
    await context.close();
  });
}
