// A small file of posts under fire: every attack caption once, among ordinary posts of enough weeks, words and authors for analyses to speak.
import { writeFileSync } from "node:fs";
import { seededRandom } from "../../stats/seeded-random.ts";
import { type AttackCaption, attackCaptions } from "./captions.ts";

const ordinary: Readonly<Record<string, readonly string[]>> = {
  us: [
    "I love this niacinamide serum, my skin is so calm",
    "This sunscreen pills under makeup and stings my eyes",
    "Snail mucin again for breakfast #kbeauty",
    "Glass skin routine with a toner that does nothing",
    "Not sure about retinol at my age, any advice?",
    "The essence is sticky, the smell is worse, I want my money back",
  ],
  de: [
    "Dieses Serum mit Niacinamid ist großartig, meine Haut ist ruhig",
    "Die Sonnencreme klebt und brennt in den Augen",
    "Schneckenschleim zum Frühstück #kbeauty",
    "Glass Skin Routine mit einem Toner, der nichts tut",
    "Hat jemand Erfahrung mit Retinol?",
    "Die Essenz riecht furchtbar, ich will mein Geld zurück",
  ],
  fr: [
    "Ce sérum au niacinamide est génial, ma peau est calme",
    "Cette crème solaire colle et pique les yeux",
    "Bave d'escargot au petit déjeuner #kbeauty",
    "Routine glass skin avec une lotion qui ne fait rien",
    "Quelqu'un connaît le rétinol ?",
    "L'essence sent mauvais, je veux être remboursée",
  ],
};
const markets = Object.keys(ordinary);

/** Weeks before the last day, 2026-11-15. */
const WEEKS = 14;
const LAST = Date.UTC(2026, 10, 15, 12);

/** Day of the clock that makes the edition of the last week. */
export const attackedOn = "2026-11-20";

/** Writes the posts as NDJSON; `attacks` says which captions are among them. The same words give the same file. */
export function writeAttackedPosts(file: string, attacks: readonly AttackCaption[] = attackCaptions): void {
  const random = seededRandom("posts under fire");
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const post = (id: string, market: string, hoursAgo: number, text: string) => ({
    ...{ id, platform: "instagram", market, text },
    posted_at: new Date(LAST - hoursAgo * 3_600_000).toISOString(),
    author: `author${Math.floor(random() * 400)}`,
    likes: Math.floor(random() * 500),
    comments: Math.floor(random() * 40),
  });
  const quiet = Array.from({ length: WEEKS * markets.length * 16 }, (_, index) => {
    const market = pick(markets);
    const signs = pick(["", " ✨", "!", " …", " today", " 😍", " hm"]);
    return post(
      `q${index}`,
      market,
      Math.floor(random() * WEEKS * 168),
      `${pick(["Anua: ", "Torriden: ", "", ""])}${pick(ordinary[market] ?? [])}${signs} #${pick(["glow", "serum", "skincare", "glassskin"])}`,
    );
  });
  const attacked = attacks.map(({ id, text }, index) =>
    post(`x${id}`, markets[index % markets.length] as string, index % 160, text),
  );
  const lines = [...quiet, ...attacked].map((each) => JSON.stringify(each));
  writeFileSync(file, `${lines.join("\n")}\n`);
}
