// Describes an edition: stamps, provenance, counts and named gaps, all from receipts, warehouse and clock, so that they repeat.
import type { Edition } from "../../data/contract/edition.ts";
import { Edition as EditionSchema } from "../../data/contract/edition.ts";
import type { Publication } from "../../data/contract/publication.ts";
import { weakestProvenance } from "../core/provenance.ts";
import type { Receipt, RunClock } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";

export interface Counts {
  readonly received: number;
  readonly kept: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly withdrawn: number;
}

export interface EditionRequest {
  readonly publication: Publication;
  readonly clock: RunClock;
  readonly warehouse: OpenWarehouse;
  readonly receipts: readonly Receipt[];
  readonly counts: Counts;
  readonly previousEdition: string | null;
  /** Title of each source in use. */
  readonly sources: readonly { id: string; title: string }[];
}

/** The description of the edition that the clock names. */
export async function describeEdition(request: EditionRequest): Promise<Edition> {
  const { publication, clock, warehouse, receipts, sources } = request;
  const collectedAt = latest(receipts.map((receipt) => receipt.collected_at)) ?? clock.as_of;
  // Files may be imported long after the weeks they tell of: an edition is never stamped before its rows came in.
  const analysedAt = latest([clock.as_of, collectedAt]) as string;
  const [last] = await warehouse.query<{ day: string | null }>(
    "select max(posted_at)::date as day from posts",
  );
  const lastDay = last?.day ?? clock.week_end;
  const markets = await warehouse.query<{ code: string; name: string; role: string; languages: string[] }>(
    "select market as code, any_value(name) as name, any_value(role) as role, list(language order by language) as languages from pub_markets where role <> 'unassigned' group by market",
  );
  const order = [...publication.markets, publication.home_market];
  return EditionSchema.parse({
    publication: publication.id,
    title: publication.title,
    tagline: publication.tagline,
    site_url: publication.site_url,
    edition: clock.edition,
    previous_edition: request.previousEdition,
    week_start: clock.week_start,
    week_end: clock.week_end,
    stamps: {
      data_through: [lastDay, clock.week_end].sort()[0],
      collected_at: instant(collectedAt),
      analysed_at: instant(analysedAt),
      published_at: instant(analysedAt),
      next_expected_at: publication.sources.every((entry) => entry.source === "file")
        ? null
        : nextExpected(publication, clock.as_of),
    },
    freshness: publication.freshness,
    provenance: weakestProvenance(receipts),
    engine: await engineOf(warehouse),
    markets: markets.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code)),
    category: publication.category,
    sources: sources.map(({ id, title }) => ({
      id,
      title,
      licence_note:
        [
          ...new Set(
            receipts.filter((receipt) => receipt.source === id).map((receipt) => receipt.licence_note),
          ),
        ]
          .sort()
          .join("; ") || "nothing collected",
    })),
    counts: request.counts,
    gaps: await namedGaps(request),
    notices: publication.notices,
    contact: publication.contact,
    licence: "CC BY 4.0",
  });
}

/** What was meant to be there and is not. A section that the publication never asked for is no gap. */
async function namedGaps({
  publication,
  clock,
  warehouse,
  sources,
  receipts,
}: EditionRequest): Promise<Edition["gaps"]> {
  const gaps: Edition["gaps"] = [];
  for (const { id, title } of sources)
    if (!receipts.some((receipt) => receipt.source === id))
      gaps.push({
        section: `source ${id}`,
        reason: `${title} brought in nothing`,
        needs: "Run leap collect and read what it says.",
      });
  const found = await warehouse.query<{ market: string; weeks: number; last_week: boolean }>(
    `select market, count(*)::int as weeks, bool_or(week = date '${clock.week_start}') as last_week from (
       select distinct market, week from posts where week > date '${clock.week_start}' - 91
     ) group by market`,
  );
  for (const market of publication.markets) {
    const row = found.find((entry) => entry.market === market);
    if (!row)
      gaps.push({
        section: `market ${market}`,
        reason: "no post in thirteen weeks",
        needs: `Posts of market ${market}: widen its hashtags or import a file.`,
      });
    else if (!row.last_week && !publication.sources.every((entry) => entry.source === "file"))
      gaps.push({
        section: `market ${market}`,
        reason: `nothing collected in the week of ${clock.week_start}`,
        needs: "Run the collectors of the week again.",
      });
  }
  gaps.push(...(await unanswered(warehouse)));
  return gaps;
}

/** `llm` when at least one answer of a model stands in the edition. */
async function engineOf(warehouse: OpenWarehouse): Promise<Edition["engine"]> {
  const [used] = await warehouse.query<{ answers: number }>(
    "select count(*)::int as answers from out.analyses where verdict in ('accepted', 'repaired')",
  );
  return used && used.answers > 0 ? "llm" : "offline";
}

/** What models were to say and did not, one gap a task and reason: an answer that was dropped is no gap, for the rules' words stand in its place. */
async function unanswered(warehouse: OpenWarehouse): Promise<Edition["gaps"]> {
  const rows = await warehouse.query<{ task: string; reason: string; items: number }>(
    `select task, reason, count(*)::int as items from out.analyses where verdict = 'not_answered' and reason not like 'estimate:%'
     group by task, reason order by task, reason`,
  );
  return rows.map(({ task, reason, items }) => ({
    section: `models ${task}`,
    reason: `${items} ${items === 1 ? "item was" : "items were"} not analysed by a model in this edition: ${reason.replace(/^\w+: /, "")}`,
    needs: NEEDS[reason.split(":")[0] as string] ?? "Run again later.",
  }));
}

const NEEDS: Readonly<Record<string, string>> = {
  budget: "Raise --budget-usd or the budget of publication.yaml, and run again: what was answered is kept.",
  waiting: "Run again when the batch is done.",
  unavailable: "Set OPENAI_API_KEY or ANTHROPIC_API_KEY, or run again when the provider answers.",
};

/** The first publishing day after `asOf`, at the cadence's hour. */
export function nextExpected(publication: Publication, asOf: string): string {
  const { publish_weekday, hour_utc } = publication.cadence;
  const next = new Date(asOf);
  next.setUTCHours(hour_utc, 0, 0, 0);
  do next.setUTCDate(next.getUTCDate() + 1);
  while ((next.getUTCDay() + 6) % 7 !== publish_weekday - 1);
  return instant(next.toISOString());
}

const instant = (iso: string): string => `${new Date(iso).toISOString().slice(0, 19)}Z`;

const latest = (instants: readonly string[]): string | null =>
  instants.length === 0 ? null : new Date(Math.max(...instants.map((iso) => Date.parse(iso)))).toISOString();
