// The fake models for a process of their own: prints the two base URLs as one line of JSON and goes when its standard input closes.
//   node --import tsx pipeline/test/fake-models/serve.ts [--fault NAME] [--every N] [--delay-ms N] [--log FILE]
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { LeapError } from "../../core/errors.ts";
import { type FaultName, faultNames, faults } from "./faults.ts";
import type { FakeRequest } from "./request.ts";
import { startFakeModels } from "./server.ts";

const { values } = parseArgs({
  options: {
    /** A fault by its name; `obeying` is the model that does what captions say. */
    fault: { type: "string" },
    /** Only every nth question meets it. */
    every: { type: "string", default: "1" },
    "delay-ms": { type: "string", default: "0" },
    /** A line of JSON for every question that was asked. */
    log: { type: "string" },
  },
});
const { fault, log } = values;
if (fault !== undefined && !(fault in faults))
  throw new LeapError(`unknown fault: ${fault}. Known are ${faultNames.join(", ")}.`);

function faultOf(request: FakeRequest): FaultName | null {
  if (log !== undefined) {
    const { provider, endpoint, task, model, batched } = request;
    appendFileSync(log, `${JSON.stringify({ provider, endpoint, task, model, batched })}\n`);
  }
  return request.number % Number(values.every) === 0 ? ((fault as FaultName | undefined) ?? null) : null;
}

const models = await startFakeModels({ fault: faultOf, delayMs: Number(values["delay-ms"]) });
const { openaiBaseUrl, anthropicBaseUrl } = models;
process.stdout.write(`${JSON.stringify({ openaiBaseUrl, anthropicBaseUrl })}\n`);
process.stdin.resume();
process.stdin.once("end", () => {
  void models.close().then(() => process.exit(0));
});
