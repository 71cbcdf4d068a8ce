//! The words for a tenant and for everybody else who is named in a letter: what a line that ends with one says of the name behind it.

use super::super::pattern::Pattern;
use super::super::pattern::pattern;
use super::cues::Standing;
use crate::domain::notice::Role;

/// What may stand between the word for a person and the name.
macro_rules! behind {
    ($words:literal) => {
        concat!(
            r"(?i)(?:^|[^\p{L}])(?:",
            $words,
            r")(?:[ _]?\(?[1-9]\)?)?(?:s?,? (?:(?:fullständiga |full )?(?:namn|name|navn)|efternamn(?:,| och)? förnamn|förnamn och efternamn))?(?:,? ?(?:/|&|\+|och|samt|and|,)? ?(?:person-?/?(?:och )?(?:org\.?|organisations?)?-?(?:nummer|nr)|personnummer|pers\.? ?nr|pnr|(?:post-?)?adress|address|telefon(?:nummer)?|födelsetid|e-post))*(?:\s*\([^()\n]{0,60}\))?(?: (?:i lägenheten|i bostaden|finns|med (?:person)?(?:nummer|nr)))?[ .…_*]*(?:[:=|\t?-]|\bär\b|\bheter\b|\bis\b|\bnamed\b|\bvid namn\b|,)?[\s*]*$"
        )
    };
}

pattern!(
    TENANT,
    behind!(
        r"(?:den|de) som (?:ska|skall) (?:avhysas|avlägsnas)|avhyst|(?:upp(?:sagd|sagda) )?(?:hyresgäst|hyresgast|hyresgest|hyregäst|hyrsgäst|hyrergäst|hyrestagare|lägenhetsinnehavare|kontraktsinnehavare|kontraktshavare|avtalsinnehavare|bostadsrättshavare|bostadsrattshavare|bostadsrättsinnehavare|nyttjanderättshavare|innehavare|föreningsmedlem|medlem|svarande|gäldenär|galdenar|skuldsatt|klient|kund|elkund|konsument|abonnent|motpart|låntagare|brukare|rådsökande|lejer|lejere|beboer|kunde|skyldner|person)(?:en|n|et|na|ar|arna|er|erna|er na|s|ens|ns|ernas|mens|men|mar|marna)?|(?:bostadsrätts|kontrakts|avtals|nyttjanderätts)havarna|(?:lägenhets|kontrakts|avtals|bostadsrätts)?innehavarna|hyrestagarna|brukarna|lejarna|mamma|pappa|mor|far|förälder|föräldrarna|mother|father|parents?|makarna|makar|äkta paret|paret|syskonen|bröderna|systrarna|herr|hr|fru|fröken|mr\.?|ms\.?|mrs\.?|miss|hg\.?|hgst\.?|vårdnadshavare(?:n|na)?|mamman|pappan|modern|fadern|uppsagda?|(?:sub-?)?tenants?|tenant's|resident|lessee|leaseholder|renter|customer|debtor|respondent|defendant|member|personens?|det rör sig om|vem (?:gäller|berör|avser) (?:det|anmälan|ärendet|meddelandet|saken)|vem bor (?:där|i bostaden|i lägenheten)|vem är hyresgäst(?:en)?|vem handlar det om|who is (?:the tenant|concerned)|namn|name|navn"
    )
);
pattern!(
    SECOND,
    behind!(
        r"med-?hyresgäst(?:en)?|med-?sökande hyresgäst|medhavare|med-?svarande(?:n)?|sambo(?:n)?|maka(?:n)?|make(?:n)?|hustru(?:n)?|frun|(?:hans|hennes|och) (?:fru|man|husband|wife)|(?:his|her) (?:wife|husband|partner|girlfriend|boyfriend)|(?:hans|hennes|sin|sitt|och) (?:flickvän|pojkvän|tjej|kille|fästmö|fästman|särbo)|co-?tenant|spouse|partner"
    )
);
pattern!(
    OCCUPANT,
    behind!(
        r"andrahandshyresgäst(?:en|er|erna)?|andrahandsgäst(?:en)?|inneboende(?:n)?|(?:faktiskt )?boende|de boende|uppehåller sig|occupants?|övriga boende"
    )
);
pattern!(
    CHILD,
    behind!(
        r"barn(?:et|en)?|barn(?:et|en)?s|son(?:en)?|dotter(?:n)?|döttrarna|sönerna|pojken|flickan|lillebror|lillasyster|lillebrodern|lillsyster|eleven|(?:son|dotter|flicka|pojke|tonåring|bebis|tjej på|kille på)\b[^.,;\n]{0,30} som heter|child|children|kid|boy|girl|daughter|datter|søn|børn|barnet"
    )
);
pattern!(
    DEPUTY,
    behind!(r"god(?:e)? man(?:nen)?|förvaltare enligt fb|förvaltare \(fb\)|legal guardian|trustee")
);
pattern!(
    OTHER,
    behind!(
        r"(?:hyres|vice|uthyrande |fastighets)?(?:värd|ägare)(?:en|n|ens|ns)?|uthyrare(?:n)?|sökande(?:n|ns)?|ombud(?:et)?|handläggare(?:n)?|\p{L}*handläggare|kontakt(?:person|uppgifter|a)?(?:en)?|förvaltare(?:n)?|\p{L}*förvaltare|ordförande(?:n)?|ordf\.?|kassör(?:en)?|sekreterare(?:n)?|advokat(?:en)?|jurist(?:en)?|(?:krono)?inspektör(?:en)?|kronofogde(?:n)?|granne(?:n|s|ns)?|grannar(?:na)?|vittne(?:t|n)?|anmälare(?:n)?|avsändare(?:n)?|underskrift|undertecknad|signatur|namnförtydligande|ringde|antecknat av|delgivningsman(?:nen)?|stämningsman(?:nen)?|domare(?:n)?|rådman(?:nen)?|ordningsvakt(?:en)?|vaktmästare(?:n)?|fastighetsskötare(?:n)?|(?:tidigare|förra|förre|f\.?d\.?|forna|föregående) (?:hyresgäst(?:en)?|medlem(?:men)?|boende|innehavare(?:n)?)|landlord|lessor|owner|caretaker|neighbou?r|contact|officer|attorney|counsel|former tenant|previous tenant|udlejer|utlejer|nabo|jag heter|mitt namn är|my name is|undertecknat av|för styrelsen|till handläggare|vem (?:skickar|skriver|anmäler|lämnar)(?: in)?(?: detta| det här| anmälan)?|vem är du|attn|uppdragsgivare|borgensman(?:nen)?|borgensmän(?:nen)?|borgensförbindelse från|borgenär(?:en)?|fullmakt (?:för|till|åt|från)|fullmaktshavare(?:n)?|fullmaktsgivare(?:n)?|betalningsmottagare(?:n)?|mottagare av betalning(?:en)?|enskild firma|firma(?:n)?|utredare(?:n)?|socialsekreterare(?:n)?|boendestödjare(?:n)?|uppgiftslämnare(?:n)?|rapportör(?:en)?|ledamot(?:en)?|suppleant(?:en)?|styrelseledamot(?:en)?|rektor(?:n)?|lärare(?:n)?|mentor(?:n)?|kurator(?:n)?|sjuksköterska(?:n)?|läkare(?:n)?|polis(?:en|assistent(?:en)?|inspektör(?:en)?)?|tolk(?:en)?|anhörig|närstående|(?:upprättad|upprättat|skriven|skrivet|registrerad|registrerat|inlagd|inlagt|rapporterad|rapporterat|sänt|skickat|lämnad|lämnat) av|vår ref\.?|er ref\.?|jag|undertecknade|målsägande(?:n)?|via|genom|vår medarbetare|kollegan?|chefen?|referens|er referens|vår referens|mvh|hälsningar|äg(?:s|des) av|ägaren heter|/"
    )
);
pattern!(
    OTHER_FOR,
    r"(?i)(?:^|[^\p{L}])(?:ombud(?:et)?|biträde(?:t)?|kontaktperson(?:en)?|kontakt|\p{L}*handläggare(?:n)?|utredare(?:n)?|borgensman(?:nen)?|borgen|fullmakt|anhörig|närstående|granne(?:n)?|anmälare(?:n)?|\p{L}*sekreterare(?:n)?|boendestödjare(?:n)?|stödperson(?:en)?|advokat(?:en)?|förvaltare(?:n)?|ansvarig|representative|contact|counsel) (?:för|åt|till|hos|på|i|vid|of|for|at) (?:[^:\n.;]{2,40}:|(?:svaranden|hyresgästen|medlemmen|kunden|kommunen|socialtjänsten|föreningen|bolaget|henne|honom|barnet|oss|the tenant)(?: är| heter|,)?)\s*$"
);
pattern!(
    DEPUTY_FOR,
    r"(?i)(?:^|[^\p{L}])(?:god(?:e)? man(?:nen)?|legal guardian|trustee) (?:för|åt|till|of|for) (?:[^:\n.;]{2,40}:|(?:svaranden|hyresgästen|medlemmen|kunden|henne|honom|the tenant)(?: är| heter|,)?)\s*$"
);
// Whose mother or friend somebody is tells that it is not the one who lives there.
pattern!(
    KIN,
    r"(?i)(?:^|[^\p{L}])(?:hennes|hans|deras|hens|dennes|sin|sina|his|her|their|\p{L}{2,}s)\s+(?:egen |äldre |yngre |vuxna |gamla |biologiska |nya )?(?:mamma|pappa|mor|far|moder|fader|förälder|föräldrar|farmor|farfar|mormor|morfar|syster|bror|broder|syskon|halvbror|halvsyster|svärmor|svärfar|svåger|svägerska|moster|faster|morbror|farbror|kusin|släkting|ex-?(?:man|fru|make|maka|sambo|flickvän|pojkvän)|(?:före detta|f\.? ?d\.?|tidigare) (?:man|fru|make|maka|sambo)|vän|väninna|kompis|kollega|chef|arbetsgivare|mother|father|sister|brother|parents|friend|ex-?(?:wife|husband))(?:,| som heter| heter| vid namn)?[: ,(]*$"
);
pattern!(
    OF_CHILD,
    r"(?i)(?:^|[^\p{L}])(?:barn(?:et|ets|en|ens)?|elev(?:en|ens)?|pojken?s?|flickan?s?|sonens?|son|dotterns?|dotter|förskola?n?|skolan?|klass|child|pupil)(?:$|[^\p{L}])"
);
// What was before is another's: `tidigare mål mot`.
pattern!(
    EARLIER,
    r"(?i)(?:^|[^\p{L}])(?:tidigare|förra|föregående|äldre|gammalt|gamla|annat|avslutat|avslutade|previous|earlier) (?:mål(?:et)?|ärende(?:t)?|beslut(?:et)?|utslag(?:et)?|avhysning(?:en)?|uppsägning(?:en)?|fall(?:et)?|case)[^.\n]{0,50}$"
);
pattern!(
    TOLD,
    r"(?i)(?:^|[^\p{L}])(?:gäller(?: det)?(?: alltså| även| en viss| en| vår| min)?(?: lgh \d{1,4},?)?(?: både| båda)?|avser|avseende|angående|ang\.?|beträffande|betr\.?|rörande|concerning|regarding|re:?|avhysning(?:en)? av|uppsägning(?:en)? av|vräkning(?:en)? av|avlägsnande(?:t)? av|eviction of|heter|vid namn|named|name is|gällande|(?:uppsägning(?:en)?|underrättelse(?:n)?|meddelande(?:t)?|brev(?:et)?|anmaning(?:en)?) (?:till|för|om|mot)|komplettering(?:en)?(?: till [^.\n]{0,40})? (?:för|om)|(?:hemma|besök|avhysning(?:en)?|förrättning(?:en)?) hos|(?:skuld(?:en|erna)?|hyran|hyresskuld(?:en)?|ärendet|oro) (?:för|om)|bor(?: (?:nu|sen|sedan|i|våras|fjol|höstas|somras|där|en|numera|dessutom|även|också|kvar|ännu|fortfarande|min hyresgäst)){0,4}|betal(?:ts|d|t|ats) av|hyresavtal(?:et)? med|avtal(?:et)? med|kontrakt(?:et)? med|sa(?:de)? upp|säga? upp|säger upp|sagt upp|uppsagt|(?:har |hade |vi |jag )(?:\p{L}+ ){0,2}(?:påmint|krävt|varnat|uppmanat|anmodat|tillsagt|delgett|delgivit|fakturerat|stämt|underrättat|tillskrivit)|(?:påminde|krävde|varnade|uppmanade|anmodade|delgav|underrättade|avhysa|vräka|avhyser|vräker)|hyrs av|hyr ut (?:[^.\n]{0,60} )?till|(?:kontraktet|avtalet|hyreskontraktet|hyresavtalet|lägenheten) (?:står|är skrivet|är skriven|löper|ligger) på|rented to|(?:akt|ärende|dnr|avtal|kontrakt|mål)(?:et|en|s)?(?:nr|nummer)?\.?:? [A-ZÅÄÖa-z]{0,4}[-/]?\d[\w/-]*,|(?:mot|mellan [^.\n]{2,60} och))[: ,]*$"
);
pattern!(
    SAID,
    r"(?i)(?:^|[^\p{L}])(?:till|hos|av|bor|för|at|by|from|to|om|på|är|and|och|that|att|eftersom|då|när)[: ]*$"
);

/// What the words of a line say of the name that follows.
pub(super) fn of_line(left: &str) -> Standing {
    let is = |pattern: &Pattern| pattern.is_in(left);
    match () {
        () if is(&DEPUTY_FOR) => Standing::Is(Role::Representative),
        // `Exempelhus AB ./. Testa Testsson`: whom the case is against.
        () if left.trim_end().ends_with("./.") => Standing::Is(Role::Tenant),
        () if is(&OTHER) || is(&OTHER_FOR) => Standing::Other,
        () if is(&KIN) && !is(&OF_CHILD) => Standing::Other,
        () if is(&DEPUTY) => Standing::Is(Role::Representative),
        () if is(&SECOND) => Standing::Is(Role::CoTenant),
        () if is(&OCCUPANT) => Standing::Is(Role::Occupant),
        () if is(&CHILD) => Standing::Is(Role::Child),
        () if is(&TENANT) => Standing::Is(Role::Tenant),
        () if is(&TOLD) && is(&EARLIER) => Standing::Other,
        () if is(&TOLD) => Standing::Told,
        () if is(&SAID) => Standing::Said,
        () => Standing::Silent,
    }
}
