// The built site that the browser tests look at, and the published folder it was made from. The one place that knows how
// to get them: name both (LEAP_TEST_SITE and LEAP_PUBLISHED), or the published folder alone, or nothing and the whole line
// runs once into a temporary folder.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { LeapError } from "../lib/errors.ts";

export interface BuiltSite {
  /** Folder with index.html. */
  readonly dist: string;
  /** Folder with editions.json. */
  readonly published: string;
}

const root = resolve(import.meta.dirname, "../..");
const publication = "kbeauty";

export async function builtSite(): Promise<BuiltSite> {
  const { LEAP_TEST_SITE, LEAP_PUBLISHED } = process.env;
  if (LEAP_TEST_SITE) {
    if (!LEAP_PUBLISHED) {
      throw new LeapError(
        "missing LEAP_PUBLISHED: LEAP_TEST_SITE needs the published folder it was built from.",
      );
    }
    return { dist: resolve(LEAP_TEST_SITE), published: resolve(LEAP_PUBLISHED) };
  }
  const folder = mkdtempSync(join(tmpdir(), "leap-site-"));
  if (LEAP_PUBLISHED) {
    const out = join(folder, "dist");
    await render(resolve(LEAP_PUBLISHED), out);
    return { dist: siteIn(out), published: resolve(LEAP_PUBLISHED) };
  }
  const state = join(folder, "state");
  const out = join(folder, "dist");
  await node(
    [
      "--import",
      "tsx",
      "pipeline/cli.ts",
      "run",
      "--publication",
      publication,
      "--state",
      state,
      "--out",
      out,
    ],
    {},
  );
  return { dist: siteIn(out), published: publishedIn(state) };
}

/** Renders a published folder into `out`. */
export async function render(
  published: string,
  out: string,
  env: Record<string, string> = {},
): Promise<void> {
  const read = (path: string) => JSON.parse(readFileSync(join(published, path), "utf8"));
  const { latest } = read("editions.json") as { latest: string };
  const { site_url } = read(join(latest, "edition.json")) as { site_url: string };
  await node(["node_modules/astro/bin/astro.mjs", "build", "--silent"], {
    LEAP_PUBLISHED: published,
    LEAP_OUT: out,
    LEAP_SITE_URL: site_url,
    ...env,
  });
}

/** The site is in the folder itself or in one named after the publication. */
function siteIn(out: string): string {
  return existsSync(join(out, "index.html")) ? out : join(out, publication);
}

function publishedIn(state: string): string {
  const candidates = [state, ...readdirSync(state).map((name) => join(state, name))].map((path) =>
    join(path, "published"),
  );
  const found = candidates.find((path) => existsSync(join(path, "editions.json")));
  if (!found) throw new LeapError(`missing published folder: none in ${state}. Did leap run publish?`);
  return found;
}

async function node(args: string[], env: Record<string, string>): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", ASTRO_TELEMETRY_DISABLED: "1", ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`node ${args.join(" ")} failed:\n${stdout ?? ""}\n${stderr ?? ""}`.slice(-8000), {
      cause: error,
    });
  }
}
