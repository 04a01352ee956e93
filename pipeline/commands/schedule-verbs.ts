// The verbs that the schedule lives on: the store, the watchdog, requests from issues, workflows on this machine.
import { writeFileSync } from "node:fs";
import { Argument, type Command, Option } from "commander";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import { ciLocal, type LocalWords } from "./ci-local.ts";
import { type CommonOptions, type Done, type Environment, openEnvironment } from "./environment.ts";
import { requestAnswers, requestFromIssue } from "./request-from-issue.ts";
import { type StoreVerb, type StoreWords, storeCommand, storeVerbs } from "./store.ts";
import { type WatchdogWords, watchdogCommand } from "./watchdog.ts";

/** What the matrix of a collecting workflow runs over. Throws LeapError on a source or market that the publication has not. */
function matrix(
  words: { onlySource?: string; marketGroups?: string; out: string },
  { publication }: Environment,
): Done {
  const known = [...new Set(publication.sources.map(({ source }) => source))];
  const only = words.onlySource?.trim();
  if (only && !known.includes(only))
    throw new LeapError(`unknown source: ${only.slice(0, 40)}. ${publication.id} has ${known.join(", ")}.`);
  const groups = words.marketGroups?.trim() ? MarketGroups.safeParse(jsonOf(words.marketGroups)) : null;
  if (groups?.success === false)
    throw new LeapError(`invalid market groups: give a JSON list such as ["de","fr,jp"].`);
  const strangers = (groups?.data ?? [])
    .flatMap((group) => group.split(","))
    .filter((code) => !publication.markets.includes(code));
  if (strangers.length > 0)
    throw new LeapError(
      `unknown market: ${strangers[0]}. ${publication.id} reports on ${publication.markets.join(", ")}.`,
    );
  const result = { sources: only ? [only] : known, markets: groups?.data ?? ["all"] };
  writeFileSync(words.out, `${JSON.stringify(result)}\n`);
  return { text: `${result.sources.join(", ")} for ${result.markets.join(" and ")}`, gaps: 0, result };
}

const MarketGroups = z.array(z.string().regex(/^[a-z]{2}(,[a-z]{2})*$/)).min(1);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

interface Cli {
  readonly program: Command;
  readonly verb: (name: string, says: string, examples: readonly string[]) => Command;
  readonly finish: (work: Promise<Done>, options: CommonOptions) => Promise<void>;
}

export function addScheduleVerbs({ program, verb, finish }: Cli): void {
  verb("store", "Carries the private record and the published editions between this machine and a store.", [
    "store push --store folder:/backup/leap",
    "store pull --store s3: --only private",
    "store sync --store git:data --only public",
    "store prune --store s3:",
  ])
    .addArgument(
      new Argument(
        "<what>",
        "push what is new here; pull what is new there; sync does both until it fits; prune deletes there what nothing names any more; show says what stands there",
      ).choices(storeVerbs),
    )
    .option(
      "--store <store>",
      "folder:/path, git:branch, git:/repository#branch, s3: or s3:prefix (default: LEAP_STORE); s3 takes LEAP_S3_ENDPOINT, LEAP_S3_BUCKET, LEAP_S3_REGION, LEAP_S3_ACCESS_KEY_ID, LEAP_S3_SECRET_ACCESS_KEY",
    )
    .addOption(
      new Option("--only <part>", "the private record or the public editions alone").choices([
        "private",
        "public",
      ]),
    )
    .addOption(
      new Option(
        "--prefer <side>",
        "which of two changes to a file stands, when both sides changed it",
      ).choices(["ours", "theirs"]),
    )
    .option("--anew", "pushes every file whatever the store says it has: mends a damaged one")
    .action((what: StoreVerb, options: StoreWords & CommonOptions) =>
      finish(storeCommand(what, options, openEnvironment(options)), options),
    );

  verb(
    "watchdog",
    "Decides which issues to open, update and close from what readers see and how workflows ended.",
    [
      "watchdog --site https://globalleap.example --runs runs.json --issues issues.json --out todo",
      "watchdog --status dist/kbeauty/api/v1/status.json --json",
    ],
  )
    .option("--site <address>", "where readers read: its /api/v1/status.json is asked for")
    .option("--status <file>", "a status.json, instead of the site")
    .option("--runs <file>", "what gh run list --json workflowName,status,conclusion,createdAt,url printed")
    .option("--issues <file>", "what gh issue list --label watchdog --json number,title,body,author printed")
    .option("--out <dir>", "one JSON file for each thing to do")
    .option("--now <instant>", "the watchdog's clock, such as 2026-11-20T08:00:00Z (default: now)")
    .action((options: WatchdogWords & CommonOptions) =>
      finish(watchdogCommand(options, globalThis.fetch), options),
    );

  verb("request-from-issue", "Validates an issue of the request form and writes the request it asks for.", [
    'request-from-issue --event "$GITHUB_EVENT_PATH" --out request',
  ])
    .requiredOption("--event <file>", "payload of an issues event")
    .requiredOption("--out <dir>", "where <id>.yaml, result.json and reply.md go")
    .action((options: { event: string; out: string } & CommonOptions) =>
      finish(
        Promise.resolve(requestFromIssue(options, openEnvironment({ ...options, out: undefined as never }))),
        options,
      ),
    );

  verb("request-answers", "Writes the permalink for each accepted issue that the latest edition answers.", [
    "request-answers --issues issues.json --out answers",
  ])
    .requiredOption("--issues <file>", "what gh issue list --label accepted --json number,labels printed")
    .requiredOption("--out <dir>", "where <number>.md go")
    .action((options: { issues: string; out: string } & CommonOptions) =>
      finish(requestAnswers(options, openEnvironment({ ...options, out: undefined as never })), options),
    );

  verb(
    "matrix",
    "Writes what a collecting workflow runs over: the publication's sources, and groups of markets.",
    ["matrix --out matrix.json"],
  )
    .option("--only-source <source>", "one source; empty for all")
    .option(
      "--market-groups <json>",
      'groups that are collected apart, such as ["de","fr,jp"]; empty for all at once',
    )
    .requiredOption("--out <file>", "JSON with sources and markets")
    .action((options: { onlySource?: string; marketGroups?: string; out: string } & CommonOptions) =>
      finish(
        Promise.resolve(matrix(options, openEnvironment({ ...options, out: undefined as never }))),
        options,
      ),
    );

  const more = (word: string, all: string[] = []) => [...all, word];
  program
    .command("ci-local")
    .description(
      "Runs the run steps of a workflow in order, here, with a made-up environment; stops at the first that fails.",
    )
    .argument("<workflow>", "name of a file in .github/workflows, such as publish")
    .option("--event <name>", "event that began it (default: the first it names)")
    .option("--payload <file>", "JSON of the event")
    .option("--env <name=value>", "variable of the environment; repeatable", more)
    .option("--secret <name=value>", "a secret; repeatable", more)
    .option("--var <name=value>", "a variable of the repository; repeatable", more)
    .option("--input <name=value>", "an input; repeatable", more)
    .option("--skip <step>", "a step to pass over, such as Install; repeatable", more)
    .option("--in <dir>", "a checkout, when it is not this one")
    .option("--dry-run", "says what would run, and runs nothing")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  npm run ci:local -- publish --skip Install --var LEAP_STORE=folder:/srv/store",
    )
    .action((workflow: string, options: LocalWords & CommonOptions) => {
      const say = options.json ? () => {} : (line: string) => void process.stdout.write(`${line}\n`);
      return finish(ciLocal(workflow, options, say), options);
    });
}
