// Whether a line already says what its row says: then its bytes may stand for the row.
import type { Row, Standing } from "./types.ts";

/** Compares a row with the record it was made of, field by field. A field of neither kind is never in the row. */
export function createComparison(standing: Standing): (row: Row, record: Row) => boolean {
  const instants = new Set(standing.instants);
  const columns = Object.entries(standing.columns).map(([field, column]) => ({
    field,
    column,
    instant: instants.has(field),
  }));
  const constants = Object.entries(standing.constants);
  return (row, record) => {
    for (const { field, column, instant } of columns) {
      const said = row[field];
      const stood = record[column];
      if (said === stood || (said === undefined && stood === null)) continue;
      if (!(instant ? sameInstant(said, stood) : sameWords(said, stood))) return false;
    }
    for (const [field, constant] of constants) if (row[field] !== constant) return false;
    return true;
  };
}

const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const sameInstant = (said: unknown, stood: unknown): boolean =>
  typeof stood === "string" &&
  SECONDS.test(stood) &&
  typeof said === "string" &&
  said.length === 24 &&
  said.endsWith(".000Z") &&
  said.startsWith(stood.slice(0, 19));

const sameWords = (said: unknown, stood: unknown): boolean =>
  Array.isArray(said) &&
  Array.isArray(stood) &&
  said.length === stood.length &&
  said.every((word, index) => typeof word === "string" && word === stood[index]);
