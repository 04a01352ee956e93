// The desk in this process, with the world's clock as its own: waiting lets time pass in both, so that weeks of pauses take no time.
import path from "node:path";
import { WebSocket } from "ws";
import { type AnyLive, type Collected, collectLive, type Desk } from "../../collecting/desk.ts";
import { openTokens } from "../../collecting/tokens.ts";
import { readPublication } from "../../commands/publication.ts";
import { silentLog } from "../../core/log.ts";
import type { World } from "./world.ts";

const sources = path.resolve(import.meta.dirname, "../../sources");
const languages: Readonly<Record<string, readonly string[]>> = {
  de: ["de", "en"],
  fr: ["fr", "en"],
  jp: ["ja"],
  us: ["en"],
  kr: ["ko"],
};

export interface WorldDesk {
  readonly desk: Desk;
  /** One run of each live source of the publication, or of those named, one after the other. */
  collect(only?: readonly string[]): Promise<Collected[]>;
}

/** `root`: the state folder. */
export function worldDesk(world: World, publications: string, id: string, root: string): WorldDesk {
  const publication = readPublication(id, publications);
  const variables = world.env();
  const desk: Desk = {
    root,
    publication,
    markets: publication.markets.map((code) => ({ code, languages: languages[code] ?? ["en"] })),
    variables,
    tokens: openTokens(root, variables),
    now: () => new Date(world.now()),
    wait: async (ms) => world.pass(ms),
    chance: () => 0.5,
    log: silentLog,
    optedOut: () => false,
    parserOf: (source) => path.join(sources, source.id, "parser.ts"),
    fetch: globalThis.fetch,
    socket: (url, { headers, protocols }) =>
      new WebSocket(url, [...protocols], { headers }) as unknown as globalThis.WebSocket,
  };
  return {
    desk,
    async collect(only) {
      const collected: Collected[] = [];
      for (const { source: name, ...given } of publication.sources) {
        if (only !== undefined && !only.includes(name)) continue;
        const { source } = (await import(path.join(sources, name, "source.ts"))) as { source: AnyLive };
        collected.push(await collectLive(source, source.config.parse(given), desk));
      }
      return collected;
    },
  };
}
