// An answer that holds for one case of every task: what the tests of the checks begin from.
import type { Claim } from "./claims.ts";

const claim = (template: string, evidence: string[], rest: Partial<Claim> = {}): Claim => ({
  lead: "",
  template,
  evidence,
  quote: null,
  quote_source: null,
  ...rest,
});

const sentiment = claim(
  "Posts are warm: sentiment stands at {sentiment_score:de:90d|ci} of a hundred over ninety days.",
  ["sentiment_score:de:90d"],
);
const price = claim(
  "The wording “zu teuer” stands in {theme_share:de:negative:price|cipct} of complaints.",
  ["theme_share:de:negative:price", "de-drugstores"],
  {
    lead: "Price is the barrier.",
    quote: "Many readers compare price per volume",
    quote_source: "de-drugstores",
  },
);
const trend = claim(
  "Interest in PDRN is {trend_class:de:pdrn|word}, at {term_index:de:pdrn|ci} against a base of one hundred.",
  ["trend_class:de:pdrn", "term_index:de:pdrn"],
);
const readiness = claim("Germany ranks second of four, at {entry_readiness:de|ci}.", ["entry_readiness:de"], {
  lead: "Prepare.",
});
const leader = claim("Aurelle holds {share_of_voice:de:aurelle|cipct} of brand mentions.", [
  "share_of_voice:de:aurelle",
]);

/** Task → case → answer. */
export const goodAnswers: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>> = {
  sentiment: {
    "de-irony": {
      label: "negative",
      irony: true,
      aspects: [{ aspect: "delivery", polarity: "negative" }],
      unsure: false,
    },
  },
  themes: {
    "kr-delivery": {
      name: "Slow delivery through customs",
      description: "Complaints speak of slow delivery (“배송”), customs and, less often, damage on the way.",
    },
    "de-sticky": {
      name: "Stickiness and slow absorption",
      description: "Complaints say that the product sticks, absorbs badly and leaves a greasy film.",
    },
  },
  "trend-drivers": {
    event: {
      claims: [
        trend,
        claim("The peak coincides with Black Friday; what moved people is not known.", [
          "black-friday",
          "term_index:de:pdrn",
        ]),
      ],
    },
  },
  "content-quality": {
    "tags-only": {
      hook: "absent",
      clarity: "absent",
      specificity: "absent",
      authenticity: "absent",
      market_fit: "fair",
      unsure: true,
    },
  },
  "creator-fit": {
    jumps: {
      fit: "does not fit",
      reasons: [
        claim(
          "Signals of Kai Rehm stand at {authenticity_signals:de:kai|ci} of a hundred, and {jumps:de:kai|0} weeks show a jump without a known event.",
          ["authenticity_signals:de:kai", "jumps:de:kai"],
        ),
        claim("The signals do not say who follows the account.", ["authenticity_signals:de:kai"], {
          lead: "What is not known:",
        }),
      ],
    },
  },
  "cultural-fit": {
    "de-whitening": {
      score: 38,
      issues: [
        {
          quote: "perfect skin",
          why: "Many readers in Germany take perfect skin for an unrealistic promise.",
          knowledge: ["de-whitening"],
          severity: "medium",
          suggestion: "Calm skin",
        },
      ],
      tips: [
        { text: "Say what supports the promise, since claims need evidence.", knowledge: ["eu-claims"] },
      ],
      revised: "New moisturising cream for calm skin!",
      verdict: "revise",
    },
    "jp-whitening": {
      score: 35,
      issues: [
        {
          quote: "美白",
          why: "In Japan only approved quasi-drugs may claim 美白.",
          knowledge: ["jp-quasi-drugs"],
          severity: "critical",
          suggestion: "うるおい",
        },
      ],
      tips: [],
      revised: "うるおいクリームでなめらかな肌へ。",
      verdict: "revise",
    },
  },
  transcreate: {
    de: {
      variants: [
        {
          text: "Ihre Haut, nur ruhiger. Die Creme von Aurelle.",
          rationale:
            "Keeps the contrast of the source and stays sober, because promises of perfect skin are rejected.",
          back_translation: "Your skin, only calmer. The cream by Aurelle.",
          knowledge: ["de-whitening"],
        },
        {
          text: "Spannt Ihre Haut? Aurelle Creme bringt Ruhe hinein.",
          rationale: "Opens with a situation instead of a promise.",
          back_translation: "Does your skin feel tight? Aurelle cream brings calm.",
          knowledge: [],
        },
      ],
    },
    kr: {
      variants: [
        {
          text: "내 피부, 더 편안하게. Aurelle 크림.",
          rationale: "Short and sensory, as copy for skin care is there.",
          back_translation: "My skin, more at ease. Aurelle cream.",
          knowledge: ["kr-register"],
        },
        {
          text: "예민한 날에도 편안한 피부, Aurelle.",
          rationale: "Names a day on which skin is on edge.",
          back_translation: "Comfortable skin even on sensitive days, Aurelle.",
          knowledge: [],
        },
      ],
    },
  },
  "market-report": {
    "de-full": {
      bottom_line: [readiness, sentiment],
      drivers: [trend],
      risks: [price, leader],
      recommendations: [
        claim(
          "Test a smaller size, because complaints name the price; the share of {theme_share:de:negative:price|pct} should fall.",
          ["theme_share:de:negative:price"],
          { lead: "Price first." },
        ),
      ],
    },
  },
  "edition-summary": {
    "three-markets": {
      title: claim("Sentiment in the United States rose beyond its interval", ["sentiment_score:us:90d"]),
      points: [
        readiness,
        claim("It stands at {sentiment_score:us:90d|ci}, from {sentiment_score:us:90d|prev}.", [
          "sentiment_score:us:90d",
        ]),
        claim("France rests on {observed_posts:fr|0} posts, too few to rank.", ["observed_posts:fr"]),
      ],
    },
  },
  questions: {
    "de-full": {
      questions: [
        { question: "Should we enter Germany now?", answer: [readiness] },
        { question: "What do people complain about?", answer: [price] },
        { question: "Against whom do we stand?", answer: [leader] },
        {
          question: "How far can the data be trusted?",
          answer: [claim("{coverage:de|pct1} of scheduled runs succeeded.", ["coverage:de"])],
        },
      ],
    },
  },
  "translate-report": {
    de: {
      sentences: [
        {
          id: "a",
          template:
            "Das Sentiment liegt über neunzig Tage bei {sentiment_score:de:90d|ci} von hundert (n = {sentiment_score:de:90d|n}).",
        },
        {
          id: "b",
          template:
            "Aurelle führt das Regal in Deutschland mit {share_of_voice:de:aurelle|cipct} der Markennennungen an.",
        },
        { id: "c", template: "Der Anstieg von {'PDRN'} fällt mit dem Black Friday zusammen." },
      ],
    },
    fr: {
      sentences: [
        {
          id: "a",
          template:
            "Le sentiment s’établit à {sentiment_score:de:90d|ci} sur cent en quatre-vingt-dix jours (n = {sentiment_score:de:90d|n}).",
        },
        {
          id: "b",
          template:
            "En Allemagne, Aurelle domine le rayon avec {share_of_voice:de:aurelle|cipct} des mentions de marques.",
        },
        { id: "c", template: "La hausse de {'PDRN'} coïncide avec le Black Friday." },
      ],
    },
    ja: {
      sentences: [
        {
          id: "a",
          template:
            "センチメントは九十日間で百点中{sentiment_score:de:90d|ci}である（n = {sentiment_score:de:90d|n}）。",
        },
        {
          id: "b",
          template: "ドイツではAurelleがブランド言及の{share_of_voice:de:aurelle|cipct}を占め、首位に立つ。",
        },
        { id: "c", template: "{'PDRN'}の上昇はBlack Fridayと時期が重なる。" },
      ],
    },
    ko: {
      sentences: [
        {
          id: "a",
          template:
            "구십 일간 감성 점수는 백 점 만점에 {sentiment_score:de:90d|ci}이다(n = {sentiment_score:de:90d|n}).",
        },
        {
          id: "b",
          template: "독일에서는 Aurelle이 브랜드 언급의 {share_of_voice:de:aurelle|cipct}로 선두에 있다.",
        },
        { id: "c", template: "{'PDRN'}의 상승은 Black Friday와 시기가 겹친다." },
      ],
    },
  },
};
