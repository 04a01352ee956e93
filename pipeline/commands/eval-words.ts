// The words after `leap eval` and `leap train`: one subcommand a folder of pipeline/evaluations, with its own options and examples.
import { Command } from "commander";
import { LeapError } from "../core/errors.ts";
import type { Evaluation, EvaluationOption, Given, Training } from "../core/evaluation.ts";
import { accuracyFolder } from "./accuracy-register.ts";
import type { Done } from "./environment.ts";
import { evalAllCommand, evalCommand, resultsFolder } from "./eval.ts";
import { evaluationContext, findEvaluations, findTrainings } from "./evaluations.ts";
import { logFor } from "./logging.ts";
import { trainCommand } from "./train.ts";

/** What is common to all of them. */
type Options = Given & { readonly json?: boolean; readonly seed?: string; readonly results: string };

/** Throws CommanderError, also where it only showed help. `done` is told the result. */
export async function evalWords(
  words: readonly string[],
  done: (result: Done, json: boolean) => void,
): Promise<void> {
  const evaluations = await findEvaluations();
  const program = new Command("leap eval")
    .description("Holds each part of the engine against labelled data, on the code path of production.")
    .exitOverride()
    .showHelpAfterError("(add --help for the options and examples)");
  for (const evaluation of evaluations) addEvaluation(program, evaluation, done);
  withCommon(
    program
      .command("all")
      .description("Everything that a folder of data sets allows; writes the accuracy register."),
  )
    .requiredOption("--datasets <dir>", "folder of labelled data sets")
    .option("--only <ids>", "only these, such as sentiment,forecast")
    .option("--register <dir>", "where the register goes (default: data/reference/accuracy)")
    .option("--dry-run", "measures and leaves the register as it is")
    .action(async (options: Options & { dryRun?: boolean }) => {
      const result = await evalAllCommand(evaluations, {
        datasets: options["datasets"] as string,
        only: options["only"]?.split(",").map((id) => id.trim()),
        register: options.dryRun ? null : (options["register"] ?? accuracyFolder),
        ...measuring(options),
      });
      done(result, options.json === true);
    });
  await program.parseAsync([...words], { from: "user" });
}

export async function trainWords(
  words: readonly string[],
  done: (result: Done, json: boolean) => void,
): Promise<void> {
  const program = new Command("leap train")
    .description("Fits the weights of an analysis anew, seeded, and puts them where the engine finds them.")
    .exitOverride()
    .showHelpAfterError("(add --help for the options and examples)");
  for (const training of await findTrainings()) addTraining(program, training, done);
  await program.parseAsync([...words], { from: "user" });
}

function addEvaluation(
  program: Command,
  evaluation: Evaluation,
  done: (result: Done, json: boolean) => void,
) {
  const command = withCommon(program.command(evaluation.id).description(evaluation.says));
  addOptions(command, evaluation.options);
  addExamples(command, `eval ${evaluation.id}`, evaluation.examples);
  command.action(async (options: Options) => {
    done(await evalCommand(evaluation, words(options), measuring(options)), options.json === true);
  });
}

function addTraining(program: Command, training: Training, done: (result: Done, json: boolean) => void) {
  const command = program
    .command(training.id)
    .description(training.says)
    .option("--seed <n>", "decides every draw", "1")
    .option("--json", "print the result as JSON");
  addOptions(command, training.options);
  addExamples(command, `train ${training.id}`, ["--datasets ../datasets"]);
  command.action(async (options: Options) => {
    const context = evaluationContext(logFor({ json: options.json === true, verb: "eval" }), options.seed);
    done(await trainCommand(training, words(options), { context }), options.json === true);
  });
}

const withCommon = (command: Command): Command =>
  command
    .option("--seed <n>", "decides every draw", "1")
    .option("--results <dir>", "where results are kept", resultsFolder)
    .option("--json", "print the result as JSON");

function addOptions(command: Command, options: readonly EvaluationOption[]): void {
  const there = new Set(command.options.map((option) => option.long));
  for (const { flags, says, required } of options) {
    const long = /--[a-z0-9-]+/.exec(flags)?.[0];
    if (long === undefined) throw new LeapError(`invalid option: ${flags}. Write --name <value>.`);
    if (there.has(long)) continue;
    if (required) command.requiredOption(flags, says);
    else command.option(flags, says);
  }
}

function addExamples(command: Command, verb: string, examples: readonly string[]): void {
  if (examples.length === 0) return;
  command.addHelpText(
    "after",
    `\nExamples:\n${examples.map((example) => `  npm run leap -- ${verb} ${example}`).join("\n")}`,
  );
}

function measuring(options: Options) {
  return {
    results: options.results,
    now: () => new Date(),
    context: evaluationContext(logFor({ json: options.json === true, verb: "eval" }), options.seed),
  };
}

/** Options as words: a flag without a value is "true". */
const words = (options: Readonly<Record<string, unknown>>): Given =>
  Object.fromEntries(
    Object.entries(options)
      .filter(([name]) => !["json", "results"].includes(name))
      .map(([name, value]) => [name, String(value)]),
  );
