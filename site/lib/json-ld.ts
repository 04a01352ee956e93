// schema.org descriptions as JSON-LD, escaped so that no text inside can close the script element.

import { editionSlug } from "./addresses.ts";
import type { DatasetId, Edition, Manifest } from "./data.ts";
import { datasetFor } from "./datasets.ts";

/** A Dataset with its downloads, for search engines and catalogues. */
export function datasetJsonLd(id: DatasetId, edition: Edition, manifest: Manifest): string {
  const dataset = datasetFor(id);
  const base = `${edition.site_url.replace(/\/$/, "")}/data/${id}/${editionSlug(edition.edition)}/`;
  return scriptJson({
    "@context": "https://schema.org/",
    "@type": "Dataset",
    name: `${dataset.title}: ${edition.title}, ${edition.edition}`,
    description: `${dataset.description} ${dataset.grain}`,
    url: `${edition.site_url.replace(/\/$/, "")}/data/${id}/`,
    identifier: base,
    version: manifest.version,
    license: "https://creativecommons.org/licenses/by/4.0/",
    isAccessibleForFree: true,
    creator: { "@type": "Organization", name: edition.title, url: edition.site_url },
    datePublished: edition.stamps.published_at,
    ...(manifest.period_start && manifest.period_end
      ? { temporalCoverage: `${manifest.period_start}/${manifest.period_end}` }
      : {}),
    spatialCoverage: edition.markets.map((market) => market.name),
    variableMeasured: Object.keys(dataset.columns.shape),
    distribution: manifest.files.map((file) => ({
      "@type": "DataDownload",
      contentUrl: base + file.name,
      encodingFormat: file.media_type,
      contentSize: `${file.bytes} B`,
      sha256: file.sha256,
    })),
  });
}

/** JSON that may stand inside a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
