// One row per hashtag that is spelt in another form than NFKC: full-width and half-width letters, decomposed syllables. DuckDB knows NFC alone.
import type { CodeModel } from "../../core/types.ts";
import { literal } from "../../core/warehouse.ts";

export const model: CodeModel = {
  reads: ["posts"],
  async run({ warehouse, execute }) {
    const tags = await warehouse.query<{ spelt: string }>(
      "select distinct spelt from (select unnest(tags) as spelt from posts) where strlen(spelt) <> length(spelt) order by spelt",
    );
    const forms = tags
      .map(({ spelt }) => [spelt, hashtagForm(spelt)] as const)
      .filter(([spelt, tag]) => spelt !== tag);
    await execute("create or replace table int_tag_forms (spelt varchar, tag varchar)");
    if (forms.length > 0)
      await execute(
        `insert into int_tag_forms values ${forms.map(([spelt, tag]) => `(${literal(spelt)}, ${literal(tag)})`).join(", ")}`,
      );
  },
};

/** The one form under which a hashtag counts: NFKC (Unicode Annex 15), lower case. */
export const hashtagForm = (tag: string): string => tag.normalize("NFKC").toLowerCase();
