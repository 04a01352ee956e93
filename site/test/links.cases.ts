// Every address inside the site leads somewhere, and nothing points to another host for what a page needs.
import { expect, test } from "vitest";
import { allPages, filesOf, htmlOf } from "./pages.ts";
import { fileAt } from "./server.ts";
import type { Visit } from "./site.test.ts";

export function linkCases(visit: Visit): void {
  test("every link, picture, style and download inside the site resolves, anchors included", () => {
    const { dist } = visit.site;
    const pages = new Map(allPages(dist).map((page) => [page, addressesOf(htmlOf(dist, page))]));
    const broken: string[] = [];
    for (const [page, { links }] of pages) {
      for (const link of links) {
        const url = new URL(link, `http://site${page}`);
        if (url.host !== "site") continue;
        const path = decodeURIComponent(url.pathname);
        const anchor = decodeURIComponent(url.hash.slice(1));
        if (!fileAt(dist, path)) broken.push(`${page} → ${link}`);
        else if (anchor && !pages.get(path)?.anchors.has(anchor))
          broken.push(`${page} → ${link} (no such anchor)`);
      }
    }
    expect(pages.size).toBeGreaterThan(20);
    expect([...new Set(broken)].slice(0, 20)).toEqual([]);
  });

  test("no page is without a way to it", () => {
    const { dist } = visit.site;
    const pages = allPages(dist);
    const linked = new Set(
      pages.flatMap((page) =>
        addressesOf(htmlOf(dist, page)).links.map((link) =>
          decodeURIComponent(new URL(link, `http://site${page}`).pathname),
        ),
      ),
    );
    const lost = pages.filter((page) => !linked.has(page) && page !== "/404.html" && page !== "/");
    expect(lost).toEqual([]);
  });

  test("the sitemap lists every page but those that ask not to be found, with the edition's date", async () => {
    const { dist } = visit.site;
    const sitemap = filesOf(dist).find((file) => /^\/sitemap-\d+\.xml$/.test(file)) as string;
    const text = htmlOf(dist, sitemap);
    const listed = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(
      (match) => new URL(match[1] as string).pathname,
    );
    const expected = allPages(dist).filter((page) => !/^\/(404\.html|search\/)$/.test(page));
    expect(expected.filter((page) => !listed.includes(encodeURI(page)))).toEqual([]);
    expect([...text.matchAll(/<lastmod>/g)]).toHaveLength(listed.length);
  });

  test("no address runs a script, and no handler stands in the markup", () => {
    const { dist } = visit.site;
    const found = allPages(dist).filter((page) =>
      /(href|src)="\s*(javascript|data|vbscript):|\son\w+="/i.test(htmlOf(dist, page)),
    );
    expect(found).toEqual([]);
  });
}

/** Read with patterns, not a parser: our own markup quotes every attribute, and there are hundreds of pages. */
function addressesOf(html: string): { links: string[]; anchors: Set<string> } {
  const links = [...html.replace(/<link rel="canonical"[^>]*>/g, "").matchAll(/\s(?:href|src)="([^"]*)"/g)];
  const anchors = [...html.matchAll(/\sid="([^"]+)"/g)];
  return {
    links: [...new Set(links.map(([, link]) => plain(link as string)))],
    anchors: new Set(anchors.map(([, id]) => plain(id as string))),
  };
}

const plain = (attribute: string): string => attribute.replaceAll("&#38;", "&").replaceAll("&amp;", "&");
