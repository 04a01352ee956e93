// What each source was asked for in each market, and what it gave: the collectors' own account of their work.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

const instant = (description: string) => z.iso.datetime().meta({ description, unit: "UTC" });

export const collections = defineDataset("collections", {
  title: "Collections",
  description:
    "Collections scheduled, done, missed and failed by source and market, the hours they saw and did not see, and what came in.",
  grain:
    "One row per edition, source, platform and market; a market that is “all” belongs to none, such as currencies.",
  key: ["edition", "source", "platform", "market"],
  version: "1.0.0",
  limits: [
    "Over the 13 complete weeks of the edition and the days from there to its clock; imported files have no schedule and no row.",
    "Counts that a source does not keep are null, not zero.",
    "Hours are seen or not seen by source; coverage_weeks counts an hour that two sources of a platform saw once.",
  ],
  columns: {
    edition: c.edition,
    source: c.id("Source, a folder in pipeline/sources."),
    platform: c.id("Platform the rows come from."),
    market: c.market,
    has_posts: c.flag("Whether the source brings posts; false for signals such as page views."),
    period_start: instant(
      "First instant of the period: that of the edition, or the first window of a source that began later.",
    ),
    period_end: instant(
      "Last instant of the period: up to it the source had been asked, or should have been.",
    ),
    every_hours: c.measure("Hours between two collections of the schedule, as seen.", "hours").nullable(),
    runs_scheduled: c.count(
      "Collections that the schedule asked for, those that nobody noticed included.",
      "runs",
    ),
    runs_succeeded: c.count("Collections that succeeded.", "runs"),
    runs_missed: c.count("Collections that did not begin: nobody ran the collector in their time.", "runs"),
    runs_failed: c.count("Collections that began and did not succeed.", "runs"),
    failures: z.array(z.string()).meta({
      description:
        "Why collections did not succeed, with how many, most first, such as `missed: 8` or `limit: 1`.",
    }),
    hours: c.measure("Hours of the period.", "hours"),
    hours_uncovered: c.measure("Hours of the period that no collection saw.", "hours"),
    hours_lost: c
      .measure(
        "Hours that no later collection can see any more, as the collectors themselves say.",
        "hours",
        "hours_lost",
      )
      .nullable(),
    pages_available: c.count("Result pages the source offered, where it says.", "pages").nullable(),
    pages_fetched: c.count("Result pages taken.", "pages").nullable(),
    requests: c.count("Requests sent.", "requests").nullable(),
    posts_received: c.count("Posts received, seen before or not.").nullable(),
    posts_repeated: c.count("Posts received more than once within a collection.").nullable(),
    quarantined: c.count("Rows set aside, with a reason.", "rows").nullable(),
    deleted_upstream: c.count("Posts removed because the platform says they are gone.").nullable(),
    targets_queued: c
      .count(
        "Things that waited for a limit when the last collection ended, such as the 31st hashtag.",
        "targets",
      )
      .nullable(),
    first_covered_at: instant("First instant of the period that a collection saw.").nullable(),
    last_covered_at: instant("Last instant that a collection saw.").nullable(),
    last_succeeded_at: instant("When the last successful collection was scheduled.").nullable(),
    provenance: c.provenance,
  },
});

export const collectionLimits = defineDataset("collection_limits", {
  title: "Limits of the sources",
  description: "What each source allows, what was used of it, what is left, and what had to wait.",
  grain: "One row per edition, source, limit and account, as the last collection left it.",
  key: ["edition", "source", "limit_id", "account"],
  version: "1.0.0",
  limits: [
    "Counted by ourselves before each request is sent; server_used_pct is what the server says, where it does.",
    "Accounts are the first 8 hex digits of a SHA-256.",
  ],
  columns: {
    edition: c.edition,
    source: c.id("Source, a folder in pipeline/sources."),
    limit_id: c.id("Limit."),
    title: c.text("What it limits, in words."),
    unit: c.text("What is counted, such as calls, units or hashtags."),
    account: c.id("Whose limit it is, hashed."),
    at: instant("When it was counted."),
    capacity: c.measure("What is allowed.", "units of the limit"),
    used: c.measure("What was used.", "units of the limit"),
    remaining: c.measure("What was left.", "units of the limit"),
    used_share: c.ratio("Used over allowed."),
    most_used_share: c.ratio("The highest share that any collection of the 13 weeks left behind."),
    resets_at: instant("When it is full again.").nullable(),
    server_used_pct: c.measure("Used, as the server counts.", "%").nullable(),
    queued: z.array(z.string()).meta({ description: "Things that wait for a place, such as hashtags." }),
  },
});

export const incidents = defineDataset("incidents", {
  title: "Incidents",
  description: "What went wrong while collecting, or what somebody should know, over 13 weeks.",
  grain: "One row per edition and incident, in time order; the same one within a collection is one row.",
  key: ["edition", "incident"],
  version: "1.0.0",
  limits: [
    "What an incident was about is named only where it is public: a hashtag, a search, an article, a creator on the registry. Posts and other people are not named.",
  ],
  columns: {
    edition: c.edition,
    incident: z.int().min(1).meta({ description: "Number within the edition, the oldest first." }),
    source: c.id("Source, a folder in pipeline/sources."),
    market: c.market.nullable(),
    at: instant("When it happened first."),
    last_at: instant("When it happened last in the same collection."),
    times: c.count("How often in the same collection.", "times"),
    kind: c.id(
      "Kind: retried, paused, stop_account, stop_target, configuration, breaker, queued, token_expires, lost, broken_answer, noted.",
    ),
    severity: z.enum(["info", "warning", "error"]).meta({
      description: "info: for the record; warning: something is missing; error: somebody has to act.",
    }),
    target: c.text("What it was about, such as hashtag:kbeauty.").nullable(),
    says: c.text("What happened, in words."),
    provenance: c.provenance,
  },
});
