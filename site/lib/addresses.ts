// Where things are on the site. Two addresses for everything: one that never changes and one that is always the latest.
import type { DatasetId } from "./data.ts";

export const home = "/";
export const editionSlug = (edition: string): string => edition.toLowerCase();
export const marketLatest = (market: string): string => `/markets/${market}/`;
export const marketDated = (market: string, edition: string): string =>
  `/markets/${market}/${editionSlug(edition)}/`;
export const trends = "/trends/";
export const signals = (market = ""): string => `/signals/${market && `#${market}`}`;
export const trend = (term: string): string => `/trends/${encodeURIComponent(term)}/`;
export const creator = (id: string): string => `/creators/${encodeURIComponent(id)}/`;
export const dataset = (id: DatasetId): string => `/data/${id}/`;
/** A file of a dataset as one edition published it, for good. */
export const dataFile = (id: DatasetId, edition: string, extension: string): string =>
  `/data/${id}/${editionSlug(edition)}/${id}.${extension}`;
/** `net_sentiment:de` → the page that defines it. */
export const method = (metricId: string): string => `/methods/${metricId.split(":")[0]}/`;
/** How right a part of the engine is: `/methods/accuracy/#sentiment`. */
export const accuracy = (part = ""): string => `/methods/accuracy/${part && `#${part}`}`;
/** A knowledge note; a passage of it behind `#`. */
export const knowledgeNote = (note: string): string => `/knowledge/${note}/`;
/** The code that computes a metric, as the edition was made with it. */
export const code = (path: string): string => `/methods/code/${path}/`;
/** What models are asked; one task of it. */
export const models = "/methods/models/";
export const modelTask = (task: string): string => `${models}${task}/`;
/** What the edition asked of models, and what it cost. */
export const modelTotals = "/status/#models";
/** A market's report in another language, as one edition has it, for good. */
export const marketIn = (market: string, edition: string, language: string): string =>
  `${marketDated(market, edition)}${language}/`;
export const marketLatestIn = (market: string, language: string): string =>
  `${marketLatest(market)}${language}/`;
/** What a badge means. */
export const state = (name: string): string => `/methods/#${name.replaceAll("_", "-")}`;
