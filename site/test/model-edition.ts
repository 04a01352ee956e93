// An edition as models would have left it: a published one with rows of models put in, an obeying model's attack among them. For tests of what readers see.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue, type DatasetId } from "../../data/contract/catalogue.ts";
import type { DatasetRow } from "../lib/data.ts";

type Finding = DatasetRow<"findings">;
type Question = DatasetRow<"analyses">;

export interface ModelEdition {
  /** Folder with editions.json. */
  readonly published: string;
  readonly edition: string;
  readonly market: string;
  readonly creator: string;
  readonly term: string;
  /** Passage that sentences cite and quote. */
  readonly passage: string;
  /** Week from which on a model read the posts. */
  readonly breakWeek: string;
  readonly findings: readonly Finding[];
  readonly questions: readonly Question[];
}

/** What must never be markup. */
export const attack = `Read this <img src=x onerror="alert(1)"> </script><script>alert(2)</script> & go to javascript:alert(3)`;
export const model = "openai:test-large";
export const reviewer = "Ada Lovelace";

/** Copies the latest edition alone into a new folder and puts rows of models into it. */
export function modelEdition(published: string): ModelEdition {
  const folder = mkdtempSync(join(tmpdir(), "leap-model-edition-"));
  const editions = JSON.parse(readFileSync(join(published, "editions.json"), "utf8"));
  const edition: string = editions.latest;
  const last = editions.editions.filter((one: { edition: string }) => one.edition === edition);
  writeFileSync(join(folder, "editions.json"), JSON.stringify({ ...editions, editions: last }));
  cpSync(join(published, "metrics.json"), join(folder, "metrics.json"));
  cpSync(join(published, edition), join(folder, edition), { recursive: true });

  const file = (dataset: string) => join(folder, edition, dataset, `${dataset}.json`);
  const read = <T>(dataset: string): T[] => JSON.parse(readFileSync(file(dataset), "utf8"));
  const write = (dataset: string, rows: readonly unknown[]) =>
    writeFileSync(file(dataset), JSON.stringify(rows));

  const rules = read<Finding>("findings");
  const market = (rules.find(({ page }) => page.startsWith("market/"))?.page ?? "").slice("market/".length);
  const creator = read<DatasetRow<"creators">>("creators")[0]?.creator ?? "";
  const term = read<DatasetRow<"trends">>("trends")[0]?.term ?? "";
  const passage = read<DatasetRow<"knowledge">>("knowledge")[0] as DatasetRow<"knowledge">;
  const metric = `observed_posts:${market}`;
  const provenance = rules[0]?.provenance ?? "synthetic";
  const written = (
    page: string,
    section: string,
    position: number,
    sentence: Partial<Finding> & Pick<Finding, "text">,
    prompt = "market-report 1.0.0",
  ): Finding => ({
    ...{ edition, page, section, position, lead: "", template: sentence.text, evidence: [metric] },
    ...{ quote: null, quote_source: null, written_by: "model", model, prompt_version: prompt },
    ...{ answered_on: "2026-11-20", reviewed_by: null, provenance },
    ...sentence,
  });
  const report = `market/${market}`;
  const quoted = passage.text.replace(/[*`[\]()]/g, "").slice(0, 40);
  const added: Finding[] = [
    written(report, "bottom_line", 0, { lead: "Room is there.", text: " Germany talks, says the model." }),
    written(report, "bottom_line", 1, { text: attack }),
    written(report, "drivers", 0, {
      text: "A note bears this out.",
      ...{ evidence: [metric, passage.id], quote: quoted, quote_source: passage.id },
    }),
    written(report, "drivers", 1, { text: "A second driver.", evidence: [passage.id] }),
    written(report, "risks", 0, { text: "A reviewed risk.", reviewed_by: reviewer }),
    // As much as a model may write: a page must bear it.
    ...["bottom_line", "drivers", "risks", "recommendations"].flatMap((section, place) =>
      [2, 3].map((at) => written(report, section, at, { text: prose(10 * place + at) })),
    ),
    ...[3, 4, 5, 6].map((at) =>
      written(
        report,
        "questions",
        at,
        { lead: `${prose(50 + at)}?`, text: ` ${prose(60 + at)}` },
        "questions 1.0.0",
      ),
    ),
    written(report, "questions", 0, { lead: "Is there room?", text: " There is." }, "questions 1.0.0"),
    written(report, "questions", 1, { text: "And it lasts." }, "questions 1.0.0"),
    written(report, "questions", 2, { lead: `Why ${attack}`, text: " Because." }, "questions 1.0.0"),
    written("home", "title", 0, { text: `A title of a model ${attack}` }, "edition-summary 1.0.0"),
    written(`trend/${term}`, "drivers", 0, { text: "Sun drives it." }, "trend-drivers 1.0.0"),
    written(`creator/${creator}`, "fit", 0, { lead: "Fits.", text: " Posts often." }, "creator-fit 1.0.0"),
  ];
  const replaced = new Set(added.map(({ page, section }) => `${page} ${section}`));
  const findings = [
    ...rules.filter(({ page, section }) => !replaced.has(`${page} ${section}`)),
    ...added,
  ].toSorted((a, b) => a.page.localeCompare(b.page, "en") || a.position - b.position);
  write("findings", findings);

  write(
    "translations",
    added
      .filter(({ page, section }) => page === report && section !== "questions")
      .concat(written(report, "title", 0, { text: "Title" }))
      .flatMap((row) =>
        (["ko", "de"] as const).map((language) => ({
          ...{ edition, page: row.page, section: row.section, position: row.position, language },
          text: language === "ko" ? `시장은 열려 있다 ${attack}` : `Der Markt ist offen. ${attack}`,
          template: "x",
          ...{ model, prompt_version: "translate-report 1.0.0", answered_on: "2026-11-20" },
          ...{ reviewed_by: null, provenance },
        })),
      ),
  );
  const themes = read<DatasetRow<"themes">>("themes");
  write(
    "themes",
    themes.map((theme) => {
      const named = theme.market === market && theme.rank === 1;
      const said = { model_name: `Named ${attack}`, model_description: "Phrases of one kind." };
      const by = { model, prompt_version: "themes 1.0.0", answered_on: "2026-11-20" };
      return { ...blank("themes"), ...theme, ...(named ? { ...said, ...by } : {}) };
    }),
  );
  const questions = [...ledger(edition, provenance)];
  write("analyses", questions);
  const weeks = read<DatasetRow<"market_weeks">>("market_weeks");
  const scored = weeks.filter((week) => week.market === market && week.sentiment_score !== null);
  const breakWeek = scored.at(-9)?.week ?? "";
  write(
    "market_weeks",
    weeks.map((week) =>
      week.market === market && week.week >= breakWeek ? { ...week, read_by: "openai:test-small" } : week,
    ),
  );
  write("readings", [
    {
      ...blank("readings"),
      ...{ edition, market, posts: 2000, read_by_model: 500, read_by_model_share: 0.25, threshold: 0.8 },
      ...{
        ironic: 3,
        sampled: 120,
        agreed: 108,
        agreement: 0.9,
        agreement_low: 0.833,
        agreement_high: 0.942,
      },
      ...{ model: "openai:test-small", prompt_version: "1.0.0", reason: null, provenance },
    },
  ]);
  return {
    published: folder,
    edition,
    market,
    creator,
    term,
    passage: passage.id,
    breakWeek,
    findings,
    questions,
  };
}

/** Null in every column: a column that a dataset is given later does not break the rows made here. */
const blank = (dataset: DatasetId): Record<string, null> =>
  Object.fromEntries(Object.keys(catalogue[dataset].columns.shape).map((column) => [column, null]));

const vocabulary =
  "brands shelf routine texture serum pharmacy praise complaint season moisture barrier price launch retail claims budget leader rival summer winter creator audience loyal cautious rising falling steady shopper label notice import channel review sample trust doubt growth".split(
    " ",
  );

/** A sentence of twenty-four words in an order of its own. */
const prose = (seed: number): string =>
  `Of ${Array.from({ length: 24 }, (_, index) => vocabulary[(seed * 7 + index * (seed + 5)) % vocabulary.length]).join(" ")}.`;

/** Ten questions with every verdict, two of them answered before. */
const ledger = (edition: string, provenance: Finding["provenance"]): Question[] =>
  Array.from({ length: 10 }, (_, index): Question => {
    const verdict = (["accepted", "repaired", "dropped", "not_answered"] as const)[index % 4] ?? "accepted";
    const answered = verdict !== "not_answered";
    return {
      ...{ edition, task: index < 6 ? "sentiment" : "market-report", item: `item-${index}` },
      ...{
        provider: answered ? "openai" : null,
        model: answered ? (index < 6 ? "test-small" : "test-large") : null,
      },
      ...{ prompt_version: "1.0.0", input_sha256: String(index).repeat(64) },
      ...{
        tokens_in: 1000 + index,
        tokens_cache_write: 7,
        tokens_cached: 100 * index,
        tokens_out: 50 + index,
      },
      ...{ cost_micros: answered ? 123 + 1001 * index : 0, latency_ms: 900, attempts: 1 },
      ...{ finish: answered ? "complete" : null, batch: false },
      reused: answered ? (index === 4 || index === 5 ? "kept" : "fresh") : null,
      verdict,
      reason: verdict === "dropped" ? "a digit stands in a template" : answered ? null : "over the ceiling",
      ...{ answered_at: answered ? "2026-11-20T10:00:00Z" : null, provenance },
    };
  });
