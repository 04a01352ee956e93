// Files of a batch's results: JSON line by line, in any order, from servers that may break off. A line that cannot be read is a lost result.
import { LeapError } from "../../core/errors.ts";
import type { BatchedRequest, BatchResult } from "../types.ts";

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** The results of the lines; of two with the same id the first counts. `read` gives null for a line without a result. */
export function resultsOf(
  files: readonly string[],
  read: (line: Readonly<Record<string, unknown>>, id: string) => BatchResult | null,
): BatchResult[] {
  const results = new Map<string, BatchResult>();
  for (const file of files)
    for (const text of file.split("\n")) {
      const line = objectOf(text);
      const id = line?.["custom_id"];
      if (line === null || typeof id !== "string" || !ID.test(id) || results.has(id)) continue;
      const result = read(line, id);
      if (result !== null) results.set(id, result);
    }
  return [...results.values()];
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** @throws LeapError for a batch that no provider takes: empty, of two models, with ids that are not unique or not of the form. */
export function checkBatch(requests: readonly BatchedRequest[]): void {
  if (requests.length === 0) throw new LeapError("invalid batch: no requests. Hand over one at least.");
  const models = new Set(requests.map(({ request }) => request.model));
  if (models.size > 1)
    throw new LeapError(`invalid batch: ${[...models].join(", ")}. All requests of a batch ask one model.`);
  const ids = new Set<string>();
  for (const { id } of requests) {
    if (!ID.test(id) || ids.has(id))
      throw new LeapError(
        `invalid id in a batch: ${id}. Ids are unique and take letters, digits, - and _, 64 at most.`,
      );
    ids.add(id);
  }
}
