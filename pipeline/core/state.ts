// Where a publication keeps what it collected and computed. One place for the names of folders, so that nobody spells them twice.
import { join, resolve } from "node:path";

export interface StatePaths {
  /** `data/state/<publication>`, or what `--state` says. */
  readonly root: string;
  readonly bronze: string;
  readonly warehouse: string;
  readonly cache: string;
  readonly published: string;
}

/** Paths of a publication's state. `root` replaces `data/state/<publication>` under the working directory. */
export function statePaths(publication: string, root?: string): StatePaths {
  const folder = resolve(root ?? join("data", "state", publication));
  return {
    root: folder,
    bronze: join(folder, "bronze"),
    warehouse: join(folder, "warehouse"),
    cache: join(folder, "cache"),
    published: join(folder, "published"),
  };
}

/** The database of one edition. */
export const warehouseFile = (state: StatePaths, edition: string): string =>
  join(state.warehouse, `${edition}.duckdb`);

/** The folder of one receipt. */
export const receiptFolder = (state: StatePaths, source: string, receipt: string): string =>
  join(state.bronze, source, receipt);
