// Words whose capital letter names nobody: openers of sentences, and words that English always capitalises.

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Months, weekdays, languages and what people of a place are called. */
export const ordinaryCapitals: ReadonlySet<string> = new Set(
  words(`
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    English German French Japanese Korean Spanish Italian Portuguese Chinese Dutch Polish Turkish Arabic Russian Thai Vietnamese Indonesian Hindi
    American British European Asian Germans Koreans Americans Europeans
    Christmas Easter
  `),
);

/** German words that stand capitalised beside a noun without making a name with it. */
export const germanCapitals: ReadonlySet<string> = new Set(
  words(`
    Sie Ihnen Ihr Ihre Ihrer Ihren Ihrem Ende Anfang Mitte Prozent Punkte Punkten Januar Februar März Mai Juni Juli Oktober Dezember
    Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Deutsch Englisch Koreanisch Japanisch Deutsche Koreanische Stand Platz Rang
  `),
);

/** What a sentence of a report begins with. A word that is missing here costs a second try; a brand that gets by stands on a page. */
export const ordinaryOpeners: ReadonlySet<string> = new Set(
  words(`
    a an the this that these those such each every all any both either neither no none one two three four five six seven eight nine ten some
    many most more much few fewer less least several enough half
    i it its they their theirs them he she we our you your who whose which what whatever where wherever when whenever why how
    and or but nor so yet if unless until till since because although though even while whereas whether as once given provided
    in on at by for from of off to into onto over under above below between among against across along amid around about after before behind
    beside besides beyond during despite except inside outside near next past per through throughout toward towards up upon via with within
    without down out like unlike
    here there now then today again also already always almost altogether anyway apart away back else elsewhere ever far first second third
    fourth fifth further hence however indeed instead just last later likewise meanwhile moreover nevertheless never nonetheless not often
    only otherwise overall perhaps rather seldom sometimes soon still therefore thus together too twice well
    is are was were be been being has have had do does did can cannot could may might must shall should will would let
    add adapt address adjust advise aim allow answer ask assume avoid back base be begin bring budget build buy call carry change check
    choose close collect combine come compare confirm consider cover cut decide defer delay design do drop enter expand expect explain explore
    favour favor find fix focus follow get give go hire hold hope invest join keep know launch lead learn leave limit list localise
    localize look lower lead list make mark match measure mention monitor move name note observe offer open order pair pause pay pick
    pilot place plan plead position postpone prefer prepare present price promise promote protect prove provide publish push put raise read reach
    recheck recruit reduce refresh rely repeat replace report reserve respect review revisit run say secure see seek sell send set shift ship show
    skip source speak spend start state stay stock stop stress study support switch take talk target teach tell test time track train translate
    treat trial try turn use verify wait warn watch weigh work write
    absence access account accounts ad ads advice aftersun age ageing aging air alert alternative ambition amount answer appeal appetite
    audience audiences author authors availability average awareness balance bar barrier barriers base basis beauty behaviour benefit bet
    boom bottom box brand brands brief briefs buyer buyers calendar campaign campaigns caption captions care case cases category cause
    caution channel channels chance chances choice city claim claims class cleanser clinics comment comments company competition competitor
    competitors complaint complaints complexion concern concerns concentration confidence consumer consumers content context contrast cosmetics
    cost costs country coverage craft cream creams creator creators credit culture customer customers customs data date day days decision
    decline delivery demand dermatologists detail detergent difference direction disclosure discount discounts distance distribution drop dryness
    edition editions effect effects effort end endorsement engagement entry estimate event events evidence example expectation expectations
    experts face fact facts fall fans fashion feedback field figure figures finding fit followers following foreign format formats formula
    fragrance free freshness friction friends gap gel general gift gifts glow good goods grooming ground growth habit habits hair health
    help high hold holiday holidays home hydration import imports index influence influencers ingredient ingredients innovation insight
    instead interest interval intervals irony irritation issue issues key kind knowledge label labels lack language large launch leader
    leaders leadership lead leads less level levels light line link lips list local long loss lotion low luxury majority makeup margin market
    markets material matter mean means measure media median men mention mentions message method middle minimum mix model moisturiser moisturizer
    momentum money month months mood movement narrative need needs net new news newcomer newcomers noise notes nothing number numbers observed offer
    offers oil old online open opinion opportunity order orders origin other others outlook packaging packs paid pale part partners partnership partnerships
    pattern peak people percentile perception performance perfume period person pharmacies pharmacy phrase phrases place places plan point points
    policy popular position post posts potential power practice praise preference premium presence press pressure price prices pricing product products
    promises promotion proof proven public purchase quality quantity question questions quick quiet range rank ranking ranks rate rates reach reaction
    reactions readers readiness real reason reasons recent reception record redness refill reformulation regional registry regular regulators relevance
    reliable repeat reply reputation research resonance response rest result results retail retailers retention return returns review reviewers reviews
    rise risk risks rival rivals role room routine routines rule rules safety sale sales sample samples scale scent score scores search season seasonality
    selling sensitive sensitivity sentiment serum serums service set shade shades shampoo share shares shelf shipping shoppers shops short
    show sign signal signals signs similar simple single site size skin skincare small smaller social space speed spend spike spikes spray
    spring staff standard stickiness stock stores story strength strong stronger sugar summer sun suncare sunscreen sunscreens supply surge survey
    taste tastes team term terms tests text texture theme themes thin things threshold ties timing tone top topic total trade tradition traffic
    transparency trend trends trial trials trust turn type typical uncertain uncertainty under unknown unlike unclear usage use user users value
    values variety version video videos views visibility voice volatility volume volumes warehouse warnings water weak weaker weakness weather
    week weekly weeks weight whole wide wider winter women wording words world worry worries year years yes young younger youth
    early late big better best worse worst fast faster slow slower steady stable flat falling rising strongest weakest largest smallest highest lowest higher
    nobody everybody everyone someone anyone nothing something anything everything warm cool cold hot dry oily light heavy soft rich clean clear
    vitamin collagen retinol niacinamide peptide ceramide acid mineral botanical barrier scalp lash brow eye eyes face hand nail body skin
    mask masks toner essence ampoule mist balm powder foundation cushion blush mascara lipstick tint pad patch stick tube pump bottle jar
    drugstore supermarket marketplace online offline app stream livestream tutorial haul swatch before rich poor good bad fair frequent rare
    common usual unusual recent former current present seasonal annual monthly daily national local global foreign domestic cheap costly
    affordable expensive pricey sticky greasy matte dewy glossy smooth gentle harsh mild scented unscented vegan natural organic safe risky
    another same different similar equal major minor main key central essential important relevant useful likely unlikely possible
    impossible certain sure true false visible invisible open closed loud quiet large small long short high low deep shallow narrow
    warmth tension doubt hope fear anger joy surprise disappointment satisfaction loyalty curiosity boredom fatigue saturation crowding rivalry scarcity
    waiting whoever whichever yet amid versus because beware besides
  `),
);

/** Endings that ordinary words have and names seldom. */
export const ordinarySuffix =
  /.{3}(?:ing|ings|ly|tion|tions|sion|sions|ment|ments|ness|ship|ships|ance|ence|able|ible|ful|less|ities)$/u;
