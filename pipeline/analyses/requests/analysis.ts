// Answers the publication's requests: the rules of each market always, a model where models are asked. Whatever a copy says, it stays something that is judged.

import type { Analysis, AnalysisContext, AnsweredBy, Row } from "../../core/types.ts";
import { readPassages } from "../../knowledge/table.ts";
import { searchWithVectors } from "../../knowledge/vectors.ts";
import { type AskedCopy, type ReadCopy, readCopy, worstOf } from "./copy.ts";
import { type Judgement, judgementOf, type Variants, variantsOf } from "./judge.ts";
import { askFits, askVariants, tasks } from "./llm.ts";

export const analysis: Analysis = {
  id: "requests",
  version: "1.0.0",
  reads: ["run", "pub_requests", "pub_brands", "pub_knowledge"],
  writes: ["requests", "request_issues", "request_variants"],
  async run(context) {
    const { warehouse, models } = context;
    const rows = await warehouse.query<RequestRow>(
      `select p.* from pub_requests p cross join run r where p.asked_on <= r.as_of::date order by p.request, p.market`,
    );
    if (rows.length === 0) return { requests: [], request_issues: [], request_variants: [] };
    const brands = await warehouse.query<{ title: string }>(
      "select distinct title from pub_brands order by title",
    );
    const names = brands.map(({ title }) => title);
    const copies = rows.map((row) => readCopy(askedOf(row, names)));
    const search = await searchWithVectors(await readPassages(warehouse), models?.embedding);
    const of = (kind: string) => copies.filter((_, place) => rows[place]?.kind === kind);
    const [fits, anew] = [of("cultural-fit"), of("transcreate")];
    const fitAnswers = models ? await askFits(models, fits, search) : [];
    const newAnswers = models ? await askVariants(models, anew, search) : [];
    const answered = copies.map((copy, place): Answered => {
      const row = rows[place] as RequestRow;
      const judgement = judgementOf(copy, fitAnswers[fits.indexOf(copy)] ?? null);
      const variants =
        row.kind === "transcreate" ? variantsOf(copy, newAnswers[anew.indexOf(copy)] ?? null) : null;
      return { row, copy, judgement, variants };
    });
    return {
      requests: answered.map((one) => requestRow(one, context)),
      request_issues: answered.flatMap((one) => issueRows(one, context)),
      request_variants: answered.flatMap((one) => variantRows(one, context)),
    };
  },
};

type RequestRow = Row & {
  request: string;
  market: string;
  kind: "cultural-fit" | "transcreate";
  language: string | null;
  copy: string;
  paid: boolean | null;
  product: string | null;
  brief: string | null;
  asked_by: string | null;
  asked_on: string;
  synthetic: boolean;
};

interface Answered {
  readonly row: RequestRow;
  readonly copy: ReadCopy;
  readonly judgement: Judgement;
  /** Null where none were asked for. */
  readonly variants: Variants | null;
}

const askedOf = (row: RequestRow, brands: readonly string[]): AskedCopy => ({
  item: `${row.request}:${row.market}`,
  copy: row.copy,
  market: row.market,
  language: row.language,
  paid: row.paid,
  about: [row.product, row.brief].filter((words) => words !== null).join(" "),
  names: [...brands, ...(row.product === null ? [] : [row.product])],
});

const keyOf = ({ row }: Answered, { run }: AnalysisContext) => ({
  edition: run.edition,
  request: row.request,
  market: row.market,
});

const provenanceOf = ({ row }: Answered) => ({ provenance: row.synthetic ? "synthetic" : "imported" });

function requestRow(one: Answered, context: AnalysisContext): Row {
  const { row, copy, judgement, variants } = one;
  const { rules, reader } = copy;
  const asked = variants ?? judgement;
  return {
    ...keyOf(one, context),
    kind: row.kind,
    ...{ asked_on: row.asked_on, asked_by: row.asked_by, product: row.product, brief: row.brief },
    copy: row.copy,
    language: row.language ?? rules.language.detected,
    rules_read: rules.understood,
    rules_reviewed_on: reader.market.reviewed_on,
    rule_findings: rules.hits.length + rules.sensitivity_issues.length,
    worst_severity: worstOf(rules),
    rules_score: rules.cultural_fit_score,
    // A source that no reader of the market will see gets no verdict for it: what would run are the variants, and those were held against the rules.
    ...(variants ? NO_VERDICT : verdictOf(judgement)),
    dropped: variants?.dropped ?? judgement.dropped,
    not_answered: asked.not_answered,
    ...markOf(asked.by, row, context),
    ...provenanceOf(one),
  };
}

const NO_VERDICT = { score: null, approval_status: null, revised_content: null, revised_by: null };
const verdictOf = ({ score, approval_status, revised_content, revised_by }: Judgement) => ({
  ...{ score, approval_status, revised_content, revised_by },
});

const issueRows = (one: Answered, context: AnalysisContext): Row[] =>
  [
    ...one.judgement.issues.map(({ by, why, ...issue }) => ({
      ...{ kind: "issue", written_by: by, text: why },
      ...issue,
    })),
    ...one.judgement.tips.map(({ by, ...tip }) => ({
      ...{ kind: "tip", written_by: by, severity: null, quote: null, suggestion: null },
      ...{ rule: null, source: null, source_url: null },
      ...tip,
    })),
  ].map((row, position) => ({ ...keyOf(one, context), position, ...row, ...provenanceOf(one) }));

const variantRows = (one: Answered, context: AnalysisContext): Row[] =>
  (one.variants?.variants ?? []).map((variant, position) => ({
    ...keyOf(one, context),
    position,
    ...variant,
    ...markOf(one.variants?.by ?? null, one.row, context),
    ...provenanceOf(one),
  }));

/** Who answered, on which prompt, and who answers for it. */
function markOf(by: AnsweredBy | null, { kind, request }: RequestRow, { publication, run }: AnalysisContext) {
  const reviews = (publication["reviews"] ?? []) as { edition: string; page: string; by: string }[];
  const review = reviews.find(
    ({ edition, page }) => edition === run.edition && page === `request/${request}`,
  );
  return {
    model: by?.model ?? null,
    prompt_version: by ? `${tasks[kind].id} ${by.prompt_version}` : null,
    answered_on: by?.answered_at.slice(0, 10) ?? null,
    reviewed_by: (by && review?.by) ?? null,
  };
}
