// The planted corpus in French.
import type { PlantedLanguage } from "./language.ts";

export const fr: PlantedLanguage = {
  language: "fr",
  space: " ",
  products: [
    "toner",
    "sérum",
    "crème de nuit",
    "crème solaire",
    "lip tint",
    "huile démaquillante",
    "contour des yeux",
    "masque en tissu",
  ],
  everyday: [
    "J'utilise {p} depuis trois semaines.",
    "Ma cousine a rapporté {p} de Séoul.",
    "{p} est posé près de mon lavabo.",
    "Je le mets après la douche.",
    "Aujourd'hui je vous parle de {p}.",
    "Il y avait un petit échantillon de {p}.",
    "J'ai acheté {p} en ligne le mois dernier.",
    "En boutique, {p} existe en deux tailles.",
    "Je le porte toute la journée sous ma veste.",
    "Ma routine est très courte en ce moment.",
  ],
  verdicts: {
    positive: [
      "J'adore.",
      "Meilleur achat de l'année !",
      "Je suis tellement contente.",
      "Dix sur dix.",
      "Un vrai bonheur.",
    ],
    negative: [
      "Je déteste.",
      "Pire achat de l'année.",
      "Je suis tellement déçue.",
      "Plus jamais.",
      "Quel gâchis d'argent.",
    ],
  },
  themes: {
    positive: [
      {
        keys: ["lumineux"],
        says: ["Un teint lumineux jusqu'au soir.", "Le fini lumineux est là dès le matin."],
      },
      {
        keys: ["rougeurs", "rougeur"],
        says: ["Mes rougeurs ont disparu dans la nuit.", "Il calme les rougeurs du menton."],
      },
      { keys: ["recharge"], says: ["Il existe une recharge.", "La recharge évite du plastique."] },
      { keys: ["lavande"], says: ["Une légère odeur de lavande.", "Ça sent la lavande, pas trop fort."] },
      {
        keys: ["fondante", "légère"],
        says: ["Une matière fondante même en été.", "Sa matière fondante me plaît."],
      },
      { keys: ["eczéma"], says: ["Même mon eczéma le supporte.", "Convient aux gens avec de l'eczéma."] },
    ],
    negative: [
      {
        keys: ["traces blanches", "traces", "blanches"],
        says: ["Il laisse des traces blanches sur le cou.", "Des traces blanches sur chaque photo."],
      },
      {
        keys: ["peluche", "peluches"],
        says: ["Il peluche sous le fond de teint.", "Ça peluche dès que je superpose."],
      },
      { keys: ["boutons"], says: ["J'ai eu des boutons en une semaine.", "Des boutons sur les deux joues."] },
      {
        keys: ["bouchon", "coulé"],
        says: ["Le bouchon ne ferme pas.", "Il a coulé dans mon sac, le bouchon est cassé."],
      },
      { keys: ["douane"], says: ["En plus j'ai payé la douane.", "La douane a gardé le colis un mois."] },
      {
        keys: ["parfum", "migraine"],
        says: ["Le parfum me donne la migraine.", "Parfum trop lourd, migraine assurée."],
      },
    ],
  },
  intruders: { pod: "Glowmania", voice: "menthe", pasted: "tombola" },
};
