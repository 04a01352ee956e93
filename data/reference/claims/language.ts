// Which of the languages we have rules for a copy is written in. Small on purpose: the browser runs it, where n-gram tables would weigh megabytes.
import type { ClaimLanguage } from "../../contract/claims.ts";

export interface CopyLanguage {
  /** Languages whose wordings are worth reading; may be several, for a copy that mixes them or is too short to tell. */
  readonly read: readonly ClaimLanguage[];
  /** What it is written in, where that can be told; `other` is a language without rules. */
  readonly detected: ClaimLanguage | "other" | "unknown";
}

/** Function words that few other languages share. Spanish, Italian, Portuguese and Dutch stand here to be recognised as unread. */
const functionWords: Readonly<Record<string, string>> = {
  en: "the and of to in is it you your for with that this are be on our have has not can will my we from by at its was but all so when they one more out up no what if an or as do get just how use skin i me",
  de: "der die das und ist nicht mit fur ein eine einen ihre ihr deine dein haut auf bei von zu sich auch wird sie wir ich nach dem den des im es oder aber nur noch wie sind bis aus uber unsere durch zum zur so in an was will am vom alle bin hier euch wenn weil schon dann man mal gut heute unser diese dieser dieses einem einer eines mehr kann hat alle mich dich kein keine gegen",
  fr: "le la les et est une des un pour avec votre vos dans sur ce cette qui que pas du au aux par plus peau on y notre cet ces si tres bien fait comme apres avant leur ne sans nous notre je mon ma tu ta vous ou mais en de l d c j qu sont ses son sa tous toutes elle il contre",
  es: "el los las es una para con su piel y que por del se mas como en un lo muy tu mi te este esta",
  it: "il lo gli e di che per con una la pelle del della non si piu come nel tua mia sono questa questo un",
  pt: "o os as e de que para com uma pele do da nao se mais como na seu sua em um muito voce",
  nl: "de het een en van je voor met huid dat niet is op te zijn ook bij naar deze die wordt onze jouw uw",
};
const languagesOf = new Map<string, string[]>();
for (const [language, words] of Object.entries(functionWords))
  for (const word of words.split(" ")) languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);

/** `stated` overrules what we would guess. */
export function languageOfCopy(folded: string, copy: string, stated?: string): CopyLanguage {
  const named = stated?.toLowerCase().split(/[-_]/)[0];
  const hangul = count(copy, /[\uac00-\ud7a3]/g);
  const kana = count(copy, /[\u3041-\u30fa\uff66-\uff9d]/g);
  const han = count(copy, /[\u4e00-\u9fff]/g);
  const latin = count(folded, /[a-z]/g);
  const letters = count(copy, /\p{L}/gu);
  const read: ClaimLanguage[] = [];
  if (hangul > 0) read.push("ko");
  if (kana > 0 || (han > 0 && hangul === 0)) read.push("ja");
  const western = latin >= 3 ? latinLanguages(folded, copy) : { read: [], detected: "unknown" as const };
  // In Korean and Japanese copy, Latin words are English or names.
  const eastern = read.length > 0 && 2 * (hangul + kana + han) >= latin;
  read.push(...western.read.filter((language) => !eastern || language === "en"));
  const other = letters - hangul - kana - han - latin;
  if (named !== undefined && named !== "") {
    if (!isRead(named)) return { read: [], detected: named === "und" ? "unknown" : "other" };
    return {
      read: [...new Set([named, ...read.filter((language) => language === "en" || !isLatin(language))])],
      detected: named,
    };
  }
  if (2 * hangul >= latin && hangul >= kana && hangul > 0) return { read, detected: "ko" };
  // Kanji alone may be Chinese; its commonest words are characters that Japanese does not write.
  if (2 * (kana + han) >= latin && kana + han > 0)
    return kana > 0 || !/[这這们們吗嗎让讓么麼没沒给給还還过過说說您你肤纹]/.test(copy)
      ? { read, detected: "ja" }
      : { read: western.read, detected: "other" };
  if (other > latin) return { read: [], detected: "other" };
  return { read, detected: western.detected };
}

function latinLanguages(folded: string, copy: string): CopyLanguage {
  // Letters that one of the languages writes and the others do not.
  const votes = new Map([
    ["de", Math.min(3, count(copy, /[äöüß]/gi))],
    ["fr", Math.min(3, count(copy, /[éèêàçùœî]|\b[ldjnsmc]['’](?=\p{L})/giu))],
  ]);
  const known = new Map<string, Set<string>>();
  let words = 0;
  for (const word of folded.slice(0, 3_000).match(/[a-z]+/g) ?? []) {
    words++;
    const speakers = languagesOf.get(word);
    if (speakers)
      for (const language of speakers) {
        votes.set(language, (votes.get(language) ?? 0) + 1 / speakers.length);
        known.set(language, (known.get(language) ?? new Set()).add(word));
      }
  }
  const [first, second] = [...votes].sort(([, a], [, b]) => b - a);
  // A slogan of a few words has no function words to vote with: every Latin wording is read.
  if (!first || first[1] < 1 || (second && first[1] < 1.5 * second[1] && words < 12))
    return { read: ["en", "de", "fr"], detected: "unknown" };
  if (isRead(first[0]) && (words < 8 || first[1] < 2))
    return { read: ["en", "de", "fr"], detected: first[0] };
  if (!isRead(first[0]))
    return words >= 5 && (known.get(first[0])?.size ?? 0) >= 2
      ? { read: [], detected: "other" }
      : { read: ["en", "de", "fr"], detected: "unknown" };
  // A second language with a fair share of the votes is read too: German captions quote English slogans.
  const also = [...votes].filter(
    ([language, votes]) => isRead(language) && isLatin(language) && votes >= 0.3 * first[1],
  );
  return {
    read: [...new Set([first[0], "en", ...also.map(([language]) => language)])].filter(isRead),
    detected: first[0],
  };
}

const isRead = (language: string): language is ClaimLanguage =>
  ["en", "de", "fr", "ja", "ko"].includes(language);
const isLatin = (language: string): boolean => ["en", "de", "fr"].includes(language);
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
