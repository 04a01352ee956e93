// Files that operators hand over overlap and correct each other; what the marts keep is what the latest says.
import { afterEach, expect, test } from "vitest";
import type { OpenWarehouse } from "../../core/warehouse.ts";
import { tinyWorld } from "../tiny-world.ts";

let warehouse: OpenWarehouse;
afterEach(() => warehouse.close());

test("orders and campaigns count as the latest file says and name nobody who left the registry; an event without a market is one of every market", async () => {
  const line = {
    source: "commerce",
    order_id: "A1",
    ordered_at: "2026-11-02T09:00:00Z",
    market: "de",
    sku: "S",
    quantity: 1,
    price: 9.9,
    currency: "EUR",
    exported_on: "2026-11-05",
    provenance: "imported",
    receipt: "r1",
  };
  const campaign = {
    source: "campaigns",
    campaign_id: "spring",
    name: "Spring",
    market: "de",
    channel: "instagram",
    starts_on: "2026-03-02",
    ends_on: "2026-03-29",
    spend: 100,
    currency: "EUR",
    creators: ["gone"],
    exported_on: "2026-11-05",
    provenance: "imported",
    receipt: "r1",
  };
  warehouse = await tinyWorld({
    posts: [{ post_id: "1", text: "Serum" }],
    staged: {
      all_orders: [
        line,
        { ...line, sku: "T" },
        { ...line, quantity: 2, exported_on: "2026-11-09", receipt: "r2" },
        { ...line, order_id: "A2", ordered_at: "2026-11-25T09:00:00Z" },
      ],
      all_campaigns: [campaign, { ...campaign, spend: 120, exported_on: "2026-11-09", receipt: "r2" }],
      all_events: [
        {
          source: "events",
          event: "fair",
          day: "2026-05-11",
          title: "Fair",
          kind: "fair",
          url: "https://example.org",
          exported_on: "2026-11-01",
          provenance: "imported",
          receipt: "r1",
        },
      ],
    },
  });
  expect(await warehouse.query("select order_id, sku, quantity from order_lines")).toEqual([
    { order_id: "A1", sku: "S", quantity: 2 },
  ]);
  expect(await warehouse.query("select spend, creators from campaigns")).toEqual([
    { spend: 120, creators: [] },
  ]);
  expect(await warehouse.query("select event, market from public_events")).toEqual([
    { event: "fair", market: "de" },
    { event: "fair", market: "fr" },
    { event: "fair", market: "kr" },
  ]);
});
