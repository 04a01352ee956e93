// Words that make a caption look like advertising when it names a brand: discount codes, affiliate links, gifts, thanks to a sponsor.
// A cue is a sign, not proof: it says which posts one would expect to carry a disclosure.

export const campaignCues: Readonly<Record<string, readonly RegExp[]>> = {
  en: [
    /\b(use|with) (my |the )?(discount )?code\b/u,
    /\b(discount|promo|coupon) ?code\b/u,
    /\baffiliate\b/u,
    /\bgifted\b/u,
    /\bin (paid )?(partnership|collaboration) with\b/u,
    /\bsponsored\b/u,
    /\b(thanks|thank you) to .{1,40} for (sending|sponsoring)\b/u,
    /\b\d{1,2} ?% off\b/u,
  ],
  de: [
    /\b(rabatt|gutschein|aktions)-?code\b/u,
    /\bmit (dem|meinem) code\b/u,
    /\bin (bezahlter )?(kooperation|partnerschaft|zusammenarbeit) mit\b/u,
    /\baffiliate/u,
    /\bpr[- ]?(sample|muster)\b/u,
    /\b\d{1,2} ?% (rabatt|sparen)\b/u,
  ],
  fr: [
    /\bcode (promo|réduc|de réduction)/u,
    /\bavec (mon|le) code\b/u,
    /\ben (collaboration|partenariat) (commerciale |rémunéré(e)? )?avec\b/u,
    /\b(produit )?offert par\b/u,
    /(^|\s)-?\d{1,2} ?% (de réduction|avec)/u,
  ],
  ja: [
    /クーポン/u,
    /割引コード/u,
    /(ご)?提供(いただ|頂|で|品)/u,
    /タイアップ/u,
    /様より/u,
    /\d{1,2}[%％]オフ/u,
  ],
  ko: [/할인 ?코드/u, /쿠폰/u, /협찬/u, /제공 ?받/u, /(유료 ?)?광고 ?포함/u, /공구/u, /\d{1,2}% ?할인/u],
};

const everyCue = Object.values(campaignCues).flat();

/** True when the caption carries a cue in any language: creators mix them, and a cue of one is rarely a word of another. */
export function hasCampaignCue(caption: string): boolean {
  const text = caption.normalize("NFKC").toLowerCase();
  return everyCue.some((cue) => cue.test(text));
}
