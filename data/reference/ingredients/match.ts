// Holds an ingredient list against Annex II and III of Regulation (EC) No 1223/2009, whatever the spelling. Pure: the browser runs it too.

export interface AnnexEntry {
  readonly annex: "II" | "III";
  readonly reference: string;
  readonly names: readonly string[];
  readonly cas: readonly string[];
  readonly limit: string;
  readonly products: string;
}

export interface IngredientTable {
  readonly entries: readonly AnnexEntry[];
  /** Folded name or CAS number → places in `entries`. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

export interface Listed {
  /** As written in the list. */
  readonly name: string;
  readonly entries: readonly AnnexEntry[];
}

export interface IngredientsFound {
  readonly read: number;
  readonly listed: readonly Listed[];
}

/** `annexes` and `spellings` are the CSV files of this folder. */
export function ingredientTable(annexes: string, spellings: string): IngredientTable {
  const entries = csv(annexes).map(
    ([annex, reference, names, cas, limit, products]): AnnexEntry => ({
      annex: annex === "II" ? "II" : "III",
      reference: reference ?? "",
      names: split(names),
      cas: split(cas),
      limit: limit ?? "",
      products: products ?? "",
    }),
  );
  const places = new Map<string, number[]>();
  const put = (key: string, place: number) => {
    const known = places.get(key);
    if (known === undefined) places.set(key, [place]);
    else if (!known.includes(place)) known.push(place);
  };
  const byCas = new Map<string, number[]>();
  entries.forEach(({ names, cas }, place) => {
    for (const name of names) put(foldName(name), place);
    for (const number of cas) {
      put(number, place);
      byCas.set(number, [...(byCas.get(number) ?? []), place]);
    }
  });
  for (const [inci = "", cas = "", also, ko, ja] of csv(spellings))
    for (const place of byCas.get(cas) ?? [])
      for (const name of [inci, ...split(also), ...split(ko), ...split(ja)])
        if (name !== "") put(foldName(name), place);
  places.delete("");
  return { entries, places };
}

/** Splits at commas, semicolons, bullets and line ends; a comma inside a name such as 1,2-Hexanediol does not split. */
export function ingredientsIn(list: string, table: IngredientTable): IngredientsFound {
  const names = list
    .normalize("NFKC")
    .replace(/^\s*(?:ingredients?|inhaltsstoffe|ingr[ée]dients?|zutaten|全成分|成分|전성분)\s*[:：]?/i, "")
    .split(/[;、•·\n]|,(?!\d)|,(?=\d{1,3}\s)/)
    .map((name) => name.trim().replace(/[.。]$/, ""))
    .filter((name) => name !== "");
  const listed: Listed[] = [];
  for (const name of names) {
    const places = [...new Set(spellingsOf(name).flatMap((spelling) => table.places.get(spelling) ?? []))];
    if (places.length > 0)
      listed.push({ name, entries: places.map((place) => table.entries[place] as AnnexEntry) });
  }
  return { read: names.length, listed };
}

/** The name, without its share, its brackets, and what stands in them: “Linalool* (0.01 %)”, “Aqua/Water”, “Parfum [Limonene]”. */
function spellingsOf(name: string): string[] {
  const bare = name.replace(/\(?\d+(?:[.,]\d+)?\s*(?:%|ppm|mg\/g)\)?/gi, " ").replace(/\*+/g, " ");
  const inner = [...bare.matchAll(/[([]([^)\]]+)[)\]]/g)].map((found) => found[1] as string);
  const outer = bare.replace(/[([][^)\]]*[)\]]/g, " ");
  const cas = name.match(/\b\d{2,7}-\d\d-\d\b/g) ?? [];
  return [...[name, bare, outer, ...outer.split("/"), ...inner].map(foldName), ...cas].filter(
    (word) => word !== "",
  );
}

/** One spelling for what INCI, British and hyphenated writings share. */
export function foldName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/sulph/g, "sulf")
    .replace(/aluminium/g, "aluminum")
    .replace(/caesium/g, "cesium")
    .replace(/alpha|α/g, "a")
    .replace(/beta|β/g, "b")
    .replace(/gamma|γ/g, "g")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

const split = (cell: string | undefined): string[] => (cell ?? "").split("|").filter((word) => word !== "");

/** Rows below the heading; quotes as RFC 4180 has them. */
function csv(text: string): string[][] {
  return text
    .split("\n")
    .slice(1)
    .filter((line) => line !== "")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) =>
        (cell[1] ?? cell[2] ?? "").replaceAll('""', '"'),
      ),
    );
}
