// An issue is a stranger's: what it says becomes data or is refused, and decides neither a file's name nor a word of the reply.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Publication } from "../../data/contract/publication.ts";
import { statePaths } from "../core/state.ts";
import { parseRequest } from "../models/seed-requests.ts";
import { readIssue, requestAnswers, requestFromIssue } from "./request-from-issue.ts";

const form = (over: Partial<Record<string, string>> = {}): string =>
  Object.entries({
    ...{
      Kind: "cultural-fit",
      Markets: "de, fr",
      Language: "_No response_",
      Paid: "not known",
      Product: "Calm Cream",
      Brief: "_No response_",
      "Asked by": "The brand team",
    },
    ...{ Copy: "```text\nNew whitening cream for perfect skin!\n```", ...over },
  })
    .map(([label, value]) => `### ${label}\n\n${value}`)
    .join("\n\n");
const event = (body: string | null, number = 12) => ({
  issue: { number, created_at: "2026-11-20T09:00:00Z", body, title: "$(touch /tmp/x)" },
});

test("the form's text becomes a request that the next run reads", () => {
  const { id, yaml, problems } = readIssue(event(form()));
  expect(problems).toEqual([]);
  expect(parseRequest(yaml as string, "f", id)).toMatchObject({
    ...{
      id: "issue-12",
      kind: "cultural-fit",
      market: ["de", "fr"],
      product: "Calm Cream",
      asked_by: "The brand team",
      asked_on: "2026-11-20",
    },
    copy: "New whitening cream for perfect skin!",
  });
  expect(parse(yaml as string)).not.toHaveProperty("paid");
  expect(parse(readIssue(event(form({ Paid: "yes" }))).yaml as string)).toMatchObject({ paid: true });
});

test("headings inside the copy are copy: they change no other field", () => {
  const copy = "Buy now\n\n### Markets\n\nus\n\n### Kind\n\ntranscreate\n\n### Asked by\n\nthe bank";
  const { yaml } = readIssue(event(form({ Copy: copy })));
  expect(parse(yaml as string)).toMatchObject({
    kind: "cultural-fit",
    market: ["de", "fr"],
    asked_by: "The brand team",
    copy,
  });
});

test("whatever stands in the fields, the file reads back as what was said, or the issue is refused", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.constantFrom(
      "a: b\n---\n!!js/function x",
      "*anchor &a",
      "'\"`$(id)`",
      `\${{ secrets.X }}`,
      "::set-output name=x::y",
      "\u202egnp.exe",
      "\ud800",
      "- [ ] {}",
      "~",
      "null",
      "2026-11-20",
      "#",
      "|\n  x",
    ),
  );
  fc.assert(
    fc.property(nasty, nasty, nasty, (copy, product, by) => {
      const { id, yaml, problems } = readIssue(
        event(form({ Copy: `\`\`\`\`text\n${copy}\n\`\`\`\``, Product: product, "Asked by": by })),
      );
      expect(id).toBe("issue-12");
      expect(yaml === null).toBe(problems.length > 0);
      if (yaml !== null)
        expect(
          Object.keys(parse(yaml)).every((key) =>
            [
              "id",
              "kind",
              "market",
              "language",
              "copy",
              "paid",
              "product",
              "brief",
              "asked_by",
              "asked_on",
            ].includes(key),
          ),
        ).toBe(true);
    }),
    { seed: 5, numRuns: 100 },
  );
});

test("what is missing or too much is said in the words of the form, and repeats nothing of the issue", () => {
  expect(readIssue(event(null)).problems).toEqual([
    "Kind: choose cultural-fit or transcreate.",
    "Markets: choose at least one.",
    "Copy: give one, of at most 5,000 characters.",
  ]);
  expect(readIssue(event(form({ Markets: "de, zz" }))).problems[0]).toMatch(
    /^Markets: rules are known for de/,
  );
  expect(readIssue(event(form({ Copy: "x".repeat(5_001) }))).problems).toEqual([
    "Copy: give one, of at most 5,000 characters.",
  ]);
  expect(readIssue(event("x".repeat(20_001))).problems).toEqual([
    "The issue is longer than 20,000 characters.",
  ]);
  const folder = mkdtempSync(path.join(tmpdir(), "leap-request-"));
  writeFileSync(
    path.join(folder, "event.json"),
    JSON.stringify(event(form({ Kind: "@everyone <script>", Copy: "@everyone" }))),
  );
  const done = requestFromIssue(
    { event: path.join(folder, "event.json"), out: path.join(folder, "out") },
    { publication: { id: "kbeauty" } as Publication },
  );
  expect(done.result).toMatchObject({ valid: false, id: "issue-12" });
  expect(readFileSync(path.join(folder, "out/reply.md"), "utf8")).not.toMatch(/everyone|script/);
  expect(readdirSync(path.join(folder, "out")).sort()).toEqual(["reply.md", "result.json"]);
});

test("a payload that is no issue is refused, and no number makes another file", () => {
  for (const wrong of [
    {},
    { issue: { number: "../../x", created_at: "2026-11-20T09:00:00Z", body: "" } },
    { issue: { number: -1, created_at: "2026-11-20T09:00:00Z", body: "" } },
  ])
    expect(() => readIssue(wrong)).toThrow(/^invalid event/);
});

test("an accepted issue that the edition answers gets its permalink and its verdicts; others wait", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "leap-answers-"));
  const state = statePaths("p", path.join(folder, "state"));
  mkdirSync(path.join(state.published, "2026-W47/requests"), { recursive: true });
  writeFileSync(
    path.join(state.published, "editions.json"),
    JSON.stringify({
      publication: "p",
      latest: "2026-W47",
      editions: [{ edition: "2026-W47", sha256: "x" }],
    }),
  );
  const row = { request: "issue-12", market: "de", approval_status: "revise", copy: "@everyone" };
  writeFileSync(
    path.join(state.published, "2026-W47/requests/requests.json"),
    JSON.stringify([row, { ...row, market: "fr", approval_status: null }, { ...row, request: "issue-14" }]),
  );
  const labelled = (number: number, name: string) => ({ number, labels: [{ name }] });
  writeFileSync(
    path.join(folder, "issues.json"),
    JSON.stringify([labelled(12, "accepted"), labelled(13, "accepted"), labelled(14, "request")]),
  );
  const out = path.join(folder, "out");
  await requestAnswers(
    { issues: path.join(folder, "issues.json"), out },
    { publication: { id: "p", site_url: "https://p.example/" } as Publication, state },
  );
  expect(readdirSync(out)).toEqual(["12.md"]);
  expect(readFileSync(path.join(out, "12.md"), "utf8")).toBe(
    "Answered in edition 2026-W47: https://p.example/requests/issue-12/\n\n- de: revise\n- fr: see the page\n",
  );
  expect(existsSync(path.join(out, "13.md"))).toBe(false);
});
