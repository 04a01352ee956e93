// The `commerce` source: orders that an operator exports from a shop. In publication.yaml, or by leap import orders.csv --as orders:
//   - source: commerce
//     files:
//       - { file: orders.csv, date: 2026-11-01 }

import { asUuid, KEYED } from "../../core/key.ts";
import type { PersonalThing, Source } from "../../core/types.ts";
import { importSource } from "../../imports/import-source.ts";
import { orders } from "./sheet.ts";

/** A buyer is no account of any platform, and is erased as `customer:` and what the shop calls them. An order says nothing that expires. */
const buyer: PersonalThing = {
  subject: ({ customer_key }) => ({
    platform: "customer",
    author_id: typeof customer_key === "string" ? `${KEYED}${asUuid(customer_key)}` : null,
    author_handle: null,
    post_id: null,
  }),
  expired: (row) => row,
};

export const sheet = orders;
export const source: Source = {
  ...importSource("commerce", orders, new URL("./parser.ts", import.meta.url).href),
  people: { orders: buyer },
};
