// Turns published/ into a static site. Astro runs as a process of its own, because site and pipeline never meet in code; it writes beside the
// live site, which is replaced by one rename when the build succeeded.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { LeapError } from "../core/errors.ts";
import { runsFile } from "../core/run-record.ts";
import type { Log } from "../core/types.ts";
import type { Done, Environment } from "./environment.ts";
import { repository } from "./publication.ts";

export interface RenderRequest {
  readonly published: string;
  /** The journal of commands, where there is one; /status/ shows it. */
  readonly runs?: string;
  readonly out: string;
  readonly siteUrl: string;
  readonly log: Log;
}

/** Builds the site; returns the number of pages. Throws LeapError with Astro's last words when it fails. */
export async function renderSite(request: RenderRequest): Promise<number> {
  if (!existsSync(path.join(request.published, "editions.json")))
    throw new LeapError(`missing editions: ${request.published} holds none. Run first: npm run leap -- run`);
  const out = path.resolve(request.out);
  await refuseForeignFolder(out);
  const staging = `${out}.staging`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(path.dirname(staging), { recursive: true });
  await runAstro(
    {
      LEAP_PUBLISHED: path.resolve(request.published),
      LEAP_OUT: staging,
      LEAP_RUNS: request.runs && existsSync(request.runs) ? path.resolve(request.runs) : "",
      LEAP_SITE_URL: request.siteUrl,
      ASTRO_TELEMETRY_DISABLED: "1",
      NODE_ENV: "production",
    },
    request.log,
  );
  const old = `${out}.old`;
  await rm(old, { recursive: true, force: true });
  if (existsSync(out)) await rename(out, old);
  await rename(staging, out);
  await rm(old, { recursive: true, force: true });
  const files = await readdir(out, { recursive: true });
  return files.filter((file) => file.endsWith(".html")).length;
}

/** A folder that holds something and no site of ours is somebody's: it is not replaced. */
async function refuseForeignFolder(out: string): Promise<void> {
  if (!existsSync(out) || existsSync(path.join(out, "index.html"))) return;
  if ((await readdir(out)).length > 0)
    throw new LeapError(`invalid --out: ${out} holds files that are no site. Name an empty or new folder.`);
}

function runAstro(environment: Record<string, string>, log: Log): Promise<void> {
  return new Promise((resolve, reject) => {
    const astro = path.join(repository, "node_modules/astro/bin/astro.mjs");
    // A small young generation: pages are short-lived strings, and a thousand of them cost 90 MB less at the same speed.
    const child = spawn(process.execPath, ["--max-semi-space-size=8", astro, "build", "--silent"], {
      cwd: repository,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const tail: string[] = [];
    const listen = (stream: NodeJS.ReadableStream) =>
      stream.on("data", (chunk: Buffer) => {
        tail.push(chunk.toString());
        if (tail.length > 40) tail.shift();
        log.progress("render", tail.length);
      });
    listen(child.stdout);
    listen(child.stderr);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new LeapError(
            `the site was not built (astro ended with ${code}); the last good one stays. Its last words:\n${tail.join("").split("\n").slice(-25).join("\n")}`,
          ),
        );
    });
  });
}

/** Renders every published edition of the publication. */
export async function render(environment: Environment): Promise<number> {
  const { publication, state, out, effects } = environment;
  return renderSite({
    ...{ published: state.published, runs: runsFile(state.root) },
    ...{ out, siteUrl: publication.site_url, log: effects.log },
  });
}

/** Where the site lies and how to view it. */
export const siteLine = (environment: Environment, pages: number): string => {
  const { publication, out } = environment;
  const preview =
    publication.id === "kbeauty" ? "npm run preview" : `npm run preview -- --publication ${publication.id}`;
  return `The site: ${pages} pages in ${path.relative(process.cwd(), out) || out}; view it with: ${preview}`;
};

export async function renderCommand(environment: Environment): Promise<Done> {
  const pages = await render(environment);
  return {
    rows: { rows_out: pages },
    ...{ text: siteLine(environment, pages), gaps: 0, result: { out: environment.out, pages } },
  };
}
