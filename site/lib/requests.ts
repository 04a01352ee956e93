// The requests of the latest edition as their pages show them: one request with what was said of it, market by market.
import { knowledgeNote } from "./addresses.ts";
import { type DatasetRow, type Edition, marketName, rows, rowsOf } from "./data.ts";
import { anchorOf } from "./knowledge.ts";
import type { Mark } from "./model-mark.ts";
import { fill, words } from "./words.ts";

export type Answer = DatasetRow<"requests">;
export type Found = DatasetRow<"request_issues">;
export type Variant = DatasetRow<"request_variants">;

/** What was asked once, answered for one market or several. */
export interface Request {
  readonly id: string;
  /** One a market; what was asked stands on each. */
  readonly answers: readonly [Answer, ...Answer[]];
}

/** The latest asked first. Empty where the publication has none, and then there is no page. */
export const requests = (): Request[] =>
  [...Map.groupBy(rows("requests"), ({ request }) => request)]
    .map(([id, answers]) => ({ id, answers: answers as [Answer, ...Answer[]] }))
    .sort(
      (a, b) => b.answers[0].asked_on.localeCompare(a.answers[0].asked_on) || a.id.localeCompare(b.id, "en"),
    );

export const requestAddress = (id: string): string => `/requests/${id}/`;

const ofMarket = <Row extends { market: string; position: number }>(all: readonly Row[], market: string) =>
  all.filter((row) => row.market === market).toSorted((a, b) => a.position - b.position);

/** What was found in the copy for a market, in its order. */
export const foundFor = ({ request, market }: Answer): readonly Found[] =>
  ofMarket(rowsOf("request_issues", "request", request), market);

export const variantsFor = ({ request, market }: Answer): readonly Variant[] =>
  ofMarket(rowsOf("request_variants", "request", request), market);

/** `Germany`, also for a market that the edition has no report on. */
export function requestMarket(code: string, edition: Edition): string {
  const name = marketName(code, edition);
  const known: Readonly<Record<string, string>> = words.checker.markets;
  return name === code.toUpperCase() ? (known[code] ?? name) : name;
}

/** The mark of the model that answered; null where rules alone did. */
export const markOfAnswer = ({ model, prompt_version, answered_on, reviewed_by }: Answer): Mark | null =>
  model === null
    ? null
    : { model, prompt_version: prompt_version ?? "", answered_on: answered_on ?? "", reviewed_by };

/** What the request is called: its product, else its id in words. */
export const requestTitle = ({ product, request }: Answer): string => product ?? request.replaceAll("-", " ");

/** The page's title as a finding: `Spring Cream: revise for Germany and France`. */
export function requestFinding({ answers }: Request, edition: Edition): string {
  const [first] = answers;
  const title = requestTitle(first);
  const w = words.requests;
  const list = new Intl.ListFormat("en", { type: "conjunction" });
  const names = (some: readonly Answer[]) =>
    list.format(some.map(({ market }) => requestMarket(market, edition)));
  if (first.kind === "transcreate") {
    const n = answers.reduce((sum, answer) => sum + variantsFor(answer).length, 0);
    return fill(n === 0 ? w.title_no_variants : w.title_variants, { title, n, markets: names(answers) });
  }
  const parts = [...Map.groupBy(answers, ({ approval_status }) => approval_status)].map(([status, some]) =>
    fill(w.title_part[status ?? "unread"], { markets: names(some) }),
  );
  return `${title}: ${parts.join("; ")}`;
}

/** What a score means, in the bands of the method. */
export const scoreMeans = (score: number): string => {
  const { bands } = words.requests;
  return score >= 90 ? bands.runs : score >= 70 ? bands.small : score >= 40 ? bands.rewrite : bands.wrong;
};

export interface Cited {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Null for a passage that the edition does not hold. */
  readonly href: string | null;
}

export const citedOf = (ids: readonly string[]): Cited[] =>
  ids.map((id) => {
    const passage = rowsOf("knowledge", "id", id)[0];
    if (!passage) return { id, title: id, source: "", href: null };
    const { note, title, heading, source_title, source_publisher } = passage;
    return {
      id,
      title: heading === title ? title : `${title}: ${heading}`,
      source: `${source_title}, ${source_publisher}`,
      href: `${knowledgeNote(note)}#${encodeURIComponent(anchorOf(passage))}`,
    };
  });
