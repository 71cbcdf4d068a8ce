//! How Kronofogden and those who write about its cases say what happens there, in folded words.

use super::super::pattern::pattern;

pattern!(
    APPLICATION_TITLE,
    r"underrattelse\w* om (?:att )?(?:en )?(?:ny )?ansokan om (?:avhysning|avlagsnande|vrakning|verkstallighet)|ansokan om (?:avhysning|avlagsnande|vrakning)[^.\n]{0,60}\b(?:inkom|kom(?:mit)? in|kom\b|ingiv|ingett|lamnats in|lamnats|lamnades)|ny (?:ansokan|begaran) om (?:avhysning|avlagsnande|vrakning)|nytt (?:avhysningsmal|mal om avhysning)"
);
pattern!(
    APPLICATION,
    r"talan om (?:avhysning|vrakning)|(?:avhysning|vrakning|avlagsnande)(?:en)? (?:har |ar |blivit )?(?:sokts?|sokt|begar[dt]s?|begarts|ansokts?|yrkats|yrkas)\b|yrka\w* (?:om |pa |att )?[^.\n]{0,60}(?:avhys|vrak|ska flytta|avflytt)|begar(?:t|an|de|s)? (?:\w+ ){0,3}att[^.\n]{0,120}\b(?:avhyses|avhysas|vraks|avlagsnas|avlagsnad)|stam(?:t|de|mer) (?:\w+ ){0,4}(?:vid|i|hos) (?:\w+ )?tingsratt|nytt (?:avhysn\w*\.? ?|avlagsnande|vraknings?)mal|\bavhysn?\.? ?mal\b|mal om (?:avhysning|avlagsnande|vrakning)[^.\n]{0,30}\b(?:inlett|inletts|paborja\w*|registrera\w*|oppna\w*|starta\w*|upplag\w*)|vill (?:\w+ ){0,2}(?:fa|ha) (?:bort|ut) (?:\w+ )?(?:boende|hyresg\w*|person\w*|ockupant\w*|svarande\w*|de som)|handrackning\W{0,3}(?:avhysning|avlagsnande|vrakning)|ansok\w* om att[^.\n]{0,80}\b(?:avlagsnad|avhyst|vrakt|avlagsna|avhysa|vraka)\b|asks? (?:us|you) to (?:evict|remove)|asked (?:us|the enforcement \w+) to (?:carry out|evict|remove)|(?:application|applied) for (?:the )?(?:removal|eviction)|ansok(?:an|t|er|te)\s(?:hos kronofogde\w* )?om (?:verkstallighet av |verkstalld )?(?:avhysning|vrakning|avlagsnande|(?:sarskild )?handrackning)|begar(?:t|an|de)? (?:om )?(?:avhysning|vrakning|avlagsnande|verkstallighet av (?:\w+ ){0,4}avhysning)|begar(?:t|an|de)? att[^.\n]{0,80}\b(?:avhyses|avhysas|vraks|avhys\b)|(?:avhysning|vrakning)s?(?:an)?sokan|avhysningsbegaran|lamnat in[^.\n]{0,30}(?:avhysning|vrakning)|ansok\w* om verkstallighet|avhysningsmal\b|handrackning\W{0,3}avhysning|lamnat (?:in|over) (?:\w+ ){0,5}(?:till |hos )?(?:kronofogden|kfm)[^.\n]{0,60}(?:avhys|vrak)|vill att (?:vi|kronofogden) (?:avhys|vrak)|sokt verkstallighet\W{0,3}avhysning|verkstallighet av (?:\w+ ){0,3}(?:utslag|dom)[^.\n]{0,40}(?:avhysning|vrakning)|ansokan (?:om )?(?:vanlig |sarskild )?handrackning|(?:applied|application|apply)[^.\n]{0,80}\bevict(?:ion)?|anmod\w* om udsaettelse|begjaering om (?:utkastelse|fravikelse)"
);
pattern!(
    SCHEDULED_TITLE,
    r"(?:underrattelse|meddelande|besked|information) om (?:ny |andrad |bestamd )?(?:tid|tidpunkt|datum|dag)\b|\b(?:ny |andrad )?(?:tid|tidpunkt|datum|dag)(?:en)?\s(?:for|till)\s(?:avhysning|vrakning|avlagsnande|verkstall)|\bavhysningstid\b[^.\n]{0,12}\d"
);
pattern!(
    SCHEDULED,
    r"\b(?:avlagsnas|avlagsnar|avhyses|avhyser|vraks|vraker)\b(?:[^.\n]|\. ?\d){0,100}\b(?:kl\b|klockan|\d{1,2}[.:]\d\d)|16 ?: ?2\b[^\n]{0,40}\btid\b|\b(?:removal|eviction)\b[^\n]{0,60}(?:carried out on|take place|: ?\d{4}-\d\d-\d\d|scheduled)|(?:avhysning|vrakning|avlagsnande|forrattning|verkstallighet)(?:en|et|ar)?\b[^.\n]{0,140}\b(?:kommer att (?:ske|genomforas|verkstallas|aga)|ager rum|ska (?:ske|verkstallas|genomforas|aga)|ar (?:nu )?satt|(?:bestamd|faststalld|utsatt|planera[dt]|bokad|inbokad)|har (?:satts|bestamts|bokats|planerats|faststallts)|verkstalls|genomfors|sker)\b|(?:kommer|ska)[^.\n]{0,60}\b(?:avhysas|vrakas|avlagsnas|avhysa|vraka|avlagsna)\b|kallas till (?:avhysning|forrattning)|paminne\w* om (?:den )?(?:avhysning|vrakning|forrattning)|kronofogde\w*[^.\n]{0,100}\boch (?:vraker|avhyser)\b|(?:datum|dag|tid|tidpunkt) for (?:avhysning|vrakning|forrattning)|forrattningsd(?:ag|atum)|\b(?:kommer|ska|avser|planerar)\b(?:[^.\n]|\. ?\d){0,160}\bfor att (?:verkstalla|genomfora|utfora|gora) (?:en )?(?:avhysning|vrakning|avlagsnande)|\b(?:kronofogde\w*|kfm)\b(?:[^.\n]|\. ?\d){0,60}\bkommer\b(?:[^.\n]|\. ?\d){0,120}\b(?:for att |och )(?:fa ut|kasta ut|hamta nyckl\w*|tomma|avhysa|vraka|slanga ut|ta ut)\b|\b(?:kronofogde\w*|kfm)\b(?:[^.\n]|\. ?\d|\. de\b){0,60}\bkommer\b[^.\n]{0,60}\b(?:kl\b|klockan)|\b(?:avhyser|vraker) (?:[^.\n]|\. ?\d){0,140}\d|\btid(?:en|punkt\w*)?\b[^.\n]{0,40}\butsatt till|\butsatt:? (?:den )?\d|\bsatt(?:er)? ut (?:en |ny |tid for |dag for )?(?:avhysning|vrakning|avlagsnande)|(?:bokat|bokad|utsatt|satt|planera[dt]|bestamt|faststallt|andrad|flyttad|ny)\s(?:in\s)?(?:en\s)?(?:dag|tid|datum)?\s?(?:for\s)?(?:avhysning|vrakning|avlagsnande)|eviction[^.\n]{0,80}(?:will take place|(?:is |been )?scheduled|(?:is |been )?set for|is booked)"
);
pattern!(
    BOOKED,
    r"(?:avhysning|vrakning|avlagsnande|forrattning)\w*[^.\n]{0,40}\b\d{4}-\d\d-\d\d[^\n]{0,12}\b(?:kl|\d\d[.:]\d\d)|(?:avhysning|vrakning|avlagsnande|forrattning)\w*[^.\n]{0,60}\b\d{1,2}[/ .:](?:\d{1,2}|[a-z]+)[^\n]{0,25}\bkl|\btid(?:punkt)?\s?:[^\n]{0,45}\b(?:kl|\d{1,2}[.:]\d\d)|\bu-?\d{4,7}-\d\d[^\n]{0,40}\bkl\.?\s?\d|\btider?\b[^.\n]{0,40}\bu-?\d{4,7}-\d\d"
);
pattern!(
    NEW_TIME,
    r"\bny(?:a|tt)? (?:tid|dag|tidpunkt|datum|forrattning)\w*[^.\n]{0,80}\d|andrad tid[^\n]{0,80}\d|(?:flytta[dts]\w*|framflytta\w*|omboka[dts]\w*|omplanera\w*) (?:fram )?(?:fran [^.\n]{0,40})?till[^.\n]{0,30}\d|i stallet (?:for[^\n]{0,4}\d|(?:\w+ ){0,2}\d)|rescheduled (?:to|for)|new (?:date|time)[^.\n]{0,60}\d|\bmin(?:uter)? (?:senare|tidigare)"
);
pattern!(
    REMOVAL,
    r"\bremov(?:al|e)\b|\bsquatters?\b|unauthori[sz]ed occup|olovligen tagit sig in|\bockupant|avlagsnand|(?:person|de boende|boende|obehorig|ockupant|bosattning|svarande)\w*[^.\n]{0,60}\bavlagsnas|som ska avlagsnas|1991\s?:\s?1339|\b7 a § utsokning|16\s?:\s?7 ?a\b"
);
pattern!(
    EVICTION,
    r"\bremoval\b|avhys|vrakning|forrattning|avlagsnand|\bevict|verkstallighet|udsaettelse|utkastelse"
);
pattern!(
    CANCELLED,
    r"installd avhysn\b|avhysn\.? (?:ar )?installd|(?:blir|bli) (?:det )?ingen (?:avhysning|vrakning|forrattning)|(?:avhysning|vrakning|avlagsnande|forrattning|verkstallighet)\w*(?:[^.\n]|\. ?\d){0,140}\b(?:installd|installt|installes|stalls? in|stallts in|stalldes in|avbokad|avbokats|avbokas|avblast|upphavd|utgar|utgatt|avlyst|struken|avbruten|avbrutits)\b|(?:tid(?:en)?|tider(?:na)?|besoket|bokningen) [^.\n]{0,60}\b(?:ar|har|blir|blev)\s(?:\w+\s)?(?:installd|avbokad|struken|utgatt|stallts in|avbokats)\b|installd (?:avhysning|vrakning|forrattning|avlagsnande|verkstallighet)|(?:staller|stallt|stallde) (?:\w+ ){0,2}in[^.\n]{0,30}(?:avhysning|vrakning|forrattning|tiden)|(?:avbokat|avbokade|avbokar)[^.\n]{0,30}(?:avhysning|vrakning|forrattning|tiden)|eviction[^.\n]{0,60}(?:cancelled|canceled|called off)|\b(?:det|de|allt|den) (?:ar|e|blir|blev) (?:nu |visst )?(?:installt|installd|avblast|avbokat)\b|(?:malet|ansokan)\b[^.\n]{0,60}\b(?:avskrivs|avskrivits|har avslutats|ar avslutat)|(?:blir|det blir|sker) (?:det )?ingen (?:avhysning|vrakning|forrattning)|ingen (?:avhysning|vrakning|forrattning) (?:blir|sker|kommer)"
);
pattern!(
    NOT_DONE,
    r"(?:avhysning|vrakning|avlagsnande|forrattning|verkstallighet)\w*(?:[^.\n]|\. ?\d){0,140}\b(?:(?:ar|galler) (?:\w+ )?(?:inte|ej) langre(?: aktuell\w*)?|(?:blir|blev) (?:\w+ )?(?:inte|ej) av|(?:genomfors|genomfordes|verkstalls|verkstalldes|sker|skedde) (?:\w+ )?(?:inte|ej)|(?:kommer|ska|skall) (?:\w+ )?(?:inte|ej) (?:att )?(?:ske|genomforas|verkstallas|aga|bli av)|(?:har|kunde|kunnat) (?:\w+ )?(?:inte|ej) (?:kunnat )?(?:genomfor|verkstall|bli)\w*|behovs (?:inte|ej)|ager (?:\w+ )?(?:inte|ej) rum)\b|\b(?:tid|tider|tiden|dag|dagen|bokningen|besoket)\b(?:[^.\n]|\. ?\d){0,140}\b(?:(?:galler|ar) (?:\w+ )?(?:inte|ej) langre|galler (?:\w+ )?(?:inte|ej)\b)|eviction[^.\n]{0,60}(?:will not take place|did not take place|is no longer)"
);
pattern!(
    NO_VISIT,
    r"\b(?:vi|jag|kronofogden)\b[^.\n]{0,20}\bkommer (?:\w+ ){0,2}(?:inte|ej) (?:ut|till|pa|den|mandag|tisdag|onsdag|torsdag|fredag|i)\b|\bkommer (?:vi|jag) (?:\w+ )?(?:inte|ej)\b|(?:^|[.\n;,] ?|\boch |\bsa )kommer (?:darfor |alltsa |saledes |da )?(?:inte|ej) (?:ut|till|pa|den|mandag|tisdag|onsdag|torsdag|fredag|i)\b"
);
pattern!(
    POSTPONED,
    r"\b(?:bevilja[rt]?s?|beviljats|medge[rs]?|medgett|medgivit|medgivits|lamna[rt]?s?|fatt|far|ges|getts|gett|gav|givit|ger|beslut(?:at)? om)\b[^.\n]{0,70}\banstand|anstand\b[^.\n]{0,25}\b(?:medge|bevilja|lamna|medgivits)|\banstand med\b|\buppskov\b|uppskjut(?:en|its|er|as|na)|skjut(?:s|its|er|it) upp|(?:flyttas|flyttats|flyttar|flyttad) fram|framflytta[dt]|senarelagg|senarelag[dt]|ajournera|inhibition|inhibera[dt]|eviction[^.\n]{0,60}(?:postponed|adjourned)"
);
pattern!(
    WITHDRAWN,
    r"(?:tar|tagit|tog|tas|tagits) tillbaka|\baterkalla(?:t|r|s|d|ts|de|nde)?\b|aterkallelse|aterta(?:git|gits|gen|r)\b|(?:drar|dragit|drog) tillbaka|dragits tillbaka|withdrawn|withdrew"
);
pattern!(
    EXECUTED,
    r"\bavhyst (?:den )?\d|\bavhysn\w*\.? (?:ar )?(?:klar|utford|verkstalld|genomford)\b|efter (?:avhysning|vrakning)en[^.\n]{0,60}\b(?:bohag|magasin|forvar)|bohag\w* (?:ar |har )?(?:\w+ )?magasinera|(?:avhysning|vrakning|avlagsnande|forrattning)(?:en|et|ar)?\b[^.\n]{0,80}\b(?:verkstalldes|genomfordes|gjordes|agde rum|skedde|utfordes|verkstallde vi|(?:ar|har|blev|blivit)\s(?:nu\s|idag\s|i dag\s)?(?:verkstall[dt]s?|verkstallts|genomfor[dt]s?|genomforts|agt rum|gjorts?|utford|utforts|skett|klar))\b|(?:avhysning|vrakning|avlagsnande)(?:en|et)?\s(?:verkstall[dt]|genomfor[dt]|utford|klar)\b|(?:verkstall[dt]|genomfor[dt]) (?:avhysning|vrakning|avlagsnande)|(?:har|hade) (?:idag |i dag )?(?:verkstallt|genomfort) (?:avhysning|vrakning)|(?:har|blev|blivit) (?:idag |i dag )?(?:avhyst|vrakt)a?\b|\b(?:avhystes|vraktes|avhysts)\b|\bar (?:nu |idag |i dag )?(?:avhyst|vrakt)a?\b|(?:avhysning|vrakning|avlagsnande)(?:en|et)? av (?:\w+ ){1,4}(?:verkstall[dt]|genomfor[dt]|utford)\b|(?:genomforde|verkstallde|utforde|gjorde) (?:\w+ )?(?:avhysning|vrakning)|\b(?:verkstalldes|genomfordes|gjordes|utfordes|skedde) (?:\w+ ){0,3}?(?:avhysning|vrakning|avlagsnande|forrattning)(?:en|et)?\b|\b(?:avhyst|vrakt)a? (?:i morse|idag|i dag|igar|i gar|nu)\b|(?:avhysning|vrakning|avlagsnande|forrattning)(?:en|et)?\b[^.\n]{0,100}\b(?:gick av stapeln|avklarad|avklarades|var klar|blev klar|gick lugnt till|gick bra)\b|(?:avhysning|vrakning|avlagsnande|forrattning)\w*(?:[^.\n]|\. ?\d){0,100}, (?:nu )?(?:verkstalld|genomford|utford|gjord) (?:idag|i dag|igar|i gar|i morse|den|kl|\d)|bevis om verkstalld|forrattningen avslutades|eviction[^.\n]{0,60}(?:was|has been) (?:carried out|executed|enforced|completed)"
);
pattern!(
    OPENED,
    r"(?:las(?:et|byte|byten|bytet|smed\w*)?)\b[^.\n]{0,40}\b(?:bytt|bytts|byttes|bytte|byta|skedde|utfort|utfordes|gjordes|genomfordes|klart?)\b|(?:bytt|bytte) las|(?:lagenheten|bostaden)[^.\n]{0,60}\b(?:ar|har|blev|blivit|tomdes|avtrad\w*|utrymd\w*)\s?(?:nu |idag |i dag )?(?:tomd|tomts|utrymd|utrymts|overlamna\w*|avtradd)?\b[^.\n]{0,30}\b(?:las|nyckl|avslut|magasin)|avhysning\w* (?:ar )?(?:\w+ )?avslutad"
);
pattern!(
    ASKED_FOR,
    r"\b(?:ansok|begar|inkom|registrer|sokt verkstall|sokt avhys|nytt mal|yttra sig|yttrande)"
);
pattern!(CASE, r"\bu-?\d{4,7}-\d\d\b|malnummer|\bmal(?:nr)?\.? ?u|kronofogde|\bkfm\b");
pattern!(
    OWN_WITHDRAWN,
    r"aterkall(?:ar|at|ade)[^.\n]{0,30}ansokan|ansokan[^.\n]{0,30}(?:aterkalla|tillbaka|aterta)|(?:drar|dragit) tillbaka[^.\n]{0,20}ansokan|withdrawn? (?:our|the|my) application"
);
pattern!(
    PUT_OFF,
    r"(?:avhysning|vrakning|avlagsnande|forrattning)\w*[^.\n]{0,60}(?:uppskjut|skjut(?:s|its|er|it) upp|flytta\w* fram|framflytta|senarelag|anstand|uppskov)|(?:anstand|uppskov) (?:med|for|av|till) (?:\w+ )?(?:avhysning|vrakning|forrattning|verkstallighet)"
);
pattern!(
    UNCHANGED,
    r"(?:avhysning|vrakning|avlagsnande|forrattning|tid)\w*(?:[^.\n]|\. ?\d){0,60}\b(?:(?:ar|har) (?:inte|ej) (?:andra\w*|flytta\w*)|ar oforandrad\w*|star fast|ligger fast|kvarstar|galler fortfarande)"
);
