// The search page's script: asks Pagefind's index, keeps words and filters in the address, writes results as plain nodes.
// The index is fetched only when a reader types.
import { withoutParticles } from "./korean.ts";

interface PagefindResult {
  data(): Promise<{
    url: string;
    excerpt: string;
    meta: Record<string, string>;
    filters: Record<string, string[]>;
  }>;
}
interface Pagefind {
  options(options: { excerptLength: number }): Promise<void>;
  search(
    words: string | null,
    options: { filters: Record<string, string> },
  ): Promise<{ results: PagefindResult[] }>;
}

const pageSize = 10;
const filterNames = ["market", "kind", "edition"] as const;

const form = document.querySelector<HTMLFormElement>("#search-form");
const list = document.querySelector<HTMLOListElement>("#search-results");
const said = document.querySelector<HTMLElement>("#search-said");
const more = document.querySelector<HTMLButtonElement>("#search-more");

function start(
  form: HTMLFormElement,
  list: HTMLOListElement,
  said: HTMLElement,
  more: HTMLButtonElement,
): void {
  let asked = 0;
  let shown = 0;
  let found: PagefindResult[] = [];

  form.hidden = false;
  fromAddress(form);
  if (wordsOf(form) || filtersOf(form).length > 0) void ask();

  let waiting: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    void ask();
  });
  more.addEventListener("click", () => void show());
  addEventListener("popstate", () => {
    fromAddress(form);
    void ask();
  });

  async function ask(): Promise<void> {
    const mine = ++asked;
    const words = wordsOf(form);
    const filters = Object.fromEntries(filtersOf(form));
    toAddress(form);
    if (!words && Object.keys(filters).length === 0) {
      found = [];
      list.replaceChildren();
      more.hidden = true;
      said.textContent = "";
      return;
    }
    try {
      const results = await search(words, filters);
      if (mine !== asked) return;
      found = results;
    } catch (error) {
      said.textContent = `The search index could not be read: ${error instanceof Error ? error.message : error}`;
      return;
    }
    shown = 0;
    list.replaceChildren();
    said.textContent = summary(found.length, words, filters);
    await show(mine);
  }

  async function show(mine = asked): Promise<void> {
    const next = await Promise.all(found.slice(shown, shown + pageSize).map((result) => result.data()));
    if (mine !== asked) return;
    const first = shown > 0 ? list.children.length : -1;
    list.append(...next.map(resultItem));
    shown += next.length;
    more.hidden = shown >= found.length;
    // After "More results" the keyboard goes on at the first new one.
    if (first >= 0) list.children[first]?.querySelector("a")?.focus();
  }
}

let engine: Promise<Pagefind> | undefined;

async function search(words: string, filters: Record<string, string>): Promise<PagefindResult[]> {
  engine ??= load();
  const pagefind = await engine;
  const { results } = await pagefind.search(words || null, { filters });
  if (results.length > 0 || !words) return results;
  const bare = withoutParticles(words);
  return bare === words ? results : (await pagefind.search(bare, { filters })).results;
}

async function load(): Promise<Pagefind> {
  const address = "/pagefind/pagefind.js";
  const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
  await pagefind.options({ excerptLength: 24 });
  return pagefind;
}

const wordsOf = (form: HTMLFormElement): string => String(new FormData(form).get("q") ?? "").trim();

function filtersOf(form: HTMLFormElement): [string, string][] {
  const data = new FormData(form);
  return filterNames.flatMap((name) => {
    const value = String(data.get(name) ?? "");
    return value ? [[name, value]] : [];
  });
}

function fromAddress(form: HTMLFormElement): void {
  const address = new URLSearchParams(location.search);
  for (const name of ["q", ...filterNames]) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
      field.value = address.get(name) ?? "";
    }
  }
}

function toAddress(form: HTMLFormElement): void {
  const address = new URLSearchParams(filtersOf(form));
  if (wordsOf(form)) address.set("q", wordsOf(form));
  const query = address.size > 0 ? `?${address}` : "";
  if (query !== location.search) history.replaceState(null, "", location.pathname + query);
}

function summary(count: number, words: string, filters: Record<string, string>): string {
  const about = words ? ` for “${words}”` : "";
  const within = Object.keys(filters).length > 0 ? " with these filters" : "";
  if (count === 0) return `Nothing found${about}${within}. Try fewer words, or another spelling.`;
  return `${count} ${count === 1 ? "page" : "pages"}${about}${within}`;
}

function resultItem(result: Awaited<ReturnType<PagefindResult["data"]>>): HTMLLIElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = result.url;
  link.textContent = result.meta["title"] ?? result.url;
  const facts = document.createElement("p");
  facts.className = "s q";
  facts.textContent = ["kind", "market", "edition"].flatMap((name) => result.filters[name] ?? []).join(" · ");
  const excerpt = document.createElement("p");
  excerpt.className = "s";
  excerpt.append(...excerptNodes(result.excerpt));
  item.append(link, facts, excerpt);
  return item;
}

/** Pagefind's excerpt is escaped text with `<mark>`; nodes are built from it, so that nothing in it can be markup. */
function excerptNodes(excerpt: string): Node[] {
  return excerpt.split(/(<mark>.*?<\/mark>)/).map((part) => {
    const text = document.createTextNode(unescapeHtml(part.replace(/<\/?mark>/g, "")));
    if (!part.startsWith("<mark>")) return text;
    const mark = document.createElement("mark");
    mark.append(text);
    return mark;
  });
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
const unescapeHtml = (text: string): string =>
  text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? "");

// Last, because the small functions above are constants.
if (form && list && said && more) start(form, list, said, more);
