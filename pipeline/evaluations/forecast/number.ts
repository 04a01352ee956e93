// A cell as a number, as people write numbers into tables.

/** NaN where the cell holds none: empty, NA, a word. Understands `1,234.5`, `1.234,5` and a lone decimal comma. */
export function numberOf(cell: unknown): number {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : Number.NaN;
  if (typeof cell === "bigint") return Number(cell);
  if (typeof cell !== "string") return Number.NaN;
  const text = cell.trim();
  if (text === "") return Number.NaN;
  const plain = Number(text);
  if (!Number.isNaN(plain)) return Number.isFinite(plain) ? plain : Number.NaN;
  // Google Trends writes "<1" for what rounds to nothing.
  if (/^<\s*1$/.test(text)) return 0.5;
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(",", ""));
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(text)) return Number(text.replaceAll(".", "").replace(",", "."));
  if (/^-?\d+,\d+$/.test(text)) return Number(text.replace(",", "."));
  return Number.NaN;
}
