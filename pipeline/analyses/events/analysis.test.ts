import { expect, test } from "vitest";
import type { AnalysisContext } from "../../core/types.ts";
import { openWarehouse } from "../../core/warehouse.ts";
import { analysis } from "./analysis.ts";

test("an edition marks the events of its own markets and weeks, those of its operator too, and no other publication's invented ones", async () => {
  const warehouse = await openWarehouse();
  try {
    await warehouse.execute(`
      create table run as select 'mine' as publication, date '2026-11-15' as week_end;
      create table posts as select timestamp '2026-01-05' as posted_at;
      create table pub_markets as select * from (values ('de', 'target'), ('kr', 'home'), ('zz', 'unassigned')) m (market, role);
      create table ref_events as select * from (values
        ('sale', 'A sale', 'de', date '2026-03-01', 'calendar', null, 'Sale'),
        ('sale', 'A sale', 'fr', date '2026-03-01', 'calendar', null, 'Sale'),
        ('feast', 'A feast', 'kr', date '2026-09-25', 'calendar', null, null),
        ('before', 'Too early', 'de', date '2025-12-31', 'calendar', null, 'Early'),
        ('after', 'Too late', 'de', date '2026-11-16', 'calendar', null, 'Late'),
        ('ours', 'Invented for us', 'de', date '2026-04-01', 'synthetic', 'mine', 'Ours'),
        ('theirs', 'Invented for others', 'de', date '2026-04-01', 'synthetic', 'theirs', 'Theirs')
      ) e (event, title, market, date, source, publication, label);
      create table public_events as select * from (values
        ('fair', 'de', date '2026-05-11', 'A fair', 'https://example.org/fair', 'imported'),
        ('sale', 'de', date '2026-03-02', 'The sale again', 'https://example.org/sale', 'imported'),
        ('next', 'de', date '2026-12-01', 'Too late', 'https://example.org/next', 'imported')
      ) p (event, market, day, title, url, provenance)`);
    const { events = [] } = await analysis.run({
      warehouse,
      run: { edition: "2026-W47" },
    } as unknown as AnalysisContext);
    expect(
      events.map((row) => [row["event"], row["market"], row["day"], row["label"], row["provenance"]]),
    ).toEqual([
      ["fair", "de", "2026-05-11", "A fair", "imported"],
      ["feast", "kr", "2026-09-25", "A feast", "observed"],
      ["ours", "de", "2026-04-01", "Ours", "synthetic"],
      ["sale", "de", "2026-03-01", "Sale", "observed"],
    ]);
  } finally {
    warehouse.close();
  }
});
