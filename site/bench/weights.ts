// What a reader's browser fetches to show a page: HTML, CSS and JavaScript gzipped, fonts, and whether any request leaves the host.
//   node --import tsx site/bench/weights.ts [folder of a rendered site]
// Limits: 30 KB of HTML, CSS and JavaScript, 60 KB of fonts, no other host.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const folder = resolve(process.argv[2] ?? "dist/kbeauty");
if (!existsSync(join(folder, "index.html")))
  throw new Error(`missing site: ${folder}. Render one first: npm start`);

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);
const gzipped = (file: string): number => gzipSync(readFileSync(file), { level: 6 }).length;

function fetched(html: string): { parts: string[]; fonts: Set<string>; foreign: string[] } {
  const attributes = [...html.matchAll(/<(?:link|script|img|source)\b[^>]*?\b(?:href|src)="([^"]+)"[^>]*>/g)];
  const loaded = attributes
    .filter(([tag]) => !/rel="(canonical|alternate|sitemap|license)"/.test(tag ?? ""))
    .map((match) => match[1] as string);
  const local = loaded.filter((address) => address.startsWith("/") && !address.startsWith("//"));
  const parts = local.filter((address) => /\.(css|js)(\?|$)/.test(address));
  const styles = [
    html,
    ...parts.filter((part) => part.endsWith(".css")).map((part) => readFileSync(join(folder, part), "utf8")),
  ];
  const fonts = new Set(
    styles.flatMap((style) =>
      [...style.matchAll(/url\(["']?([^"')]+\.woff2)/g)].map((match) => match[1] as string),
    ),
  );
  return { parts, fonts, foreign: loaded.filter((address) => /^(https?:)?\/\//.test(address)) };
}

const pages = [
  "",
  "markets/de/",
  "trends/pdrn/",
  "creators/",
  "data/trends/",
  "methods/",
  "methods/net_sentiment/",
  "status/",
];
for (const page of pages) {
  const file = join(folder, page, "index.html");
  if (!existsSync(file)) continue;
  const { parts, fonts, foreign } = fetched(readFileSync(file, "utf8"));
  const html = gzipped(file);
  const rest = [...new Set(parts)].reduce((total, part) => total + gzipped(join(folder, part)), 0);
  const font = [...fonts].reduce((total, name) => total + readFileSync(join(folder, name)).length, 0);
  console.log(
    `/${page.padEnd(24)} ${kilobytes(html + rest).padStart(6)} KB (HTML ${kilobytes(html)}, CSS and JS ${kilobytes(rest)}), fonts ${kilobytes(font)} KB, other hosts ${foreign.length}`,
  );
}
