// The claims rules for the reader's browser; the checker fetches them when somebody starts to write.
import type { APIRoute } from "astro";
import { checkerRules } from "../../lib/claims.ts";

export const GET: APIRoute = () =>
  new Response(JSON.stringify(checkerRules()), { headers: { "content-type": "application/json" } });
