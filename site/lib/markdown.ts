// Markdown of our own method files → HTML. A small subset, everything else escaped: Astro's own renderer would let markup,
// handlers and foreign pictures through.
//
// Known: headings, paragraphs, lists, tables, fenced code, rules, `code`, **strong**, *emphasis* or _emphasis_, [links](…).

import { escapeHtml } from "./html.ts";

/** Headings start at `<h2>`, because the page has its own title; the document's `# title` line is left out. */
export function markdownHtml(markdown: string): string {
  return blocksOf(markdown.replaceAll("\r\n", "\n").replace(/^---\n[\s\S]*?\n---\n/, ""))
    .map(blockHtml)
    .join("\n");
}

/** The text of the first `# heading`, or null. */
export function markdownTitle(markdown: string): string | null {
  return markdown.match(/^# +(.+)$/m)?.[1]?.trim() ?? null;
}

/** The first paragraph as plain words, without the word "Question." that method files open with; or null. */
export function markdownSummary(markdown: string): string | null {
  const first = blocksOf(markdown.replaceAll("\r\n", "\n")).find(
    (block) => !/^(#|\||[-*] |>|```|\d+[.)] )/.test(block),
  );
  const plain = first?.replace(/\s+/g, " ").replace(/[*`]|\[([^\]]+)\]\([^)]*\)/g, "$1");
  return plain?.replace(/^Question[.:] /, "") ?? null;
}

/** Blocks are separated by empty lines, except inside a code fence. */
function blocksOf(markdown: string): string[] {
  const blocks: string[] = [];
  let fenced = false;
  let current: string[] = [];
  const close = () => {
    if (current.length > 0) blocks.push(current.join("\n"));
    current = [];
  };
  for (const line of markdown.split("\n")) {
    const fence = line.startsWith("```");
    if (fence && !fenced) close();
    if (!fenced && (line.trim() === "" || /^#{1,6} /.test(line))) close();
    if (fenced || line.trim() !== "") current.push(line);
    if (!fenced && /^#{1,6} /.test(line)) close();
    if (fence) fenced = !fenced;
    if (fence && !fenced) close();
  }
  close();
  return blocks;
}

function blockHtml(block: string): string {
  const heading = block.match(/^(#{1,6}) +(.+)$/);
  if (heading) return headingHtml((heading[1] as string).length, heading[2] as string);
  if (block.startsWith("```")) {
    const code = block.split("\n").slice(1, -1).join("\n");
    return `<pre tabindex="0"><code>${escapeHtml(code)}</code></pre>`;
  }
  if (/^\|.*\|\s*\n\|[\s:|-]+\|/.test(block)) return tableHtml(block.split("\n"));
  if (/^(-{3,}|\*{3,})$/.test(block.trim())) return "<hr>";
  if (/^[-*] /.test(block)) return `<ul>${itemsHtml(block, /^[-*] +/)}</ul>`;
  if (/^\d+[.)] /.test(block)) return `<ol>${itemsHtml(block, /^\d+[.)] +/)}</ol>`;
  if (block.startsWith("> ")) return `<blockquote><p>${inline(block.replace(/^> ?/gm, ""))}</p></blockquote>`;
  return `<p>${inline(block)}</p>`;
}

function headingHtml(level: number, text: string): string {
  if (level === 1) return "";
  const id = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return `<h${level} id="${id}">${inline(text)}</h${level}>`;
}

function itemsHtml(block: string, bullet: RegExp): string {
  const items: string[] = [];
  for (const line of block.split("\n")) {
    if (bullet.test(line)) items.push(line.replace(bullet, ""));
    else items.push(`${items.pop() ?? ""}\n${line.trim().replace(/^[-*] /, "· ")}`);
  }
  return items.map((item) => `<li>${inline(item)}</li>`).join("");
}

function tableHtml(lines: string[]): string {
  const [head = [], , ...body] = lines.map((line) =>
    line
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll("\\|", "|")),
  );
  const numeric = (lines[1] ?? "")
    .trim()
    .slice(1, -1)
    .split("|")
    .map((rule) => rule.trim().endsWith(":"));
  const cell = (tag: string, text: string, column: number) =>
    `<${tag}${numeric[column] ? ' class="n"' : ""}>${inline(text)}</${tag.split(" ")[0]}>`;
  const headHtml = head.map((text, column) => cell('th scope="col"', text, column)).join("");
  const bodyHtml = body.map(
    (row) => `<tr>${row.map((text, column) => cell("td", text, column)).join("")}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="Table: ${escapeHtml(head[0] ?? "")}"><table><thead><tr>${headHtml}</tr></thead><tbody>${bodyHtml.join("")}</tbody></table></div>`;
}

/** Code spans first, so that nothing inside them is read as markup. */
function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith("`") && part.endsWith("`") && part.length > 2
        ? `<code>${escapeHtml(part.slice(1, -1))}</code>`
        : words(part),
    )
    .join("");
}

function words(text: string): string {
  return escapeHtml(text)
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, label: string, address: string) =>
      safeAddress(address) ? `<a href="${address}">${label}</a>` : label,
    )
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/(?<![\w*])\*([^*\n]+)\*(?![\w*])/g, "<em>$1</em>")
    .replace(/(?<![\w/_])_([^_\n]+)_(?![\w/_])/g, "<em>$1</em>");
}

/** Our own pages, anchors and https; never a scheme that runs. */
const safeAddress = (address: string): boolean => /^(https:\/\/|\/(?!\/)|#)/.test(address);
