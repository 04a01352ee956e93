// How a run survives being killed: the analysis is ended as the system would end it, at points drawn from a seed, and started again until it is done.
// Then the server's log shows what was paid twice, and the edition is compared with that of a run that nobody disturbed.
// Run: node --import tsx pipeline/bench/soak.ts [kills] [seed]
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { seededRandom } from "../stats/seeded-random.ts";
import {
  type AttackedPublication,
  asking,
  attackedPublication,
  digestsIn,
} from "../test/attacks/publication.ts";
import type { FakeRequest } from "../test/fake-models/request.ts";
import { startFakeModels } from "../test/fake-models/server.ts";
import { leap, startLeap } from "../test/leap.ts";

export interface Soaked {
  /** How often the process was killed, the last start not counted. */
  readonly kills: number;
  readonly questions: number;
  /** Items that were asked again although their answer had been sent well before the kill: their tasks. */
  readonly paidTwice: readonly string[];
  /** Items that were asked again because the kill fell between the answer's leaving the server and its being written. */
  readonly inTheWindow: number;
  /** The longest such time, in milliseconds. */
  readonly windowMs: number;
  /** Files of the edition that differ from those of the undisturbed run. */
  readonly different: readonly string[];
}

/** `batched` asks by batch what may wait; the others are asked at once. */
export async function soak(
  publication: AttackedPublication,
  { seed, kills, batched }: { readonly seed: string; readonly kills: number; readonly batched: boolean },
): Promise<Soaked> {
  const random = seededRandom(`soak ${seed} ${batched}`);
  const answers: Answered[] = [];
  const killedAt: number[] = [];
  const models = await startFakeModels({
    delayMs: 15,
    // Some answers need a repair and some models refuse, so that a kill may fall in between.
    fault(request) {
      answers.push({ request, at: performance.now() });
      return request.number % 7 === 3 ? "missing-ids" : request.number % 11 === 5 ? "refusal" : null;
    },
    batches: { polls: 1 },
  });
  const { state, words } = publication.at(`soaked-${seed}-${batched}`);
  const analyse = ["analyse", ...words, "--engine", "llm", ...(batched ? [] : ["--no-batch"])];
  let killed = 0;
  try {
    for (;;) {
      const before = models.calls.length;
      const child = startLeap(analyse, asking(models));
      if (killed < kills) {
        const after = 1 + Math.floor(random() * (batched ? 6 : 12));
        const pause = random() * 25;
        const ended = child.done.then(() => true);
        while (models.calls.length < before + after) if (await Promise.race([ended, wait(2, false)])) break;
        await wait(pause);
        killedAt.push(performance.now());
        child.kill();
      }
      const said = await child.done;
      if (said.code === null) {
        killed += 1;
        continue;
      }
      if (said.code === 1) throw new Error(said.err);
      break;
    }
    const undisturbed = publication.at(`calm-${seed}-${batched}`);
    for (const kept of ["answers", "ledger.ndjson"])
      if (existsSync(path.join(state, kept)))
        cpSync(path.join(state, kept), path.join(undisturbed.state, kept), { recursive: true });
    const frozen = leap(["analyse", ...undisturbed.words, "--engine", "llm", "--frozen"]);
    if (frozen.code === 1) throw new Error(frozen.err);
    for (const at of [words, undisturbed.words]) {
      const published = leap(["publish", ...at]);
      if (published.code === 1) throw new Error(published.err);
    }
    const [here, there] = [state, undisturbed.state].map((at) => digestsIn(path.join(at, "published")));
    const names = [...new Set([...Object.keys(here ?? {}), ...Object.keys(there ?? {})])];
    return {
      kills: killed,
      questions: models.asked.length,
      ...repeats(answers, killedAt),
      different: names.filter((name) => here?.[name] !== there?.[name]),
    };
  } finally {
    await models.close();
  }
}

interface Answered {
  readonly request: FakeRequest;
  /** When the answer left. */
  readonly at: number;
}

/** Longer than an answer takes from the server to the disk. */
const WINDOW_MS = 100;

/** An item is asked once of each provider, and once more to repair its answer; every further question is a repeat, and a kill has to explain it. */
function repeats(answers: readonly Answered[], killedAt: readonly number[]) {
  const paidTwice: string[] = [];
  let [inTheWindow, windowMs] = [0, 0];
  const before = new Map<string, number>();
  for (const { request, at } of answers) {
    const repair = request.user.includes("could not be used");
    for (const { id: _wire, ...item } of itemsOf(request)) {
      const name = `${request.task} ${request.provider} ${repair} ${JSON.stringify(item)}`;
      const last = before.get(name);
      before.set(name, at);
      if (last === undefined) continue;
      const kill = killedAt.find((each) => each < at && last > each - WINDOW_MS);
      if (kill === undefined) paidTwice.push(`${request.task} ${request.provider}`);
      else if (kill > last) {
        inTheWindow += 1;
        windowMs = Math.max(windowMs, kill - last);
      }
    }
  }
  return { paidTwice, inTheWindow, windowMs: Math.round(windowMs * 10) / 10 };
}

const itemsOf = ({ data }: FakeRequest): readonly { readonly id: string }[] =>
  (data[0] as { items: readonly { id: string }[] }).items;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [kills = "12", seed = "soak"] = process.argv.slice(2);
  const folder = mkdtempSync(path.join(tmpdir(), "leap-soak-"));
  try {
    const publication = attackedPublication(folder);
    for (const batched of [false, true])
      process.stdout.write(
        `${JSON.stringify({ batched, ...(await soak(publication, { seed, kills: Number(kills), batched })) })}\n`,
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
