// The words people use for a fake account and for a genuine one.
import { LeapError } from "../../core/errors.ts";
import type { Table } from "../../core/table.ts";

const fakeWords =
  /^(1|1\.0+|true|t|yes|y|fake|fakes|bot|bots|spam|spammer|spambot|automated|inauthentic|fraud|fraudulent)$/;
const realWords =
  /^(0|0\.0+|-1|-1\.0+|false|no|n|real|genuine|human|humans|legit|legitimate|authentic|organic|nonautomated|non-automated|not[ _-]?fake|not[ _-]?bot|not[ _-]?spam|r)$/;
/** A column of this name says yes to genuine accounts. */
const positiveColumn = /real|genuine|human|legit|authentic(?!ity)|organic/i;

export interface Labels {
  /** True for a fake account, one for each row; null where the row has no label. */
  readonly fake: readonly (boolean | null)[];
  readonly notes: readonly string[];
}

/** Throws LeapError on a label that is neither, with file, line and value. */
export function readLabels(table: Table, column: string): Labels {
  const inverted = positiveColumn.test(column) && !/fake|bot|spam|inauthentic|non|not/i.test(column);
  // An f beside t's is a false, an f beside r's is a fake.
  const letters = new Set(
    table.rows.map((row) =>
      String(row[column] ?? "")
        .trim()
        .toLowerCase(),
    ),
  );
  const fMeansFake = letters.has("f") && !letters.has("t");
  let unlabelled = 0;
  const fake = table.rows.map((row, index) => {
    const value = row[column];
    const word = String(value ?? "")
      .trim()
      .toLowerCase();
    if (word === "" || word === "nan" || word === "null") {
      unlabelled++;
      return null;
    }
    const isFake = word === "f" ? fMeansFake : fakeWords.test(word);
    if (!isFake && word !== "f" && !realWords.test(word))
      throw new LeapError(
        `invalid label: ${JSON.stringify(value).slice(0, 60)} in ${table.name}, line ${table.lines[index]}, column ${column}. A label says fake (1, true, fake, bot, spam) or genuine (0, false, real, human, genuine).`,
      );
    // "real" in a column called real says genuine; "1" and "yes" in it do, too.
    return inverted && /^(-?[01](\.0+)?|true|false|t|f|yes|no|y|n)$/.test(word) ? !isFake : isFake;
  });
  return {
    fake,
    notes: [
      ...(unlabelled > 0 ? [`${unlabelled} rows of ${table.name} have no label and were left out.`] : []),
      ...(inverted ? [`Column ${column} was read as saying yes to genuine accounts.`] : []),
    ],
  };
}
