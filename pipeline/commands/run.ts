// `leap run`: collect, then each edition in turn (model, analyse, publish), then the site.
import type { Edition } from "../../data/contract/edition.ts";
import { analyse, rowsWritten } from "./analyse.ts";
import { collect } from "./collect.ts";
import { openEngines } from "./engine.ts";
import { clocksOf, type Done, type Environment } from "./environment.ts";
import { countsOf, equation, model } from "./model.ts";
import { gapLines, publish } from "./publish.ts";
import { receiptRows } from "./recorded.ts";
import { render, siteLine } from "./render.ts";

export async function runCommand(environment: Environment): Promise<Done> {
  const { effects, publication, options } = environment;
  const started = performance.now();
  const since = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const { record } = environment;
  const collected = await record.step("collect", () => collect(environment), { rows: receiptRows });
  effects.log.info(`${since()}  collected ${collected.length} new receipts`);
  const editions: Edition[] = [];
  const engines = openEngines(environment);
  for (const clock of await clocksOf(environment, options.editions ?? publication.editions)) {
    const of = { edition: () => clock.edition };
    const built = await record.step("model", () => model(environment, clock), {
      ...of,
      rows: (result) => ({ rows_in: countsOf(result).received, rows_out: countsOf(result).kept }),
    });
    try {
      effects.log.info(`${since()}  ${clock.edition}: ${equation(countsOf(built))}`);
      const analysed = () =>
        analyse({
          warehouse: built.warehouse,
          clock,
          publication,
          state: environment.state,
          publications: environment.publications,
          log: effects.log,
          models: engines?.(clock) ?? null,
        });
      await record.step("analyse", analysed, {
        ...of,
        rows: (done) => ({ rows_in: countsOf(built).kept, rows_out: rowsWritten(done) }),
      });
      editions.push(
        await record.step("publish", () => publish(environment, clock, built.warehouse), {
          ...of,
          rows: (edition) => ({ rows_in: edition.counts.kept }),
        }),
      );
      effects.log.info(`${since()}  ${clock.edition}: published`);
    } finally {
      built.warehouse.close();
    }
  }
  const pages = await record.step("render", () => render(environment), { rows: (n) => ({ rows_out: n }) });
  effects.log.info(`${since()}  rendered`);
  return {
    text: [...gapLines(editions), siteLine(environment, pages)].join("\n"),
    gaps: editions.at(-1)?.gaps.length ?? 0,
    result: { editions, out: environment.out, pages },
  };
}
