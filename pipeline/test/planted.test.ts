// The sample's planted truths, found on the real line: generator → bronze → models → analyses. Built once for all of them; each analysis keeps its cases.
import { beforeAll, describe } from "vitest";
import { analysis as authenticity } from "../analyses/authenticity/analysis.ts";
import { plantedAudits } from "../analyses/authenticity/planted.cases.ts";
import { analysis as coverage } from "../analyses/coverage/analysis.ts";
import { analysis as creators } from "../analyses/creators/analysis.ts";
import { plantedCreators } from "../analyses/creators/planted.cases.ts";
import { analysis as sentiment } from "../analyses/sentiment/analysis.ts";
import { analysis as shareOfVoice } from "../analyses/share-of-voice/analysis.ts";
import { analysis as trends } from "../analyses/trends/analysis.ts";
import { plantedTrends } from "../analyses/trends/planted.cases.ts";
import type { Row } from "../core/types.ts";
import { analysedSample } from "./sample.ts";

let out: Readonly<Record<string, Row[]>> = {};
const sample = () => out;

beforeAll(async () => {
  out = await analysedSample([trends, shareOfVoice, coverage, sentiment, creators, authenticity]);
}, 300_000);

describe("trends", () => plantedTrends(sample));
describe("creators", () => plantedCreators(sample));
describe("audits", () => plantedAudits(sample));
