// Which pages of a built site the tests look at: one of each kind, found in the folder, so that any publication can be tested.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Addresses of all pages, such as `/trends/`. */
export function allPages(dist: string): string[] {
  return filesOf(dist)
    .filter((file) => file.endsWith(".html"))
    .map((file) => (file.endsWith("index.html") ? file.slice(0, -"index.html".length) : file));
}

/** All files as addresses, sorted. */
export function filesOf(dist: string): string[] {
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(dist, join(entry.parentPath, entry.name)).split(sep).join("/")}`)
    .toSorted();
}

/** One page of each kind. The longest trend and creator pages, because they hold most. */
export function samplePages(dist: string): Record<string, string> {
  const pages = allPages(dist);
  const longest = (pattern: RegExp) =>
    pages
      .filter((page) => pattern.test(page))
      .toSorted((a, b) => htmlOf(dist, b).length - htmlOf(dist, a).length || a.localeCompare(b))[0];
  const kinds: Record<string, string | undefined> = {
    home: "/",
    markets: pages.find((page) => page === "/markets/"),
    market: longest(/^\/markets\/[^/]+\/$/),
    "market of an edition": longest(/^\/markets\/[^/]+\/\d{4}-w\d{2}\/$/),
    trends: "/trends/",
    trend: longest(/^\/trends\/[^/]+\/$/),
    signals: pages.find((page) => page === "/signals/"),
    creators: "/creators/",
    creator: longest(/^\/creators\/[^/]+\/$/),
    data: "/data/",
    dataset: longest(/^\/data\/[^/]+\/$/),
    methods: "/methods/",
    accuracy: pages.find((page) => page === "/methods/accuracy/"),
    method: longest(/^\/methods\/(?!accuracy\/)[^/]+\/$/),
    code: longest(/^\/methods\/code\/.+\/$/),
    status: "/status/",
    search: "/search/",
    checker: pages.find((page) => page === "/checker/"),
    guide: longest(/^\/cultural\/[^/]+\/$/),
    knowledge: "/knowledge/",
    note: longest(/^\/knowledge\/[^/]+\/$/),
    requests: pages.find((page) => page === "/requests/"),
    request: longest(/^\/requests\/[^/]+\/$/),
    "not found": "/404.html",
  };
  return Object.fromEntries(Object.entries(kinds).flatMap(([kind, page]) => (page ? [[kind, page]] : [])));
}

export function htmlOf(dist: string, page: string): string {
  return readFileSync(join(dist, page.endsWith("/") ? `${page}index.html` : page), "utf8");
}

/** Every rule is held; that a page passes one need not be told node by node, which takes a third of the time. */
export const violationsAlone: { resultTypes: ["violations"] } = { resultTypes: ["violations"] };
