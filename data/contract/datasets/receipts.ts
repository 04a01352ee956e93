// What came in: every file or API run behind the edition.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const receipts = defineDataset("receipts", {
  title: "Receipts",
  description: "Source, time, bytes, checksum and row counts of everything the edition was computed from.",
  grain: "One row per edition and receipt.",
  key: ["edition", "receipt"],
  version: "1.1.0",
  limits: ["received = kept + duplicates + quarantined + withdrawn, over each receipt."],
  columns: {
    edition: c.edition,
    receipt: c.id("Receipt."),
    source: c.id("Source."),
    collected_at: z.iso.datetime().meta({ description: "When it was collected.", unit: "UTC" }),
    files: c.count("Files.", "files"),
    bytes: c.count("Bytes.", "bytes"),
    sha256: c.text("Checksum over the checksums of its files."),
    received: c.count("Rows received.", "rows"),
    kept: c.count("Rows that became posts.", "rows"),
    duplicates: c.count("Rows that were another sight of a post.", "rows"),
    quarantined: c.count("Rows set aside, with a reason.", "rows"),
    withdrawn: c
      .count(
        "Rows taken out since: deleted upstream, erased, opted out. Null in editions before 1.1.0.",
        "rows",
      )
      .nullable(),
    licence_note: c.text("What may be done with it."),
    provenance: c.provenance,
  },
});
