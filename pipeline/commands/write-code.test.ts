import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeCode } from "./write-code.ts";
import { readRegister } from "./write-edition.ts";

test("every metric names a file that is there, and its code goes out with the edition", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leap-code-"));
  try {
    await writeCode(await readRegister(), folder);
    const file = "pipeline/analyses/sentiment/change.ts";
    expect(readFileSync(join(folder, file), "utf8")).toBe(readFileSync(file, "utf8"));
    await expect(writeCode([{ id: "lost", computed_in: "pipeline/lost.ts" }], folder)).rejects.toThrow(
      "missing file: pipeline/lost.ts, named by computed_in of data/reference/metrics/lost.yaml",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
