// The terms captions speak of, as people write them. Every surface must be one that data/reference/taxonomy/beauty.yaml knows; a test holds that.
import type { Language, MarketCode } from "./markets.ts";

const languages: readonly Language[] = ["en", "de", "fr", "ja", "ko"];

// Term: English | German | French | Japanese | Korean, the usual form of each first.
const table = `
pdrn: PDRN, polynucleotide | PDRN, Polynukleotid | PDRN, polynucléotide | PDRN, ポリヌクレオチド, サーモンDNA | PDRN, 피디알엔, 연어 DNA
exosome: exosome | Exosom | exosome | エクソソーム | 엑소좀
snail-mucin: snail mucin | Schneckenschleim, Snail Mucin | bave d'escargot, mucine d'escargot | カタツムリエキス, カタツムリ粘液, スネイルムチン | 달팽이 점액, 달팽이 뮤신, 스네일 뮤신
ten-step-routine: 10 step routine, 10-step routine | 10-Schritte-Routine | routine en 10 étapes | 10ステップスキンケア | 10단계 루틴, 10단계 스킨케어
skin-barrier: skin barrier, moisture barrier | Hautbarriere, Skin Barrier | barrière cutanée | 肌バリア, バリア機能 | 피부 장벽
sunscreen: sunscreen, SPF | Sonnencreme | crème solaire, creme solaire | 日焼け止め, サンスクリーン, UVケア | 선크림, 자외선 차단제, 썬크림
lip-tint: lip tint | Lip Tint, Lippentint | lip tint, encre à lèvres | リップティント, ティントリップ | 립 틴트
toner: toner | Toner, Gesichtswasser | toner, lotion tonique | 化粧水, トナー | 토너, 스킨토너
serum: serum | Serum | sérum, serum | 美容液, セラム | 세럼
essence: essence | Essence, Gesichtsessenz | essence visage | エッセンス | 에센스
ampoule: ampoule, ampule | Ampulle, Ampoule | ampoule visage | アンプル | 앰플
toner-pads: toner pads | Toner Pads | toner pads, disques toniques | トナーパッド, 拭き取りパッド | 토너 패드
rice-toner: rice toner | Reis-Toner, Rice Toner | toner au riz, lotion au riz | ライストナー, お米の化粧水 | 쌀 토너, 라이스 토너
sheet-mask: sheet mask | Tuchmaske, Sheet Mask | masque en tissu, sheet mask | シートマスク, フェイスパック, シートパック | 마스크팩, 시트마스크, 시트팩
sleeping-mask: sleeping mask, overnight mask | Sleeping Mask, Nachtmaske | masque de nuit, sleeping mask | スリーピングマスク, スリーピングパック, ナイトパック | 슬리핑팩, 슬리핑 마스크, 수면팩
collagen-mask: collagen mask, hydrogel mask | Kollagen-Maske, Hydrogel-Maske | masque au collagène | コラーゲンマスク, ハイドロゲルマスク | 콜라겐 마스크, 콜라겐팩, 하이드로겔 마스크
sun-stick: sun stick | Sun Stick, Sonnenstick | stick solaire | サンスティック | 선스틱, 썬스틱
moisturizer: moisturizer, face cream | Feuchtigkeitscreme, Gesichtscreme | crème hydratante | 保湿クリーム, フェイスクリーム, 乳液 | 수분크림, 보습크림, 로션
eye-cream: eye cream | Augencreme | contour des yeux, crème yeux | アイクリーム | 아이크림
face-mist: face mist, facial mist | Gesichtsspray, Face Mist | brume visage | ミスト化粧水, フェイスミスト | 미스트
cleansing-oil: cleansing oil | Reinigungsöl, Cleansing Oil | huile démaquillante | クレンジングオイル, オイルクレンジング | 클렌징 오일
cleansing-balm: cleansing balm, balm cleanser | Reinigungsbalsam, Cleansing Balm | baume démaquillant | クレンジングバーム | 클렌징 밤
foam-cleanser: foam cleanser, cleansing foam | Reinigungsschaum, Cleansing Foam | mousse nettoyante, nettoyant moussant | 洗顔フォーム, 洗顔料, 泡洗顔 | 폼클렌징, 클렌징 폼
pimple-patch: pimple patch, acne patch | Pickelpatch, Pimple Patch | patch anti-boutons, pimple patch | ニキビパッチ | 여드름 패치, 트러블패치
cushion-foundation: cushion foundation | Cushion Foundation | fond de teint cushion, cushion coréen | クッションファンデ, クッションファンデーション | 쿠션 팩트, 쿠션 파운데이션
bb-cream: BB cream | BB Cream, BB-Cream | BB crème | BBクリーム | 비비크림, BB크림
tone-up-cream: tone up cream | Tone-Up-Creme | crème tone up, creme tone up | トーンアップクリーム, トーンアップ下地 | 톤업 크림
lip-balm: lip balm | Lippenbalsam, Lip Balm | baume à lèvres | リップバーム, リップクリーム | 립밤
lip-oil: lip oil | Lippenöl, Lip Oil | huile à lèvres, lip oil | リップオイル | 립 오일
blush: blush | Rouge, Blush | blush, fard à joues | チーク, チークカラー | 블러셔, 블러쉬
mascara: mascara | Mascara | mascara | マスカラ | 마스카라
eyeshadow: eyeshadow | Lidschatten, Eyeshadow | fard à paupières, ombre à paupières | アイシャドウ | 아이섀도우, 아이섀도
shampoo: shampoo | Shampoo, Haarshampoo | shampoing | シャンプー | 샴푸
hair-care: hair care | Haarpflege | soin capillaire, masque cheveux | ヘアケア, ヘアマスク, ヘアオイル | 헤어 케어, 헤어팩, 헤어오일
scalp-care: scalp care | Kopfhautpflege | soin du cuir chevelu, cuir chevelu | 頭皮ケア, スカルプケア | 두피 케어, 두피
hand-cream: hand cream | Handcreme | crème mains | ハンドクリーム | 핸드크림
body-lotion: body lotion | Body Lotion, Körpercreme | lait corps, crème corps | ボディローション, ボディクリーム, ボディミルク | 바디 로션
centella: centella, cica | Centella, Cica | centella, cica | シカ, ツボクサ, シカケア | 시카, 센텔라, 병풀
niacinamide: niacinamide, vitamin B3 | Niacinamid, Vitamin B3 | niacinamide, vitamine B3 | ナイアシンアミド | 나이아신아마이드, 나이아신아미드
vitamin-c: vitamin C, vit C | Vitamin C, Ascorbinsäure | vitamine C, acide ascorbique | ビタミンC, ビタミンC誘導体 | 비타민 C, 비타민씨
retinol: retinol | Retinol | rétinol, retinol | レチノール, レチナール | 레티놀, 레티날
bakuchiol: bakuchiol | Bakuchiol | bakuchiol | バクチオール | 바쿠치올
hyaluronic-acid: hyaluronic acid | Hyaluronsäure | acide hyaluronique, hyaluronique | ヒアルロン酸 | 히알루론산, 히알루론
ceramide: ceramide | Ceramid | céramide, ceramide | セラミド | 세라마이드
peptide: peptide | Peptid | peptide | ペプチド | 펩타이드
collagen: collagen | Kollagen | collagène | コラーゲン | 콜라겐
propolis: propolis | Propolis | propolis | プロポリス | 프로폴리스
ginseng: ginseng, red ginseng | Ginseng | ginseng | 高麗人参, ジンセン | 인삼, 홍삼
heartleaf: heartleaf, houttuynia | Heartleaf, Houttuynia | heartleaf, houttuynia | ドクダミ | 어성초
mugwort: mugwort, artemisia | Beifuß, Mugwort | armoise, mugwort | ヨモギ, よもぎ | 쑥크림, 쑥에센스
green-tea: green tea extract | Grüntee | thé vert | 緑茶エキス, 緑茶 | 녹차
panthenol: panthenol | Panthenol, Dexpanthenol | panthénol | パンテノール | 판테놀
azelaic-acid: azelaic acid | Azelainsäure | acide azélaïque | アゼライン酸 | 아젤라산, 아젤라익애씨드
salicylic-acid: salicylic acid, BHA | Salicylsäure, BHA | acide salicylique, BHA | サリチル酸, BHAトナー | 살리실산, BHA
tranexamic-acid: tranexamic acid | Tranexamsäure | acide tranexamique | トラネキサム酸 | 트라넥사믹애씨드, 트라넥삼산
glutathione: glutathione | Glutathion | glutathion | グルタチオン | 글루타치온
squalane: squalane | Squalan | squalane | スクワラン | 스쿠알란
tea-tree: tea tree | Teebaumöl | tea tree, arbre à thé | ティーツリー | 티트리
glass-skin: glass skin | Glass Skin | glass skin, peau de verre | 水光肌, グラススキン | 물광 피부, 글래스 스킨
double-cleansing: double cleansing | Doppelreinigung, Double Cleansing | double nettoyage | ダブル洗顔 | 이중 세안
slugging: slugging | Slugging | slugging | スラッギング | 슬러깅
sensitive-skin: sensitive skin, reactive skin | empfindliche Haut, sensible Haut | peau sensible | 敏感肌 | 민감성 피부, 민감성, 예민한 피부
dry-skin: dry skin, dehydrated skin | trockene Haut | peau sèche | 乾燥肌 | 건성 피부, 악건성
acne: acne, pimples | Akne, Unreinheiten | acné | ニキビ, 肌荒れ | 여드름, 트러블
pores: pores, blackheads | Poren, Mitesser | pores, points noirs | 毛穴 | 모공, 블랙헤드
dark-spots: dark spots, hyperpigmentation | Pigmentflecken, Hyperpigmentierung | taches brunes, hyperpigmentation | シミ, そばかす, くすみ | 기미, 잡티, 색소침착
wrinkles: fine lines, anti-aging | Falten, Fältchen | anti-rides, ridules | シワ, しわ | 주름, 안티에이징
dupe: dupe | Dupe | dupe | ジェネリックコスメ, デュープ | 저렴이, 듀프
`;

export const surfaces: Readonly<Record<string, Readonly<Record<Language, readonly string[]>>>> =
  Object.fromEntries(
    table
      .trim()
      .split("\n")
      .map((line) => {
        const [term = "", forms = ""] = line.split(": ");
        const columns = forms.split(" | ").map((column) => column.split(", "));
        return [
          term,
          Object.fromEntries(languages.map((language, index) => [language, columns[index] ?? []])),
        ];
      }),
  ) as Record<string, Record<Language, string[]>>;

/** Terms without a planted story: usual weight, and where a market cares more or less. */
export const background: readonly (readonly [
  string,
  number,
  Readonly<Partial<Record<MarketCode, number>>>,
])[] = [
  ["toner", 5, {}],
  ["serum", 9, { jp: 1.2 }],
  ["essence", 4, {}],
  ["ampoule", 4, {}],
  ["toner-pads", 5, { jp: 1.4, kr: 1.6, fr: 0.6 }],
  ["rice-toner", 4, {}],
  ["sheet-mask", 5, {}],
  ["sleeping-mask", 3, {}],
  ["collagen-mask", 3, {}],
  ["sun-stick", 2, {}],
  ["moisturizer", 7, {}],
  ["eye-cream", 3, {}],
  ["face-mist", 2, {}],
  ["cleansing-oil", 4, {}],
  ["cleansing-balm", 3, {}],
  ["foam-cleanser", 3, {}],
  ["pimple-patch", 3, {}],
  ["cushion-foundation", 5, { jp: 2, kr: 1.6, de: 0.5, fr: 0.6 }],
  ["bb-cream", 2, {}],
  ["tone-up-cream", 2, { jp: 1.8, us: 0.3 }],
  ["lip-balm", 3, {}],
  ["lip-oil", 3, {}],
  ["blush", 4, { us: 1.4, fr: 1.3 }],
  ["mascara", 3, {}],
  ["eyeshadow", 3, {}],
  ["shampoo", 3, { jp: 1.3 }],
  ["hair-care", 3, { kr: 1.3 }],
  ["scalp-care", 2, {}],
  ["hand-cream", 2, {}],
  ["body-lotion", 2, {}],
  ["centella", 6, { jp: 1.5, fr: 1.3 }],
  ["niacinamide", 6, { de: 1.4 }],
  ["vitamin-c", 5, {}],
  ["retinol", 5, { us: 1.5, de: 1.2, jp: 0.8 }],
  ["bakuchiol", 2, {}],
  ["hyaluronic-acid", 5, { fr: 1.4, de: 1.3 }],
  ["ceramide", 5, {}],
  ["peptide", 4, {}],
  ["collagen", 3, {}],
  ["propolis", 2, {}],
  ["ginseng", 2, {}],
  ["heartleaf", 3, {}],
  ["mugwort", 2, {}],
  ["green-tea", 2, {}],
  ["panthenol", 3, {}],
  ["azelaic-acid", 3, { us: 1.4, jp: 0.5 }],
  ["salicylic-acid", 3, {}],
  ["tranexamic-acid", 2, {}],
  ["glutathione", 2, {}],
  ["squalane", 2, {}],
  ["tea-tree", 3, {}],
  ["glass-skin", 5, { us: 1.6, fr: 0.7 }],
  ["double-cleansing", 4, {}],
  ["slugging", 2, { us: 1.5, jp: 0.4 }],
  ["sensitive-skin", 5, { fr: 1.7, de: 1.4 }],
  ["dry-skin", 3, {}],
  ["acne", 5, { us: 1.4 }],
  ["pores", 4, { jp: 1.8, kr: 1.5 }],
  ["dark-spots", 3, {}],
  ["wrinkles", 3, {}],
  ["dupe", 2, { us: 2, jp: 0.4, kr: 0.5 }],
];

/** Terms that are no product: see the phrases' frames. */
export const frames: Readonly<Record<string, "concern" | "routine">> = {
  "skin-barrier": "routine",
  "glass-skin": "routine",
  "double-cleansing": "routine",
  slugging: "routine",
  "sensitive-skin": "concern",
  "dry-skin": "concern",
  acne: "concern",
  pores: "concern",
  "dark-spots": "concern",
  wrinkles: "concern",
};
