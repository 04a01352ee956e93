// Everything here is meant to be found.
import { readEdition } from "../lib/data.ts";

export const GET = () =>
  new Response(
    `User-agent: *\nAllow: /\n\nSitemap: ${new URL("/sitemap-index.xml", readEdition().site_url).href}\n`,
  );
