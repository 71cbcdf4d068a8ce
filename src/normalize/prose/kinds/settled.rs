//! How a matter that was told before is taken back or added to, in folded words.

use super::super::pattern::pattern;

pattern!(
    TAKEN_BACK,
    r"aterkall(?:ar|as|else|ade|at|ats) (?:harmed |darfor |nu |vi |av )*(?:var|vart|min|mitt|meddelande|underrattelse|anmalan|uppsagning|talan)|ater(?:tar|tagande)(?: harmed| av)? (?:vart |var |mitt |min )?(?:meddelande|underrattelse|anmalan|uppsagning)|(?:drar|dragit|drog|tar|tagit) tillbaka[^.\n]{0,20}(?:meddelande|underrattelse|anmalan|uppsagning)|(?:uppsagning\w*|meddelandet|underrattelsen|anmalan)[^.\n]{0,30}\b(?:aterkalla\w*|aterta\w*|dragits tillbaka|dras tillbaka|makulera\w*|upphavd)|bortse fran (?:det\b|detta|var|vart|min|mitt|meddelande|underrattelse|tidigare|forra|brevet|mail|mejl|anmalan)|makuler\w*|(?:av misstag|felaktigt|i fel)[^.\n]{0,30}(?:skick|meddel|underratt|sant)\w*|(?:skickade|skickat|meddelade)[^.\n]{0,20}av misstag|disregard (?:our|my|the)|\b(?:var|vart|min|mitt|ovanstaende|tidigare) (?:\w+ )?(?:meddelande|underrattelse|anmalan|uppsagning)\b(?:[^.]|\. ?\d){0,60}\b(?:aterkalla\w*|atertas|atertagits|dras tillbaka|ar utan verkan|galler (?:inte|ej) langre)\b|(?m:^[^\n.]{0,40}\baterkallelse(?:\s*$|\s*[,:/]| av (?:meddelande|underrattelse|anmalan|uppsagning)))|withdraw(?:n|s|ing)? (?:our|my|the) (?:notice|notification|termination)|traekker (?:\w+ )?tilbage|trekker tilbake"
);
pattern!(
    SETTLED,
    r"\b(?:skuld(?:en|er|erna)?|hyresskuld\w*|elskuld\w*|hyran|hyrorna|avgift(?:en|er|erna)|fordran|beloppet|allt|hela beloppet|samtliga[^.\n]{0,40})\b[^.\n]{0,60}\b(?:ar|har|blivit|blev)\s(?:nu\s|idag\s|i dag\s|darmed\s)?(?:slut|helt |fullt |till fullo )?(?:betald|betalda|betalad|betalats|betalat|betalts|reglera\w*|inbetal\w*|fullbetald|slutbetald|losta?)|skuld(?:en)? (?:ar )?(?:reglerad|betald|slutbetald)|\b(?:hyran|hyrorna|avgiften|avgifterna|pengarna|betalningen|beloppet|alltihop)\b[^.\n]{0,20}\b(?:har (?:nu |antligen |idag )?(?:kommit(?: in)?|inkommit|inbetalats)|kom (?:in |fram )?(?:nu|idag|i dag|igar|i gar|i morse|in)\b)|\b(?:har|hade)\s(?:nu\s|idag\s|i dag\s|antligen\s|redan\s|igar\s)?(?:betalat|betalt|reglerat|gjort upp)\s(?:med oss |med mig |med foreningen )?(?:om |for )?(?:hela|allt|alla|samtliga|sin|sina|skulden|hyran|hyresskulden|avgift\w*|arsavgift\w*|in hela|av)\b|\b(?:hyresratten|bostadsratten) (?:ar )?(?:darmed |nu )?atervunnen|\bbetalning(?:en)? (?:mottagen|inkommen|mottagits)|\bbetalat\s(?:om\s|for\s)?(?:hela |all )?(?:sin |hela |sin hela )(?:skuld|hyresskuld|hyra)\b|(?:debt|rent|arrears|balance)[^.\n]{0,30}(?:has been|have been|is|are|was) (?:now )?(?:fully )?(?:paid|settled|cleared)|settled (?:the|his|her|their|all)[^.\n]{0,20}(?:balance|debt|arrears|rent)|paid in full|\bskuldfri\b|har inga skulder|(?:orsak|status|anledning)\s?[:=]\s?(?:\w+ )?(?:reglera|betal|slutbetal)\w*|(?:typ|status|handelse)\s?[:=]\s?(?:avslut|aterkall)|\bslutbetal|gaelden er betalt|gjelden er betalt|har betalt (?:hele|alt)"
);
pattern!(
    PAID,
    r"\b(?:har|hade)\s(?:nu\s|idag\s|i dag\s|antligen\s)?(?:betalat|betalt|reglerat)\b|\bnu har (?:han|hon|hen|de|dom)\s(?:betalat|betalt)|pengarna (?:har|ar|kom)[^.\n]{0,30}(?:fatt|inne|kommit)|betalning(?:en)? (?:har|ar) (?:inkommit|mottagen|kommit)|has (?:now )?paid\b"
);
pattern!(
    CLOSED,
    r"avsluta\w? (?:\w+ ){0,2}(?:arendet|det|fallet)|arendet (?:\w+ )?(?:avslutas|avskrivs|stangs)|(?:kan|far) (?:ni )?glomma|\bglom (?:det|mitt|mejlet|mailet|arendet)|(?:det|allt) (?:ar|har) (?:nu )?(?:lost|ordnat|lost sig)\b|(?:behover|behovs) (?:ni )?(?:inte|ej|inget) (?:\w+ )?(?:gora|atgarda|agera|vidta)|flyttat (?:ut )?och lamnat (?:in )?nyckl|(?:inte|ej) langre aktuell|utan verkan|stryka? (?:arendet|min anmalan|anmalan|det)|lagga? (?:ner|ned)\b|arendet (?:ar|kan) (?:nu |darmed |harmed )?(?:avslut|avskriv|stang)|avskriv(?:et|en|its)|flyttat ut[^.\n]{0,40}(?:nyckel|nycklar)|(?:inget|ingen)[^.\n]{0,25}atgard[^.\n]{0,25}(?:behov|kravs)|avblast|(?:far|kan) bo kvar|case (?:can be|is) closed|forlikning"
);
pattern!(
    SUPPLEMENT_TITLE,
    r"^\s*(?:(?:sv|re|vb|fw|fwd)\s?:\s?)*(?:meddelande om )?komplettering|komplettering (?:till|av|for|i|avseende|angaende|delgivning|gallande)\b|komplettering\s?[:(]|(?:som|har ar en|skickar (?:det )?som) komplettering|kompletterande (?:uppgift|information|handling)|tillagg till|(?:som|ett) tillagg|additional information|supplement(?:ary)? (?:to|information)|supplerende opl|kompletterar (?:vart|var|mitt|min|meddelande|underrattelse|tidigare)|(?:typ|arendetyp|galler)\s?[:=]?\s?komplettering|\bkompletterar\b|\bkomplettera (?:mitt|vart|min|var|mina|vara|det|meddelandet|underrattelsen|brevet|anmalan|med)\b|^\s*(?:(?:sv|re|vb|fw|fwd)\s?:\s?)*(?:rattelse|korrigering|tillagg|correction)\b|rattelse (?:till|av|i) (?:fil|lista|listan|var|vart|min|mitt|tidigare|meddelande|underrattelse|utskick|gardag)|\bcorrection (?:to|of|regarding|:)|korrigering av|in addition to our (?:notice|letter)|as a supplement"
);
pattern!(
    SUPPLEMENT,
    r"glomde\s?(?::|att|bifoga|skriva|namna|ta med)|glomde jag|har kommer (?:aven |ocksa |den |det )?(?:bilag|saknade)|rattelse av (?:tidigare|var|uppgift)|(?:blev|var|angavs)[^.\n]{0,30}\bfel\b|skrev fel|fel (?:belopp|adress|uppgift|personnummer)[^.\n]{0,30}(?:skrev|angav|i)|ratt (?:belopp|adress|\w*adress|personnummer|summa|namn|lagenhet\w*)[^.\n]{0,40}\bar\b|beloppet (?:ar )?nu|\bar beloppet nu|nya uppgifter i|please add the following|correction to our|forgot to (?:mention|add|attach)|har (?:nu )?delgivits|tilla?gger|\btill anmalan\b[^.\n]{0,40}\d|delgivningskvitto|\bavser (?:vart|var|mitt|min) (?:tidigare )?(?:meddelande|underrattelse|anmalan)|\bi (?:var|vart|min|mitt) (?:tidigare |forra )(?:meddelande|underrattelse|anmalan|brev|mejl|mail)|ar nu delg[ie]v|further to our (?:notice|letter|message)|angaende (?:vart|mitt|min|var) (?:tidigare )?(?:meddelande|underrattelse|anmalan)"
);
pattern!(
    ANSWERED,
    r"\b(?:ni|du) (?:\w+ )?(?:efterfragade|fragade (?:om|efter)|efterlyste|saknade|ville ha|bad om|undrade)|som (?:ni )?(?:efterfragat|efterfragades|onskat|onskades)|har (?:kommer|ar) (?:\w+ ){0,4}?(?:som (?:saknades|fattades|ni)|saknad\w*|personnumret|lagenhetsnumret|numret|uppgiften|beviset|delgivnings\w*)|(?:till|avser|galler|hor till|tillhor) (?:vart|var|min|mitt) (?:tidigare |forra )?(?:underrattelse|meddelande|arende|anmalan|brev|mejl|mail)|uppdatering (?:av|till|i|pa) (?:\w+ )?(?:tidigare|arende|anmal)|tidigare anmalt arende|som ni redan har|vill (?:vi|jag) (?:ocksa )?(?:lagga till|tilla?gga) (?:till|i) |\b(?:bad|fragade|efterlyste|onskade|saknade)\b[^.\n]{0,12}\b(?:om |efter )?(?:personnumret|numret|lagenhetsnumret|adressen|uppgiften|uppgifter|delgivningsbeviset)\b|lagga till att|glomde (?:\w+ )?(?:bifoga|skriva|namna|ta med|skicka)|\b(?:meddelandet|underrattelsen|brevet|mejlet|mailet|anmalan|listan|filen|formularet|blanketten) (?:som )?(?:vi|jag) (?:skick|sand|lamn|mejl|mail)\w*|(?:blev|var|stod|skrev|angav|angavs)[^.\n]{0,30}\bfel\b[^\n]{0,60}\bratt|as (?:you )?requested|you asked (?:for|about)"
);
pattern!(OUR_REFERENCE, r"\bavh[- ][0-9a-z]{4}[- ][0-9a-z]{4}\b");
pattern!(
    CEASED,
    r"\b(?:storning|problem|brak|klagomal)\w*[^.\n]{0,60}\b(?:har|ar)\s(?:nu |helt |antligen )?(?:upphort|borta|slut|lost)|(?:det har|har det) (?:nu )?(?:lugnat (?:ner |ned )?sig|blivit lugnt|varit lugnt)|(?:har|hon|han) (?:nu )?skott sig"
);
pattern!(
    STRUCK_OUT,
    r"\b(?:avskriv(?:er|it|its|s|ning\w*)|skrivit av|skriver av|skrivits av|skrivs av|skrev av)\b|\b(?:arendet|tvisten|malet) (?:ar |har )?(?:nu |darmed )?(?:avslutat|avslutats|avskrivet|aterkallat|aterkallats)|aterkall\w* (?:\w+ ){0,2}(?:ansokan|talan|sin ansokan)"
);
