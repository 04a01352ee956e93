// Counts what became of every row that came in. A row that is neither kept, nor a duplicate, nor set aside is a lost row, and stops the run.
import { LeapError } from "../core/errors.ts";
import type { Receipt, Source } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";

/** What became of the rows about posts of one receipt: received = kept + duplicates + quarantined + later + withdrawn. */
export interface ReceiptCount {
  readonly receipt: string;
  readonly source: string;
  readonly received: number;
  /** Rows that became posts: the receipt holds their latest sight. */
  readonly kept: number;
  /** Rows that were another sight of a post. */
  readonly duplicates: number;
  readonly quarantined: number;
  /** Rows about posts after the clock of the run; they belong to a later edition. */
  readonly later: number;
  /** Rows that were taken out of bronze since: deleted upstream, erased, opted out. */
  readonly withdrawn: number;
}

/** Counts per receipt, in the receipts' order. Throws a LeapError when rows were lost or appeared. */
export async function receiptCounts(
  warehouse: OpenWarehouse,
  receipts: readonly Receipt[],
  sources: readonly Pick<Source, "id" | "counted">[],
  /** Rows per receipt that were left out when authors got their keys, since those had opted out. */
  leftOut: ReadonlyMap<string, number> = new Map(),
): Promise<ReceiptCount[]> {
  const rows = await warehouse.query<{ receipt: string; accepted: number; later: number; kept: number }>(`
    with sights as (
      select receipt, count(*) as accepted, count(*) filter (after_clock) as later from int_post_sights group by receipt
    ),
    kept as (select receipt, count(*) as kept from posts group by receipt)
    select receipt, accepted, later, coalesce(kept, 0) as kept from sights left join kept using (receipt)`);
  const byReceipt = new Map(rows.map((row) => [row.receipt, row]));
  const counts = receipts.map((receipt) =>
    countOf(
      receipt,
      sources.find((source) => source.id === receipt.source)?.counted ?? [],
      byReceipt.get(receipt.id),
      leftOut.get(receipt.id) ?? 0,
    ),
  );
  const [seen] = await warehouse.query<{ duplicates: number; posts: number }>(
    "select coalesce(sum(times_seen - 1), 0) as duplicates, count(*) as posts from posts",
  );
  const total = (key: "duplicates" | "kept") => counts.reduce((sum, count) => sum + count[key], 0);
  if (total("duplicates") !== seen?.duplicates || total("kept") !== seen.posts)
    throw new LeapError(
      `invalid counts: ${seen?.posts} posts with ${seen?.duplicates} duplicates, but the receipts account for ${total("kept")} and ${total("duplicates")}. Rows were lost between bronze and posts.`,
    );
  return counts;
}

function countOf(
  receipt: Receipt,
  things: readonly string[],
  found: { accepted: number; later: number; kept: number } | undefined,
  leftOut: number,
): ReceiptCount {
  const sum = (field: "received" | "kept" | "quarantined" | "withdrawn") =>
    things.reduce((total, thing) => total + (receipt.things[thing]?.[field] ?? 0), 0);
  const thing = {
    received: sum("received"),
    kept: sum("kept"),
    quarantined: sum("quarantined"),
    withdrawn: sum("withdrawn"),
  };
  const { accepted, later, kept } = found ?? { accepted: 0, later: 0, kept: 0 };
  if (
    accepted + leftOut !== thing.kept ||
    thing.received !== thing.kept + thing.quarantined + thing.withdrawn
  )
    throw new LeapError(
      `invalid receipt: ${receipt.id}: ${thing.received} rows received, ${thing.kept} kept, ${thing.quarantined} quarantined and ${thing.withdrawn} withdrawn, but ${accepted} reached the models. Remove its folder and collect again.`,
    );
  return {
    receipt: receipt.id,
    source: receipt.source,
    received: thing.received,
    kept,
    duplicates: accepted - later - kept,
    quarantined: thing.quarantined,
    later,
    withdrawn: thing.withdrawn + leftOut,
  };
}
