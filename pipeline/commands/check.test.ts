// What `leap check` says about a copy, and what it refuses.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { checkCommand } from "./check.ts";

test("a hit comes with its law, its date and what to say instead; the text says that it is no legal advice", () => {
  const { text, result } = checkCommand(undefined, { text: "Heilt Neurodermitis.", market: "DE" });
  expect(text).toMatch(/^DE: rejected, cultural fit 41\.5 of 100, 1 hit\n/);
  expect(text).toContain("Regulation (EC) No 1223/2009");
  expect(text).toContain(
    "Say: Klärt und pflegt zu Unreinheiten neigende Haut  (rule de-disease, reviewed 2026-11-21)",
  );
  expect(text).toContain("Not legal advice");
  expect(result).toMatchObject({ approval_status: "rejected", not_legal_advice: true });
});

test("a copy in a language without rules is said to be unchecked", () => {
  expect(
    checkCommand(undefined, { text: "Esta crema cura el eczema de la piel.", market: "de" }).text,
  ).toMatch(/^DE: not checked/);
});

test("a file is read, an ingredient list is held against the annexes", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "leap-check-"));
  try {
    const file = path.join(folder, "copy.txt");
    writeFileSync(file, "シミが消える");
    expect(checkCommand(file, { market: "jp" }).text).toContain("jp-whitening");
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(checkCommand(undefined, { market: "fr", ingredients: "Aqua, Hydroquinone" }).text).toContain(
    "2 ingredients read, 1 stand in Annex II or III",
  );
});

test("an unknown market, a missing file and no copy at all are refused by name", () => {
  expect(() => checkCommand(undefined, { text: "x", market: "xx" })).toThrow(
    "unknown market: xx. Known: de, fr, jp, kr, us.",
  );
  expect(() => checkCommand("nowhere.txt", { market: "de" })).toThrow("missing file: nowhere.txt");
  expect(() => checkCommand(tmpdir(), { market: "de" })).toThrow(/invalid file: .* is a folder/);
  expect(() => checkCommand(undefined, { market: "de" })).toThrow("missing copy");
});
