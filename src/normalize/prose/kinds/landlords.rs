//! How landlords, associations, energy companies and their agents say what they tell, in folded words.

use super::super::pattern::pattern;

pattern!(
    JB_44,
    r"\b12\s?kap(?:\.|itlet)?[^.\n]{0,45}?\b44\s?(?:§|par)|\b12\s?kap(?:\.|itlet)?\s?44\b|\b12\s?:\s?44\b|\b44\s?§[^.\n]{0,30}(?:jordabalk|\bjb\b)|jordabalken[^.\n]{0,12}44\s?§|(?:chapter|kapitel) 12,? ?(?:section|§|paragraf) ?44\b|section 44,? (?:of )?chapter 12"
);
pattern!(
    JB_25A,
    r"\b12\s?kap(?:\.|itlet)?[^.\n]{0,45}?\b25\s?a\s?(?:§|par)|\b12\s?:\s?25\s?a?\b|\b25\s?a\s?§[^.\n]{0,30}(?:jordabalk|\bjb\b)|(?:chapter|kapitel) 12,? ?(?:section|§|paragraf) ?25\b"
);
pattern!(
    JB_42,
    r"\benl(?:igt|\.)? (?:12:)?42 ?§|\bforverka\w*[^.\n]{0,12}12 ?: ?42|\b12\s?kap(?:\.|itlet)?\s?42\s?§\s?forsta stycket\s?(?:p\.? ?)?9|\b12\s?kap(?:\.|itlet)?\s?42\s?§\s?(?:fjarde|4|p\.? ?9)|\b12\s?:\s?42\b|(?:chapter|kapitel) 12,? ?(?:section|§|paragraf) ?42\b"
);
pattern!(
    BRL_23,
    r"\b7\s?kap(?:\.|itlet)?[^.\n]{0,45}?\b23\s?§|(?:meddelande|socialnamnd\w*|enligt|brl|bostadsrattslagen|lagen)[^.\n]{0,25}\b7\s?:\s?23\b|\b7\s?:\s?23 (?:brl|bostadsratt)"
);
pattern!(
    BRL_9,
    r"\b7\s?kap(?:\.|itlet)?\s?9\s?§|(?:enligt|brl|bostadsrattslagen|lagen)[^.\n]{0,25}\b7\s?:\s?9\b|\b7\s?:\s?9 (?:brl|bostadsratt)"
);
pattern!(
    BRL_20,
    r"\benl(?:igt|\.)? 7 ?: ?20\b|\b7\s?kap(?:\.|itlet)?\s?20\s?§|(?:brl|bostadsrattslagen)[^.\n]{0,12}7\s?:\s?20\b"
);
pattern!(
    RENT_FORM,
    r"meddelande (?:till|at) socialnamnd\w* om uppsagning av (?:bostads)?hyresgast|\b1978\s?:\s?314\b"
);
pattern!(
    FEE_FORM,
    r"meddelande (?:till|at) socialnamnd\w* om uppsagning av bostadsratts|(?:formular|blankett) 3[^.\n]{0,30}2003\s?:\s?37\b"
);
pattern!(FORM_3, r"\b(?:formular|blankett) (?:nr )?3\b");
pattern!(
    NOTICE_OF_DISTURBANCE,
    r"(?:underrattelse|meddelande|information|anmalan)(?: (?:till|at) (?:socialnamnd\w*|socialtjanst\w*))? om (?:\w+ )?storning|uppmaning om rattelse|anmodan om rattelse|rattelseanmaning"
);
pattern!(FORM_4, r"\b(?:formular|blankett) (?:nr )?4\b");
pattern!(
    RENT_LATE,
    r"\brestanti\w*[^.\n]{0,20}\bhyr|\bhyr\w*[^.\n]{0,20}restanti|resterande hyr|hyresrestanti|obetal\w* (?:\w+ )?(?:hyr|avi|andrahandshyr|jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)|\bobet\.? ?hyr|hyres?skuld|skuld\w* (?:pa|for|avseende|hos oss for) (?:\w+ )?(?:hyr|jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)|\b(?:(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|aug|sept?|okt|nov|dec|manads|kvartals|halvars|bostads|grund|bas|total)[- ]?)?hyr(?:a|an|or|orna)\b[^.\n]{0,70}\b(?:inte|ej|icke|obetal\w*|saknas|uteblivit|uteblir|forfallen|forfallna|oreglerad)|(?:inte|ej|aldrig|icke)\s(?:har\s)?(?:kunnat\s)?(?:betal|erla)[^.\n]{0,40}hyr|\bhyr\w*[^.\n]{0,12}skuldsaldo|skuldsaldo[^.\n]{0,12}hyr|slutat (?:att )?betala|forsummad (?:hyres|hyra)|forsummat (?:att betala )?(?:sin )?hyr|betalningsforsummels|drojsmal\w* med (?:betalning av )?(?:sin )?hyr|drojt med hyr|hyresfordr|hyresrest|(?:efter|slapar\w*|back|restar|ligger efter)\b[^.\n]{0,30}hyr|manad\w* back\b|\bhyr(?:a|an)\b[^.\n]{0,60}\bskulle\b[^.\n]{0,20}\b(?:inne|betal|har|kommit)|skyldig (?:\w+ )?hyr|sen(?:a)? hyr|kundforlust pa hyra|(?:bristande|utebliv\w*|forsenad\w*|sena) hyr|hyres(?:in)?betalning\w*[^.\n]{0,40}\b(?:inte|ej|saknas|uteblivit|uteblir|brister)|(?:inte|ej|aldrig)\s(?:har\s)?(?:fatt|erhallit|mottagit|sett)[^.\n]{0,20}\bhyr"
);
pattern!(
    STILL_UNPAID,
    r"\bobetal\w*|\boreglera\w*|(?:inte|ej|aldrig)\s(?:har\s)?(?:betal|erla|reglera)|(?:kvarstar|aterstar|resterar) (?:att betala|\d|hyra|en skuld|skuld)|kvar att betala|fortfarande (?:skyldig|skuld|obetal)|har (?:fortfarande|alltjamt|nu) (?:en )?(?:\w+ )?skuld"
);
pattern!(
    RENT_AND_DEBT,
    r"(?s)\b(?:hyra|hyran|hyror|hyrorna|hyresgast\w*|hyresavi\w*|hyr ut|hyr av mig|inneboende|tenant)\b.{0,300}\b(?:(?:inte|ej|aldrig|slutat|vagrar)\s(?:att\s)?(?:ha\s|har\s|kunnat\s)?betal|betalar?\s(?:inte|ej|aldrig)|skuld\b|skulder\b|skulden\b|skyldig|obetal|oreglera|slapar|uteblir|uteblivit|restford)|\b(?:(?:inte|ej|aldrig)\s(?:har\s)?betal|betalar?\s(?:inte|ej)|skuld|skulder|skyldig|obetal\w*|oreglera\w*)\b.{0,150}\b(?:hyra|hyran|hyror|hyrorna|manadshyr\w*|hyresgast\w*|andrahandskontrakt)\b"
);
pattern!(
    FEE_LATE,
    r"obetal\w* (?:\w+ )?(?:ars|manads)?avgift|(?:forsummad|utebliven|saknad|sen)\w* (?:ars|manads)?avgift|\b(?:ars|manads)?avgift(?:en|er|erna)?\b[^.\n]{0,60}\b(?:inte|ej|obetal\w*|saknas|forsumma\w*|forfall\w*|uteblivit)|avgiftsskuld|(?:inte|ej|aldrig|icke)\s(?:har\s)?(?:kunnat\s)?(?:betal|erla)[^.\n]{0,40}(?:ars|manads)?avgift|(?:efter|slapar\w*|back|restar)\b[^.\n]{0,30}avgift|drojsmal\w* med (?:betalning av )?(?:ars|manads)?avgift|(?:ars|manads)avgift\w*[^.\n]{0,60}\boreglera\w*|oreglera\w* (?:ars|manads)?avgift|(?:not|unpaid|overdue)[^.\n]{0,30}(?:monthly|annual) fee|(?:monthly|annual) fee[^.\n]{0,60}(?:not|unpaid|overdue)"
);
pattern!(
    FEE_AND_DEBT,
    r"(?s)\b(?:avgift|avgiften|avgifter|avgifterna|manadsavgift\w*|arsavgift\w*)\b.{0,250}\b(?:(?:inte|ej)\s(?:har\s)?betal|skuld|skyldig|obetal|slapar|uteblivit|forfall|sagt upp|uppsag)|\b(?:skuld|skyldig|obetal\w*|(?:inte|ej)\sbetal\w*)\b.{0,150}\b(?:manads|ars)?avgift\w*"
);
pattern!(
    OWNED,
    r"(?:skuld|avgift\w*|storning\w*) (?:till|hos|i) forening|foreningens (?:regler|stadgar|ordning)|tenant-owned|bostadsrattslagen|\bbrl\b|bostadsrattshavar|bostadsrattsforening|\bbrf\b|arsavgift|manadsavgift|\bmedlem(?:men|mar|mens)?\b|nyttjanderatt|avgiften till foreningen|bostadsratten\b|avgifter till foreningen|housing co-?operative|housing association|tenant-owner|monthly fee|annual fee"
);
pattern!(
    RENTED,
    r"\bhyr(?:es?|s|er)?g[ae]st|\bhyran?\b|\bhyror|hyresratt|hyresavtal|hyreskontrakt|hyresvard|jordabalk|\bjb\b|inneboende|andrahandskontrakt|\btenants?(?:'s)?(?:[ ,.;:)\n]|$)|\brent\b|\blejer|husleje|husleie|leietaker"
);
pattern!(
    DISTURBANCE,
    r"asidosatt[^.\n]{0,80}(?:sundhet|ordning|gott skick)|sundhet, ordning|ordning och gott skick|\boljud\b|skadegor|vardslos\w*|hota\w* (?:\w+ )?grann|hundskall|det som stor|stor(?:a|ande|t)? (?:av )?(?:omgivning|grann)|elda\w* pa balkong|(?:klagomal|klagar)[^.\n]{0,60}(?:skrik|musik|skall|brak|vasen)|storning(?:ar|en|arna|s|sjour\w*|sarende\w*)?\b|\bstorande\b|\bstort (?:grann|omgivning|de)|vanvard|brister i varden|sanitar olagenhet|misskots?el|misskotsam|hotar (?:personal|grann)|roker i trapp|husdjur[^.\n]{0,20}vanskot|olagenhet|skadedjur|hog musik|musik hela natten|festande|brak i (?:trapp|port)|slagsmal"
);
pattern!(
    NEIGHBOURS,
    r"klagomal|grann(?:ar|arna|en)\b[^.\n]{0,50}(?:klag|stor|radd|ringt)|\bskrik|\bskrek|\bhotat|\bhotade|hotfull|dunk(?:ar|ande)|\bfest(?:er|en)?\b[^.\n]{0,30}natt|hundskall|sparkade"
);
pattern!(
    COPY,
    r"kopia (?:av|pa) den uppsagning|kopia av (?:\w+ ){1,2}uppsagning|uppsag[^.\n]{0,90}\bkopian?\b|\bkopian?\b[^.\n]{0,30}\buppsag|uppsag\w*(?:[^\n]){0,120}[.] (?:har (?:ar|kommer) )?(?:en )?kopian?\b|terminat[^\n]{0,160}\bcopy\b|\bcopy (?:of|enclosed)[^.\n]{0,50}terminat|(?:kopia|avskrift) (?:av|pa) (?:en |den |var |min |vart )?(?:\w+ )?uppsagning|kopia\s+uppsagning|uppsagning\w* i kopia|uppsagning\w*[^.\n]{0,30}\bi kopia|copy of (?:the |our |a )?(?:notice of )?(?:immediate )?termination|genpart af opsigelse|kopi (?:af|av) (?:op|opp)sigelse"
);
pattern!(
    SERIOUS,
    r"\bgrov(?:a|t)? storning|(?:sarskilt|synnerligen|mycket|ytterst|extremt) allvarlig|sa (?:har )?allvarlig|especially serious|particularly serious"
);
pattern!(
    OUTRAGE,
    r"\bgrovt? vald|\bvald mot|\bvapen\b|knivslagsmal|brann\b[^.\n]{0,40}\b(?:flit|ganger)|\bpa dagen\b|because of violence|misshandel|misshandla|\bknivs\w+|\bknivhot|\bknivhugg\w*|\bkniv\b|mordbrand|anlade|anlagt brand|\bskot\b|skjutit|skottloss|prostitution|narkotika\w*|valdtakt|\bslog (?:honom|henne|grann|till)|sparkat? in|avfyra|explosion|sprang(?:t|de)|hot om vald|olaga hot|inbrott"
);
pattern!(
    SUBLET,
    r"hyr\w* ut (?:\w+ )?svart|\bsvart i andra ?hand|andra ?hand[^.\n]{0,30}overhyra|(?:upptackt|fatt veta|visat sig|framkommit) att[^.\n]{0,60}\b(?:hyr\w* ut|uthyrd)[^.\n]{0,20}andra ?hand|(?:olovlig|otillaten|otillat|illegal|oriktig|obehorig)\w* (?:andrahand|uthyr|overlat|upplat)|(?:andrahand|uthyr|upplat|overlat)\w*[^.\n]{0,60}\b(?:utan (?:\w+ ){0,3}(?:lov|tillstand|samtycke|tillatelse|medgivande|godkannande|ratt)|olovlig|otillat)|\bhyr(?:s|t|de|ts)? ut[^.\n]{0,80}\butan (?:\w+ ){0,3}(?:lov\b|tillstand|samtycke|tillatelse|medgivande|godkannande)|(?:tillstand|samtycke|lov) till (?:andrahand|uthyr|upplat)\w*[^.\n]{0,30}(?:inte|ej|saknas|aldrig)|(?:saknar|inget|aldrig fatt|inte fatt|utan) (?:\w+ ){0,2}(?:tillstand|samtycke|lov|medgivande)[^.\n]{0,15} (?:till|att) (?:andrahand|uthyr|upplat|hyra ut)|upphora med (?:\w+ )?(?:andrahands)?(?:uthyrning|upplatelse)|hyr\w* ut[^.\n]{0,40}(?:airbnb|blocket|korttids)"
);
pattern!(
    ELECTRICITY,
    r"\belavtal(?:et)?\b|\belhandelsavtal|elskuld|elrakning|elfaktur|ellagen|elavgift|elnatsavgift|elleverans|elabonnemang|frankoppl|bortkoppl|\bel(?:en)?\b[^.\n]{0,30}\b(?:stang(?:a|as|s)?\b|bryt(?:a|as|s)\b|koppl)|strom(?:men)?\b[^.\n]{0,30}\b(?:stang(?:a|as|s)|bryt(?:a|as|s))|overforing\w*[^.\n]{0,10} av el\b|overforing\w*[^.\n]{0,40}avbryt|avbryta overforing|bryta leverans|eloverforing"
);
pattern!(TRIBUNAL_LAW, r"\b13\s?b\s?§|1973\s?:\s?188|(?m:^\s*hyresnamnden i )");
pattern!(TRIBUNAL_SAID, r"hyresnamnd|arrendenamnd|hyrestvist");
pattern!(
    TRIBUNAL,
    r"\b13\s?b\s?§|1973\s?:\s?188|forlangningstvist|tvist (?:om|angaende|rorande) forlangning|forlangning(?:en)? av hyresavtal|hanskjutit[^.\n]{0,40}(?:tvist|hyresnamnd)|(?:avslar|bifaller)[^.\n]{0,40}forlangning|rent tribunal|regional rent"
);
pattern!(
    CHILD_CONCERN,
    r"anmal\w* om barn\b|\borosanm\b|kannedom om att (?:ett |det finns )?barn|barn (?:som )?(?:kan )?behov(?:er|a) skydd|worried about (?:a|the|his|her|their) (?:child|kid|boy|girl)|orosanmal|anmal\w* (?:var |min |en )?oro\b|\boro(?:liga)? for (?:\w+ )?(?:barn|dotter|son|pojk|flick)|\banmaler (?:harmed |nu |vi |jag |darfor )?(?:var |min |en )?oro\b|(?:betrakta|se|rakna) (?:detta|det har|mejlet|mailet|brevet) som en (?:\w+ )?anmalan|(?:mycket |valdigt |djupt )?oroliga? for (?:den|de|det) (?:aldsta|yngsta|lilla|lille|minsta|stora)|oroar (?:mig|oss)[^.\n]{0,20}(?:barn|pojk|flick|dotter|son)|\bbarn\w*[^.\n]{0,30}\bfar illa|far illa|\b19\s?kap\.?\s?1\s?§|\bsol 19\s?:\s?1\b|concern(?:ed)? (?:for|about) (?:the|a) (?:child|son|daughter)|bekymringsmelding|underretning om barn"
);
pattern!(
    COLLECTION_COPY,
    r"inkassokrav|inkassobrev|kravbrev|betalningspaminnelse|betalningsforelaggande"
);
pattern!(FOR_INFORMATION, r"for kannedom|\bkopia\b|for er information|till kannedom");
pattern!(
    GENERAL,
    r"statistik|uppsats|enkat|heldagskurs|halvdagskurs|\bkurs\b|utbildning|seminari|webbinari|konferens|nyhetsbrev|lar dig|anmal dig|rekordmanga|antal(?:et)? (?:underrattelser|avhysningar|vrakningar)|tim(?:pris|taxa)|oppettid|timpris|erfaren socionom|forelas|opening hours|newsletter|dialogmote|natverkstraff|valkommen till|inbjud(?:an|er|na)|bjuder in|arsredovisning|master'?s thesis|forskning"
);
pattern!(
    ANCHOR,
    r"\b(?:19|20)?\d{6}\s?[-+ ]?\s?\d{4}\b|\bu-?\d{4,7}-\d\d\b|\b\d{3} ?\d\d [a-z]|\blgh\b|\blagenhet\w* (?:nr )?\d"
);
pattern!(TERMINATION, r"uppsag|sagt upp|sager[^.\n]{0,20} upp|avflytt|terminat|opsig|oppsig");
pattern!(
    TENANT_ENDED,
    r"(?s)hyresgast.{0,400}(?:uppsag|sagt upp|sagts upp)|(?:uppsag|sagt upp|sagts upp).{0,400}(?:hyresgast|hyresavtal)"
);
pattern!(
    MEMBER_ENDED,
    r"(?s)(?:bostadsratt|medlem|forening|\bbrf\b).{0,400}(?:uppsag|sagt upp|sagts upp)|(?:uppsag|sagt upp|sagts upp).{0,400}(?:bostadsratt|medlem|forening)"
);
pattern!(
    PREMISES,
    r"\blokalhyr\w*|hyresskuld lokal|\blokalhyresgast|\bhyreslokal|\b(?:butiks|kontors|affars|verksamhets)lokal|(?m:^lokal\s*[:\n])"
);
