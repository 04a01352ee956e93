// The built site as readers, subscribers and analysts meet it. Built once; see built-site.ts for how to name one that is there.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { launchBrowser } from "./browser.ts";
import { type BuiltSite, builtSite } from "./built-site.ts";
import { checkerCases } from "./checker.cases.ts";
import { dataCases } from "./data.cases.ts";
import { feedCases } from "./feeds.cases.ts";
import { knowledgeCases } from "./knowledge.cases.ts";
import { linkCases } from "./links.cases.ts";
import { modelCases } from "./model.cases.ts";
import { plantedCases } from "./planted.cases.ts";
import { readingCases } from "./reading.cases.ts";
import { repeatCases } from "./repeat.cases.ts";
import { requestCases } from "./requests.cases.ts";
import { searchCases } from "./search.cases.ts";
import { type StaticServer, serve } from "./server.ts";
import { statusCases } from "./status.cases.ts";

/** What a case may look at; filled before the first one runs. */
export interface Visit {
  site: BuiltSite;
  server: StaticServer;
  browser: Browser;
}

const visit = {} as Visit;

beforeAll(async () => {
  visit.site = await builtSite();
  visit.server = await serve(visit.site.dist);
  visit.browser = await launchBrowser();
}, 600_000);

afterAll(async () => {
  await visit.browser?.close();
  await visit.server?.close();
});

describe("planted", () => plantedCases(visit));
describe("repeat", () => repeatCases(visit));
describe("links", () => linkCases(visit));
describe("data", () => dataCases(visit));
describe("status", () => statusCases(visit));
describe("knowledge", () => knowledgeCases(visit));
describe("models", () => modelCases(visit));
describe("requests", () => requestCases(visit));
describe("feeds", () => feedCases(visit));
describe("reading", () => readingCases(visit));
describe("search", () => searchCases(visit));
describe("checker", () => checkerCases(visit));
