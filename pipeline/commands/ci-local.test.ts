// A workflow on this machine: its run steps in order, its outputs handed on, a failure at which it stops, and nothing of the surroundings in it.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { ciLocal, type LocalStep } from "./ci-local.ts";
import { evaluated, filled, holds, type Value } from "./expressions.ts";

function repositoryWith(text: string): string {
  const root = mkdtempSync(path.join(tmpdir(), "leap-local-"));
  mkdirSync(path.join(root, ".github/workflows"), { recursive: true });
  writeFileSync(path.join(root, ".github/workflows/tiny.yml"), text);
  return root;
}

const tiny = `
on:
  schedule: [{cron: "1 1 * * *"}]
  workflow_dispatch:
env: {WHO: world}
jobs:
  second:
    needs: first
    if: \${{ needs.first.outputs.said != '' }}
    runs-on: ubuntu-24.04
    steps:
      - name: Read
        env: {SAID: "\${{ needs.first.outputs.said }}"}
        run: echo "\${SAID} \${EXTRA:-none}" >> log
  first:
    runs-on: ubuntu-24.04
    outputs: {said: "\${{ steps.say.outputs.said }}"}
    strategy: {matrix: {source: "\${{ fromJSON(vars.SOURCES || '[\\"one\\",\\"two\\"]') }}"}}
    steps:
      - uses: actions/checkout@v0
      - name: Install
        run: exit 9
      - name: Say
        id: say
        env: {SOURCE: "\${{ matrix.source }}", KEY: "\${{ matrix.source == 'one' && secrets.KEY || '' }}"}
        run: |
          echo "said=hello \${WHO} from \${SOURCE} with \${KEY}" >> "$GITHUB_OUTPUT"
          echo "EXTRA=only here" >> "$GITHUB_ENV"
          echo "first \${SURROUNDINGS:-nothing}" >> log
      - name: Never
        if: \${{ inputs.dry_run == 'yes' }}
        run: echo never >> log
`;

test("jobs run after those they need, steps in order, and what a step says reaches the next job", async () => {
  const root = repositoryWith(tiny);
  process.env["SURROUNDINGS"] = "canary";
  const said: string[] = [];
  const done = await ciLocal("tiny", { in: root, skip: ["Install"], secret: ["KEY=a key"] }, (line) =>
    said.push(line),
  );
  delete process.env["SURROUNDINGS"];
  expect(readFileSync(path.join(root, "log"), "utf8")).toBe(
    "first nothing\nhello world from one with a key none\n",
  );
  expect((done.result as LocalStep[]).map(({ step, how }) => [step, how])).toEqual([
    ["actions/checkout@v0", "passed"],
    ["Install", "passed"],
    ["Say", "ran"],
    ["Never", "condition"],
    ["Read", "ran"],
  ]);
  expect(said).toContain("first: actions/checkout@v0: passed over, uses actions/checkout@v0");
  expect(said.join("\n")).toContain("the first of 2 cells");
});

test("a matrix may come from a job before", async () => {
  const root = repositoryWith(`
on: push
jobs:
  plan:
    outputs: {sources: "\${{ steps.say.outputs.sources }}"}
    steps: [{id: say, run: "echo 'sources=[\\"one\\"]' >> $GITHUB_OUTPUT"}]
  collect:
    needs: plan
    strategy: {matrix: {source: "\${{ fromJSON(needs.plan.outputs.sources) }}"}}
    steps: [{env: {SOURCE: "\${{ matrix.source }}"}, run: echo "$SOURCE" >> log}]
`);
  await ciLocal("tiny", { in: root }, () => {});
  expect(readFileSync(path.join(root, "log"), "utf8")).toBe("one\n");
  expect((await ciLocal("tiny", { in: root, dryRun: true }, () => {})).text).toBe("2 steps would run");
});

test("the first step that fails is the last, but for those that always run", async () => {
  const root = repositoryWith(`
on: push
jobs:
  a:
    steps:
      - {name: Fails, run: "false; echo not reached >> log"}
      - {name: Not reached, run: echo no >> log}
      - {name: Cleans, if: "\${{ always() }}", run: echo cleaned >> log}
      - {name: Reports, if: failure(), run: echo reported >> log}
  b:
    needs: a
    steps: [{run: echo no >> log}]
`);
  await expect(ciLocal("tiny", { in: root }, () => {})).rejects.toThrow(
    /^failed step: Fails of the job a ended with 1\./,
  );
  expect(readFileSync(path.join(root, "log"), "utf8")).toBe("cleaned\nreported\n");
});

test("a dry run says what would run and runs nothing; what is unknown is refused with what is known", async () => {
  const root = repositoryWith(tiny);
  expect((await ciLocal("tiny", { in: root, dryRun: true }, () => {})).text).toBe("2 steps would run");
  await expect(ciLocal("other", { in: root }, () => {})).rejects.toThrow(
    "unknown workflow: other. Known: tiny.",
  );
  await expect(ciLocal("tiny", { in: root, event: "push" }, () => {})).rejects.toThrow(
    "unknown event: push. The workflow begins on schedule, workflow_dispatch.",
  );
});

test("expressions mean what GitHub means by them, and others are refused", () => {
  const values: Record<string, Value> = {
    github: { event: { issue: { labels: [{ name: "request" }, { name: "accepted" }] } } },
    vars: {},
    inputs: { flag: false },
  };
  const contexts = { values, failed: false };
  expect(evaluated("contains(github.event.issue.labels.*.name, 'accepted')", contexts)).toBe(true);
  expect(evaluated("contains(github.event.issue.labels.*.name, 'acc')", contexts)).toBe(false);
  expect(evaluated("vars.NAME || 'kbeauty'", contexts)).toBe("kbeauty");
  expect(
    evaluated("fromJSON(inputs.source != '' && format('[\"{0}\"]', inputs.source) || '[1]')", contexts),
  ).toEqual([1]);
  expect(filled(`a \${{ 'it''s' }} \${{ vars.none }}b`, contexts)).toBe("a it's b");
  expect(holds(`\${{ !cancelled() && !inputs.flag }}`, { values, failed: true })).toBe(true);
  expect(holds(`\${{ !inputs.flag }}`, { values, failed: true })).toBe(false);
  for (const wrong of ["hashFiles('x')", "a +", "a[0]", "(a", "'open"])
    expect(() => evaluated(wrong, contexts)).toThrow(/^unknown expression/);
});
