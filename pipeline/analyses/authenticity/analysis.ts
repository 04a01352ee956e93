// Bot percentage and follower quality of creators whose followers somebody sampled. Without a sample there is no row, and no guess.
import type { Provenance, Reason } from "../../../data/contract/columns.ts";
import { minimumPosts } from "../../../data/contract/columns.ts";
import type { Account } from "../../accounts/account.ts";
import { type Classifier, openClassifier } from "../../accounts/classifier.ts";
import { LeapError } from "../../core/errors.ts";
import type { Analysis, Row, RunClock } from "../../core/types.ts";
import { type BotShare, botShare } from "./bot-share.ts";

/** Followers below which no share is printed: the rule of every rate. */
export const fewestFollowers = minimumPosts;
/** Days after which a sample is too old: half a year, in which one purchase may double an account. */
export const longestAgeDays = 182;
/** Weight of the profile fields that a sample must have: with less, most accounts are judged by the prior. */
export const leastCoverage = 0.4;

export const analysis: Analysis = {
  id: "authenticity",
  version: "1.0.0",
  reads: ["run", "follower_samples"],
  writes: ["audits", "metrics"],
  async run({ warehouse, run, previous, random }) {
    const followers = await warehouse.query<Row & Follower>("select * from follower_samples order by all");
    if (followers.length === 0) return { audits: [], metrics: [] };
    const classifier = openClassifier();
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    const audits = [...Map.groupBy(followers, ({ creator }) => creator)].map(([creator, sample]) =>
      auditRow(run, sample, classifier, random(`authenticity:${creator}`)),
    );
    return { audits, metrics: audits.flatMap((audit) => metricRows(run, audit, before, analysis.version)) };
  },
};

interface Follower extends Account {
  readonly creator: string;
  readonly market: string;
  readonly auditor: string;
  readonly audited_on: string;
  readonly consent: string;
  readonly provenance: Provenance;
}

type AuditRow = ReturnType<typeof auditRow>;

function auditRow(run: RunClock, sample: readonly Follower[], classifier: Classifier, random: () => number) {
  const { creator, market, auditor, audited_on, consent, provenance } = sample[0] as Follower;
  const judged = sample.map((follower) => classifier.judge(follower));
  const estimate = botShare(judged, classifier, random);
  if (estimate === null)
    throw new LeapError(
      `invalid weights: by its own error rates ${classifier.model} ${classifier.version} tells no fake from a genuine account. Fit it anew with leap train authenticity, or set LEAP_WEIGHTS=shipped.`,
    );
  const reason = reasonOf(run, audited_on, estimate);
  const percent = (share: number): number | null => (reason === null ? 100 * share : null);
  const quality = (share: number): number | null => (reason === null ? 100 * (1 - share) : null);
  return {
    edition: run.edition,
    creator,
    market,
    auditor,
    audited_on,
    consent,
    n: estimate.n,
    flagged: estimate.flagged,
    raw_percentage: percent(estimate.flagged / estimate.n),
    bot_percentage: percent(estimate.share),
    bot_percentage_low: percent(estimate.low),
    bot_percentage_high: percent(estimate.high),
    follower_quality: quality(estimate.share),
    follower_quality_low: quality(estimate.high),
    follower_quality_high: quality(estimate.low),
    expected_percentage: percent(estimate.expected),
    found_share: reason === null ? estimate.truePositives : null,
    false_alarm_share: reason === null ? estimate.falsePositives : null,
    coverage: estimate.coverage,
    classifier: `${classifier.model} ${classifier.version}`,
    classifier_basis: classifier.model === "scorecard" ? ("scorecard" as const) : ("fitted" as const),
    reason,
    provenance,
  };
}

function reasonOf(run: RunClock, auditedOn: string, { n, coverage }: BotShare): Reason | null {
  if (n < fewestFollowers) return "too_few";
  if (coverage < leastCoverage) return "not_collected";
  return Date.parse(run.as_of) - Date.parse(auditedOn) > longestAgeDays * 86_400_000 ? "stale" : null;
}

function metricRows(
  run: RunClock,
  audit: AuditRow,
  before: ReadonlyMap<unknown, unknown>,
  version: string,
): Row[] {
  const row = (metric: "bot_percentage" | "follower_quality", unit: string) => {
    const id = `${metric}:${audit.market}:${audit.creator}`;
    return {
      edition: run.edition,
      metric_id: id,
      metric,
      market: audit.market,
      entity: audit.creator,
      period_start: audit.audited_on,
      period_end: audit.audited_on,
      value: audit[metric],
      low: audit[`${metric}_low`],
      high: audit[`${metric}_high`],
      text_value: null,
      unit,
      n: audit.n,
      previous_value: before.get(id) ?? null,
      reason: audit.reason,
      method_version: version,
      provenance: audit.provenance,
    };
  };
  return [row("bot_percentage", "%"), row("follower_quality", "points 0-100")];
}
