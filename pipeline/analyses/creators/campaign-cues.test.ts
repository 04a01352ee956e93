import { expect, test } from "vitest";
import { hasCampaignCue } from "./campaign-cues.ts";

test.each([
  "Use my code MINA15 at checkout",
  "20% off until Sunday",
  "In partnership with Haruvelle",
  "Mit dem Code MINA15 spart ihr",
  "In Kooperation mit Haruvelle",
  "Avec mon code MINA15, profitez-en",
  "En partenariat rémunéré avec Haruvelle",
  "割引コードはプロフィールに",
  "ハルベル様よりご提供いただきました",
  "제품 제공 받아 작성한 후기입니다",
  "할인코드 MINA15",
])("a campaign shows: %s", (caption) => {
  expect(hasCampaignCue(caption)).toBe(true);
});

test.each([
  "I paid for this serum myself and love it.",
  "Ich habe das Serum selbst gekauft, 30 ml für 20 Euro.",
  "Le sérum contient 10 % de niacinamide.",
  "自分で買いました。しっとりします。",
  "내돈내산 후기예요. 촉촉해요.",
  "The QR code on the box says 2024.",
])("no campaign shows: %s", (caption) => {
  expect(hasCampaignCue(caption)).toBe(false);
});
