// What no site generator can undercut: one process, one DuckDB pass, Plot as it comes, a template string, files.
// Arguments: posts file, folder to write to.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { pageData } from "./workload.ts";

const [file, out] = process.argv.slice(2) as [string, string];
const { document } = parseHTML("<!doctype html><html><body></body></html>");
const svg = (options: Plot.PlotOptions): string =>
  Plot.plot({ ...options, document: document as unknown as Document }).outerHTML;

for (const { entity, kpis, weeks, tags, top } of await pageData(file)) {
  const line = svg({
    marks: [
      Plot.lineY(
        weeks.map((row) => ({ day: new Date(row.day), posts: row.posts })),
        { x: "day", y: "posts" },
      ),
    ],
  });
  const bar = svg({ marks: [Plot.barX(tags, { x: "posts", y: "tag" })] });
  const rows = top
    .map(
      (row) => `<tr><th>${row.day}</th><td>${row.tag}</td><td>${row.likes}</td><td>${row.comments}</td></tr>`,
    )
    .join("");
  const facts = Object.entries(kpis)
    .map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`)
    .join("");
  mkdirSync(join(out, entity), { recursive: true });
  writeFileSync(
    join(out, entity, "index.html"),
    `<!doctype html><html lang="en"><title>${entity}</title><h1>${entity}</h1><dl>${facts}</dl>${line}${bar}<table>${rows}</table></html>`,
  );
}
