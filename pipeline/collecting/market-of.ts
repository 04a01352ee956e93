// Which market a post belongs to that was found by asking for several at once.
import type { Context } from "./types.ts";

type Markets = Context["markets"];

/**
 * The code of the one market among `candidates` whose first language the post is written in. A post found for one market alone belongs to it,
 * whatever it is written in. Null where no market, or more than one, claims the language: such posts stay unassigned.
 *
 * @param candidates markets that the tag or query was asked for
 * @param language ISO 639-1 as the platform says, else as pipeline/texts reads it; regions such as `pt-BR` are cut; null or `und` where unknown
 */
export function marketOf(candidates: Markets, language: string | null): string | null {
  const [only] = candidates;
  if (candidates.length === 1 && only) return only.code;
  if (language === null) return null;
  const spoken = language.toLowerCase().split(/[-_]/)[0];
  const claims = candidates.filter(({ languages }) => languages[0] === spoken);
  return claims.length === 1 ? (claims[0]?.code ?? null) : null;
}
