// How the site is built: pages from site/, rows from LEAP_PUBLISHED (see site/lib/data.ts), written to LEAP_OUT.
import { defineConfig } from "astro/config";
import { integrations } from "./site/lib/integrations.ts";

const { LEAP_OUT, LEAP_SITE_URL } = process.env;

export default defineConfig({
  srcDir: "./site",
  publicDir: "./site/public",
  outDir: LEAP_OUT ?? "./dist/kbeauty",
  // node_modules/.astro would be wiped by npm ci.
  cacheDir: "./.cache/astro",
  site: LEAP_SITE_URL ?? "https://globalleap.example",
  trailingSlash: "always",
  // The default joins words across elements.
  compressHTML: true,
  build: { format: "directory", inlineStylesheets: "never" },
  devToolbar: { enabled: false },
  integrations: integrations(),
});
