// How asking one question of a source can end.
import type { Answer } from "./types.ts";

export type Asked =
  /** `tries`: requests that were sent for it, this one included. */
  | { readonly is: "answer"; readonly answer: Answer; readonly tries: number }
  /** Not worth waiting for. */
  | { readonly is: "spared" }
  | { readonly is: "stop-target"; readonly why: string; readonly mark: string; readonly for_days?: number }
  | { readonly is: "account" | "configuration" | "breaker"; readonly why: string }
  /** May go well later in the run. */
  | { readonly is: "failed"; readonly why: string }
  /** A limit, or a pause that is too long to wait for. */
  | {
      readonly is: "limit";
      readonly why: string;
      readonly limit: string;
      readonly until: number;
      readonly key: string | null;
    }
  | { readonly is: "deadline"; readonly why: string };
