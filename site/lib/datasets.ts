// What the contract says of a dataset, for pages that treat all datasets alike.
import { catalogue, type DatasetId } from "../../data/contract/catalogue.ts";
import { type Column, columnsOf, type Dataset } from "../../data/contract/dataset.ts";

export const datasetFor = (id: DatasetId): Dataset => catalogue[id] as unknown as Dataset;

export const dictionaryOf = (id: DatasetId): Column[] => columnsOf(datasetFor(id));

/** Pages that print a dataset, as words and addresses. */
export const usedBy: Readonly<Record<DatasetId, readonly (readonly [string, string])[]>> = {
  market_weeks: [["Market reports", "/markets/"]],
  sentiment: [["Market reports", "/markets/"]],
  themes: [["Market reports", "/markets/"]],
  trends: [
    ["Trends", "/trends/"],
    ["Market reports", "/markets/"],
  ],
  term_weeks: [
    ["Trends", "/trends/"],
    ["Market reports", "/markets/"],
  ],
  term_variants: [["Trends", "/trends/"]],
  spikes: [["Trends", "/trends/"]],
  forecasts: [
    ["Trends", "/trends/"],
    ["Market reports", "/markets/"],
  ],
  forecast_backtests: [["Trends", "/trends/"]],
  demand_signals: [
    ["Signals", "/signals/"],
    ["Market reports", "/markets/"],
  ],
  share_of_voice: [["Market reports", "/markets/"]],
  brand_weeks: [["Market reports", "/markets/"]],
  emv: [],
  engagement: [["Market reports", "/markets/"]],
  engagement_tiers: [["Creators", "/creators/"]],
  creators: [
    ["Creators", "/creators/"],
    ["Market reports", "/markets/"],
  ],
  creator_signals: [["Creators", "/creators/"]],
  creator_weeks: [["Creators", "/creators/"]],
  creator_formats: [["Creators", "/creators/"]],
  creator_topics: [["Creators", "/creators/"]],
  content_quality: [["Creators", "/creators/"]],
  content_rubric: [["Creators", "/creators/"]],
  claim_hits: [["Market reports", "/markets/"]],
  audits: [["Creators", "/creators/"]],
  predictions: [["Creators", "/creators/"]],
  prediction_calibration: [["Creators", "/creators/"]],
  market_entry: [["Markets", "/markets/"]],
  market_entry_components: [["Market reports", "/markets/"]],
  market_budget: [["Market reports", "/markets/"]],
  events: [["Market reports", "/markets/"]],
  exchange_rates: [["Signals", "/signals/"]],
  knowledge: [["Knowledge", "/knowledge/"]],
  coverage_weeks: [
    ["Status", "/status/"],
    ["Market reports", "/markets/"],
  ],
  collections: [["Status", "/status/"]],
  collection_limits: [["Status", "/status/"]],
  incidents: [["Status", "/status/"]],
  metrics: [
    ["Methods", "/methods/"],
    ["every page", "/"],
  ],
  accuracy: [["Accuracy", "/methods/accuracy/"]],
  accuracy_cases: [["Accuracy", "/methods/accuracy/"]],
  accuracy_published: [["Accuracy", "/methods/accuracy/"]],
  accuracy_confusions: [["Accuracy", "/methods/accuracy/"]],
  findings: [["every report", "/markets/"]],
  changes: [["every report", "/markets/"]],
  receipts: [["Status", "/status/"]],
  analyses: [["Status", "/status/"]],
  readings: [["Status", "/status/"]],
  translations: [["Market reports", "/markets/"]],
  // Their pages are there only when there are requests; the checker leads to them.
  requests: [["Checker", "/checker/"]],
  request_issues: [["Checker", "/checker/"]],
  request_variants: [["Checker", "/checker/"]],
  checks: [["Status", "/status/"]],
};

/** Its title, or null when there is no such dataset. */
export const datasetTitle = (id: string): string | null =>
  id in catalogue ? datasetFor(id as DatasetId).title : null;

/** The contract marks code with backticks; prose on a page shows none. */
export const withoutTicks = (text: string): string => text.replaceAll("`", "");
