// The feeds: valid, whole, stable.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { expect, test } from "vitest";
import { filesOf } from "./pages.ts";
import { fileAt } from "./server.ts";
import type { Visit } from "./site.test.ts";

interface Item {
  title: string;
  link: string;
  guid: { "#text": string; "@_isPermaLink": string };
  pubDate: string;
  "content:encoded": string;
}

export function feedCases(visit: Visit): void {
  const feeds = () =>
    filesOf(visit.site.dist)
      .filter((file) => file.endsWith("/feed.xml"))
      .map((file) => ({ file, xml: readFileSync(join(visit.site.dist, file), "utf8") }));
  const channel = (xml: string) => {
    const parsed = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === "item" }).parse(xml);
    return parsed.rss.channel as Record<string, unknown> & { item: Item[] };
  };

  test("there is one for the whole and one per market, and each is well-formed XML", () => {
    expect(feeds().length).toBeGreaterThan(1);
    for (const { file, xml } of feeds()) {
      expect(() => new XMLParser().parse(xml, true), file).not.toThrow();
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are looked for
      expect(xml, file).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    }
  });

  test("each says where it is, in which language, and how long it may be kept", () => {
    for (const { file, xml } of feeds()) {
      const { "atom:link": self, language, ttl, lastBuildDate } = channel(xml);
      expect((self as { "@_href": string })["@_href"], file).toMatch(new RegExp(`^https://[^/]+${file}$`));
      expect(language).toBe("en");
      expect(Number(ttl)).toBeGreaterThan(0);
      expect(Date.parse(String(lastBuildDate))).not.toBeNaN();
    }
  });

  test("an item keeps its id when the site moves, links by https to a page that is there, and holds the text", () => {
    for (const { file, xml } of feeds()) {
      const items = channel(xml).item;
      const ids = items.map((item) => item.guid["#text"]);
      expect(new Set(ids).size, file).toBe(ids.length);
      for (const item of items) {
        expect(item.guid["@_isPermaLink"]).toBe("false");
        expect(item.guid["#text"]).toMatch(/^tag:[^,]+,\d{4}:.+\/\d{4}-W\d{2}\//);
        expect(item.link).toMatch(/^https:\/\//);
        expect(fileAt(visit.site.dist, new URL(item.link).pathname), item.link).not.toBeNull();
        expect(item["content:encoded"]).toContain("<p>");
        expect(item["content:encoded"]).not.toMatch(/<script|\son\w+=/i);
      }
    }
  });

  test("items are dated by their edition, newest first", () => {
    const dates = channel(readFileSync(join(visit.site.dist, "feed.xml"), "utf8")).item.map((item) =>
      Date.parse(item.pubDate),
    );
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    const editions = JSON.parse(readFileSync(join(visit.site.published, "editions.json"), "utf8")) as {
      latest: string;
    };
    const latest = JSON.parse(
      readFileSync(join(visit.site.published, editions.latest, "edition.json"), "utf8"),
    );
    expect(dates[0]).toBe(Math.floor(Date.parse(latest.stamps.published_at) / 1000) * 1000);
  });
}
