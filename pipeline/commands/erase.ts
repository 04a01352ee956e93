// `leap erase`: takes a person or a post out of everything, publishes anew what readers have, and searches every byte for what may be left.
import { existsSync, readFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Publication } from "../../data/contract/publication.ts";
import { runClock } from "../core/clock.ts";
import { LeapError } from "../core/errors.ts";
import { type StatePaths, warehouseFile } from "../core/state.ts";
import type { RunClock, Source } from "../core/types.ts";
import { literal, openWarehouse } from "../core/warehouse.ts";
import { type Erased, eraseFromState } from "../people/erase.ts";
import { parseAccount } from "../people/opt-outs.ts";
import { type Searched, searchedText, searchTrail } from "../people/search.ts";
import { type Target, type Trail, trailOf } from "../people/trail.ts";
import { analyse } from "./analyse.ts";
import { textsAreMissing } from "./carried.ts";
import { openEngines } from "./engine.ts";
import { type CommonOptions, type Done, type Environment, openEnvironment } from "./environment.ts";
import { model } from "./model.ts";
import { defaultPublications, readPublication, repository } from "./publication.ts";
import { publish } from "./publish.ts";
import { readPublishedEdition, readPublishedRows } from "./published.ts";
import { takeFromRegistry } from "./registry.ts";
import { render } from "./render.ts";

export interface EraseOptions extends CommonOptions {
  /** `platform:handle` or `platform:id`. */
  readonly author?: string;
  /** `platform:id` of a post. */
  readonly post?: string;
  /** Only searches. */
  readonly verify?: boolean;
  /** Takes the person off the registry of publication.yaml. */
  readonly removeFromRegistry?: boolean;
  /** Takes editions from readers that cannot be published anew and hold a trace. */
  readonly withdraw?: boolean;
}

export interface ErasedEditions {
  readonly published: readonly string[];
  readonly withdrawn: readonly string[];
  /** Of those published, the ones in which figures stay that were read from texts which have expired since. */
  readonly carried: readonly string[];
  /** Edition and why it stays as it was. */
  readonly left: Readonly<Record<string, string>>;
}

export async function eraseCommand(options: EraseOptions): Promise<Done> {
  const target = targetOf(options);
  const environment = openEnvironment(options);
  const { state, out } = environment;
  const registry = readPublication(options.publication, options.publications ?? defaultPublications);
  const sources = await sourcesInState(state);
  const trail = trailOf(state, sources, target, registry, await textKeysIn(state));
  const folders = [state.root, out];
  if (options.verify) return verdict(trail, await searchTrail(folders, trail), []);

  const editions = await editionsOf(environment);
  const erased = await eraseFromState(state, sources, trail, dayOf(environment, options));
  const lines = [
    ...unknownLines(trail, erased),
    ...erasedLines(erased),
    ...registryLines(environment, registry, trail, options),
  ];
  // Opened again: the person is on the list now, and on no registry.
  const after = openEnvironment({ ...options, allowQuarantine: true });
  const done = await publishAgain(after, editions, trail, options.withdraw === true);
  lines.push(...editionLines(done));
  if (existsSync(path.join(out, "index.html"))) {
    const pages = await render(after);
    lines.push(`rendered ${pages} pages in ${out}`);
  }
  return verdict(trail, await searchTrail(folders, trail), lines);
}

function targetOf({ author, post }: EraseOptions): Target {
  if ((author === undefined) === (post === undefined))
    throw new LeapError(
      "missing --author: name one account (--author instagram:@mina) or one post (--post instagram:17895).",
    );
  if (author !== undefined) return { kind: "author", account: parseAccount(author) };
  const { platform, name } = parseAccount(post as string);
  return { kind: "post", platform, post_id: name };
}

/** Sources whose bronze the state holds, whether or not the publication still uses them. */
export async function sourcesInState(state: StatePaths): Promise<Source[]> {
  if (!existsSync(state.bronze)) return [];
  const sources: Source[] = [];
  for (const id of (await readdir(state.bronze)).sort()) {
    const file = path.join(repository, "pipeline/sources", id, "source.ts");
    if (!existsSync(file)) continue;
    sources.push(((await import(pathToFileURL(file).href)) as { source: Source }).source);
  }
  return sources;
}

/** Texts are asked about under their hash: those that only the posts with these keys bear, as the last warehouses knew them. */
async function textKeysIn(state: StatePaths): Promise<(keys: readonly string[]) => string[]> {
  const byKey = new Map<string, Set<string>>();
  const shared = new Map<string, Set<string>>();
  const files = existsSync(state.warehouse)
    ? (await readdir(state.warehouse)).filter((name) => name.endsWith(".duckdb"))
    : [];
  for (const name of files) {
    const warehouse = await openWarehouse({ threads: 1 });
    try {
      await warehouse.execute(`ATTACH ${literal(path.join(state.warehouse, name))} AS looked (READ_ONLY)`);
      for (const row of await warehouse.query<{ post: string; text: string }>(
        "SELECT DISTINCT post_key::varchar AS post, text_key::varchar AS text FROM looked.main.int_post_sights WHERE text_key IS NOT NULL",
      )) {
        byKey.set(row.post, (byKey.get(row.post) ?? new Set()).add(row.text));
        shared.set(row.text, (shared.get(row.text) ?? new Set()).add(row.post));
      }
    } catch {
      // A warehouse that does not open is deleted with the others.
    } finally {
      warehouse.close();
    }
  }
  return (keys) => {
    const ours = new Set(keys);
    return [...new Set(keys.flatMap((key) => [...(byKey.get(key) ?? [])]))].filter((text) =>
      [...(shared.get(text) ?? [])].every((post) => ours.has(post)),
    );
  };
}

// ── editions ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface PublishedEdition {
  readonly edition: string;
  readonly clock: RunClock | null;
  readonly engine: "offline" | "llm";
  /** Why it cannot be published anew; null when it can. */
  readonly cannot: string | null;
}

/** What readers have, oldest first, with the clock that each was made under. Asked before anything is erased. */
export async function editionsOf({ publication, state }: Environment): Promise<PublishedEdition[]> {
  if (!existsSync(state.published)) return [];
  const found: PublishedEdition[] = [];
  for (const edition of (await readdir(state.published))
    .filter((name) => /^\d{4}-W\d{2}$/.test(name))
    .sort()) {
    const described = await readPublishedEdition(state, edition);
    const clock =
      (await clockIn(state, edition)) ?? clockOf(publication, edition, described.stamps.analysed_at);
    const receipts = await readPublishedRows(state, edition, "receipts");
    const missing = receipts.filter(({ receipt, source }) => {
      const id = String(receipt).slice(String(source).length + 1);
      return !existsSync(path.join(state.bronze, String(source), id, "receipt.json"));
    });
    const cannot =
      clock === null
        ? "its clock is not known"
        : missing.length > 0
          ? `${missing.length} of its ${receipts.length} receipts are no longer in the state`
          : null;
    found.push({ edition, clock, engine: described.engine, cannot });
  }
  return found;
}

/** The clock as the edition's warehouse holds it. */
async function clockIn(state: StatePaths, edition: string): Promise<RunClock | null> {
  const file = warehouseFile(state, edition);
  if (!existsSync(file)) return null;
  const warehouse = await openWarehouse({ threads: 1 });
  try {
    await warehouse.execute(`ATTACH ${literal(file)} AS looked (READ_ONLY)`);
    const [row] = await warehouse.query<{ publication: string; as_of: string }>(
      "SELECT publication, as_of FROM looked.main.run",
    );
    return row ? runClock(row.publication, row.as_of) : null;
  } catch {
    return null;
  } finally {
    warehouse.close();
  }
}

// Without a warehouse: an edition was analysed at its clock, unless files were imported later.
function clockOf(publication: Publication, edition: string, analysedAt: string): RunClock | null {
  const clock = runClock(publication.id, analysedAt);
  return clock.edition === edition ? clock : null;
}

async function publishAgain(
  environment: Environment,
  editions: readonly PublishedEdition[],
  trail: Trail,
  withdraw: boolean,
): Promise<ErasedEditions> {
  const published: string[] = [];
  const withdrawn: string[] = [];
  const carried: string[] = [];
  const left: Record<string, string> = {};
  for (const edition of editions) {
    const done = edition.cannot ?? (await publishOnce(environment, edition));
    if (typeof done !== "string") {
      published.push(edition.edition);
      if (done.carried) carried.push(edition.edition);
      continue;
    }
    const folder = path.join(environment.state.published, edition.edition);
    const traces = (await searchTrail([folder], trail)).left.length;
    if (withdraw && traces > 0) {
      await rm(folder, { recursive: true, force: true });
      withdrawn.push(edition.edition);
    } else left[edition.edition] = `${done}${traces > 0 ? "; it holds traces, see --withdraw" : ""}`;
  }
  return { published, withdrawn, carried, left };
}

/** Why it was not published, in words, or how it was. */
async function publishOnce(
  environment: Environment,
  { clock, engine }: PublishedEdition,
): Promise<string | { readonly carried: boolean }> {
  try {
    const built = await model(environment, clock as RunClock);
    try {
      const { publication, state, publications, effects } = environment;
      const engines =
        engine === "llm"
          ? openEngines({ ...environment, options: { ...environment.options, engine: "llm", frozen: true } })
          : null;
      await analyse({
        ...{ warehouse: built.warehouse, clock: clock as RunClock, publication, state, publications },
        log: effects.log,
        models: engines?.(clock as RunClock) ?? null,
      });
      await publish(environment, clock as RunClock, built.warehouse);
      return {
        carried: await textsAreMissing({ warehouse: built.warehouse, clock: clock as RunClock }),
      };
    } finally {
      built.warehouse.close();
    }
  } catch (error) {
    if (error instanceof LeapError) return error.message;
    throw error;
  }
}

// ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function verdict(trail: Trail, searched: Searched, lines: readonly string[]): Done {
  const text = [...lines, searchedText(searched, trail)].join("\n");
  if (searched.left.length > 0)
    throw new LeapError(`${text}\nNot everything is gone. The files above still hold a trace.`);
  return { text, gaps: 0, result: { ...searched, lines } };
}

function erasedLines({ removed, mentions, files, originals }: Erased): string[] {
  const rows = Object.entries(removed);
  return [
    `removed ${rows.reduce((sum, [, count]) => sum + count, 0)} rows${rows.length > 0 ? ` (${rows.map(([thing, count]) => `${thing}: ${count}`).join(", ")})` : ""}, blotted the name out of ${mentions} rows of others, rewrote ${files.length} other files`,
    ...(originals.length > 0
      ? [
          `imported files were removed from the state; the originals are yours, and may still hold the person: ${originals.join(", ")}`,
        ]
      : []),
  ];
}

/** A name that leads to nothing is no proof that somebody is not there: not every platform names who posts. */
function unknownLines({ target, platform, ids }: Trail, { removed, mentions }: Erased): string[] {
  if (Object.keys(removed).length > 0 || mentions > 0) return [];
  if (target.kind === "post") return [`no row is the post ${platform}:${target.post_id}`];
  const byId = platform === "youtube" && ![...ids].some((id) => /^UC[\w-]{22}$/.test(id));
  return [
    `no row names ${platform}:${target.account.name}; it is on the list of those who stay out${byId ? ". YouTube names a channel by its id alone, but for creators of the registry: give youtube:UC…, too" : ""}`,
  ];
}

const editionLines = ({ published, withdrawn, carried, left }: ErasedEditions): string[] => [
  `published anew: ${published.join(", ") || "none"}`,
  ...(carried.length > 0
    ? [
        `in ${carried.join(", ")}, figures that were read from texts which have expired since (claims, themes, quality of captions) stay as they were: nobody's texts are there to count again, and they name nobody`,
      ]
    : []),
  ...(withdrawn.length > 0 ? [`withdrawn: ${withdrawn.join(", ")}`] : []),
  ...Object.entries(left).map(([edition, why]) => `not published anew: ${edition}: ${why}`),
];

function registryLines(
  { publications }: Environment,
  registry: Publication,
  { creators }: Trail,
  options: EraseOptions,
): string[] {
  if (creators.length === 0) return [];
  const file = path.join(publications, registry.id, "publication.yaml");
  if (!options.removeFromRegistry)
    return [
      `${creators.join(", ")} left every edition, and still stands in ${file}: remove the entry there, or run again with --remove-from-registry`,
    ];
  const text = takeFromRegistry(readFileSync(file, "utf8"), creators, file);
  return [`${creators.join(", ")} taken off the registry in ${file}${text ? "" : " before"}`];
}

/** Of the tombstone: the day that the command runs on. */
const dayOf = ({ effects }: Environment, { asOf }: EraseOptions): string =>
  (asOf ?? effects.now().toISOString()).slice(0, 10);
