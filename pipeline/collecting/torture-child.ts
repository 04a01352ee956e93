// One collection in a process of its own, for tests that end it in the middle: `torture-child.ts <state> <address> <instant>`.
import { Publication } from "../../data/contract/publication.ts";
import { silentLog } from "../core/log.ts";
import { collectLive } from "./desk.ts";
import { takeLock } from "./lock.ts";
import { parserFile, source } from "./test-source.ts";
import { openTokens } from "./tokens.ts";

const [root, base_url, at] = process.argv.slice(2) as [string, string, string];
const begun = performance.now();
const release = takeLock(root);
const { gaps } = await collectLive(
  source,
  source.config.parse({ base_url, tags: ["one", "two", "three", "four"] }),
  {
    ...{ root, tokens: openTokens(root, {}), log: silentLog, optedOut: () => false, chance: () => 0 },
    publication: Publication.parse({
      ...{ id: "tiny", title: "Tiny", tagline: "A few rows.", category: "beauty", markets: ["de"] },
      sources: [{ source: "test" }],
    }),
    markets: [{ code: "de", languages: ["de"] }],
    variables: { LEAP_TEST_TOKEN: "canary-token-123", LEAP_TEST_USER_ID: "17" },
    parserOf: () => parserFile,
    now: () => new Date(Date.parse(at) + performance.now() - begun),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    fetch: globalThis.fetch,
    socket: (url) => new WebSocket(url),
  },
);
release();
process.stdout.write(gaps.join("\n"));
