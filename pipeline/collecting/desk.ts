// The desk: asks the live sources, each by its own plan, and keeps what it is owed: limits, waiting, checkpoints, receipts.
import type { Receipt } from "../core/types.ts";

/** `collect` of every live source: the desk calls `live` instead, so that no source owns a socket. */
export const collectedByDesk = (): Promise<Receipt[]> =>
  Promise.reject(
    new Error("a live source is collected by the desk (pipeline/collecting/desk.ts), not by itself"),
  );
