// What countries are called in another language, so that “Allemagne” for “Germany” is no new name.

/** Names in `language` of the countries and regions that an English text names. */
export function placesIn(english: string, language: string): string[] {
  const local = new Intl.DisplayNames([language], { type: "region" });
  const found = regions().filter(({ name }) => english.includes(name));
  return [
    ...found.map(({ code }) => local.of(code) ?? code),
    // What the country is called besides its display name.
    ...found.flatMap(({ code }) => (code === "US" ? ["US", "USA"] : code === "GB" ? ["UK"] : [])),
  ];
}

let kept: { code: string; name: string }[] | null = null;

/** Every region that has an English name; built once. */
function regions(): { code: string; name: string }[] {
  if (kept) return kept;
  const english = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const letters = Array.from({ length: 26 }, (_, place) => String.fromCharCode(65 + place));
  kept = letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = english.of(code);
      return name ? [{ code, name }] : [];
    });
  return kept;
}
