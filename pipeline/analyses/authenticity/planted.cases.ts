// The sample's planted follower audits, found on the real line: generator → bronze → models → authenticity.
import { expect, test } from "vitest";
import type { Row } from "../../core/types.ts";
import { planted } from "../../sources/sample/planted.ts";

export function plantedAudits(sample: () => Readonly<Record<string, Row[]>>): void {
  const audits = () => sample()["audits"] ?? [];

  test("two creators were audited, nobody else has a row", () => {
    expect(audits().map((row) => row["creator"])).toEqual(
      planted.creators.audited.map(({ creator }) => creator).sort(),
    );
  });

  test.each(planted.creators.audited)(
    "$creator: the interval holds the planted $bot_percentage %",
    (truth) => {
      const audit = audits().find((row) => row["creator"] === truth.creator) as Row;
      expect(audit).toMatchObject({ n: truth.n, reason: null, provenance: "synthetic" });
      expect(audit["bot_percentage_low"]).toBeLessThanOrEqual(truth.bot_percentage);
      expect(audit["bot_percentage_high"]).toBeGreaterThanOrEqual(truth.bot_percentage);
      // An interval that holds everything would hold the truth as well.
      expect(Number(audit["bot_percentage_high"]) - Number(audit["bot_percentage_low"])).toBeLessThan(20);
    },
  );

  test("the creator who bought followers stands apart from the one who did not", () => {
    const [honest, bought] = [...audits()].sort(
      (a, b) => Number(a["bot_percentage"]) - Number(b["bot_percentage"]),
    );
    expect(planted.creators.bought.map(({ creator }) => creator)).toContain(bought?.["creator"]);
    expect(bought?.["bot_percentage_low"]).toBeGreaterThan(Number(honest?.["bot_percentage_high"]));
  });
}
