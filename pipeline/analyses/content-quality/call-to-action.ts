// Phrases that ask the reader to do something, in the five languages that captions of our creators are written in.
// A request for an action (save, comment, tag, tap) and for an answer (tell me, which one) both count.

export const callsToAction: Readonly<Record<string, readonly RegExp[]>> = {
  en: [
    /\b(save|share|bookmark|pin) (this|it|for later|the post)\b/u,
    /\b(tag|send (this|it) to) (a|your|someone|somebody)\b/u,
    /\b(comment|drop|leave) (below|down|a|your|me)\b/u,
    /\b(link|code|details|routine) (is |are )?in (my |the )?(bio|description|comments|profile)\b/u,
    /\b(tap|click|swipe|subscribe|shop now|check (it )?out|try (it|this))\b/u,
    /\bfollow (me|us|for|along|@)/u,
    /\b(tell|let) me( know)?\b/u,
    /\b(which|what|have|do|did|are|how)\b[^.!?]{0,60}\b(you|your)\b[^.!?]{0,40}\?/u,
    /\bin the comments\b/u,
  ],
  de: [
    /\b(speicher|merk|teil|markier|verlink)(e|t|n)?\b.{0,40}\b(dir|euch|den|diesen|das|dies|post|beitrag|jemanden|freund)/u,
    /\b(schreib|sag|verrat|erzähl)(e|t|en)?\b.{0,30}\b(mir|uns|kommentar)/u,
    /\bin die kommentare\b/u,
    /\b(kommentier|folg|abonnier|klick|wisch|probier)(e|t|en)?\b/u,
    /\blink (ist )?in (der |meiner )?(bio|beschreibung)\b/u,
    /\b(ihr|euch|eure[nr]?|deine?|du)\b[^.!?]{0,60}\?/u,
  ],
  fr: [
    // \b knows no accents, so a verb that may begin with one says itself what stands before it.
    /(?<!\p{L})(enregistre|sauvegarde|partage|épingle|tague|identifie|mentionne)(z|r)?(?!\p{L})/u,
    /\b(dis|dites|raconte|racontez)[- ](moi|nous)\b/u,
    /\ben commentaires?\b/u,
    /(?<!\p{L})(commente|abonne|clique|teste|essaie|découvre)(z|r)(?!\p{L})/u,
    /(?<!\p{L})(commente|abonne-toi|clique|essaie) /u,
    /\blien (est )?(en|dans (la|ma)) (bio|description)\b/u,
    /(?<!\p{L})(vous|vos|votre|tu|ton|ta|tes)(?!\p{L})[^.!?]{0,60}\?/u,
  ],
  ja: [
    /保存/u,
    /(コメント|フォロー|シェア|タップ|いいね|チェック)(して|を|で|お願い|してね|ください)/u,
    /教えて/u,
    /(みなさん|皆さん|皆様|あなた)[^。！？]{0,30}[？?]/u,
    /(こと|もの)(が)?あります(か|？)/u,
    /(プロフィール|概要欄|ハイライト)(の|に|から|へ|を)/u,
    /(試して|使って)(みて|ください)/u,
  ],
  ko: [
    /저장/u,
    /(댓글|팔로우|공유|구독|좋아요)\S*\s?(로|을|를|에|해|부탁|눌러|남겨|달아)/u,
    /알려\s?(주|줘)/u,
    /(여러분|다들)[^.!?]{0,30}\?/u,
    /보신\s?분/u,
    /팔로우하(고|세요|시)/u,
    /(프로필|바이오|설명란|더보기)\s?(링크|에|란|를)/u,
    /(확인|클릭|눌러|써)\s?(하세요|해\s?보세요|보세요|주세요)/u,
  ],
};

/**
 * True when the caption asks for something in its own language or in English, which creators everywhere use for it. Every language is tried
 * when that of the caption is unknown.
 */
export function asksForAction(caption: string, language: string): boolean {
  const text = caption.normalize("NFKC").toLowerCase();
  const own = callsToAction[language];
  const patterns = own ? [...own, ...(callsToAction["en"] ?? [])] : Object.values(callsToAction).flat();
  return patterns.some((pattern) => pattern.test(text));
}
