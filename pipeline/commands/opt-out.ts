// `leap opt-out`: somebody is not asked about, not kept, not counted and not published from now on. The list holds keyed hashes alone.
import { LeapError } from "../core/errors.ts";
import { keepOut, withholdOptedOut } from "../people/erase.ts";
import { openOptOuts, parseAccount } from "../people/opt-outs.ts";
import { trailOf } from "../people/trail.ts";
import { type CommonOptions, type Done, openEnvironment } from "./environment.ts";
import { sourcesInState } from "./erase.ts";
import { defaultPublications, readPublication } from "./publication.ts";

export interface OptOutOptions extends CommonOptions {
  /** `platform:handle` or `platform:id`. */
  readonly author?: string;
}

export async function optOutCommand(options: OptOutOptions): Promise<Done> {
  if (options.author === undefined)
    throw new LeapError("missing --author: name the account, such as --author instagram:@mina.");
  const account = parseAccount(options.author);
  const { state, effects } = openEnvironment(options);
  const registry = readPublication(options.publication, options.publications ?? defaultPublications);
  const sources = await sourcesInState(state);
  // By every id and name that is known, so that rows with either are known again.
  const trail = trailOf(state, sources, { kind: "author", account }, registry);
  const { creators } = trail;
  const on = (options.asOf ?? effects.now().toISOString()).slice(0, 10);
  const fresh = keepOut(state, trail, on, "opted_out");
  const optOuts = openOptOuts(state);
  let removed = 0;
  for (const source of sources) removed += await withholdOptedOut(state, source, optOuts);
  const text = [
    `${options.author} is on the list (${fresh} new hashes, ${optOuts.size} in all); ${removed} rows were removed from what was collected`,
    ...(creators.length > 0 ? [`${creators.join(", ")} leaves the registry with the next edition`] : []),
    `Editions that readers have stay until they are published anew: npm run leap -- run --publication ${registry.id}. To take every trace out of them at once: npm run leap -- erase --author ${options.author} --publication ${registry.id}`,
  ];
  return {
    text: text.join("\n"),
    gaps: 0,
    result: { added: fresh, accounts: optOuts.size, removed, creators },
  };
}
