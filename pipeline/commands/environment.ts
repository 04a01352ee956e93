// What every verb works in: the publication, its sources, folders and clock, and the world outside.
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { z } from "zod";
import type { Publication } from "../../data/contract/publication.ts";
import { readReceipts } from "../core/bronze.ts";
import { editionClocks } from "../core/clock.ts";
import { LeapError } from "../core/errors.ts";
import { type RunRecord, type StepRows, unrecorded } from "../core/run-record.ts";
import { type StatePaths, statePaths, warehouseFile } from "../core/state.ts";
import type { Effects, RunClock, Source } from "../core/types.ts";
import { type OpenWarehouse, openWarehouse } from "../core/warehouse.ts";
import { watermark } from "../models/build-warehouse.ts";
import { openOptOuts, withoutOptedOut } from "../people/opt-outs.ts";
import { logFor, newRunId } from "./logging.ts";
import { defaultPublications, placeIn, readPublication, repository } from "./publication.ts";

export interface CommonOptions {
  readonly publication: string;
  readonly publications?: string;
  readonly state?: string;
  readonly asOf?: string;
  readonly markets?: readonly string[] | undefined;
  readonly out?: string;
  readonly editions?: number;
  readonly allowQuarantine?: boolean;
  readonly threads?: number;
  readonly json?: boolean;
  /** How the command speaks while it works; see logging.ts. */
  readonly log?: "text" | "json";
  /** Id of the run and its verb, as the command line gives them. */
  readonly runId?: string;
  readonly verb?: string;
  readonly engine?: "offline" | "llm" | "auto";
  readonly budgetUsd?: number;
  /** Asks no model: every answer must have been kept. */
  readonly frozen?: boolean;
  /** Takes no answer that was kept before this run. */
  readonly refresh?: boolean;
  /** False asks at full price what could wait for a batch. */
  readonly batch?: boolean;
}

/** What every verb works in: the publication, its folders, and the world outside. */
export interface Environment {
  readonly publication: Publication;
  readonly publications: string;
  readonly state: StatePaths;
  readonly out: string;
  readonly options: CommonOptions;
  readonly effects: Effects;
  /** Id of this run; lines of the log and of the journal bear it. */
  readonly run: string;
  /** Where steps are written down; see recorded.ts. */
  readonly record: RunRecord;
}

export interface Done {
  readonly text: string;
  /** Named gaps of what was published; more than none makes the exit code 2. */
  readonly gaps: number;
  readonly result: unknown;
  /** For the record of the run: rows in and out, and the edition where one alone was worked on. */
  readonly rows?: StepRows;
  readonly edition?: string;
}

/** Reads the publication and names its folders. Throws LeapError for an unknown publication or market. */
export function openEnvironment(options: CommonOptions): Environment {
  const publications = path.resolve(options.publications ?? defaultPublications);
  const verb = options.verb ?? "leap";
  const run = options.runId ?? newRunId(verb);
  const written = readPublication(options.publication, publications);
  const state = statePaths(written.id, options.state ?? path.join(repository, "data/state", written.id));
  return {
    // Whoever opted out is on no registry, whatever the file says.
    publication: withoutOptedOut(narrowed(written, options.markets), openOptOuts(state)),
    publications,
    state,
    out: path.resolve(options.out ?? path.join(repository, "dist", written.id)),
    options,
    effects: {
      fetch: globalThis.fetch,
      now: () => new Date(),
      log: logFor({ ...options, runId: run, verb }),
    },
    run,
    record: unrecorded,
  };
}

function narrowed(publication: Publication, markets: readonly string[] | undefined): Publication {
  if (!markets) return publication;
  const stranger = markets.find((market) => !publication.markets.includes(market));
  if (stranger !== undefined)
    throw new LeapError(
      `unknown market: ${stranger}. ${publication.id} reports on ${publication.markets.join(", ")}.`,
    );
  return { ...publication, markets: [...markets] };
}

interface SourceInUse {
  readonly source: Source;
  readonly config: unknown;
}

/** The sources of the publication, each with its entry validated by the source's own schema. Throws LeapError naming file and line. */
export async function sourcesInUse(environment: Environment): Promise<SourceInUse[]> {
  const { publication, publications } = environment;
  const yaml = path.join(publications, publication.id, "publication.yaml");
  const used = await Promise.all(
    [...publication.sources, ...auditSource(environment, yaml)].map(
      async ({ source: id, ...given }, index) => {
        const entry = withPlaces(given, yaml, index);
        const file = path.join(repository, "pipeline/sources", id, "source.ts");
        if (!existsSync(file))
          throw new LeapError(
            `unknown source: ${id}. See ${placeIn(yaml, ["sources", index, "source"])}. A source is a folder in pipeline/sources.`,
          );
        const { source } = (await import(pathToFileURL(file).href)) as { source: Source };
        const config = source.config.safeParse(entry);
        if (!config.success) {
          const issue = config.error.issues[0] as z.core.$ZodIssue;
          const unknown = issue.code === "unrecognized_keys" ? issue.keys : [];
          const where = [...issue.path, ...unknown.slice(0, 1)];
          const problem =
            unknown.length > 0
              ? `unknown key: ${unknown.join(", ")}`
              : `invalid ${issue.path.join(".")}: ${issue.message}`;
          throw new LeapError(
            `${problem} of the source ${id}. See ${placeIn(yaml, ["sources", index, ...where])}; what it takes stands in pipeline/sources/${id}/source.ts.`,
          );
        }
        return { source, config: config.data };
      },
    ),
  );
  return used.some(({ source }) => "live" in source) ? [...used, await collectorInUse()] : used;
}

/** Declared by nobody: what the desk says of its own work, wherever a live source is. */
async function collectorInUse(): Promise<SourceInUse> {
  const { source } = await import("../sources/collector/source.ts");
  return { source: source as Source, config: {} };
}

// Files of an entry lie beside publication.yaml, and what is wrong with one is said of its line.
function withPlaces(entry: Record<string, unknown>, yaml: string, index: number): Record<string, unknown> {
  const { files } = entry;
  if (!Array.isArray(files) || !files.every((one) => typeof one?.file === "string")) return entry;
  const placed = files.map((one, at) => ({
    ...one,
    file: path.resolve(path.dirname(yaml), one.file),
    place: placeIn(yaml, ["sources", index, "files", at, "file"]),
  }));
  return { ...entry, files: placed };
}

// Audits are declared beside the creators they are about, and collected like any other source. A publication that has taken its last audit off
// the list still has to forget it.
function auditSource({ publication, publications, state }: Environment, yaml: string) {
  if (publication.audits.length === 0 && !existsSync(path.join(state.bronze, "audit"))) return [];
  const samples = publication.audits.map((audit, index) => ({
    ...audit,
    file: path.resolve(publications, publication.id, audit.file),
    place: placeIn(yaml, ["audits", index, "file"]),
  }));
  return [{ source: "audit", samples }];
}

/** A day means the publishing hour of that day, so that stamps say when readers got the edition. */
export function clockInstant(publication: Publication, asOf: string | undefined): string | null {
  const day = asOf ?? publication.as_of;
  if (!day) return null;
  return /^\d{4}-\d\d-\d\d$/.test(day)
    ? `${day}T${String(publication.cadence.hour_utc).padStart(2, "0")}:00:00Z`
    : day;
}

/**
 * The clocks of the editions to make, oldest first. Without an as-of anywhere: the instant of the last collection where live sources are
 * asked, for the week it fell in is not over; of files, which end where they end, the Monday after the last post.
 */
export async function clocksOf(environment: Environment, count: number): Promise<RunClock[]> {
  const { publication, state, effects, options } = environment;
  const sources = (await sourcesInUse(environment)).map(({ source }) => source);
  const asOf =
    clockInstant(publication, options.asOf) ??
    lastCollection(state, sources) ??
    clockInstant(publication, await watermark({ publication, state, sources, effects }, folders));
  return editionClocks(publication.id, asOf as string, count);
}

/** Null where no live source has collected anything. */
function lastCollection(state: StatePaths, sources: readonly Source[]): string | null {
  const seen = sources
    .filter((source) => "live" in source)
    .flatMap(({ id }) => readReceipts(state, id, null))
    .map((receipt) => Date.parse(receipt.collected_at));
  return seen.length === 0 ? null : new Date(Math.max(...seen)).toISOString();
}

/** Where models, sources and reference data stand, whatever the working directory. */
export const folders = {
  models: path.join(repository, "pipeline/models"),
  sourceFolders: path.join(repository, "pipeline/sources"),
  reference: path.join(repository, "data/reference"),
};

/** The clock of the last edition that the publication asks for. */
export const lastClock = async (environment: Environment): Promise<RunClock> =>
  (await clocksOf(environment, 1))[0] as RunClock;

/** The warehouse that `leap model` left, for the verbs after it. */
export async function openBuilt(environment: Environment, clock: RunClock): Promise<OpenWarehouse> {
  const file = warehouseFile(environment.state, clock.edition);
  if (!existsSync(file))
    throw new LeapError(
      `missing warehouse: ${file}. Run first: npm run leap -- model --publication ${environment.publication.id}`,
    );
  return openWarehouse({ path: file, ...threadsOf(environment) });
}

/** How many threads the database may use, when the command line says. */
export const threadsOf = ({ options }: Environment): { threads?: number } =>
  options.threads ? { threads: options.threads } : {};
