// The 40 invented creators of the registry as the generator knows them: size at the start, habits, and how well they engage.
// Names, markets and handles stand in publication.yaml too; a test holds the two together.
import type { MarketCode } from "./markets.ts";

export interface RegistryCreator {
  readonly id: string;
  readonly name: string;
  readonly platform: "instagram" | "youtube";
  readonly market: MarketCode;
  /** Followers on 2024-11-18. */
  readonly followers: number;
  readonly postsPerWeek: number;
  /** Follower growth in a usual week, %. */
  readonly growthPct: number;
  /** Engagement over that of accounts of the same size. */
  readonly engagement: number;
}

const row = (
  id: string,
  name: string,
  platform: RegistryCreator["platform"],
  market: MarketCode,
  followers: number,
  postsPerWeek: number,
  growthPct: number,
  engagement: number,
): RegistryCreator => ({ id, name, platform, market, followers, postsPerWeek, growthPct, engagement });

export const handleOf = (creator: string): string => `${creator.replaceAll("-", ".")}.sample`;

export const registry: readonly RegistryCreator[] = [
  row("mina-glasshaut", "Mina Glasshaut", "instagram", "de", 182_000, 3.0, 0.35, 1.0),
  row("jule-tupft", "Jule tupft", "instagram", "de", 41_000, 2.4, 0.45, 1.15),
  row("nora-nachtcreme", "Nora Nachtcreme", "instagram", "de", 96_000, 2.0, 0.2, 0.9),
  row("tarik-hautnah", "Tarik Hautnah", "instagram", "de", 23_000, 2.6, 0.6, 1.3),
  row("lotte-lichtschutz", "Lotte Lichtschutz", "instagram", "de", 8_400, 2.2, 0.5, 1.2),
  row("yun-seifenkiste", "Yun Seifenkiste", "instagram", "de", 118_000, 2.8, 0.25, 0.8),
  row("porenpauline", "Porenpauline", "youtube", "de", 64_000, 1.6, 0.3, 1.0),
  row("doktor-dampfbad", "Doktor Dampfbad", "youtube", "de", 275_000, 1.5, 0.25, 1.1),
  row("capucine-rosee", "Capucine Rosée", "instagram", "fr", 210_000, 2.6, 0.3, 1.0),
  row("maelle-sousbrume", "Maëlle Sousbrume", "instagram", "fr", 37_000, 2.4, 0.4, 1.1),
  row("ottilie-peaudouce", "Ottilie Peaudouce", "instagram", "fr", 9_100, 2.0, 0.45, 1.2),
  row("ines-petitpot", "Inès Petitpot", "instagram", "fr", 88_000, 2.8, 0.2, 0.9),
  row("basile-contour", "Basile Contour", "instagram", "fr", 18_000, 2.2, 0.55, 1.25),
  row("atelier-margotine", "Atelier Margotine", "youtube", "fr", 130_000, 1.5, 0.2, 1.0),
  row("leonie-decrypte", "Léonie Décrypte", "youtube", "fr", 52_000, 1.6, 0.35, 1.1),
  row("kohaku-mizuhada", "Kohaku Mizuhada", "instagram", "jp", 420_000, 3.2, 0.15, 0.95),
  row("yuzu-no-hada", "Yuzu no Hada", "instagram", "jp", 66_000, 2.8, 0.3, 1.1),
  row("rin-tsuyatsuya", "Rin Tsuyatsuya", "instagram", "jp", 28_000, 2.6, 0.4, 1.15),
  row("momo-parepare", "Momo Parepare", "instagram", "jp", 150_000, 3.0, 0.25, 1.0),
  row("sora-suhadalog", "Sora Suhadalog", "instagram", "jp", 12_000, 2.2, 0.5, 1.2),
  row("haru-kosume-note", "Haru Kosume Note", "instagram", "jp", 7_800, 2.0, 0.35, 1.1),
  row("nagi-kosume-lab", "Nagi Kosume Lab", "youtube", "jp", 340_000, 1.8, 0.2, 1.0),
  row("tsubaki-room", "Tsubaki Room", "youtube", "jp", 95_000, 1.6, 0.25, 1.05),
  row("aoi-suhadachan", "Aoi Suhadachan", "youtube", "jp", 45_000, 1.5, 0.35, 1.15),
  row("dewy-delphine", "Dewy Delphine", "instagram", "us", 640_000, 3.4, 0.1, 0.95),
  row("marlo-glowwell", "Marlo Glowwell", "instagram", "us", 120_000, 2.8, 0.2, 1.0),
  row("priya-petalskin", "Priya Petalskin", "instagram", "us", 58_000, 2.6, 0.2, 0.85),
  row("toby-tapsin", "Toby Tapsin", "instagram", "us", 33_000, 2.4, 0.45, 1.2),
  row("wren-sundayface", "Wren Sundayface", "instagram", "us", 15_000, 2.2, 0.4, 1.1),
  row("cleo-barrierbabe", "Cleo Barrierbabe", "instagram", "us", 9_500, 2.4, 0.55, 1.2),
  row("imani-softfocus", "Imani Softfocus", "instagram", "us", 252_000, 3.0, 0.2, 1.0),
  row("dr-dew-lab", "Dr. Dew Lab", "youtube", "us", 510_000, 1.6, 0.15, 1.05),
  row("juniper-unboxes", "Juniper Unboxes", "youtube", "us", 88_000, 1.8, 0.3, 1.1),
  row("static-glow", "Static Glow", "youtube", "us", 1_300_000, 1.5, 0.05, 0.9),
  row("byeol-pibu-ilgi", "Byeol Pibu Ilgi", "instagram", "kr", 380_000, 3.0, 0.1, 1.0),
  row("danbi-mulgwang", "Danbi Mulgwang", "instagram", "kr", 72_000, 2.6, 0.2, 1.05),
  row("saebom-note", "Saebom Note", "instagram", "kr", 25_000, 2.4, 0.3, 1.1),
  row("haneul-hwajangdae", "Haneul Hwajangdae", "instagram", "kr", 160_000, 2.8, 0.15, 0.95),
  row("bora-pibu-yeonguso", "Bora Pibu Yeonguso", "youtube", "kr", 720_000, 1.6, 0.1, 1.0),
  row("rami-satang", "Rami Satang", "youtube", "kr", 56_000, 1.5, 0.25, 1.1),
];
