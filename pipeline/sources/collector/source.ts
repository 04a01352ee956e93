// The `collector` source: what the desk writes of its own work, one receipt a run. Declared by nobody: it is there wherever a live source is.
import { z } from "zod";
import { collectorThings } from "../../collecting/collector-rows.ts";
import type { Source } from "../../core/types.ts";

const Config = z.strictObject({});

export const source: Source<z.output<typeof Config>> = {
  id: "collector",
  title: "What the collector says of its own work",
  config: Config,
  things: collectorThings,
  counted: [],
  // The desk writes its receipts when it closes a run.
  collect: () => Promise.resolve([]),
};
