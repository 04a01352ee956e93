// Reads the ECB's list of reference rates: `Cube` in `Cube` in `Cube`, attributes in single quotes (or double ones, should that ever change). The
// file holds nothing else that we need, so its few tags are read as they stand and no entity is ever resolved.

export interface RateItem {
  readonly date: string;
  readonly currency: string;
  readonly rate: string;
}

/** Rates in the file's order, newest day first as the ECB prints them. Null when the text is no list, or breaks off. */
export function readRates(text: string): RateItem[] | null {
  const body = text.replace(/<!--.*?-->/gs, "");
  if (!/<(\w+:)?Envelope[\s>]/.test(body) || !/<\/(\w+:)?Envelope>\s*$/.test(body)) return null;
  const rates: RateItem[] = [];
  let date: string | null = null;
  for (const [, inside] of body.matchAll(/<(?:\w+:)?Cube\b([^>]*)>/g)) {
    const said = attributes(inside as string);
    if (said["time"] !== undefined) date = said["time"];
    const { currency, rate } = said;
    if (date !== null && currency !== undefined && rate !== undefined) rates.push({ date, currency, rate });
  }
  return rates;
}

const attributes = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([\w:]+)\s*=\s*(?:'([^']*)'|"([^"]*)")/g)].map(([, name, single, double]) => [
      name as string,
      (single ?? double ?? "").trim(),
    ]),
  );
