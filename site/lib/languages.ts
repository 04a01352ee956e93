// Names of languages and countries for readers.
const names = new Intl.DisplayNames("en", { type: "language" });

/** `de` → `German`; `und` → `Any language`. */
export const languageName = (code: string): string =>
  code === "und" || code === "" ? "Any language" : (names.of(code) ?? code);
