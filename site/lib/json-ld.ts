// schema.org descriptions as JSON-LD, escaped so that no text inside can close the script element.

import { editionSlug, modelTask } from "./addresses.ts";
import type { DatasetId, Edition, Manifest } from "./data.ts";
import { datasetFor } from "./datasets.ts";
import { type Mark, markAttributes, markWords, taskOf } from "./model-mark.ts";
import { fill, words } from "./words.ts";

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

/** IPTC's word for what a generative model made: https://cv.iptc.org/newscodes/digitalsourcetype/ */
const byModel = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

/** A page that holds a model's words: which elements, which model, which prompt, when, and who answers for them. */
export function modelJsonLd(page: {
  readonly url: string;
  readonly name: string;
  readonly edition: Edition;
  readonly language?: string | undefined;
  readonly marks: readonly Mark[];
}): string {
  const { url, name, edition, language = "en", marks } = page;
  return scriptJson({
    "@context": "https://schema.org/",
    "@type": "WebPage",
    url,
    name,
    inLanguage: language,
    datePublished: edition.stamps.published_at,
    publisher: { "@type": "Organization", name: edition.title, url: edition.site_url },
    creditText: fill(words.model.credit, { marks: marks.map(markWords).join("; ") }),
    hasPart: marks.map((mark) => ({
      "@type": "WebPageElement",
      cssSelector: Object.entries(markAttributes(mark))
        .map(([name, value]) => `[${name}=${JSON.stringify(value)}]`)
        .join(""),
      digitalSourceType: byModel,
      creditText: markWords(mark),
      creator: { "@type": "SoftwareApplication", name: mark.model },
      isBasedOn: `${edition.site_url.replace(/\/$/, "")}${modelTask(taskOf(mark))}`,
      ...(mark.answered_on ? { dateCreated: mark.answered_on } : {}),
      ...(mark.reviewed_by === null ? {} : { editor: { "@type": "Person", name: mark.reviewed_by } }),
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
