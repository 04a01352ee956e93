// The planted corpus in English.
import type { PlantedLanguage } from "./language.ts";

export const en: PlantedLanguage = {
  language: "en",
  space: " ",
  products: [
    "toner",
    "serum",
    "night cream",
    "sunscreen",
    "lip tint",
    "cleansing oil",
    "eye cream",
    "sheet mask",
  ],
  everyday: [
    "I have used this {p} for three weeks now.",
    "My cousin brought the {p} back from Seoul.",
    "The {p} sits next to my sink.",
    "I put it on after the shower.",
    "Today I am talking about the {p}.",
    "It came with a tiny sample of the {p}.",
    "I bought the {p} online last month.",
    "There are two sizes of the {p} in the shop.",
    "I wear it under my jacket collar all day.",
    "My routine is very short at the moment.",
  ],
  verdicts: {
    positive: [
      "I love it.",
      "Best buy of the year!",
      "So happy with this one.",
      "Ten out of ten.",
      "I am obsessed.",
    ],
    negative: [
      "I hate it.",
      "Worst buy of the year.",
      "So disappointed.",
      "Never again.",
      "What a waste of money.",
    ],
  },
  themes: {
    positive: [
      { keys: ["dewy"], says: ["It leaves a dewy finish.", "The dewy look lasts until evening."] },
      {
        keys: ["redness", "soothes"],
        says: ["It soothes redness overnight.", "The redness on my chin went down."],
      },
      { keys: ["refill"], says: ["I like that there is a refill pouch.", "Refill packs save plastic."] },
      { keys: ["lavender"], says: ["A light lavender scent.", "Smells of lavender, not too strong."] },
      { keys: ["lightweight"], says: ["It feels lightweight even in summer.", "Such a lightweight layer."] },
      { keys: ["eczema"], says: ["Even my eczema tolerates it.", "Safe for people with eczema."] },
    ],
    negative: [
      {
        keys: ["white cast", "cast"],
        says: ["It leaves a white cast on my neck.", "That white cast is visible in photos."],
      },
      {
        keys: ["pilling", "pills"],
        says: ["It pills under foundation.", "Constant pilling when I layer it."],
      },
      {
        keys: ["breakout", "breakouts"],
        says: ["It gave me breakouts within a week.", "A breakout on both cheeks."],
      },
      {
        keys: ["leaking", "leaked", "lid"],
        says: ["The lid was leaking in my bag.", "It leaked because the lid does not close."],
      },
      { keys: ["customs"], says: ["I paid customs on top of it.", "Customs kept the parcel for a month."] },
      {
        keys: ["perfume", "headache"],
        says: ["The perfume gives me a headache.", "Heavy perfume, instant headache."],
      },
    ],
  },
  intruders: { pod: "Glowmania", voice: "peppermint", pasted: "sweepstake" },
};
