// A request that is not one is refused with its file and line; what it means is read the same however it is written.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRequest, readRequests } from "./seed-requests.ts";

const lines = (changed: Record<string, string | null> = {}) =>
  Object.entries({
    ...{ id: "spring", kind: "cultural-fit", market: "de", copy: "Soft cream.", asked_on: "2026-11-16" },
    ...changed,
  })
    .flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`]))
    .join("\n");

const refusal = (text: string) => {
  try {
    parseRequest(text, "requests/spring.yaml", "spring");
    return "accepted";
  } catch (error) {
    return (error as Error).message;
  }
};

test("one market or several, in any case", () => {
  expect(parseRequest(lines({ market: "DE" }), "f", "spring").market).toEqual(["de"]);
  expect(parseRequest(lines({ market: "[de, FR]" }), "f", "spring").market).toEqual(["de", "fr"]);
});

test("what is missing, unknown or wrong is named with file and line", () => {
  expect(refusal(lines({ copy: null }))).toMatch(
    /^missing key: copy\. See requests\/spring\.yaml:1; the keys/,
  );
  expect(refusal(lines({ copyy: "x" }))).toMatch(/^unknown key: copyy\. See requests\/spring\.yaml:6;/);
  expect(refusal(lines({ kind: "translate" }))).toMatch(
    /^invalid kind: "translate"\. See requests\/spring\.yaml:2:/,
  );
  expect(refusal(lines({ market: "Germany" }))).toMatch(
    /^invalid market: "Germany"\. See requests\/spring\.yaml:3:/,
  );
  expect(refusal(lines({ market: "[de, br]" }))).toMatch(
    /^unknown market: br\. See requests\/spring\.yaml:3; rules are known for de, fr/,
  );
  expect(refusal(lines({ asked_on: "yesterday" }))).toMatch(
    /^invalid asked_on: "yesterday"\. See requests\/spring\.yaml:5:/,
  );
  expect(refusal(lines({ copy: '"  "' }))).toMatch(/^invalid copy: /);
  expect(refusal(lines({ id: "autumn" }))).toMatch(
    /^invalid id: autumn\. See requests\/spring\.yaml:1; .* spring\.$/,
  );
  expect(refusal("id: [")).toMatch(/^invalid YAML: requests\/spring\.yaml:1:/);
  expect(refusal("")).toMatch(/^missing key: id\./);
  expect(refusal("just words")).toMatch(/^invalid request: "just words"\./);
});

test("a publication without requests has none; nothing but requests and a README stands in their folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "leap-seed-requests-"));
  try {
    expect(readRequests(join(folder, "none"))).toEqual([]);
    mkdirSync(join(folder, "requests"));
    writeFileSync(join(folder, "requests", "README.md"), "# Requests");
    writeFileSync(join(folder, "requests", "spring.yaml"), lines());
    expect(readRequests(join(folder, "requests"))).toMatchObject([{ id: "spring", synthetic: false }]);
    writeFileSync(join(folder, "requests", "notes.txt"), "");
    expect(() => readRequests(join(folder, "requests"))).toThrow(/^unknown file: .*notes\.txt/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
