// Markets whose mood is known, because we made them: authors with tempers of their own, posts read by a classifier with known errors.
import type { AuthorProfile } from "../../analyses/sentiment/clusters.ts";
import { dirichletDraw, normalDraw } from "../../stats/dirichlet-draw.ts";
import type { Confusion } from "../../texts/confusion.ts";

/** Shares of positive, neutral and negative. */
type Shares = readonly [number, number, number];

/** How often the classifier gives each verdict (columns) to posts of each truth (rows). */
type Rates = readonly [Shares, Shares, Shares];

export interface World {
  readonly errors: keyof typeof errors;
  readonly mood: keyof typeof moods;
  readonly authors: keyof typeof authors;
  readonly profiles: readonly AuthorProfile[];
  /** What the classifier's errors were counted to be, on labelled texts. */
  readonly confusionOf: (language: string) => Confusion | null;
  /** Net sentiment of all that the authors could post, as it is and as the classifier would see it. */
  readonly truth: number;
  readonly seen: number;
}

/** In two languages, because a market's posts are; the second is read worse. Typical are the rates of short-text classifiers on tweets. */
export const errors: Readonly<Record<string, readonly [Rates, Rates]>> = {
  rare: [
    [
      [0.86, 0.1, 0.04],
      [0.1, 0.8, 0.1],
      [0.04, 0.1, 0.86],
    ],
    [
      [0.76, 0.15, 0.09],
      [0.13, 0.73, 0.14],
      [0.08, 0.15, 0.77],
    ],
  ],
  typical: [
    [
      [0.68, 0.2, 0.12],
      [0.19, 0.6, 0.21],
      [0.11, 0.21, 0.68],
    ],
    [
      [0.6, 0.25, 0.15],
      [0.22, 0.56, 0.22],
      [0.15, 0.25, 0.6],
    ],
  ],
  frequent: [
    [
      [0.57, 0.28, 0.15],
      [0.22, 0.52, 0.26],
      [0.15, 0.3, 0.55],
    ],
    [
      [0.55, 0.25, 0.2],
      [0.24, 0.5, 0.26],
      [0.18, 0.26, 0.56],
    ],
  ],
};

export const moods: Readonly<Record<string, Shares>> = {
  balanced: [0.36, 0.34, 0.3],
  cheerful: [0.5, 0.4, 0.1],
  "hardly a complaint": [0.35, 0.62, 0.03],
};

/**
 * How many write, how alike an author's posts are (the fewer, the more alike: weight of a Dirichlet law around the mood), and how unequally much they
 * write (spread of a log-normal law); `steady` authors write more and are happier, so that those who write much pull the mean.
 */
export const authors: Readonly<
  Record<
    string,
    { readonly count: number; readonly alike: number; readonly unequal: number; readonly steady?: true }
  >
> = {
  "40, alike and unequal": { count: 40, alike: 3, unequal: 0.9 },
  "250, some write much and are happier": { count: 250, alike: 6, unequal: 0.7, steady: true },
  "1,000, each a draw of its own": { count: 1000, alike: 1e6, unequal: 0.3 },
};

/** Labelled texts of each truth in the first and the second language: those of a small public validation split. */
const LABELLED = [150, 108] as const;
const LANGUAGES = ["xa", "xb"] as const;
/** Posts in the second language. */
const SECOND = 0.15;

/** World number `place` of a walk over all combinations of errors, moods and authors. */
export function simulatedWorld(place: number, random: () => number): World {
  const names = [Object.keys(errors), Object.keys(moods), Object.keys(authors)] as const;
  const [error, mood, kind] = names.map(
    (keys, index) => keys[Math.floor(place / 3 ** index) % keys.length] as string,
  ) as [string, string, string];
  const rates = errors[error] as readonly [Rates, Rates];
  const { count, alike, unequal, steady } = authors[kind] as (typeof authors)[string];
  const usual = moods[mood] as Shares;
  // A third of the authors may be steady: three times the posts, and a tenth of all posts moved from neutral to praise.
  const happier: Shares = [usual[0] + 0.1, usual[1] - 0.1, usual[2]];
  const profiles: AuthorProfile[] = [];
  for (let author = 0; author < count; author++) {
    const busy = steady === true && author % 3 === 0;
    const temper = dirichletDraw(
      (busy ? happier : usual).map((share) => share * alike),
      random,
    );
    const posts = 1 + Math.floor((busy ? 6 : 2) * Math.exp(unequal * normalDraw(random)));
    const counts = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    for (let post = 0; post < posts; post++) {
      const language = random() < SECOND ? 1 : 0;
      const verdict = pick(rates[language][pick(temper, random)] as Shares, random);
      const cell = counts[language] as number[];
      cell[verdict] = (cell[verdict] as number) + 1;
    }
    profiles.push({ market: "xx", span: "all", profile: profileOf(counts), authors: 1 });
  }
  // Busy authors' share of the posts, from the means of the two laws of size (both lose half a post to rounding down).
  const size = (posts: number) => 1 + meanFloor(posts, unequal);
  const weight = steady ? size(6) / (size(6) + 2 * size(2)) : 0;
  const shares = usual.map((share, index) => share + weight * ((happier[index] as number) - share));
  const verdicts = [0, 1, 2].map((verdict) =>
    shares.reduce(
      (sum, share, truth) =>
        sum +
        share *
          ((1 - SECOND) * (rates[0][truth]?.[verdict] as number) +
            SECOND * (rates[1][truth]?.[verdict] as number)),
      0,
    ),
  );
  const labelled = LANGUAGES.map((_, index) =>
    labelledTexts(rates[index] as Rates, LABELLED[index] as number, random),
  );
  return {
    errors: error,
    mood,
    authors: kind,
    profiles,
    confusionOf: (language) => labelled[LANGUAGES.indexOf(language as "xa")] ?? null,
    truth: (shares[0] as number) - (shares[2] as number),
    seen: (verdicts[0] as number) - (verdicts[2] as number),
  };
}

/** E[⌊m · exp(s Z)⌋] = Σ_k P(m · exp(s Z) ≥ k), by numerical integration of the normal law. */
function meanFloor(posts: number, spread: number): number {
  let mean = 0;
  const step = 0.001;
  for (let z = -8 + step / 2; z < 8; z += step)
    mean +=
      (Math.floor(posts * Math.exp(spread * z)) * Math.exp((-z * z) / 2) * step) / Math.sqrt(2 * Math.PI);
  return mean;
}

const profileOf = (counts: readonly (readonly number[])[]): string =>
  counts
    .map((cell, index) => `${LANGUAGES[index]} ${cell.join(" ")}`)
    .filter((cell) => !cell.endsWith(" 0 0 0"))
    .join(";");

function labelledTexts(rates: Rates, texts: number, random: () => number): Confusion {
  const row = (truth: Shares) => {
    const counts = { positive: 0, neutral: 0, negative: 0 };
    const verdicts = ["positive", "neutral", "negative"] as const;
    for (let text = 0; text < texts; text++) counts[verdicts[pick(truth, random)] as "neutral"]++;
    return counts;
  };
  return {
    counts: { positive: row(rates[0]), neutral: row(rates[1]), negative: row(rates[2]) },
    validated_on: "simulated texts",
  };
}

function pick(shares: readonly number[], random: () => number): number {
  let rest = random();
  for (let index = 0; index < shares.length - 1; index++) {
    rest -= shares[index] as number;
    if (rest < 0) return index;
  }
  return shares.length - 1;
}
