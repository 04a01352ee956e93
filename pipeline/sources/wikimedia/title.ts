// Titles of articles as addresses want them.

/** As the wiki itself writes it: underscores for spaces, composed characters, and a capital first letter where the project has one. */
export function articleTitle(project: string, title: string): string {
  const plain = title
    .normalize("NFC")
    .trim()
    .replace(/[\s_]+/g, "_");
  if (project.endsWith(".wiktionary")) return plain;
  const [first = ""] = plain;
  const capital = first.toUpperCase();
  // ß has no single capital, and the wiki leaves such letters alone.
  return [...capital].length === 1 ? capital + plain.slice(first.length) : plain;
}

/** Every character that could mean something in an address is encoded, the slash of `AC/DC` too. */
export const addressTitle = (title: string): string =>
  encodeURIComponent(title).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
