// Small words that give a language away, per language. They help where a caption is too short for n-grams.

const words: Readonly<Record<string, string>> = {
  en: "the and you my is this it so for with but of to not was are i'm it's your have best really very just new love me at from how our what one all use skin feel feels they he she we who will can has had did do does there their them then if or about out up get got if when more after an be been",
  de: "und ist die der das ich nicht mit für ein eine aber auch sehr mein meine von wie nur bin habe auf den dem zu im es so haut wirklich mega noch schon gar kein keine euch oder wenn dann dass du er sie wir ihr mich dich dir uns was wer wo wieder heute morgen jetzt immer nie mehr hat hab war wird werden kann muss will soll mal ja nein doch bei nach aus vom zum zur über unter vor gegen um als schön gut besser beim sind seit alle alles nichts man hier da diese dieser dieses einen einem einer denn weil leider danke bitte",
  fr: "et est le la les je ne pas un une mais pour avec très mon ma mes de du des ce cette que qui sur au trop plus vous peau en j'ai c'est tout bien à dans par sont nous ils elle il on mais où donc ou si être avoir fait comme aussi encore jamais rien leur leurs ses son sa aux même quand plus notre votre ça merci",
  es: "y es el la los las no un una pero para con muy mi mis de del que me se por como más lo en piel esta este todo bien te su al gracias pero ya hay ser son está están yo tú nos lo le les qué cuando donde porque desde hasta sin sobre también hoy nada siempre eso ese esa tengo tiene hace ver",
  it: "e è il la i le non un una ma per con molto mio mia di del della che mi si come più lo in pelle questo questa sono ho gli",
  pt: "e é o a os as não um uma mas para com muito meu minha de do da que me se por como mais em pele isso este eu você",
  nl: "en is de het een niet met voor maar ook zeer mijn van hoe ik ben heb op te zijn dit dat huid echt wel nog geen",
  pl: "i jest nie na do z to się że jak ale dla moja mój bardzo w po już tak co",
  sv: "och är det en ett inte med för men jag min mitt på av som så har att hud mycket",
  da: "og er det en et ikke med for men jeg min mit på af som så har at hud meget",
  tr: "ve bir bu çok için ile ama da de ne gibi daha en var yok ben cilt",
};

/** Word → languages that use it. */
export const commonWords: ReadonlyMap<string, readonly string[]> = (() => {
  const languages = new Map<string, string[]>();
  for (const [language, list] of Object.entries(words)) {
    for (const word of list.split(" ").flatMap((one) => one.split("'"))) {
      const known = languages.get(word) ?? [];
      if (!known.includes(language)) languages.set(word, [...known, language]);
    }
  }
  return languages;
})();
