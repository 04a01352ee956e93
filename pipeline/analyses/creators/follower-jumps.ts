// Weeks in which an account gained followers out of proportion to its own past, and whether anything visible explains them.
import { median } from "../../stats/median.ts";
import { robustScale, robustZ } from "../../stats/robust-z.ts";

/** Robust z of the weekly change of log followers above which a week is a jump. */
export const jumpZ = 5;
/**
 * Least spread of weekly changes. Platforms round follower counts to three digits, steps of up to 1 %; with this floor a jump is
 * never under 1.25 % a week.
 */
export const spreadFloor = 0.0025;
/** A post is viral above this multiple of the account's median engagement. */
export const viralMultiple = 5;
export const viralDays = 7;
/** Weekly changes below which the usual change is not known. */
export const minimumChanges = 12;
/** Weeks in which jumps count. */
export const countedWeeks = 52;
/** Points lost per share of unexplained weeks: at 5 % nothing is left. */
export const severity = 20;

const week = 7 * 86_400_000;

export interface Snapshot {
  readonly collected_at: string;
  readonly followers: number;
}

export interface FollowerWeek {
  /** Monday. */
  readonly week: string;
  readonly followers: number;
  readonly collected_at: string;
  /** Collection before this one; null for the first. */
  readonly since: string | null;
  /** Followers gained or lost since; null for the first. */
  readonly change: number | null;
  readonly jump: boolean;
  /** Null when there was no jump. */
  readonly explained: boolean | null;
}

export interface Explanation {
  readonly posts: readonly { readonly posted_at: string; readonly engagement: number | null }[];
  /** Days of known events in the creator's market, ISO. */
  readonly events: readonly string[];
}

/**
 * One row per week with a count, the one nearest to its end: a count of Monday morning closes the week before. A change over a gap of several weeks is spread evenly over them, because the week in
 * which it fell cannot be seen.
 */
export function followerWeeks(snapshots: readonly Snapshot[], explanation: Explanation): FollowerWeek[] {
  const last = countsAtWeekEnds(snapshots);
  const steps = last.map((snapshot, index) => stepOf(last[index - 1], snapshot));
  const changes = steps.flatMap((step) => step ?? []);
  const usual = changes.length >= minimumChanges ? robustScale(changes) : null;
  const viral = viralTimes(explanation.posts);
  return last.map((snapshot, index) => {
    const before = last[index - 1];
    const step = steps[index] ?? null;
    const jump = step !== null && usual !== null && robustZ(step, usual, spreadFloor) > jumpZ;
    return {
      week: weekClosedBy(snapshot),
      followers: snapshot.followers,
      collected_at: snapshot.collected_at,
      since: before?.collected_at ?? null,
      change: before ? snapshot.followers - before.followers : null,
      jump,
      explained: jump && before ? isExplained(before, snapshot, viral, explanation.events) : null,
    };
  });
}

export interface GrowthIntegrity {
  readonly value: number;
  readonly weeks: number;
  readonly jumps: number;
  readonly unexplained: number;
}

/**
 * 100 · max(0, 1 − 20 · unexplained weeks / observed weeks) over the weeks from `from` on. With weekly counts a week stands for its
 * seven days: which of them jumped cannot be seen, so all seven count, and the shares of days and of weeks are the same.
 * Null with fewer than `minimumChanges` weeks.
 */
export function growthIntegrity(weeks: readonly FollowerWeek[], from: string): GrowthIntegrity | null {
  const observed = weeks.filter((row) => row.week >= from && row.change !== null);
  if (observed.length < minimumChanges) return null;
  const jumps = observed.filter((row) => row.jump).length;
  const unexplained = observed.filter((row) => row.jump && row.explained === false).length;
  return {
    value: integrityOf(unexplained / observed.length),
    weeks: observed.length,
    jumps,
    unexplained,
  };
}

export const integrityOf = (unexplainedShare: number): number =>
  100 * Math.max(0, 1 - severity * unexplainedShare);

export function mondayOf(instant: string): string {
  const time = Date.parse(instant);
  const day = (new Date(time).getUTCDay() + 6) % 7;
  return new Date(time - day * 86_400_000).toISOString().slice(0, 10);
}

function countsAtWeekEnds(snapshots: readonly Snapshot[]): Snapshot[] {
  const distance = (snapshot: Snapshot) =>
    Math.abs(Date.parse(snapshot.collected_at) - Date.parse(weekClosedBy(snapshot)) - week);
  const nearest = new Map<string, Snapshot>();
  const ordered = snapshots
    .filter(({ followers }) => followers > 0)
    .sort((a, b) => Date.parse(a.collected_at) - Date.parse(b.collected_at));
  for (const snapshot of ordered) {
    const closed = weekClosedBy(snapshot);
    const kept = nearest.get(closed);
    if (!kept || distance(snapshot) <= distance(kept)) nearest.set(closed, snapshot);
  }
  return [...nearest.values()];
}

/** Monday of the week whose end is nearest to the count. */
const weekClosedBy = ({ collected_at }: Snapshot): string =>
  mondayOf(new Date(Date.parse(collected_at) - week / 2).toISOString());

function stepOf(before: Snapshot | undefined, now: Snapshot): number | null {
  if (!before) return null;
  const span = Date.parse(weekClosedBy(now)) - Date.parse(weekClosedBy(before));
  return Math.log(now.followers / before.followers) / (span / week);
}

function viralTimes(posts: Explanation["posts"]): number[] {
  const visible = posts.flatMap((post) =>
    post.engagement === null ? [] : [{ ...post, engagement: post.engagement }],
  );
  if (visible.length === 0) return [];
  const threshold = viralMultiple * median(visible.map((post) => post.engagement));
  return visible.filter((post) => post.engagement > threshold).map((post) => Date.parse(post.posted_at));
}

/** A viral post within seven days before the count, or since the count before when that is longer ago; or an event in that span. */
function isExplained(
  before: Snapshot,
  now: Snapshot,
  viral: readonly number[],
  events: readonly string[],
): boolean {
  const end = Date.parse(now.collected_at);
  const start = Math.min(Date.parse(before.collected_at), end - viralDays * 86_400_000);
  const first = Date.parse(mondayOf(new Date(start).toISOString()));
  return (
    viral.some((time) => time > start && time <= end) ||
    events.some((day) => Date.parse(day) >= first && Date.parse(day) <= end)
  );
}
