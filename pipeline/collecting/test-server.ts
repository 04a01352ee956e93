// What the small source of the tests asks: tags with posts, two a page; quirks by tag; every request counted.
export interface TestServer {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Requests for each page: `one`, `one@2`. */
  readonly pages: Map<string, number>;
}

export const postOf = (tag: string, number: number) => ({
  ...{
    id: `${tag}-${number}`,
    author: `writer-${number % 3}`,
    text: `About ${tag}: ${number}`,
    likes: number,
  },
});

/** Pages of a tag: `count` posts, two each, by a cursor that is their offset. `quirk` may answer instead. */
export function testServer(
  counts: Readonly<Record<string, number>>,
  quirk: (
    tag: string,
    page: string,
    times: number,
    request: Request,
  ) => Response | null | Promise<Response | null> = () => null,
): TestServer {
  const pages = new Map<string, number>();
  return {
    pages,
    async fetch(request) {
      const url = new URL(request.url);
      const tag = decodeURIComponent(url.pathname.split("/").at(-1) as string);
      const after = url.searchParams.get("after");
      const page = after === null ? tag : `${tag}@${after}`;
      const times = (pages.get(page) ?? 0) + 1;
      pages.set(page, times);
      const strange = await quirk(tag, page, times, request);
      if (strange) return strange;
      return json(pageOf(tag, Number(after ?? 0), counts[tag] ?? 0));
    },
  };
}

export function pageOf(tag: string, from: number, count: number) {
  const posts = Array.from({ length: Math.max(0, Math.min(2, count - from)) }, (_, place) =>
    postOf(tag, from + place),
  );
  return { posts, next: from + 2 < count ? String(from + 2) : null };
}

export const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json" }, ...init });
