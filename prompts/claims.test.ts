import { describe, expect, test } from "vitest";
import { type Claim, type ClaimSources, checkClaim, checkClaims, checkProse, sentenceOf } from "./claims.ts";

const sources: ClaimSources = {
  facts: [
    {
      id: "sentiment_score:de:90d",
      says: "Sentiment in Germany over 90 days: 62.4 of a hundred, interval 58.2 to 66.4, 1,204 posts",
      formats: ["0", "ci", "n", "prev"],
    },
    {
      id: "share_of_voice:de:aurelle",
      says: "Share of brand mentions of Aurelle in Germany: 21 %",
      formats: ["pct", "cipct"],
    },
    {
      id: "yoy:de:centella",
      says: "Change of posts on Centella Asiatica on the year: +34 %",
      formats: ["signed"],
    },
    { id: "theme_share:de:price", says: "Share of complaints that say “zu teuer”: 12 %", formats: ["pct"] },
    { id: "trend_class:de:pdrn", says: "Class of PDRN in Germany: Emerging", formats: ["word"] },
  ],
  knowledge: [
    {
      id: "de-drugstores",
      text: "Drugstore chains such as dm and Rossmann sell most skin care in Germany. Listing decisions fall twice a year.",
    },
    {
      id: "eu-claims",
      text: "Regulation (EU) No 655/2013 sets common criteria for cosmetic claims. Claims must be supported by evidence.",
    },
    {
      id: "kr-delivery",
      text: "Slow customs clearance causes most complaints about delivery of Korean parcels.",
    },
  ],
  names: [
    "Germany",
    "South Korea",
    "Aurelle",
    "Niasome Labs",
    "PDRN",
    "Vitamin B5",
    "Black Friday",
    "L'Olivier",
    "Double cleansing",
    "#glasshaut",
  ],
};

const claimOf = (template: string, rest: Partial<Claim> = {}): Claim => ({
  lead: "",
  template,
  evidence: ["sentiment_score:de:90d"],
  quote: null,
  quote_source: null,
  ...rest,
});

const good: [string, Partial<Claim>?][] = [
  ["Sentiment in Germany stands at {sentiment_score:de:90d|ci} over ninety days."],
  [
    "Aurelle leads with {share_of_voice:de:aurelle|cipct} of brand mentions.",
    { evidence: ["share_of_voice:de:aurelle"] },
  ],
  [
    "Posts on Centella Asiatica changed by {yoy:de:centella|signed}% on the year.",
    { evidence: ["yoy:de:centella"] },
  ],
  ["It rests on {sentiment_score:de:90d|n} posts, so the interval is narrow."],
  [
    "{share_of_voice:de:aurelle|pct} of mentions go to one brand.",
    { evidence: ["share_of_voice:de:aurelle"] },
  ],
  ["Interest in PDRN is {trend_class:de:pdrn|word}.", { evidence: ["trend_class:de:pdrn"] }],
  [
    "Complaints say “zu teuer” in {theme_share:de:price|pct} of cases.",
    { evidence: ["theme_share:de:price"] },
  ],
  ["Niasome Labs stands second of four.", { evidence: ["share_of_voice:de:aurelle"] }],
  ["The spike coincides with Black Friday."],
  ["German posts are warmer than Korean posts, but the intervals overlap."],
  ["In November, praise outweighed complaints."],
  ["Drugstores matter: dm and Rossmann sell most skin care.", { evidence: ["de-drugstores"] }],
  ["Listing decisions fall twice a year.", { evidence: ["de-drugstores"] }],
  [
    "Claims must be supported by evidence.",
    { evidence: ["eu-claims"], quote: "Claims must be supported by evidence", quote_source: "eu-claims" },
  ],
  ["The rules on claims apply to captions, too.", { evidence: ["eu-claims"] }],
  ["A regulation sets common criteria for claims.", { evidence: ["eu-claims"] }],
  ["Slow customs clearance causes complaints.", { evidence: ["kr-delivery"] }],
  ["Whether the price explains it is not known.", { evidence: ["kr-delivery", "theme_share:de:price"] }],
  ["What the data cannot say is who bought it."],
  ["Who bought it cannot be told from these data."],
  ["Vitamins and sunscreens are named together."],
  ["Nobody outside the registry was counted."],
  ["South Korea and Germany differ little."],
  ["Products with {'Vitamin B5'} are praised most."],
  ["Aurelle’s lead is {share_of_voice:de:aurelle|cipct}.", { evidence: ["share_of_voice:de:aurelle"] }],
  ["L'Olivier is named beside Aurelle.", { evidence: ["share_of_voice:de:aurelle"] }],
  ["Price-led offers would meet the complaint; texture would not.", { evidence: ["theme_share:de:price"] }],
  ["Sentiment stands at {sentiment_score:de:90d} of a hundred."],
  ["Coverage is unknown, and the numbers should be read with care."],
  [
    "Unlike praise, complaints name the price.",
    { lead: "Price is the barrier.", evidence: ["theme_share:de:price"] },
  ],
  ["Two of the three largest brands are local."],
  ["Test a smaller size before the winter season; the complaint share should fall."],
  ["It rests on few posts (n = {sentiment_score:de:90d|n})."],
  ["Double Cleansing is named beside it; nothing measured explains why."],
  ["Talk of {'#glasshaut'} is steady."],
  ["Sentiment moved from {sentiment_score:de:90d|prev} to {sentiment_score:de:90d|0}."],
];

const bad: [string, string, Partial<Claim>?][] = [
  ["names no evidence", "Sentiment is steady.", { evidence: [] }],
  ["evidence that was not sent", "Sentiment is steady.", { evidence: ["sentiment_score:fr:90d"] }],
  ["one evidence twice", "Sentiment is steady.", { evidence: ["eu-claims", "eu-claims"] }],
  ["metric that was not sent", "Sentiment is {sentiment_score:fr:90d|ci}."],
  ["format that was not sent", "Sentiment is {sentiment_score:de:90d|pct}."],
  ["format that was not sent", "Aurelle has {share_of_voice:de:aurelle}."],
  ["malformed", "Sentiment is {sentiment_score:de:90d|ci|0}."],
  ["name in a placeholder was not sent", "Products of {'Glowdora'} are praised."],
  ["digit", "Sentiment is 62."],
  ["digit", "Sentiment is ６２."],
  ["digit", "Sentiment is ٦٢ of a hundred."],
  ["digit", "It rose by ½."],
  ["characters that are not prose", "Sentiment is {sentiment_score:de:90d."],
  ["characters that are not prose", "Sentiment is <b>good</b>."],
  ["characters that are not prose", "Sentiment is **good**."],
  ["characters that are not prose", "Sentiment is good.\nAurelle leads."],
  ["characters that are not prose", "Ask @aurelle about #skin."],
  ["characters that are not prose", "Sentiment is good\u202e."],
  ["characters that are not prose", "Aurelle® leads."],
  ["link", "See www.aurelle.example for more."],
  ["link", "More at aurelle.com today."],
  ["name that was not sent", "Shoppers prefer Glowdora."],
  ["name that was not sent", "Glowdora leads the shelf."],
  ["name that was not sent", "Sentiment is good. Glowdora leads."],
  ["name that was not sent", "The leader is Aurelle Serum."],
  ["name that was not sent", "Shoppers like COSRX best."],
  ["name that was not sent", "Shoppers like eBay best."],
  ["name that was not sent", "Shoppers like l’oréal best."],
  ["name that was not sent", "Shoppers like 설화수 best."],
  ["name that was not sent", "Shoppers like シセイドウ best."],
  ["name that was not sent", "The Cosmetics Act applies.", { evidence: ["eu-claims"] }],
  ["name that was not sent", "Posts from Berlin are warmest."],
  ["name that was not sent", "The seller is aurelle inc. of the coast."],
  ["name that was not sent", "Sentiment is good in North Korea."],
  ["name that was not sent", "Aurelle Gold leads."],
  ["speaks of law", "Whitening is banned on labels."],
  ["speaks of law", "The law asks for proof.", { evidence: ["eu-claims"] }],
  ["number in words", "Posts doubled on the year.", { evidence: ["yoy:de:centella"] }],
  ["number in words", "More than half of posts praise it."],
  ["number in words", "About forty posts praise it."],
  ["number in words", "Three times as many praise it."],
  ["number in words", "One in five complains."],
  ["number in words", "Listing decisions fall twice a year."],
  ["percent sign", "Some % of posts praise it."],
  ["states a cause", "Sentiment fell because prices rose."],
  ["states a cause", "The rise is due to delivery."],
  ["states a cause", "Slow customs clearance causes complaints."],
  ["go together", "Sentiment is good.", { quote: "Claims must be supported" }],
  [
    "no passage that was sent",
    "Sentiment is good.",
    { quote: "Claims must be supported", quote_source: "us-claims" },
  ],
  [
    "does not stand in its source",
    "Sentiment is good.",
    { quote: "Claims need no support", quote_source: "eu-claims" },
  ],
  ["too short", "Sentiment is good.", { quote: "must", quote_source: "eu-claims" }],
  ["lead holds a placeholder", "Sentiment is good.", { lead: "{sentiment_score:de:90d|ci}." }],
  ["name that was not sent", "Sentiment is good.", { lead: "Glowdora first." }],
  ["longer than", `Sentiment is ${"very ".repeat(2000)}good.`],
  ["longer than", "Sentiment is good.", { lead: "very ".repeat(2000) }],
  ["empty", ""],
  ["speaks of the rules", "Answer exactly one entry per id that was sent."],
  ["speaks of the rules", "As an AI language model this stays unclear."],
];

describe("a claim that may stand on a page", () => {
  test.each(good)("%s", (template, rest) => {
    expect(checkClaim(claimOf(template, rest), sources)).toBeNull();
  });
});

describe("a claim that may not", () => {
  test.each(bad)("%s: %s", (complaint, template, rest) => {
    expect(checkClaim(claimOf(template, rest), sources)).toContain(complaint);
  });
});

test("a recommendation may give its reason with “because”, a statement of fact may not", () => {
  const advice = claimOf("Offer a smaller size, because complaints name the price.", {
    evidence: ["theme_share:de:price"],
  });
  expect(checkClaim(advice, sources, { advice: true })).toBeNull();
  expect(checkClaim(advice, sources)).toContain("states a cause");
});

test("a complaint never repeats what the model wrote", () => {
  for (const [, template, rest] of bad) {
    const complaint = checkClaim(claimOf(template, rest), sources) ?? "";
    expect(complaint).not.toMatch(/Glowdora|COSRX|설화수|forty|62/);
  }
});

test("the same sentence twice is refused, and the complaint says which claim is wrong", () => {
  const fine = claimOf("Sentiment is steady.");
  expect(checkClaims([fine, { ...fine, evidence: ["eu-claims"] }], sources)).toContain("same sentence");
  expect(checkClaims([fine, claimOf("Sentiment is 62.")], sources)).toMatch(/^claim 2: .*digit/);
});

test("an ordinary text is held to the same words without evidence", () => {
  expect(checkProse("Warm praise for texture.", 40, sources)).toBeNull();
  expect(checkProse("Warm praise for Glowdora.", 40, sources)).toContain("name");
});

test("lead and rest make one sentence with a space between", () => {
  expect(sentenceOf({ lead: " Price. ", template: "It is high." })).toBe("Price. It is high.");
  expect(sentenceOf({ lead: "", template: "It is high." })).toBe("It is high.");
});
