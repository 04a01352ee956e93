// The `leap` command: reads the words of the command line and calls one function a verb. Exit codes: 0 done, 1 refused, 2 published with named gaps.
import { existsSync, statSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { LeapBusy } from "./collecting/lock.ts";
import { analyseCommand } from "./commands/analyse.ts";
import { type AuthOptions, authCommand } from "./commands/auth.ts";
import { type CheckWords, checkCommand } from "./commands/check.ts";
import { type CollectOptions, collectCommand } from "./commands/collect.ts";
import { type CommonOptions, type Done, type Environment, openEnvironment } from "./commands/environment.ts";
import type { EraseOptions } from "./commands/erase.ts";
import { explain, explanationText, table } from "./commands/explain.ts";
import { type ExportOptions, exportCommand } from "./commands/export.ts";
import { type ImportOptions, runImport } from "./commands/import.ts";
import { importSheet, type SheetOptions, sheetTemplate } from "./commands/import-sheet.ts";
import { inspect } from "./commands/inspect.ts";
import { errorLine, logFor, newRunId } from "./commands/logging.ts";
import { modelCommand } from "./commands/model.ts";
import type { OptOutOptions } from "./commands/opt-out.ts";
import { publishCommand } from "./commands/publish.ts";
import { recorded } from "./commands/recorded.ts";
import { renderCommand } from "./commands/render.ts";
import type { RetainOptions } from "./commands/retain.ts";
import { runCommand } from "./commands/run.ts";
import { addScheduleVerbs } from "./commands/schedule-verbs.ts";
import { status, statusText } from "./commands/status.ts";
import { LeapError } from "./core/errors.ts";
import { keepSecretsOf, redacted } from "./core/secrets.ts";

keepSecretsOf(process.env);

/** One process is one run. */
const runId = newRunId(process.argv[2] ?? "leap");

const program = new Command("leap")
  .description("Collects what the public says about a category, measures it, publishes a dated edition.")
  .showHelpAfterError("(add --help for the options and examples)")
  .exitOverride()
  .enablePositionalOptions()
  .configureHelp({ sortSubcommands: false });

function verb(name: string, says: string, examples: readonly string[]): Command {
  return program
    .command(name)
    .description(says)
    .option("--publication <id>", "masthead in data/publications", "kbeauty")
    .option("--publications <dir>", "folder of mastheads, when it is not data/publications")
    .option("--state <dir>", "where collected and computed data lie (default: data/state/<publication>)")
    .option("--json", "print the result as JSON")
    .addOption(logForm())
    .addHelpText(
      "after",
      `\nExamples:\n${examples.map((example) => `  npm run leap -- ${example}`).join("\n")}`,
    );
}

const logForm = () =>
  new Option(
    "--log <form>",
    "how the command speaks while it works: json is one object a line on stderr (or LEAP_LOG=json)",
  ).choices(["text", "json"]);

const asOf = () =>
  new Option("--as-of <day>", "fixes the clock, such as 2026-11-20; data run through the last complete week");
const markets = () =>
  new Option("--markets <codes>", "only these markets, such as de,fr").argParser((codes: string) =>
    codes
      .toLowerCase()
      .split(",")
      .map((code) => code.trim()),
  );
const threads = () =>
  new Option(
    "--threads <n>",
    "how many threads the database may use; the result does not depend on it",
  ).argParser(wholeNumber);
const quarantine = () =>
  new Option("--allow-quarantine", "go on although more rows are bad than the publication allows");
/** What the verbs that analyse say of models. */
function models(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--engine <engine>",
        "offline asks no model, llm asks, auto asks where a key is set (default: as the publication says)",
      ).choices(["offline", "llm", "auto"]),
    )
    .option("--budget-usd <dollars>", "most that this run may spend on models", dollars)
    .option("--frozen", "asks no model: every answer must have been kept")
    .option("--refresh", "takes no answer that was kept before this run")
    .option("--no-batch", "asks at once, at full price, what could wait for a batch");
}
const out = () => new Option("--out <dir>", "where the site goes (default: dist/<publication>)");

verb("collect", "Brings in what the publication's sources offer, with receipts.", [
  "collect",
  "collect --as-of 2026-11-20",
  "collect --sources instagram,youtube --markets de",
  "collect --as-of 2026-11-20T06:00:00Z --dry-run",
])
  .addOption(
    new Option(
      "--as-of <time>",
      "sets the collector's clock, its limits and windows included: a day or an instant, such as 2026-11-20T06:00:00Z",
    ),
  )
  .addOption(markets())
  .addOption(
    new Option("--sources <ids>", "only these sources, such as instagram,youtube").argParser((ids: string) =>
      ids.split(",").map((id) => id.trim()),
    ),
  )
  .option("--dry-run", "says what would be asked and what it takes of each limit; sends and writes nothing")
  .action((options: CollectOptions) => finish(recordedVerb("collect", options, collectCommand), options));

verb(
  "auth",
  "Signs in to a source through the browser, or says which credentials are there and how long they live.",
  ["auth status", "auth instagram", "auth instagram --renew"],
)
  .argument("<source>", "a source with a sign-in dialog, such as instagram; or status")
  .option("--port <n>", "port on loopback that the browser comes back to (default: 8765)", wholeNumber)
  .option("--renew", "renews the kept token instead of signing in")
  .option("--as-of <time>", "for status: how long credentials live, seen from a day or an instant")
  .action((source: string, options: AuthOptions & CommonOptions & { renew?: boolean }) =>
    finish(authCommand(source, openEnvironment(options), options), options),
  );

verb("model", "Turns what was collected into tables: bronze, silver, gold; runs their checks.", [
  "model",
  "model --markets de,fr --as-of 2026-11-20",
])
  .addOption(asOf())
  .addOption(markets())
  .addOption(quarantine())
  .addOption(threads())
  .action((options: CommonOptions) => finish(recordedVerb("model", options, modelCommand), options));

models(
  verb(
    "analyse",
    "Measures: sentiment, trends, share of voice, creators, readiness, and the sentences about them.",
    ["analyse", "analyse --as-of 2026-11-20", "analyse --engine llm --estimate"],
  ),
)
  .addOption(asOf())
  .addOption(markets())
  .addOption(threads())
  .option("--estimate", "says what would be asked of models and what it may cost, and asks nothing")
  .action((options: CommonOptions & { estimate?: boolean }) =>
    finish(
      recordedVerb("analyse", options, (environment) => analyseCommand(environment, options.estimate)),
      options,
    ),
  );

verb("publish", "Writes an edition beside the live ones, audits it, puts it in place by one rename.", [
  "publish",
  "publish --as-of 2026-11-20",
])
  .addOption(asOf())
  .addOption(markets())
  .addOption(threads())
  .action((options: CommonOptions) => finish(recordedVerb("publish", options, publishCommand), options));

verb("render", "Builds the static site from every published edition.", ["render", "render --out /srv/site"])
  .addOption(out())
  .action((options: CommonOptions) => finish(recordedVerb("render", options, renderCommand), options));

models(
  verb("run", "Does all of it: collect, model, analyse, publish, render.", [
    "run",
    "run --publication mine --as-of 2026-11-20 --out /srv/site",
    "run --engine llm --budget-usd 2",
  ]),
)
  .addOption(asOf())
  .addOption(markets())
  .addOption(out())
  .addOption(quarantine())
  .option("--editions <n>", "how many weekly editions, ending with the one of --as-of", wholeNumber)
  .addOption(threads())
  .action((options: CommonOptions) => finish(recordedVerb("run", options, runCommand), options));

program
  .command("import")
  .description(
    "Makes a publication of files: proposes where each field stands, shows ten parsed rows, writes publication.yaml.",
  )
  .argument("[files...]", "CSV, TSV, NDJSON, JSON array or Parquet, each also gzipped")
  .option("--publication <name>", "the publication to make, or to add the files to")
  .option("--publications <dir>", "folder of mastheads, when it is not data/publications")
  .option("--state <dir>", "where collected and computed data lie (default: data/state/<publication>)")
  .addOption(markets().default(undefined))
  .addOption(out())
  .option("--platform <name>", "platform the posts come from, such as instagram")
  .option("--title <title>", "title of the publication")
  .option("--licence <words>", "what may be done with the files")
  .option("--posted-at <day>", "date of rows that state none")
  .option(
    "--map <field=column>",
    "overrules the proposal, such as likes=hearts or text=title+body; repeatable",
    (pair: string, all: string[]) => [...all, pair],
    [],
  )
  .option(
    "--as <kind>",
    "what the files hold, if not posts or accounts: orders, campaigns, experiments, events",
  )
  .option("--template <kind>", "prints the header and an invented row of such a file")
  .option("--date <day>", "day on which orders, campaigns, … were exported (default: today)")
  .addOption(new Option("--decimal <sign>", "how orders, campaigns, … write decimals").choices([".", ","]))
  .addOption(
    new Option("--dates <form>", "which way round days with slashes are").choices([
      "DD/MM/YYYY",
      "MM/DD/YYYY",
    ]),
  )
  .option("--dry-run", "shows the proposal and writes nothing")
  .option("--yes", "does not ask")
  .option("--run", "goes on to model, analyse, publish and render")
  .option("--json", "print the result as JSON")
  .addOption(logForm())
  .addHelpText(
    "after",
    `\nExamples:\n${["import posts.csv --publication mine", "import DE.csv FR.csv --publication charts --run", "import tweets.csv --publication press --markets fr --map date=created", "import export.ndjson.gz --publication mine --dry-run", "import orders.csv --as orders --publication mine", "import --template orders"].map((example) => `  npm run leap -- ${example}`).join("\n")}`,
  )
  .action(async (files: string[], options: ImportOptions & CommonOptions & SheetOptions) => {
    if (options.template) return finish(sheetTemplate(options.template), options);
    if (!options.publication)
      throw new LeapError("missing --publication: name the publication to make, or to add the files to.");
    const { as } = options;
    const effects = { now: () => new Date(), log: logFor({ ...options, verb: "import" }) };
    await finish(as ? importSheet(files, { ...options, as }, effects) : runImport(files, options), options);
    if (options.run)
      await finish(recordedVerb("run", { ...options, markets: undefined }, runCommand), options);
  });

verb(
  "check",
  "Holds a copy against the claims rules of a market: what it may not say, on what law, and what to say instead. With a key, a model says how readers there would take it.",
  [
    'check "New whitening cream for perfect skin!" --market DE',
    'check --text "Heilt Akne in drei Tagen" --market de --engine offline',
    "check caption.txt --market jp --transcreate --json",
  ],
)
  .argument("[copy]", "the copy in quotes, or a text file with it")
  .option("--text <copy>", "the copy itself, whatever files there are")
  .requiredOption("--market <code>", "de, fr, jp, us or kr, in any case")
  .option("--language <code>", "language of the copy, such as ko (default: recognised)")
  .option("--paid", "somebody paid for the post, so it must say so")
  .option("--ingredients <list>", "an ingredient list, held against Annex II and III of the EU regulation")
  .option("--transcreate", "has a model write variants for the market, too")
  .addOption(
    new Option("--engine <engine>", "offline asks no model, llm asks, auto asks where a key is set")
      .choices(["offline", "llm", "auto"])
      .default("auto"),
  )
  .option("--budget-usd <dollars>", "most that this check may spend on models (default: 0.10)", dollars)
  .option("--frozen", "asks no model: the answer must have been kept")
  .option("--refresh", "takes no answer that was kept before")
  .action((copy: string | undefined, options: CheckWords & CommonOptions) =>
    finish(
      checkCommand(
        copy,
        options,
        options.json ? {} : { say: (text) => void process.stdout.write(`${text}\n`) },
      ),
      options,
    ),
  );

verb(
  "erase",
  "Takes a person or a post out of everything, publishes anew, and searches every byte for what is left.",
  [
    "erase --author instagram:@mina",
    "erase --author youtube:UC123 --remove-from-registry --out /srv/site",
    "erase --post instagram:17895695668004550",
    "erase --verify --author instagram:@mina",
  ],
)
  .option(
    "--author <account>",
    "whom: platform:handle or platform:id; a buyer as customer: and what the shop calls them",
  )
  .option("--post <post>", "one post alone: platform:id, or platform: and its address")
  .option("--verify", "only searches; refuses when something is left")
  .option("--remove-from-registry", "takes the creator out of publication.yaml, too")
  .option("--withdraw", "takes editions away that hold a trace and cannot be published anew")
  .addOption(asOf())
  .addOption(out())
  .addOption(threads())
  .action(async (options: EraseOptions) => {
    const { eraseCommand } = await import("./commands/erase.ts");
    await finish(eraseCommand(options), options);
  });

verb("opt-out", "Puts an account on the list of those who are not asked about, kept, counted or published.", [
  "opt-out --author instagram:@mina",
])
  .option("--author <account>", "whom: platform:handle or platform:id")
  .addOption(asOf())
  .action(async (options: OptOutOptions) => {
    const { optOutCommand } = await import("./commands/opt-out.ts");
    await finish(optOutCommand(options), options);
  });

verb(
  "retain",
  "Removes texts, addresses and account names of posts that were collected too long ago, and keeps what was read from them.",
  ["retain", "retain --as-of 2026-12-24 --dry-run"],
)
  .addOption(asOf())
  .option("--days <n>", "days after the collection (default: as the publication says, 30)", wholeNumber)
  .option("--dry-run", "says what would go, and changes nothing")
  .addOption(threads())
  .action(async (options: RetainOptions) => {
    const { retainCommand } = await import("./commands/retain.ts");
    await finish(retainCommand(options), options);
  });

verb("status", "Says which editions readers have, how fresh they are, and what is missing.", [
  "status",
  "status --publication mine --json",
]).action(async (options: CommonOptions) => {
  const found = await status(openEnvironment(options).state);
  print(options, found, statusText(found));
});

verb("export", "Hands the private record of posts to the operator: texts, addresses, counts, a post a row.", [
  "export posts --format parquet --out posts.parquet",
  "export posts --format csv --markets de,fr > posts.csv",
])
  .argument("<what>", "posts")
  .addOption(new Option("--format <format>", "csv or parquet").choices(["csv", "parquet"]).default("csv"))
  .option("--out <file>", "where it goes; without it, CSV goes to standard output")
  .addOption(asOf())
  .addOption(markets())
  .action(async (what: string, options: CommonOptions & ExportOptions) => {
    const done = await exportCommand(what, openEnvironment({ ...options, runId, verb: "export" }), options);
    if (done.text !== "" || options.json) finished(done, options.json === true);
  });

verb(
  "inspect",
  "Shows a table of the warehouse, a dataset, the quarantine, the checks, or what an import would make of a file.",
  ["inspect", "inspect posts --rows 5", "inspect quarantine"],
)
  .argument("[what]", "table, dataset, quarantine, checks, or a file to import; without it, lists the tables")
  .option("--edition <id>", "edition, such as 2026-W47 (default: the latest)")
  .option("--rows <n>", "how many rows", wholeNumber)
  .action(async (what: string | undefined, options: CommonOptions & { edition?: string; rows?: number }) => {
    if (what !== undefined && existsSync(what) && statSync(what).isFile()) {
      const { text, result } = await runImport([what], {
        publication: "inspected",
        dryRun: true,
        json: options.json === true,
      });
      return print(options, result, text);
    }
    const found = await inspect(openEnvironment(options).state, what, options);
    print(options, found, `${found.title} (${found.total})\n${table(found.rows)}`);
  });

verb("explain", "Leads from a number to its formula, its model, its receipts and the rows behind it.", [
  "explain entry_readiness:de",
  "explain share_of_voice:de:aurelle --edition 2026-W46 --rows 20",
])
  .argument("<metric-id>", "such as net_sentiment:de:90d; pages carry it in data-metric")
  .option("--edition <id>", "edition, such as 2026-W47 (default: the latest)")
  .option("--rows <n>", "how many rows", wholeNumber)
  .option("--sql", "prints the SQL of the models too")
  .action(async (id: string, options: CommonOptions & { edition?: string; rows?: number; sql?: boolean }) => {
    const found = await explain(openEnvironment(options).state, id, options);
    print(options, found, explanationText(found, options.sql));
  });

addScheduleVerbs({ program, verb, finish });

program
  .command("eval")
  .description(
    "Holds each part of the engine against labelled data; `eval all` writes the accuracy register.",
  )
  .argument("[words...]", "what to measure and its options; see eval --help")
  .helpOption(false)
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (words: string[]) => {
    // Loaded here: no other verb needs the evaluations.
    const { evalWords } = await import("./commands/eval-words.ts");
    await evalWords(words, finished);
  });

program
  .command("train")
  .description("Fits the weights of an analysis anew on labelled data, seeded.")
  .argument("[words...]", "what to fit and its options; see train --help")
  .helpOption(false)
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (words: string[]) => {
    const { trainWords } = await import("./commands/eval-words.ts");
    await trainWords(words, finished);
  });

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text))
    throw new LeapError(`invalid number: ${text}. Give a whole number above zero.`);
  return Number(text);
}

function dollars(text: string): number {
  const found = Number(text);
  if (text.trim() === "" || !Number.isFinite(found) || found < 0)
    throw new LeapError(`invalid dollars: ${text}. Give a number such as 0.50.`);
  return found;
}

function print(options: { json?: boolean }, result: unknown, text: string): void {
  process.stdout.write(`${redacted(options.json ? JSON.stringify(result, null, 2) : text)}\n`);
}

/** A verb that changes the state, with its record in the journal of commands. */
function recordedVerb(
  name: string,
  options: CommonOptions & { estimate?: boolean; dryRun?: boolean },
  work: (environment: Environment) => Promise<Done>,
): Promise<Done> {
  const environment = openEnvironment({ ...options, runId, verb: name });
  return recorded(environment, name, work, {
    changesNothing: options.estimate === true || options.dryRun === true,
  });
}

async function finish(work: Promise<Done>, options: CommonOptions): Promise<void> {
  finished(await work, options.json === true);
}

function finished(done: Done, json: boolean): void {
  print({ json }, done.result, done.text);
  if (done.gaps > 0) process.exitCode = 2;
}

const said =
  process.argv.includes("--log=json") || process.argv[process.argv.indexOf("--log") + 1] === "json"
    ? ({ log: "json" } as const)
    : {};
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1;
  else if (error instanceof LeapError) {
    process.stderr.write(
      `${errorLine({ ...said, runId, verb: process.argv[2] ?? "leap" }, error.message)}\n`,
    );
    // 75: somebody else is at it; trying again later may go well.
    process.exitCode = error instanceof LeapBusy ? 75 : 1;
  } else {
    if (error instanceof Error) error.stack = redacted(error.stack ?? error.message);
    throw error;
  }
}
