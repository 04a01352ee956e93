// Annex II and III for the reader's browser; the checker fetches them when somebody gives an ingredient list.
import type { APIRoute } from "astro";
import annexes from "../../../data/reference/ingredients/annexes.csv?raw";
import spellings from "../../../data/reference/ingredients/spellings.csv?raw";

export const GET: APIRoute = () =>
  new Response(JSON.stringify({ annexes, spellings }), { headers: { "content-type": "application/json" } });
