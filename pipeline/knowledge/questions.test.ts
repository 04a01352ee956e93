// The notes that ship: valid, dated, complete for five markets, and found by the questions they were written for.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { speaksOf, topics } from "../../data/contract/knowledge.ts";
import { Publication } from "../../data/contract/publication.ts";
import { openKnowledge } from "./open.ts";

const publication = Publication.parse(
  parse(readFileSync("data/publications/kbeauty/publication.yaml", "utf8")),
);
const { notes, passages, search } = openKnowledge({ publication, asOf: "2026-11-20" });

test.each(["de", "fr", "jp", "us", "kr"])(
  "%s has at least six notes of its own, on all four topics",
  (market) => {
    expect(notes.filter((note) => note.market === market).length).toBeGreaterThanOrEqual(6);
    const told = new Set(notes.filter((note) => speaksOf(note.market, market)).map((note) => note.topic));
    expect([...told].sort()).toEqual([...topics].sort());
  },
);

test("a passage is read at a glance", () => {
  expect(passages.filter(({ text }) => text.length > 900).map(({ id }) => id)).toEqual([]);
});

test.each([
  ["de", "Wie muss ein Influencer geschenkte Produkte kennzeichnen?", "de-advertising-labels"],
  ["de", "Darf eine Creme gegen Akne oder Neurodermitis beworben werden?", "de-medicine-line"],
  ["de", "Rossmann und dm: wo gibt es koreanische Hautpflege", "de-drugstores"],
  ["de", "Rabatt Streichpreis niedrigster Preis der letzten 30 Tage", "eu-price-reductions"],
  ["de", "new whitening cream wording for skin tone", "de-form-of-address"],
  ["de", "who is the responsible person and what goes into CPNP", "eu-responsible-person"],
  ["fr", "images retouchées filtre influenceur mention obligatoire", "fr-influencer-law"],
  ["fr", "dates des soldes d'hiver et d'été", "fr-sales-calendar"],
  ["fr", "vente en parapharmacie, conseil du pharmacien", "fr-pharmacies"],
  ["fr", "slogan anglais traduction loi Toubon", "fr-language"],
  ["jp", "美白クリームの広告表現", "jp-whitening"],
  ["jp", "インフルエンサー投稿のPR表記とステマ規制", "jp-stealth-marketing"],
  ["jp", "化粧品で言える効能は56項目", "jp-efficacies"],
  ["jp", "次のメガ割はいつ", "jp-qoo10"],
  ["us", "Korean sunscreen filters and the OTC monograph", "us-sunscreen"],
  ["us", "do I have to disclose free products in a post", "us-endorsements"],
  ["us", "facility registration and adverse event reporting for cosmetics", "us-mocra"],
  ["kr", "미백 기능성화장품 심사", "kr-functional-cosmetics"],
  ["kr", "협찬 광고 표시는 제목에", "kr-endorsements"],
  ["kr", "추석 선물세트 날짜", "kr-holidays"],
])("%s: “%s” finds %s among the first three", (market, query, expected) => {
  expect(search({ query, market, limit: 3 }).map(({ note }) => note)).toContain(expected);
});
