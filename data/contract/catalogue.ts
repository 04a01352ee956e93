// The catalogue: every dataset we promise, in the order readers see them. A line here is a public promise.
import { accuracy, accuracyCases, accuracyConfusions, accuracyPublished } from "./datasets/accuracy.ts";
import { analyses } from "./datasets/analyses.ts";
import { audits } from "./datasets/audits.ts";
import { brandWeeks } from "./datasets/brand_weeks.ts";
import { changes } from "./datasets/changes.ts";
import { checks } from "./datasets/checks.ts";
import { claimHits } from "./datasets/claim_hits.ts";
import { collectionLimits, collections, incidents } from "./datasets/collections.ts";
import { contentQuality } from "./datasets/content_quality.ts";
import { contentRubric } from "./datasets/content_rubric.ts";
import { coverageWeeks } from "./datasets/coverage_weeks.ts";
import { creatorFormats } from "./datasets/creator_formats.ts";
import { creatorSignals } from "./datasets/creator_signals.ts";
import { creatorTopics } from "./datasets/creator_topics.ts";
import { creatorWeeks } from "./datasets/creator_weeks.ts";
import { creators } from "./datasets/creators.ts";
import { demandSignals } from "./datasets/demand_signals.ts";
import { emv } from "./datasets/emv.ts";
import { engagement } from "./datasets/engagement.ts";
import { engagementTiers } from "./datasets/engagement_tiers.ts";
import { events } from "./datasets/events.ts";
import { exchangeRates } from "./datasets/exchange_rates.ts";
import { findings } from "./datasets/findings.ts";
import { forecastBacktests } from "./datasets/forecast_backtests.ts";
import { forecasts } from "./datasets/forecasts.ts";
import { knowledge } from "./datasets/knowledge.ts";
import { marketBudget } from "./datasets/market_budget.ts";
import { marketEntry } from "./datasets/market_entry.ts";
import { marketEntryComponents } from "./datasets/market_entry_components.ts";
import { marketWeeks } from "./datasets/market_weeks.ts";
import { metrics } from "./datasets/metrics.ts";
import { predictionCalibration } from "./datasets/prediction_calibration.ts";
import { predictions } from "./datasets/predictions.ts";
import { readings } from "./datasets/readings.ts";
import { receipts } from "./datasets/receipts.ts";
import { requestIssues, requests, requestVariants } from "./datasets/requests.ts";
import { sentiment } from "./datasets/sentiment.ts";
import { shareOfVoice } from "./datasets/share_of_voice.ts";
import { spikes } from "./datasets/spikes.ts";
import { termVariants } from "./datasets/term_variants.ts";
import { termWeeks } from "./datasets/term_weeks.ts";
import { themes } from "./datasets/themes.ts";
import { translations } from "./datasets/translations.ts";
import { trends } from "./datasets/trends.ts";

export const catalogue = {
  market_weeks: marketWeeks,
  sentiment: sentiment,
  themes: themes,
  trends: trends,
  term_weeks: termWeeks,
  term_variants: termVariants,
  spikes: spikes,
  forecasts: forecasts,
  forecast_backtests: forecastBacktests,
  demand_signals: demandSignals,
  share_of_voice: shareOfVoice,
  brand_weeks: brandWeeks,
  emv: emv,
  engagement: engagement,
  engagement_tiers: engagementTiers,
  creators: creators,
  creator_signals: creatorSignals,
  creator_weeks: creatorWeeks,
  creator_formats: creatorFormats,
  creator_topics: creatorTopics,
  audits: audits,
  content_quality: contentQuality,
  content_rubric: contentRubric,
  claim_hits: claimHits,
  predictions: predictions,
  prediction_calibration: predictionCalibration,
  market_entry: marketEntry,
  market_entry_components: marketEntryComponents,
  market_budget: marketBudget,
  coverage_weeks: coverageWeeks,
  collections: collections,
  collection_limits: collectionLimits,
  incidents: incidents,
  events: events,
  exchange_rates: exchangeRates,
  knowledge: knowledge,
  metrics: metrics,
  accuracy: accuracy,
  accuracy_cases: accuracyCases,
  accuracy_published: accuracyPublished,
  accuracy_confusions: accuracyConfusions,
  findings: findings,
  translations: translations,
  requests: requests,
  request_issues: requestIssues,
  request_variants: requestVariants,
  changes: changes,
  receipts: receipts,
  analyses: analyses,
  readings: readings,
  checks: checks,
} as const;

export type DatasetId = keyof typeof catalogue;
export const datasetIds = Object.keys(catalogue) as DatasetId[];
