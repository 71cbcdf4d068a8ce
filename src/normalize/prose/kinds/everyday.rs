//! How people say it who know no form and no statute: on the telephone, in a hurry, in their own words, folded.

use super::super::pattern::pattern;

pattern!(
    RECOVERY,
    r"atervinn?\w* (?:\w+ ){0,3}(?:hyresratt|hyresavtal|hyreskontrakt|nyttjanderatt|bostadsratt|lagenhet)|atervinningsfrist|atervinning (?:sker|kan|senast|inom)|for att atervinna|belopp (?:\w+ ){0,3}for atervinning|(?:hyresratt|nyttjanderatt)\w*[^.\n]{0,30}\bforverkad"
);
pattern!(
    UNPAID,
    r"\b(?:betalar|betalade|betalat|betalt|swishat|erlagt|erlade|erlagger) (?:\w+ )?(?:inte|ej|aldrig|icke)\b|\b(?:inte|ej|aldrig|icke) (?:\w+ ){0,2}(?:betal(?:at|t|ar|ade)|swishat|erlagt|satt in|overfort|fatt betalt)\b|\b(?:han|hon|hen|de|dom|hyr\w*g[ae]st\w*) (?:har )?(?:inte|ej|aldrig) betala\b|\binget (?:ar |har )?(?:blivit )?betal|(?:inte|inga|ingen|aldrig)\s(?:\w+ ){0,2}(?:fatt|sett|inkommit)?\s?(?:nagon |nagra )?(?:pengar|betalning|hyra|avgift)\b|vantar pa betalning|\butebliven betalning|\bbetalning\w* (?:har )?(?:uteblivit|uteblir|saknas)"
);
pattern!(
    LATE,
    r"efterkalken med|\b(?:utestaende|resterande|oreglera[dt]\w*|forfall\w*|forsenad\w*) (?:manads)?hyr|rest(?:skuld|hyra)|hyresforlust|(?:forsenade?|sena|uteblivna|bristande|utebliven) (?:in)?betalning|(?:hyres)?avi\w*[^.\n]{0,50}\b(?:obetal\w*|ej|inte|oreglera\w*|forfall\w*)|hyr\w*[^.\n]{0,40}\b(?:for sent|forsent|forsenad)|\b(?:overdue|late|outstanding|missed) rent|\brent\b[^.\n]{0,80}\b(?:overdue|unpaid|in arrears|outstanding)|behind (?:on|with) (?:\w+ )?rent|tenant in arrears|back(?:ar)? (?:med )?(?:\w+ )?(?:hyr|manad)|betalningsproblem|hyres(?:debiter|reskontra)\w*[^.\n]{0,40}(?:obetal|skuld)"
);
pattern!(
    ENDED_FOR_DEBT,
    r"(?s)\b(?:uppsag\w*|sagt upp|sagts upp|uppsagd|uppsagt|sager upp)\b.{0,160}\b(?:skuld\w*|obetal\w*|skyldig|betalar|betalt|betalat|betalning\w*)\b|\b(?:skuld\w*|obetal\w*|skyldig|betalar|betalt|betalat)\b.{0,160}\b(?:uppsag\w*|sagt upp|sagts upp|uppsagd|uppsagt|sager upp)\b"
);
pattern!(
    OWES,
    r"skyldig (?:mig|mej|oss|foreningen|bolaget)|\bskyldig (?:\w+ ){0,2}\d|dragit pa sig (?:en )?(?:\w+ )?skuld|\bskuld(?:en)? (?:till|hos) (?:oss|mig|foreningen|bolaget)|har (?:en )?(?:\w+ )?skuld\b"
);
pattern!(
    TENANCY,
    r"\w*hyr(?:es?|s|er)?g[ae]st|\b\w{0,12}hyr(?:a|an|or|orna)\b|\bhyresratt|\bhyresavtal|\bkontrakt|\bhyr av mig|inneboende|\w*lagenhet|uppsagning|\buppsagd|\blgh\b|\btenan|\brent\b|\blease"
);
pattern!(
    ROWDY,
    r"\b(?:lirar|spelar|dundrar) (?:\w+ )?(?:musik|trummor|stereo)\w*|\bovasen|vasnas|\bslass\b|slagsmal|\bbrak(?:ar|ade|at|igt|as)?\b|\bbank(?:ar|at|ande) (?:i|pa)|dunkar|\bstamp(?:ar|ande)|\bhoga? (?:\w+ )?(?:musik|ljud|volym)|\bfest(?:er|ar|ande|as)\b|missbruk|nedskrap|otrygg|\bknark|\bdroger|\bhotar\b|\bhotat\b|valdsam|krossa\w* (?:ruta|fonster|glas)|(?:fonst|ruta|dorr)\w* (?:ar |blev )?(?:krossa|sonder|insparka)\w*|klottra|polis\w* (?:har |far |fick )?(?:varit|komma|kom|tillkalla|ryck)|spark\w* (?:pa|in|i)\b|storningsjour|\bstor (?:sina |de |andra |grann|hela|oss)"
);
pattern!(
    NEGLECT,
    r"\bmisar|samlar pa sig|\bsopor|\bskrap(?:et)?\b|\bsmuts|brister? i (?:sin )?(?:vard|skotsel)|vanskot|\bohyra\b|kackerlack|vagglus|\blukt(?:ar|en|er|at)?\b|\bstank|\bmogel|vattenskad|slapper (?:inte|ej) in|vagrar (?:oss )?(?:tilltrade|slappa in)|brandfar|avforing|bohag i trapp"
);
pattern!(
    WARNED,
    r"\brattelse senast|\bbett (?:honom|henne|dom|dem|hyresg\w*) (?:\w+ ){0,3}(?:sluta|dampa|skota|stada)|tillsag\w*|\bvarning\w*|\bvarnat|\bvarnad|\banmaning|\banmana[td]|uppmana\w* (?:\w+ ){0,5}(?:rattelse|upphora|sluta|stada|vidta|ratta)|(?:begart|kravt|kraver) rattelse|sagt (?:till|at) (?:honom|henne|dom|dem|hyresg\w*)|\bwarning|rattelse (?:ar |har )?(?:begard|skickad|sand)"
);
pattern!(
    WITHOUT_WARNING,
    r"utan (?:foregaende |tidigare |nagon )?(?:rattelse|tillsagelse|underrattelse|varning|anmaning)"
);
pattern!(
    ENDED,
    r"sagt upp|sagts upp|sades upp|sade upp|sa upp|sager (?:\w+ ){0,3}upp|uppsagd|uppsagt|uppsagning(?:en)? av"
);
pattern!(
    LETS_ON,
    r"satt (?:dit|in) (?:\w+ )?(?:andra|nagon|folk)|betalar hyra till (?:honom|henne|hyresg)|\bhyr\w* (?:[\w,]+ ){0,5}?ut\b|\bandra ?hand|\b(?:overlat|upplat)\w*|\blater? (?:\w+ ){0,4}bo\b|\bbor (?:\w+ ){0,6}(?:okand|andra personer|andra i|nagra andra|en familj|helt andra)|gor nagra andra|\bsal(?:t|ts|d) (?:vidare|svart)|sub-?let|rents? (?:\w+ ){0,3}out"
);
pattern!(
    NO_LEAVE,
    r"(?:aldrig|inte|ej) (?:\w+ )?sagt ja\b|(?:tillstand|\blov\b|samtycke|medgivande|godkannande|tillatelse|permission|consent)\w*[^.\n]{0,40}\b(?:saknas|inte|ej|aldrig|nekat|nekades)|\b(?:inte|ej|aldrig|utan|inget|without|no|not) (?:\w+ ){0,5}(?:lov|tillstand|samtycke|medgivande|godkannande|tillatelse|permission|consent|fraga\b|fraga (?:oss|mig|hyresvard))\b|\bolovlig|\botillat|airbnb|\bblocket\b"
);
pattern!(
    POWER,
    r"brytdatum|sparravisering|(?:stang|bryt|bryta|stoppa|koppla)\w*\s(?:\w+\s){0,2}?(?:av\s|ifran\s|bort\s)?(?:el|elen|strom|strommen|leveransen|elleveransen|anlaggningen|elanlaggningen|eltillforseln)\b|betal\w* (?:\w+ ){0,3}for (?:sin )?el\b|elbolaget? |natavgift|elhandel|anlaggning\w*[^.\n]{0,40}(?:kopplas|stangs)|(?:for|avser|galler) (?:el|elnat)\b|leverans\w*[^.\n]{0,30}(?:stoppas|avbryts|bryts|upphor)|(?:electricity|power) (?:bill|supply|invoice)"
);
pattern!(
    DEBT,
    r"\bskuld|obetal|forfall|oreglera|brytdatum|bortkoppl|avstang|frankoppl|obetalt|\bbetal(?:ar|at|t|ning)"
);
pattern!(
    CHILD_LAW,
    r"(?:anmal\w*|oro\w*)[^.\n]{0,90}\b(?:19 ?kap|19 ?: ?1|anmalningsskyldig)|\b19 ?kap\.? ?1 ?§[^.\n]{0,60}(?:anmal|oro)|anmalningsskyldighet"
);
pattern!(
    CHILD_IN_NEED,
    r"\b\w{0,6}orolig(?:a|t)? (?:\w+ )?for (?:\w+ ){0,3}?(?:barn|\w+s barn|dotter|dottern|son\b|sonen\b|pojk|flick|familj|dem\b|honom\b|henne\b|elev)|\boro for (?:\w+ ){0,2}?(?:dem|honom|henne|elev|familj|unge)|\bbarn(?:en|et)?\b[^.\n]{0,60}\b(?:ensam\w*|skrik\w*|grat\w*|svalt\w*|slagna?|slar|forsumma\w*|vanvard\w*|inte (?:\w+ )?mat|smutsig\w*|radda|utan tillsyn|behova (?:stod|skydd))|nagon maste titta till|child(?:ren)?\b[^.\n]{0,60}\b(?:alone|hungry|neglect|cry|scream)"
);
pattern!(
    SUM_DUE,
    r"\b(?:belopp|summa|totalt|saldo|att betala|forfall\w*)\b[^.\n]{0,40}\d[\d ,.]* ?(?:kr|sek|:-|kronor)|manad\w*\W{1,3}(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
);
pattern!(
    MONTHS_UNPAID,
    r"\b(?:inte|ej|aldrig|icke) (?:\w+ ){0,2}betal(?:at|t|ar|ade)? (?:for )?(?:\w+ ){0,2}(?:jan|feb|mars|apr|maj|juni|juli|aug|sep|okt|nov|dec)\w*|\b(?:\w+ )?hyror? (?:efter sig|back|bak)\b|\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|aug|sept?|okt|nov|dec)\b(?: (?:och|o|a|samt|&|\+) \w+)?(?: ar)?(?: fortfarande| annu)? (?:obetal\w*|oreglera\w*|inte betal\w*|ej betal\w*|saknas)"
);
pattern!(
    WITH_LEAVE,
    r"\bmed? (?:\w+ ){0,2}(?:tillstand|lov|samtycke|medgivande|godkannande)\b|\bwith (?:\w+ ){0,2}(?:permission|consent)\b"
);
