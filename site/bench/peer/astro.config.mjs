// The site's own set-up over the peer workload's one page. No integrations: neither side indexes for search or copies downloads.
import { defineConfig } from "astro/config";

const { LEAP_OUT } = process.env;

export default defineConfig({
  srcDir: "./site/bench/peer",
  publicDir: "./site/public",
  outDir: LEAP_OUT ?? "./dist/bench",
  cacheDir: "./.cache/astro-bench",
  trailingSlash: "always",
  compressHTML: true,
  build: { format: "directory", inlineStylesheets: "never" },
  devToolbar: { enabled: false },
});
