// Tables that models read whether or not a source of the publication stages them: without such a source they are empty, not missing.
import { stagedFollowers } from "../accounts/follower-row.ts";
import { collectorTables } from "./collector-tables.ts";

const V = "VARCHAR";
const AMOUNT = "DECIMAL(18,6)";
const from = { provenance: V, receipt: V };

/** `all_<thing>` → its columns and their DuckDB types, as `stg_<source>__<thing>` names them. */
export const stagedTables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  all_followers: stagedFollowers,
  ...collectorTables,
  /** What people look for outside social media: one row a series and day. */
  all_signals: {
    source: V,
    market: V,
    kind: V,
    term: V,
    series: V,
    day: "DATE",
    value: AMOUNT,
    /** What the value is a part of, where the source says it. */
    out_of: AMOUNT,
    unit: V,
    collected_at: "TIMESTAMP",
    ...from,
  },
  /** Units of a currency for one euro, by day. */
  all_rates: { source: V, day: "DATE", currency: V, rate: V, collected_at: "TIMESTAMP", ...from },
  all_orders: {
    source: V,
    order_id: V,
    ordered_at: "TIMESTAMP",
    market: V,
    sku: V,
    brand: V,
    quantity: "BIGINT",
    price: AMOUNT,
    currency: V,
    channel: V,
    coupon: V,
    customer_key: V,
    exported_on: "DATE",
    ...from,
  },
  all_campaigns: {
    source: V,
    campaign_id: V,
    name: V,
    market: V,
    channel: V,
    starts_on: "DATE",
    ends_on: "DATE",
    spend: AMOUNT,
    currency: V,
    impressions: "BIGINT",
    clicks: "BIGINT",
    creators: "VARCHAR[]",
    exported_on: "DATE",
    ...from,
  },
  all_experiments: {
    source: V,
    experiment_id: V,
    name: V,
    market: V,
    arm: V,
    unit_kind: V,
    units: "BIGINT",
    conversions: "BIGINT",
    revenue: AMOUNT,
    currency: V,
    starts_on: "DATE",
    ends_on: "DATE",
    exported_on: "DATE",
    ...from,
  },
  /** Public events that an operator lists; a null market is every market. */
  all_events: {
    source: V,
    event: V,
    market: V,
    day: "DATE",
    until: "DATE",
    title: V,
    kind: V,
    url: V,
    exported_on: "DATE",
    ...from,
  },
};
