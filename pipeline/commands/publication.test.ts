import { expect, test } from "vitest";
import { parsePublication } from "./publication.ts";

const minimal = `id: tiny
title: Tiny
tagline: A tiny publication
category: skincare
markets: [de]
sources:
  - source: file
`;

test("a minimal publication is complete by its defaults", () => {
  expect(parsePublication(minimal, "publication.yaml", "tiny")).toMatchObject({
    editions: 1,
    quarantine_limit_pct: 2,
    brands: [],
  });
});

test("an unknown key is refused with its line and the keys that are known", () => {
  expect(() => parsePublication(`${minimal}quarantine_limit: 5\n`, "tiny/publication.yaml")).toThrow(
    /unknown key: quarantine_limit\. See tiny\/publication\.yaml:8\. Known keys: id, title/,
  );
});

test("an unknown key deep inside is refused with its own line", () => {
  const text = `${minimal}brands:\n  - id: aurelle\n    title: Aurelle\n    variant: [aurelle]\n    variants: [aurelle]\n`;
  expect(() => parsePublication(text, "p.yaml")).toThrow(
    "unknown key: variant under brands.0. See p.yaml:11.",
  );
});

test("a wrong value names key, value and line", () => {
  expect(() => parsePublication(minimal.replace("[de]", "[Germany]"), "p.yaml")).toThrow(
    /invalid markets\.0 = "Germany".*See p\.yaml:5/,
  );
});

test("a missing key is named", () => {
  expect(() => parsePublication(minimal.replace("title: Tiny\n", ""), "p.yaml")).toThrow(
    /missing key: title/,
  );
});

test("broken YAML names the line", () => {
  expect(() => parsePublication(`${minimal}notices: [a\nb: c`, "p.yaml")).toThrow(
    /invalid YAML: p\.yaml:\d+/,
  );
});

test("a competitor set may only name brands that are listed", () => {
  expect(() =>
    parsePublication(`${minimal}competitor_set: {version: "1", brands: [nobody]}\n`, "p.yaml"),
  ).toThrow("unknown brand: nobody");
});

const audited = (creator: string, more = "") => `${minimal}creators:
  - { id: mina, name: Mina, platform: instagram, handle: mina, market: de, language: de, category: skincare, registered_on: 2026-01-05, reason: test, basis: { kind: consent, note: agreed, date: 2026-01-05 } }
audits:
  - creator: ${creator}
    auditor: Prüfer GmbH
    date: 2026-10-14
    file: followers.csv
${more}`;

test("a follower audit names a creator on the registry, its auditor, day and ground; what misses has its line", () => {
  const consent = "    consent: consent of the creator\n";
  expect(parsePublication(audited("mina", consent), "p.yaml").audits).toEqual([
    {
      creator: "mina",
      auditor: "Prüfer GmbH",
      date: "2026-10-14",
      file: "followers.csv",
      consent: "consent of the creator",
    },
  ]);
  expect(() => parsePublication(audited("mina"), "p.yaml")).toThrow(
    "missing key: audits.0.consent. See p.yaml:11.",
  );
  expect(() => parsePublication(audited("mina", "    consent: ''\n"), "p.yaml")).toThrow(
    /^invalid audits\.0\.consent = "": say on what ground the followers' data may be looked at, .*See p\.yaml:15\.$/,
  );
  expect(() =>
    parsePublication(audited("mina", consent).replace("2026-10-14", "last week"), "p.yaml"),
  ).toThrow(
    /^invalid audits\.0\.date = "last week": write the day on which the sample was drawn, .*See p\.yaml:13\.$/,
  );
  expect(() => parsePublication(audited("nobody", consent), "p.yaml")).toThrow(
    "unknown creator: nobody, audited at p.yaml:11. Only creators on the registry get a page; list them under creators first.",
  );
  const twice = `${consent}  - { creator: mina, auditor: Andere, date: 2026-10-14, file: b.csv, consent: yes it is }\n`;
  expect(() => parsePublication(audited("mina", twice), "p.yaml")).toThrow(
    /^invalid audit: mina of 2026-10-14 stands twice, again at p\.yaml:16\./,
  );
});

test("a creator without a ground is refused, with the line", () => {
  const creator =
    "id: mina, name: Mina, platform: instagram, handle: mina, market: de, language: de, category: skincare, registered_on: 2026-01-05, reason: test";
  const yaml = (more: string) => `${minimal}creators:\n  - { ${creator}${more} }\n`;
  const line = yaml("").split("\n").length - 1;
  expect(() => parsePublication(yaml(""), "p.yaml")).toThrow(
    `missing key: creators.0.basis. See p.yaml:${line}`,
  );
  expect(() =>
    parsePublication(yaml(", basis: { kind: legitimate, note: because, date: 2026-01-05 }"), "p.yaml"),
  ).toThrow(/invalid creators\.0\.basis\.kind = "legitimate".*See p\.yaml:/);
  const { creators } = parsePublication(
    yaml(", basis: { kind: consent, note: agreed by mail, date: 2026-01-05 }"),
    "p.yaml",
  );
  expect(creators[0]?.basis.kind).toBe("consent");
});
