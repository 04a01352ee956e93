// The words of a status. Servers give them as HTML of a few elements, and other servers' statuses as whatever these sent.

/** Elements that end a line. */
const BREAKS = /<(?:br|\/p|\/div|\/li|\/blockquote|\/h[1-6]|\/pre)\b[^>]*>/gi;
const PARAGRAPHS = /<\/p>\s*<p\b[^>]*>/gi;
/** What stands between these is no text. */
const SILENT = /<(script|style|template)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const COMMENTS = /<!--[\s\S]*?(?:-->|$)/g;
/** A sign that opens nothing, as in `3 < 4`, is text. */
const ELEMENTS = /<\/?[a-z][^>]*(?:>|$)/gi;

/**
 * Plain text of a status. Paragraphs become blank lines, line breaks lines; addresses come whole, since what a page hides of them is only
 * hidden by its style. References are resolved once, and after the elements are gone: `&lt;b&gt;` is text that says `<b>`.
 */
export function textOf(html: string): string {
  return html
    .replace(SILENT, "")
    .replace(COMMENTS, "")
    .replace(PARAGRAPHS, "\n\n")
    .replace(BREAKS, "\n")
    .replace(ELEMENTS, "")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) =>
      decimal || hex
        ? character(Number.parseInt(decimal ?? hex, decimal ? 10 : 16))
        : (NAMED[String(name).toLowerCase()] ?? whole),
    )
    .replaceAll("\u00a0", " ")
    .trim();
}

/** Those that servers write; any other stays as it stands. */
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Control characters and halves of pairs are no text. */
function character(code: number): string {
  const isControl = (code < 32 && code !== 9 && code !== 10) || (code >= 127 && code < 160);
  if (isControl || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return "";
  return String.fromCodePoint(code);
}
