// Wordings that a text of a model may use only where its evidence does: numbers in words, law, causes. And those it may never use.

const NUMBERS: Readonly<Record<string, string>> = {
  eleven: "11",
  twelve: "12",
  thirteen: "13",
  fourteen: "14",
  fifteen: "15",
  sixteen: "16",
  seventeen: "17",
  eighteen: "18",
  nineteen: "19",
  twenty: "20",
  thirty: "30",
  forty: "40",
  fifty: "50",
  sixty: "60",
  seventy: "70",
  eighty: "80",
  ninety: "90",
  dozen: "12",
  thousand: "1,000",
  million: "million",
  billion: "billion",
};
const QUANTITY =
  /(?<!\p{L})(?:eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?|millions?|billions?|percent|per cent|twice|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)|\p{L}+fold|half|halv(?:e|es|ed|ing)|(?:a|one|two|three) (?:third|quarter|fifth|tenth)s?|(?:one|two|three|four|five|six|seven|eight|nine|ten)(?: in (?:every )?| out of | times)(?:two|three|four|five|six|seven|eight|nine|ten)?)(?!\p{L})/giu;

/** A number in words is a number: it stands in what is cited, or not at all. “Of a hundred” is a scale. */
export function quantityWithoutSource(text: string, cited: string): string | null {
  const scaled = text.replaceAll(
    /\b(?:of|out of|per) (?:a|one|every)? ?(?:hundred|thousand|ten thousand)\b/gi,
    "",
  );
  const source = cited.toLowerCase();
  for (const [word] of scaled.matchAll(QUANTITY)) {
    const said = word.toLowerCase().trim();
    const digits = NUMBERS[said];
    if (source.includes(said)) continue;
    if (digits !== undefined && new RegExp(`(?<![\\d.,])${digits}(?!\\d)`).test(source)) continue;
    return "a text says a number in words that its evidence does not say: use a placeholder";
  }
  return null;
}

const LAW =
  /(?<!\p{L})(?:law|laws|lawful|unlawful|legal|illegal|legislation|regulat\p{L}*|directive|statute|ordinance|decree|act of|ban|bans|banned|prohibit\p{L}*|forbid\p{L}*|mandatory|ministry|licen[cs]\p{L}*|fined|lawsuit|court)(?!\p{L})/giu;

/** What is law is said only where cited evidence says so with the same word. */
export function lawWithoutSource(text: string, cited: string): string | null {
  const source = cited.toLowerCase();
  for (const [word] of text.matchAll(LAW)) {
    if (!source.includes(word.toLowerCase().slice(0, 6)))
      return "a text speaks of law and cites nothing that says so";
  }
  return null;
}

const CAUSE =
  /(?<!\p{L})(?:caus(?:e|es|ed|ing)(?: by)?|drives|driven by|drove|is driving|are driving|due to|owing to|thanks to|leads? to|led to|leading to|results? (?:in|from)|resulted (?:in|from)|as a result of|trigger(?:s|ed)|fuel(?:s|led|ed) |attributable to|stems? from|responsible for|sparked|(?<!(?<!\p{L})(?:no|nothing|nobody|neither|nor) [^.]{0,40})explains|explained by)(?!\p{L})/iu;
const BECAUSE = /(?<!\p{L})(?:because|since people|as people)(?!\p{L})/iu;

/** Numbers that move together show no cause. A passage may state one. */
export function causeWithoutSource(text: string, advice: boolean): string | null {
  return CAUSE.test(text) || (!advice && BECAUSE.test(text))
    ? "a text states a cause without a passage that states it: say “coincides with”, or cite the passage"
    : null;
}

const ECHO =
  /(?<!\p{L})(?:delimiter|json|schema|placeholders?|system prompt|metric id|(?:field|names of) (?:names?|fields?)|(?:these|previous|above|my|your|the following) (?:rules|instructions)|ignore (?:all|any|the|previous)|as an ai|ai model|language model|assistant|i cannot|i can[’']t|i[’']m sorry|i am sorry|i apologi[sz]e|you are (?:a|an|one|now)|what you (?:are sent|answer)|one entry per id|(?:^|\s)task:|a program reads your answer|rules of the task|rules below|never instructions|what to answer|the attempt|the publisher|letter by letter)(?!\p{L})/iu;

/** Null when the text does not repeat its rules or speak of itself. */
export const echoOf = (text: string): string | null =>
  ECHO.test(text) ? "a text speaks of the rules, the data's form or the writer instead of the market" : null;
