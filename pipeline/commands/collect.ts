// `leap collect`: the only verb that touches the network. Every source writes its own bronze, with receipts.
import path from "node:path";
import type { Receipt } from "../core/types.ts";
import { clockInstant, type Done, type Environment, sourcesInUse } from "./environment.ts";

/** New receipts of every source, up to the clock. */
export async function collect(environment: Environment): Promise<Receipt[]> {
  const { publication, state, effects, options } = environment;
  const until = clockInstant(publication, options.asOf) ?? effects.now().toISOString();
  const receipts: Receipt[] = [];
  for (const { source, config } of await sourcesInUse(environment))
    receipts.push(
      ...(await source.collect(
        { config, publication, bronze: path.join(state.bronze, source.id), until },
        effects,
      )),
    );
  return receipts;
}

export async function collectCommand(environment: Environment): Promise<Done> {
  const receipts = await collect(environment);
  const { received, kept, quarantined } = totals(receipts);
  return {
    text: `collected ${receipts.length} receipts: ${received} rows received = ${kept} kept + ${quarantined} quarantined. In ${environment.state.bronze}`,
    gaps: 0,
    result: receipts,
  };
}

function totals(receipts: readonly Receipt[]) {
  const counts = receipts.flatMap((receipt) => Object.values(receipt.things));
  const sum = (field: "received" | "kept" | "quarantined") =>
    counts.reduce((total, count) => total + count[field], 0);
  return { received: sum("received"), kept: sum("kept"), quarantined: sum("quarantined") };
}
