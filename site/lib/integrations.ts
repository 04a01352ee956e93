// What happens once all pages are written: downloads are copied beside them, the search index and the sitemap are made.

import { constants, copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sitemap from "@astrojs/sitemap";
import type { AstroIntegration } from "astro";
import * as pagefind from "pagefind";
import { editionSlug } from "./addresses.ts";
import { editionIds, latestEditionId, publishedDatasets, publishedFolder, readEdition } from "./data.ts";
import { LeapError } from "./errors.ts";

/** The integrations of the site, in the order they must run. */
export const integrations = (): AstroIntegration[] => [datedSitemap(), publishedFiles(), searchIndex()];

/** `lastmod` is the stamp of the edition a page belongs to: the one in its address, else the latest. */
function datedSitemap(): AstroIntegration {
  return sitemap({
    serialize: (item) => {
      const slug = new URL(item.url).pathname.match(/\/(\d{4}-w\d{2})\//)?.[1];
      const id = editionIds().find((edition) => editionSlug(edition) === slug) ?? latestEditionId();
      return { ...item, lastmod: readEdition(id).stamps.published_at };
    },
  });
}

/** Puts each dataset at its two addresses: /data/<dataset>/<edition>/, which never changes, and /data/<dataset>/latest/. */
function publishedFiles(): AstroIntegration {
  return {
    name: "leap:published-files",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const data = join(fileURLToPath(dir), "data");
        for (const edition of editionIds()) {
          for (const dataset of publishedDatasets(edition)) {
            const from = join(publishedFolder, edition, dataset);
            copyFiles(from, join(data, dataset, editionSlug(edition)));
            if (edition === latestEditionId()) copyFiles(from, join(data, dataset, "latest"));
          }
        }
        for (const name of ["editions.json", "metrics.json"]) {
          if (existsSync(join(publishedFolder, name)))
            copyFileSync(join(publishedFolder, name), join(data, name));
        }
      },
    },
  };
}

/** Copies rather than links: the site is handed to a host, while published/ lives on. A clone where the disk can. */
function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    copyFileSync(join(from, name), join(to, name), constants.COPYFILE_FICLONE);
  }
}

/** Indexes what pages mark with data-pagefind-body into /pagefind/. */
function searchIndex(): AstroIntegration {
  return {
    name: "leap:search-index",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const path = fileURLToPath(dir);
        const { index, errors } = await pagefind.createIndex();
        if (!index)
          throw new LeapError(`missing search index: ${errors.join("; ")}. Is pagefind installed? npm ci`);
        const added = await index.addDirectory({ path });
        const written = await index.writeFiles({ outputPath: join(path, "pagefind") });
        await pagefind.close();
        const problems = [...added.errors, ...written.errors];
        if (problems.length > 0) throw new LeapError(`invalid search index: ${problems.join("; ")}`);
        logger.info(`${added.page_count} pages can be searched`);
      },
    },
  };
}
