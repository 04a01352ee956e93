// Lets a model read the posts that the offline engine is not sure of, and puts its labels where that engine's stood. A sample of those it is sure of
// is read as well, to measure how far the two agree. Everything counted from labels is counted again.
import type { Publication } from "../../data/contract/publication.ts";
import { type SentimentAnswer, task } from "../../prompts/sentiment/answer.ts";
import { buildModels } from "../core/build.ts";
import { downstreamOf, findModels, orderModels } from "../core/graph.ts";
import type { AnsweredBy, Log, Models, Question, Row, RunClock } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";
import { ASKED_DAYS, SAMPLED, SURE } from "../texts/reading.ts";
import { sendable, shapeOf } from "../texts/sendable.ts";
import { readingColumns } from "./reading-columns.ts";
import { goldColumns, goldCounts, goldTexts } from "./seed-gold.ts";

export interface ReadRequest {
  readonly warehouse: OpenWarehouse;
  readonly publication: Publication;
  readonly run: RunClock;
  /** Null takes back what a model said and leaves the offline labels. */
  readonly models: Models | null;
  readonly log: Log;
  /** Folders of the repository. */
  readonly folders: { readonly models: string; readonly publications?: string };
}

/** Weeks back in which what was said in earlier editions still counts. */
const REMEMBERED_WEEKS = 52;
/** Creates `post_readings`, and makes `post_annotations` and what is counted from it anew when that changes anything. */
export async function readPosts(request: ReadRequest): Promise<void> {
  const { warehouse, models } = request;
  const read = (await warehouse.tables()).includes(OFFLINE);
  if (read) await warehouse.execute(`create or replace table post_annotations as from ${OFFLINE}`);
  const rows = models ? await readings(request, models) : [];
  await warehouse.insertRows("post_readings", readingColumns, rows);
  if (models) await judgeGold(request, models);
  if (rows.length === 0 && !read) return;
  if (!read) await warehouse.execute(`create table ${OFFLINE} as from post_annotations`);
  await warehouse.execute(`create or replace table post_annotations as
    select o.* replace (
      case when r.text_key is null then o.polarity else r.polarity end as polarity,
      case when r.text_key is null then o.polarity_reason end as polarity_reason)
    from ${OFFLINE} o left join (from post_readings where asked = 'unsure') r using (text_key)
    order by o.text_key`);
  await buildAgain(request);
}

const OFFLINE = "post_annotations_offline";

type Candidate = Row & {
  text_key: string;
  market: string;
  text: string;
  language: string;
  offline: string | null;
  asked: "unsure" | "sample" | "sure";
  recent: boolean;
};

async function readings(request: ReadRequest, models: Models): Promise<Row[]> {
  const candidates = await request.warehouse.query<Candidate>(CANDIDATES);
  const recent = candidates.filter((one) => one.recent);
  const older = candidates.filter((one) => !one.recent && one.asked === "unsure");
  // The same words with other links, tags or numbers are one question.
  const groups = [...Map.groupBy(recent, (one) => `${one.market} ${shapeOf(one.text)}`).values()];
  const answers = await models.ask(
    task,
    groups.map((group) => questionOf(group[0] as Candidate)),
  );
  const rows = groups.flatMap((group, index) => {
    const found = answers[index];
    return found?.answer ? group.map((one) => readingOf(one, found.answer, found.by)) : [];
  });
  const recalled = models.recall(task, older.map(questionOf));
  return [
    ...rows,
    ...older.flatMap((one, index) => {
      const found = recalled[index];
      return found?.answer ? [readingOf(one, found.answer, found.by)] : [];
    }),
  ];
}

const questionOf = ({ text_key, text, language, market }: Candidate): Question<never> =>
  ({ item: `text-${text_key}`, input: { text: sendable(text), language, market } }) as never;

const readingOf = (
  { text_key, asked, offline }: Candidate,
  answer: SentimentAnswer,
  by: AnsweredBy,
): Row => ({
  text_key,
  asked,
  offline,
  polarity: polarityOf(answer),
  irony: answer.irony,
  model: by.model,
  prompt_version: by.prompt_version,
  answered_on: by.answered_at.slice(0, 10),
});

/** Praise and blame in one post weigh as neither. */
export const polarityOf = ({ label }: SentimentAnswer): string => (label === "mixed" ? "neutral" : label);

/** Texts of posts in the markets of the publication: what the offline engine is not sure of, and a sample of the rest. */
const CANDIDATES = `
  with seen as (
    select p.text_key, min(p.market::varchar) as market, max(p.posted_at) as last
    from posts p cross join run
    where p.posted_at < run.until and p.posted_at >= run.until - interval ${REMEMBERED_WEEKS * 7} day
      and p.market::varchar in (select market from pub_markets where role <> 'unassigned')
    group by p.text_key
  ),
  judged as (
    select s.text_key, s.market, a.language, a.polarity as offline,
      s.last >= run.until - interval ${ASKED_DAYS} day as recent,
      coalesce(greatest(a.p_negative, a.p_neutral, a.p_positive) >= ${SURE}, false) as sure
    from seen s cross join run join post_annotations a using (text_key)
    where a.language <> 'und'
  ),
  drawn as (
    select *, case when not sure then 'unsure'
      when recent and row_number() over (partition by market, sure, recent order by md5(text_key::varchar || (select edition from run))) <= ${SAMPLED} then 'sample'
      else 'sure' end as asked
    from judged
  )
  select d.text_key::varchar as text_key, d.market, t.text, d.language, d.offline, d.recent, d.asked
  from drawn d join int_texts t using (text_key)
  where d.asked <> 'sure'
  order by d.text_key`;

/** The posts that people labelled are read as all others are, so that the errors counted on them are those of both engines together. */
async function judgeGold({ warehouse, publication, folders }: ReadRequest, models: Models): Promise<void> {
  const rows = await goldTexts(publication, folders.publications);
  if (rows.length === 0) return;
  const unsure = rows.filter(({ sure, language }) => sure < SURE && language !== "und");
  const languages = await warehouse.query<{ language: string; market: string }>(
    "select language, min(market) as market from pub_markets where role <> 'unassigned' group by language",
  );
  const marketOf = new Map(languages.map(({ language, market }) => [language, market]));
  const found = await models.ask(
    task,
    unsure.map(({ text, language, line }) => ({
      item: `gold-${line}`,
      input: { text: sendable(text), language, market: marketOf.get(language) ?? "zz" },
    })),
  );
  const verdicts = new Map(
    unsure.map((row, index) => {
      const answer = found[index]?.answer;
      return [row, answer ? polarityOf(answer) : row.verdict] as const;
    }),
  );
  await warehouse.insertRows(
    "pub_gold_verdicts",
    goldColumns,
    goldCounts(rows.map((row) => ({ ...row, verdict: verdicts.get(row) ?? row.verdict }))),
  );
}

/** Makes the tables that are counted from labels anew; views follow by themselves. */
async function buildAgain({ warehouse, folders, log, publication }: ReadRequest): Promise<void> {
  const files = await findModels({ models: folders.models, sources: "", sourcesInUse: [] });
  const models = await orderModels(
    warehouse,
    files.filter(({ name }) => name !== "post_annotations"),
    await warehouse.tables(),
  );
  const after = downstreamOf(models, ["post_annotations"]);
  const quiet: Log = { ...log, progress: () => {} };
  await buildModels(
    warehouse,
    models.filter(({ name, kind }) => after.has(name) && kind === "table"),
    { cache: "", publication: publication as unknown as Row, log: quiet },
  );
}
