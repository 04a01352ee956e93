import { expect, test } from "vitest";
import { scriptOf, unknownNames, unknownNamesIn, withoutNames } from "./names.ts";
import { placesIn } from "./places.ts";

const sent = {
  names: ["Aurelle", "Germany", "PDRN", "Black Friday", ...placesIn("Germany, South Korea", "fr")],
  texts: ["Posts in Germany speak of Niasome Labs and “배송” most."],
};

test("a run of capitalised words is known as it was sent, or as names one after the other", () => {
  expect(unknownNames("They compare Niasome Labs with Aurelle.", sent)).toEqual([]);
  expect(unknownNames("In Germany PDRN is praised.", sent)).toEqual([]);
  expect(unknownNames("They compare Niasome Aurelle Gold.", sent)).toEqual(["Niasome Aurelle Gold"]);
});

test("what opens a sentence is an ordinary word or a name that was sent", () => {
  expect(unknownNames("Aurelle leads. Complaints follow. Praising it is rare.", sent)).toEqual([]);
  expect(unknownNames("Zorblax leads. Complaints follow.", sent)).toEqual(["Zorblax"]);
});

test.each([
  ["de", "Beiträge aus Deutschland loben vor allem die Textur und den Preis."],
  ["de", "Die PDRN-Produkte und Aurelles Anteil stehen fest, wenn Sie Ende Januar messen."],
  ["fr", "En Allemagne, Aurelle domine ; la Corée du Sud suit."],
  ["fr", "L’Allemagne et l’Aurelle restent stables."],
  ["ja", "ドイツではAurelleが首位に立つ。「배송」が多い。"],
  ["ko", "독일에서는 Aurelle이 선두이며 PDRN은 오른다."],
])("%s: no name is new in: %s", (language, text) => {
  const names = [...sent.names, ...placesIn("Germany", language)];
  expect(unknownNamesIn(text, language, { ...sent, names })).toEqual([]);
});

test.each([
  ["de", "Beiträge loben Glow Dora vor allem."],
  ["de", "Beiträge loben GLOWDORA vor allem."],
  ["de", "Beiträge loben GlowDora vor allem."],
  ["de", "Die Glowdora GmbH führt."],
  ["fr", "Les avis citent surtout Glowdora."],
  ["fr", "Les avis citent GLOWDORA."],
  ["ja", "ドイツではGlowdoraが首位に立つ。"],
  ["ja", "ドイツでは설화수が首位に立つ。"],
  ["ko", "독일에서는 glowdora가 선두이다."],
  ["ko", "독일에서는 シセイドウ가 선두이다."],
])("%s: a name is new in: %s", (language, text) => {
  expect(unknownNamesIn(text, language, sent)).not.toEqual([]);
});

test("countries are called as the language calls them, and only those that were named", () => {
  expect(placesIn("South Korea ranks first.", "fr")).toEqual(["Corée du Sud"]);
  expect(placesIn("The United States rank first.", "de")).toContain("USA");
  expect(placesIn("Sentiment rose.", "de")).toEqual([]);
});

test("a text is in the script of its language", () => {
  expect(scriptOf("독일이 앞선다", "ko")).toBeNull();
  expect(scriptOf("Germany leads", "ko")).toContain("language");
  expect(scriptOf("ドイツ", "de")).toContain("language");
  expect(scriptOf("首位に立つ", "ja")).toBeNull();
});

test("names are blanked in any case, and signs in them are no pattern", () => {
  expect(withoutNames("Talk of double cleansing (A+B).", ["Double Cleansing", "(A+B)"])).toBe("Talk of    .");
});
