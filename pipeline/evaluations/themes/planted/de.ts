// The planted corpus in German, with inflected forms.
import type { PlantedLanguage } from "./language.ts";

export const de: PlantedLanguage = {
  language: "de",
  space: " ",
  products: [
    "Toner",
    "Serum",
    "Nachtcreme",
    "Sonnencreme",
    "Lip Tint",
    "Reinigungsöl",
    "Augencreme",
    "Tuchmaske",
  ],
  everyday: [
    "Ich habe {p} jetzt drei Wochen benutzt.",
    "Meine Cousine hat {p} aus Seoul mitgebracht.",
    "{p} wohnt neben meinem Waschbecken.",
    "Morgens kommt es nach der Dusche dran.",
    "Heute erzähle ich euch etwas über {p}.",
    "Dabei war eine winzige Probe von {p}.",
    "Letzten Monat habe ich {p} im Netz gekauft.",
    "Im Laden gibt es {p} in zwei Größen.",
    "Unter der Jacke trage ich es den ganzen Tag.",
    "Meine Pflege ist im Moment sehr kurz.",
  ],
  verdicts: {
    positive: [
      "Ich liebe es.",
      "Bester Kauf des Jahres!",
      "Bin so glücklich damit.",
      "Zehn von zehn.",
      "Einfach super.",
    ],
    negative: [
      "Ich hasse es.",
      "Schlechtester Kauf des Jahres.",
      "Bin so enttäuscht.",
      "Nie wieder.",
      "Schade ums Geld.",
    ],
  },
  themes: {
    positive: [
      {
        keys: ["glow", "strahlender"],
        says: ["Ein strahlender Glow bis zum Abend.", "Der Glow ist schon am Morgen da."],
      },
      {
        keys: ["rötung", "rötungen"],
        says: ["Rötungen sind über Nacht weg.", "Die Rötung am Kinn ging zurück."],
      },
      {
        keys: ["nachfüllpack", "nachfüllpackung"],
        says: ["Es gibt einen Nachfüllpack.", "Der Nachfüllpack spart Plastik."],
      },
      { keys: ["lavendel"], says: ["Ein Hauch von Lavendel.", "Riecht nach Lavendel, nicht zu stark."] },
      {
        keys: ["federleicht", "federleichte"],
        says: ["Im Sommer fühlt es sich federleicht an.", "Eine federleichte Schicht."],
      },
      {
        keys: ["neurodermitis"],
        says: ["Sogar bei Neurodermitis verträglich.", "Meine Neurodermitis macht mit."],
      },
    ],
    negative: [
      {
        keys: ["weißeln", "weißelt", "weisseln"],
        says: ["Am Hals weißelt es stark.", "Es weißelt auf jedem Foto."],
      },
      {
        keys: ["krümelt", "krümel"],
        says: ["Unter Foundation krümelt es.", "Beim Schichten krümelt alles."],
      },
      { keys: ["pickel"], says: ["Nach einer Woche hatte ich Pickel.", "Pickel auf beiden Wangen."] },
      {
        keys: ["deckel", "ausgelaufen"],
        says: ["Der Deckel schließt nicht.", "In der Tasche ausgelaufen, der Deckel ist lose."],
      },
      { keys: ["zoll"], says: ["Dazu kam noch der Zoll.", "Der Zoll hielt das Paket vier Wochen fest."] },
      {
        keys: ["parfüm", "kopfschmerzen"],
        says: ["Das Parfüm macht mir Kopfschmerzen.", "Schweres Parfüm, sofort Kopfschmerzen."],
      },
    ],
  },
  intruders: { pod: "Glowmania", voice: "Pfefferminze", pasted: "Verlosung" },
};
