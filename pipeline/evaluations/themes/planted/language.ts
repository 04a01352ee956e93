// What a planted corpus is written in: everyday sentences, verdicts, and reasons for praise and blame that a list of themes must bring up.

export interface PlantedTheme {
  /** Words of which one must stand in a theme for it to count as found. */
  readonly keys: readonly string[];
  /** Ways of saying it; `{p}` is a product. */
  readonly says: readonly string[];
}

export interface PlantedLanguage {
  readonly language: string;
  /** Between sentences. */
  readonly space: string;
  readonly products: readonly string[];
  /** Said in any mood. */
  readonly everyday: readonly string[];
  readonly verdicts: Readonly<Record<Mood, readonly string[]>>;
  readonly themes: Readonly<Record<Mood, readonly PlantedTheme[]>>;
  /** A word that only pods, a single voice and a pasted caption bring up. */
  readonly intruders: { readonly pod: string; readonly voice: string; readonly pasted: string };
}

export type Mood = "positive" | "negative";
