// The site’s own set-up over its market reports alone. No integrations: search and downloads are measured elsewhere.
import { defineConfig } from "astro/config";

const { LEAP_OUT } = process.env;

export default defineConfig({
  srcDir: "./site/bench/reports",
  publicDir: "./site/public",
  outDir: LEAP_OUT ?? "./dist/bench",
  cacheDir: "./.cache/astro-bench-reports",
  trailingSlash: "always",
  compressHTML: true,
  build: { format: "directory", inlineStylesheets: "never" },
  devToolbar: { enabled: false },
});
