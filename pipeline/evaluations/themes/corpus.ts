// A market of invented captions whose reasons for praise and blame are known, among everyday talk, verdicts and people who copy.
import type { PostedText } from "../../analyses/themes/texts.ts";
import type { Mood, PlantedLanguage, PlantedTheme } from "./planted/language.ts";

/** Captions of each mood, by sixty authors: about what the analysis reads at least. */
const captions = { positive: 480, negative: 400, neutral: 320 } as const;
/** Shares of a mood's captions that bring up its themes, first to last, and what captions of other moods do. */
const shares = { most: 0.08, least: 0.025, elsewhere: 0.004 };

export function plantedCorpus(words: PlantedLanguage, random: () => number): PostedText[] {
  const one = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const filled = (sentence: string) => sentence.replaceAll("{p}", one(words.products));
  const says = (theme: PlantedTheme) => filled(one(theme.says));
  const post = (text: string, polarity: PostedText["polarity"], authors: readonly string[]): PostedText => ({
    text,
    language: words.language,
    polarity,
    variants: [],
    authors,
    unnamed: 0,
    provenance: "synthetic",
  });
  const talk = () => [filled(one(words.everyday)), filled(one(words.everyday))];
  const posted: PostedText[] = [];
  for (const [polarity, count] of Object.entries(captions) as [keyof typeof captions, number][])
    for (let i = 0; i < count; i++) {
      const sentences = talk();
      if (polarity !== "neutral") sentences.unshift(one(words.verdicts[polarity]));
      for (const mood of ["positive", "negative"] as const)
        words.themes[mood].forEach((theme, rank, all) => {
          const own = shares.most - ((shares.most - shares.least) * rank) / (all.length - 1);
          if (random() < (mood === polarity ? own : shares.elsewhere)) sentences.push(says(theme));
        });
      posted.push(post(sentences.join(words.space), polarity, [`author ${Math.floor(random() * 60)}`]));
    }
  return [...posted, ...copiers(words, { talk, post, one })];
}

interface Speech {
  talk(): string[];
  post(text: string, polarity: PostedText["polarity"], authors: readonly string[]): PostedText;
  one<Item>(items: readonly Item[]): Item;
}

/** A pod of five with eight pasted captions, one voice with thirty of its own, and a caption pasted by forty strangers: none of them a theme. */
function copiers({ intruders, verdicts, space }: PlantedLanguage, { talk, post, one }: Speech): PostedText[] {
  const caption = (word: string, mood: Mood) =>
    [one(verdicts[mood]), ...talk(), ...talk(), `${word}!`].join(space);
  const members = ["pod a", "pod b", "pod c", "pod d", "pod e"];
  const campaign = Array.from({ length: 8 }, () =>
    post(caption(intruders.pod, "positive"), "positive", members),
  );
  const loud = Array.from({ length: 30 }, () =>
    post(caption(intruders.voice, "negative"), "negative", ["one voice"]),
  );
  const chain = caption(intruders.pasted, "positive");
  const pasted = Array.from({ length: 40 }, (_, i) =>
    post(`${chain} ${"✨".repeat(i % 4)} #${i}`, "positive", [`stranger ${i}`]),
  );
  return [...campaign, ...loud, ...pasted];
}
