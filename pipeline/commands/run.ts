// `leap run`: collect, then each edition in turn (model, analyse, publish), then the site.
import type { Edition } from "../../data/contract/edition.ts";
import { analyse } from "./analyse.ts";
import { collect } from "./collect.ts";
import { openEngines } from "./engine.ts";
import { clocksOf, type Done, type Environment } from "./environment.ts";
import { countsOf, equation, model } from "./model.ts";
import { gapLines, publish } from "./publish.ts";
import { render, siteLine } from "./render.ts";

export async function runCommand(environment: Environment): Promise<Done> {
  const { effects, publication, options } = environment;
  const started = performance.now();
  const since = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const collected = await collect(environment);
  effects.log.info(`${since()}  collected ${collected.length} new receipts`);
  const editions: Edition[] = [];
  const engines = openEngines(environment);
  for (const clock of await clocksOf(environment, options.editions ?? publication.editions)) {
    const built = await model(environment, clock);
    try {
      effects.log.info(`${since()}  ${clock.edition}: ${equation(countsOf(built))}`);
      await analyse({
        warehouse: built.warehouse,
        clock,
        publication,
        state: environment.state,
        publications: environment.publications,
        log: effects.log,
        models: engines?.(clock) ?? null,
      });
      editions.push(await publish(environment, clock, built.warehouse));
      effects.log.info(`${since()}  ${clock.edition}: published`);
    } finally {
      built.warehouse.close();
    }
  }
  const pages = await render(environment);
  effects.log.info(`${since()}  rendered`);
  return {
    text: [...gapLines(editions), siteLine(environment, pages)].join("\n"),
    gaps: editions.at(-1)?.gaps.length ?? 0,
    result: { editions, out: environment.out, pages },
  };
}
