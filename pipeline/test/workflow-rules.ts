// The rules that our workflows stand under: what a security engineer would ask of their YAML. Each says what breaks it.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are GitHub's expressions.
import { parse } from "yaml";

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, unknown>;
  "timeout-minutes"?: number;
}
interface Job {
  permissions?: Record<string, string>;
  environment?: string | { name: string };
  env?: Record<string, unknown>;
  "timeout-minutes"?: number;
  "runs-on"?: string;
  secrets?: unknown;
  steps: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  concurrency?: { group: string; "cancel-in-progress": boolean };
  defaults?: { run?: { shell?: string } };
  env?: Record<string, unknown>;
  jobs: Record<string, Job>;
}

/** What a rule finds wrong with a workflow's text; nothing when it holds. */
/** What breaks the rule in the text of a workflow; nothing where it holds. */
type Rule = (text: string) => string[];

const stepsOf = (workflow: Workflow) =>
  Object.entries(workflow.jobs).flatMap(([id, job]) =>
    job.steps.map((step) => ({ id, job, step, name: `${id}/${step.name ?? step.uses ?? "?"}` })),
  );
const over =
  (found: (workflow: Workflow, text: string) => string[]): Rule =>
  (text) =>
    found(parse(text) as Workflow, text);
const secretsIn = (value: unknown): string[] =>
  [...JSON.stringify(value ?? "").matchAll(/secrets\.([A-Z0-9_]+)|secrets\[|toJSON\(secrets/g)].map(
    ([whole]) => whole,
  );
/** The job that may deploy to readers. */
const deploys = (job: Job) => job.permissions?.["pages"] === "write";
const named = (job: Job) => (typeof job.environment === "string" ? job.environment : job.environment?.name);

export const rules: Readonly<Record<string, Rule>> = {
  "every action is pinned by its commit, and says its version": over((workflow, text) => {
    const pinned = stepsOf(workflow).flatMap(({ step, name }) =>
      step.uses === undefined || /^[\w-]+\/[\w-]+(\/[\w-]+)*@[0-9a-f]{40}$/.test(step.uses) ? [] : [name],
    );
    const said = text
      .split("\n")
      .filter((line) => /^\s*-?\s*uses:/.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
    return [...pinned, ...said];
  }),
  "the workflow has no permission, and each of a job's says why": over((workflow, text) => [
    ...(JSON.stringify(workflow.permissions) === "{}" ? [] : ["top"]),
    ...Object.entries(workflow.jobs).flatMap(([id, job]) =>
      job.permissions === undefined || typeof job.permissions !== "object" ? [id] : [],
    ),
    ...text
      .split("\n")
      .filter((line) => /^ {6}[a-z-]+: (read|write)\b/.test(line) && !/# \w.{9,}$/.test(line)),
  ]),
  "no job may write what it need not": over((workflow) => {
    const fine = new Set([
      "publish.yml keep contents",
      "request.yml propose contents",
      "request.yml propose pull-requests",
    ]);
    const harmless = new Set(["issues", "pages", "id-token", "attestations"]);
    const name = (workflow as { name?: string }).name;
    return Object.entries(workflow.jobs).flatMap(([id, job]) =>
      Object.entries(job.permissions ?? {}).flatMap(([what, right]) =>
        right === "write" && !harmless.has(what) && !fine.has(`${name}.yml ${id} ${what}`)
          ? [`${id} ${what}`]
          : [],
      ),
    );
  }),
  "secrets stand in environments alone, and in the step that needs them": over((workflow) => [
    ...secretsIn(workflow.env),
    ...Object.entries(workflow.jobs).flatMap(([id, job]) => [
      ...(job.secrets === undefined ? [] : [`${id} hands secrets on`]),
      ...secretsIn(job.env),
      ...(secretsIn(job.steps).length > 0 && !["collect", "build"].includes(named(job) ?? "") ? [id] : []),
      ...job.steps.flatMap((step) => [...secretsIn(step.run), ...secretsIn(step.with)]),
      ...secretsIn(job.steps).filter((secret) => !secret.startsWith("secrets.")),
    ]),
  ]),
  "no expression stands in a script: words of strangers come by environment or file": over((workflow) =>
    stepsOf(workflow).flatMap(({ step, name }) => (/\$\{\{/.test(step.run ?? "") ? [name] : [])),
  ),
  "no event's words reach an environment variable, but for numbers": over((workflow) =>
    stepsOf(workflow).flatMap(({ step, name }) =>
      [
        ...JSON.stringify([step.env ?? {}, step.with ?? {}]).matchAll(
          /github\.(event\.[\w.*]+|head_ref|actor)/g,
        ),
      ].flatMap(([, found]) => (found === "event.issue.number" ? [] : [`${name}: ${found}`])),
    ),
  ),
  "every job and every step has a time limit": over((workflow) => [
    ...Object.entries(workflow.jobs).flatMap(([id, job]) =>
      (job["timeout-minutes"] ?? 999) <= 150 ? [] : [id],
    ),
    ...stepsOf(workflow).flatMap(({ step, name, job }) =>
      (step["timeout-minutes"] ?? 999) <= (job["timeout-minutes"] ?? 0) ? [] : [name],
    ),
  ]),
  "runs of the same kind wait for each other and cancel none": over((workflow) =>
    workflow.concurrency?.group && workflow.concurrency["cancel-in-progress"] === false
      ? []
      : ["concurrency"],
  ),
  "a checkout leaves no credentials": over((workflow) =>
    stepsOf(workflow).flatMap(({ step, name }) =>
      step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false
        ? [name]
        : [],
    ),
  ),
  "the shell is bash, which ends a step where a pipe breaks": over((workflow) =>
    workflow.defaults?.run?.shell === "bash" ? [] : ["defaults"],
  ),
  "nothing is cached: a cache is a way from one run into another": over((workflow) =>
    stepsOf(workflow).flatMap(({ step, name }) =>
      /^actions\/cache/.test(step.uses ?? "") || step.with?.["cache"] !== undefined ? [name] : [],
    ),
  ),
  "the deploying job has no secret, no checkout and no install, and verifies what it takes before it unpacks it":
    over((workflow) =>
      Object.entries(workflow.jobs).flatMap(([id, job]) => {
        if (!deploys(job)) return [];
        const used = job.steps.map(({ uses, run }) => uses ?? run ?? "");
        const verify = used.findIndex((text) =>
          text.includes('"${MANIFEST}  SHA256SUMS" | sha256sum --check --strict'),
        );
        const unpack = used.findIndex((text) => /tar --extract/.test(text));
        const firstUnpack = job.steps[unpack]?.run ?? "";
        return [
          ...secretsIn(job),
          ...used.filter((text) => /actions\/(checkout|cache|setup-)|npm (ci|install|run)|npx /.test(text)),
          ...(named(job) === "github-pages" ? [] : [`${id} environment`]),
          ...(Object.keys(job.permissions ?? {})
            .sort()
            .join() === "id-token,pages"
            ? []
            : [`${id} permissions`]),
          ...(verify !== -1 &&
          verify <= unpack &&
          (verify < unpack || firstUnpack.indexOf("sha256sum") < firstUnpack.indexOf("tar --extract"))
            ? []
            : [`${id} does not verify`]),
        ];
      }),
    ),
  "who may publish holds no secret, and who holds secrets may not publish": over((workflow) =>
    Object.entries(workflow.jobs).flatMap(([id, job]) =>
      secretsIn(job).length > 0 && Object.values(job.permissions ?? {}).includes("write") ? [id] : [],
    ),
  ),
  "schedules begin at an odd minute that is not the whole hour": over((workflow) =>
    ((workflow.on["schedule"] as { cron: string }[] | undefined) ?? []).flatMap(({ cron }) => {
      const minute = cron.split(" ")[0] ?? "";
      return /^\d+$/.test(minute) && Number(minute) % 2 === 1 && Number(minute) % 5 !== 0 ? [] : [cron];
    }),
  ),
  "no trigger runs strangers' code with our rights": over((workflow) =>
    Object.keys(workflow.on).filter((event) =>
      ["pull_request_target", "workflow_run", "issue_comment"].includes(event),
    ),
  ),
  "leap speaks to the runner through a door that takes no commands": over((workflow) =>
    stepsOf(workflow).flatMap(({ step, name }) =>
      (step.run ?? "").split("\n").some((line) => /(npm run .*leap|pipeline\/cli\.ts)/.test(line))
        ? [name]
        : [],
    ),
  ),
  "who signs as this workflow has no checkout, no install and no secret, and may write nothing else": over(
    (workflow) =>
      Object.entries(workflow.jobs).flatMap(([id, job]) => {
        const rights = Object.keys(job.permissions ?? {}).sort();
        if (!rights.some((right) => ["id-token", "attestations"].includes(right))) return [];
        return [
          ...secretsIn(job),
          ...(["attestations,id-token", "id-token,pages"].includes(rights.join())
            ? []
            : [`${id} permissions`]),
          ...job.steps
            .map(({ uses, run }) => uses ?? run ?? "")
            .filter((text) => /actions\/(checkout|cache|setup-)|npm |npx |\.github\//.test(text)),
        ];
      }),
  ),
  "what a pull request brings runs without environment, secret and right to write": over((workflow) =>
    "pull_request" in workflow.on
      ? Object.entries(workflow.jobs).flatMap(([id, job]) =>
          named(job) !== undefined ||
          secretsIn(job).length > 0 ||
          Object.values(job.permissions ?? {}).includes("write")
            ? [id]
            : [],
        )
      : [],
  ),
  "no step changes the environment or the path of those after it": over((workflow) =>
    stepsOf(workflow).flatMap(({ step, name }) => (/GITHUB_(ENV|PATH)\b/.test(step.run ?? "") ? [name] : [])),
  ),
  "every verb that opens the private record knows the author key": over((workflow) =>
    stepsOf(workflow).flatMap(({ step, name, job }) =>
      ["collect", "build"].includes(named(job) ?? "") &&
      /\.github\/leap/.test(step.run ?? "") &&
      !JSON.stringify(step.env ?? {}).includes("secrets.LEAP_AUTHOR_KEY")
        ? [name]
        : [],
    ),
  ),
  "credentials of a source, of the store and of models never stand in the same step": over((workflow) =>
    stepsOf(workflow).flatMap(({ step, name }) => {
      const held = secretsIn(step.env).filter((secret) => secret !== "secrets.LEAP_AUTHOR_KEY");
      const kinds = held.map((secret) =>
        /_S3_|OPENAI|ANTHROPIC/.exec(secret)?.[0].replace("OPENAI", "ANTHROPIC"),
      );
      return new Set(kinds).size > 1 ? [name] : [];
    }),
  ),
  "texts that have expired go before anything is made of them": over((workflow) =>
    Object.values(workflow.jobs).flatMap(({ steps }) => {
      const at = (verb: RegExp) => steps.findIndex(({ run }) => verb.test(run ?? ""));
      const made = at(/words=\(model/);
      return made === -1 || (at(/leap retain /) !== -1 && at(/leap retain /) < made) ? [] : ["retain"];
    }),
  ),
};

/** A change to a workflow that breaks the rule. */
