// The checker's script: reads the copy in this browser with the function the pipeline runs. Rules are fetched once, when somebody starts; nothing is sent.
import type { RuleBook } from "../../data/contract/claims.ts";
import { type Reader, readerOf } from "../../data/reference/claims/check.ts";
import type { Checked, Hit } from "../../data/reference/claims/checked.ts";
import {
  type IngredientTable,
  ingredientsIn,
  ingredientTable,
} from "../../data/reference/ingredients/match.ts";

type Rules = { markets: Record<string, Omit<RuleBook, "wordings">>; wordings: RuleBook["wordings"] };
type Words = Record<string, string>;

const form = document.querySelector<HTMLFormElement>("#checker");
const market = document.querySelector<HTMLSelectElement>("#check-market");
const paid = document.querySelector<HTMLInputElement>("#check-paid");
const copy = document.querySelector<HTMLTextAreaElement>("#check-copy");
const list = document.querySelector<HTMLTextAreaElement>("#check-ingredients");
const said = document.querySelector<HTMLElement>("#check-said");
const result = document.querySelector<HTMLElement>("#check-result");

function start(form: HTMLFormElement, market: HTMLSelectElement, copy: HTMLTextAreaElement): void {
  const words = JSON.parse(form.dataset["words"] ?? "{}") as Words;
  const asked = new URLSearchParams(location.search).get("market");
  if (asked && [...market.options].some((option) => option.value === asked)) market.value = asked;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void show(words), 150);
  };
  for (const field of [copy, list, paid]) field?.addEventListener("input", later);
  market.addEventListener("change", () => {
    // The market is kept in the address; the copy never is.
    history.replaceState(null, "", `?market=${market.value}`);
    later();
  });
  copy.addEventListener("focus", () => void rules().catch(() => {}), { once: true });
  if (copy.value !== "") later();
}

let loading: Promise<Rules> | null = null;
function rules(): Promise<Rules> {
  loading ??= fetched<Rules>("/checker/rules.json").catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

let annexes: Promise<IngredientTable> | null = null;
function annexTable(): Promise<IngredientTable> {
  annexes ??= fetched<{ annexes: string; spellings: string }>("/checker/ingredients.json")
    .then((files) => ingredientTable(files.annexes, files.spellings))
    .catch((error: unknown) => {
      annexes = null;
      throw error;
    });
  return annexes;
}

async function fetched<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as T;
}

const readers = new Map<string, Reader>();
function readerFor(code: string, { markets, wordings }: Rules): Reader {
  const known = readers.get(code);
  if (known) return known;
  const book = markets[code];
  if (!book) throw new Error(`unknown market: ${code}`);
  const made = readerOf({ ...book, wordings });
  readers.set(code, made);
  return made;
}

let turns = 0;

async function show(words: Words): Promise<void> {
  if (!market || !copy || !said || !result) return;
  // What waits for its rules must not come after what was written meanwhile.
  const turn = ++turns;
  const [text, ingredients] = [copy.value, list?.value ?? ""];
  if (text.trim() === "" && ingredients.trim() === "") {
    said.textContent = "";
    result.replaceChildren();
    return;
  }
  try {
    const parts: Node[] = [];
    let verdict = "";
    if (text.trim() !== "") {
      const checked = readerFor(market.value, await rules()).read(text, paid?.checked ? { paid: true } : {});
      verdict = verdictOf(checked, words);
      parts.push(...checkedNodes(text, checked, words));
    }
    if (ingredients.trim() !== "") parts.push(...ingredientNodes(ingredients, await annexTable(), words));
    if (turn !== turns) return;
    said.textContent = verdict;
    result.replaceChildren(...parts);
  } catch {
    if (turn !== turns) return;
    said.textContent = words["unloaded"] ?? "";
    result.replaceChildren();
  }
}

function verdictOf(checked: Checked, words: Words): string {
  if (!checked.understood) return words["unread"] ?? "";
  const status = words[checked.approval_status ?? ""] ?? "";
  return `${status} ${words["score"]} ${checked.cultural_fit_score} ${words["of"]}`;
}

function checkedNodes(text: string, checked: Checked, words: Words): Node[] {
  if (!checked.understood) return [];
  const nodes: Node[] = [element("p", "read", ...marked(text, checked))];
  if (checked.hits.length > 0)
    nodes.push(
      element("h2", "", words["hits"] ?? ""),
      element("ol", "", ...checked.hits.map((hit) => hitItem(hit, words))),
    );
  if (checked.sensitivity_issues.length > 0)
    nodes.push(
      element("h2", "", words["issues"] ?? ""),
      element(
        "ul",
        "",
        ...checked.sensitivity_issues.map((issue) =>
          element(
            "li",
            "",
            element("b", "", `“${issue.quote}”: ${issue.title}`),
            element("p", "", issue.why),
            element("p", "law", issue.source),
          ),
        ),
      ),
    );
  if (checked.revised_content !== null)
    nodes.push(
      element("h2", "", words["draft"] ?? ""),
      element("p", "s q", words["draft_note"] ?? ""),
      element("blockquote", "", checked.revised_content),
    );
  if (checked.passed.length > 0)
    nodes.push(
      element("h2", "", words["passed"] ?? ""),
      element(
        "ul",
        "",
        ...checked.passed.map(({ quote, because }) =>
          element("li", "", `“${quote}”: ${words[because] ?? because}`),
        ),
      ),
    );
  nodes.push(
    element("h2", "", words["tips"] ?? ""),
    element("ul", "", ...checked.localization_tips.map((tip) => element("li", "", tip))),
  );
  return nodes;
}

function hitItem(hit: Hit, words: Words): HTMLElement {
  const law = element("p", "law");
  hit.cites.forEach(({ short, act, article, url }, place) => {
    const link = document.createElement("a");
    link.href = url;
    link.rel = "noreferrer";
    link.textContent = `${short}, ${article}`;
    link.title = act;
    law.append(place > 0 ? "; " : "", link);
  });
  law.append(`. ${words["reviewed"]} ${hit.reviewed_on}.`);
  const quote = hit.quote === "" ? hit.title : `“${hit.quote}”: ${hit.title}`;
  return element(
    "li",
    "",
    element("b", "", quote),
    element("p", "", `${words[hit.severity]} ${hit.why}`),
    element("p", "", element("b", "", `${words["say"]} `), hit.suggestion),
    law,
  );
}

function ingredientNodes(text: string, table: IngredientTable, words: Words): Node[] {
  const { read, listed } = ingredientsIn(text, table);
  const lines = listed.map(({ name, entries }) =>
    element(
      "li",
      "",
      element("b", "", name),
      ` ${entries.map(({ annex, reference, limit, products }) => `Annex ${annex}, ${reference}${annex === "II" ? `: ${words["prohibited"]}` : limit ? `: ${limit}${products ? ` (${products})` : ""}` : `: ${words["restricted"]}`}`).join("; ")}`,
    ),
  );
  return [
    element("h2", "", words["ingredients"] ?? ""),
    element("p", "", `${read} ${words["ingredients_read"]} ${listed.length}.`),
    ...(lines.length > 0 ? [element("ul", "", ...lines)] : []),
    element("p", "s q", words["ingredients_source"] ?? ""),
  ];
}

/** The copy with what was hit underlined; where hits overlap the first one stands. */
function marked(text: string, { hits, sensitivity_issues }: Checked): Node[] {
  const nodes: Node[] = [];
  let done = 0;
  const places = [...hits, ...sensitivity_issues].toSorted((a, b) => a.start - b.start);
  for (const { start, end, severity } of places) {
    if (start < done || end <= start) continue;
    nodes.push(document.createTextNode(text.slice(done, start)));
    nodes.push(element("mark", severity === "low" ? "low" : "", text.slice(start, end)));
    done = end;
  }
  nodes.push(document.createTextNode(text.slice(done)));
  return nodes;
}

function element(name: string, kind: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (kind !== "") made.className = kind;
  made.append(...children);
  return made;
}

// Last, because what it calls is declared above.
if (form && market && copy) start(form, market, copy);
