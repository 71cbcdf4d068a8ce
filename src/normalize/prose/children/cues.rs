//! The words by which children are told of: labels, counts, mentions, and what only looks like one.

use super::super::pattern::pattern;

/// Counts in words.
macro_rules! count {
    () => {
        r"(\d{1,2}|ett|en|två|tva|tre|fyra|fem|sex|sju|åtta|one|an?|two|three|four|five|et|to)"
    };
}
/// What stands between a count and the word for children.
macro_rules! kind {
    () => {
        r"(?:(?:st\.?|stycken|av|minderårig[at]?|hemmavarande|små|liten|litet|lilla|mindre|yngre|äldre|omyndig[at]?|kända|folkbokförda|egna|gemensamma|young|small|little|minor|school-age|små) )*"
    };
}

pattern!(
    LABEL,
    r"(?im)(?:^|[\t;|,.(]|\b)(antal )?(?:(?:hemmavarande|minderåriga|folkbokförda|kända|uppgift(?:er)? om|finns) )?(?:barn\b|minderåriga|children|kids|børn)(?: (?:under 18(?: år)?|i (?:hushållet|bostaden|lägenheten|hemmet)|skrivna på adressen|på adressen|in (?:the )?(?:household|home|flat)|boende|som bor där|finns|j/n|enligt \p{L}+)){0,3}(?: ?\([^)\n]{0,40}\))?(?: är skrivna på adressen)?[ .…_*]*[:=\t?][ \t*]*(?:(ja|yes|j|x)\b(?:[ ,(–-]*(?:antal:? ?)?(\d{1,2}|ett|två|tre|fyra|fem)\b)?|(nej|no|n|inga|inget|ingen|0|none|saknas|finns (?:inte|ej)|-)(?:$|[^\p{L}\d])|(okän\p{L}*|vet (?:ej|inte)|oklar\p{L}*|uppgift(?:er)? saknas|ej känt|inte känt|framgår (?:ej|inte)|unknown|not known|\?)|(\d{1,2}|ett|två|tre|fyra|fem|sex)(?:$|[^\p{L}\d]))"
);
// A form's label with its answer on the line below; the groups are those of a label.
pattern!(
    LABEL_ABOVE,
    r"(?im)^[ \t*]*(antal )?(?:finns (?:det )?(?:några )?|bor (?:det )?|hemmavarande |minderåriga |kända |folkbokförda )?(?:barn|children)(?: (?:under 18(?: år)?|i (?:hushållet|bostaden|lägenheten)))?[ \t?*]*\n[ \t]*(?:(ja|yes)\b(?:[ ,(]*(\d{1,2}|ett|två|tre|fyra)\b)?|(nej|no|inga|0)(?:[ \t.]*$)|(okän\p{L}*|vet (?:ej|inte)|unknown)|(\d{1,2})(?:[ \t]*st\p{L}*\.?)?[ \t]*$)"
);
// A form's label with boxes to tick, beside it or below.
pattern!(
    BOXED,
    r"(?im)^[ \t*\d.]*(?:(?:antal|hemmavarande|minderåriga|finns(?: det)?|kända) )*(?:barn|children)\b[^\n☐☒☑□■✓\[]{0,60}\n?[ \t]*((?:(?:☐|☒|☑|□|■|✓|\[[ xX]?\])[^\n☐☒☑□■✓\[]{1,40}\n?[ \t]*){2,5})"
);
// `Barn: pojke -16 och flicka -19`: each is named for what it is.
pattern!(
    KINDS,
    r"(?im)(?:^|[\t;|,.(]|\b)(?:minderåriga |hemmavarande )?barn(?:en)?[ ]*[:=][ \t]*((?:(?:en|ett|och|o|samt|&|,|/|\+|son|dotter|pojke|flicka|grabb|tjej|kille|bebis|baby|född|f\.?|år|-?\d\d|20\d\d|\d)[ \t,()’'-]*){1,16})"
);
pattern!(KIND, r"(?i)\b(?:son|dotter|pojke|flicka|grabb|tjej|kille|bebis|baby)\b");
pattern!(KIND_YEAR, r"(?:^|[^\d])(20[0-3]\d|[-’'][012]\d)(?:$|[^\d])");
pattern!(BOX, r"(?:(☒|☑|■|✓|\[[xX]\])|☐|□|\[ ?\])([^\n☐☒☑□■✓\[]{1,40})");
pattern!(
    BOX_YES,
    r"(?i)^[ \t]*(?:(ja|yes)\b[^\d\n]{0,20}(?:(\d{1,2}|ett|två|tre|fyra|fem)\b)?|(nej|no|inga)\b|(?:okän|inte känt|ej känt|vet |uppgift saknas|oklar|unknown|not known))"
);
pattern!(
    UNSURE,
    r"(?i)(?:(?:vet|känner|vet vi|känner vi|vet jag)(?: vi| jag)? (?:inte|ej)(?: till)?[^.\n]{0,40}barn|(?:inga|ingen|saknar|utan|no) (?:uppgift(?:er)?|information|kännedom|uppfattning)\s(?:om|kring|about|on)[^.\n]{0,30}(?:barn|children)\b|uppgift(?:er)? om (?:eventuella )?barn (?:saknas|finns (?:inte|ej)|har inte)|oklart (?:om|huruvida)[^.\n]{0,40}barn|(?:okänt|ovisst|osäkert)[^.\n]{0,25}barn|barn kan (?:finnas|förekomma|bo|vistas)|(?:eventuella|ev\.?|möjligen) barn\b|(?:unknown|don't know|do not know|not known|unclear)[^.\n]{0,40}child)"
);
pattern!(
    NONE,
    r"(?i)(?:\bbarn(?:en)? är (?:\p{L}+ ){0,2}(?:utflugna|utflyttade|utflugen)|\b(?:bara|endast|enbart|only) (?:vuxna|adults)\b|\b(?:inga|inget|ingen|no|ikke) (?:(?:kända|hemmavarande|minderåriga|skrivna|folkbokförda|små|egna|kendte|known|minor|andra) ){0,2}(?:barn|minderåriga|children|kids|minors|børn)\b|\bbarn (?:finns|bor|förekommer|är|har|berörs)(?: \p{L}+){0,2} (?:inte|ej)\b|\bbarn (?:finns|bor|berörs) ?(?:inte|ej)|\bbarn (?:inte|ej) (?:berörs|finns|bor|förekommer|påverkas|omfattas)|\b(?:har|finns|bor)(?: (?:hon|han|de|det|där|hen|hyresgästen)){0,2} (?:inte|ej)(?: (?:där|heller))? (?:några )?barn\b|\butan (?:hemmavarande |minderåriga )?barn\b|barnlös|\bbarn saknas|saknar (?:\p{L}+ ){0,4}barn\b|(?:inte|ej) kan antas (?:\p{L}+ ){0,3}barn\b|\bbarn kan (?:inte|ej) antas|(?:inte|ej) antas att (?:några )?barn|without children|childless|(?:does not|doesn't|do not) have (?:any )?(?:children|kids)|har ikke børn|ingen børn|\b(?:inte|ej) längre (?:några |hemmavarande )?barn\b|\bbarn (?:finns|bor) (?:inte|ej) längre)"
);
pattern!(
    ASKED,
    r"(?i)(?:\bom (?:det )?(?:finns|bor|skulle finnas) (?:\p{L}+ )?barn|finns (?:det )?(?:\p{L}+ ){0,2}barn[^.\n:]{0,40}\?|barnbarn\p{L}*|barnvagn\p{L}*|barnomsorg\p{L}*|barnbidrag\p{L}*|barnkonvention\p{L}*|barnrätt\p{L}*|grann\p{L}+ (?:små)?barn\p{L}*|\b(?:min|mitt|mina|vår|vårt|våra|my|our|grannens|grannarnas) (?:\p{L}+ )?(?:son|dotter|barn|döttrar|söner|kids|children|daughter)\p{L}*|gravid|vuxna? (?:barn|söner|döttrar|son|dotter)|\b(?:barn(?:en|et)?|son(?:en)?|dotter(?:n)?|söner(?:na)?|döttrar(?:na)?) (?:är|var|har) (?:\p{L}+ )?(?:vuxen|vuxna|utflyttad\p{L}*|flyttat|myndig\p{L}*|utflugna)|\b(?:barn(?:en|et)?|son(?:en)?|dotter(?:n)?|söner(?:na)?|döttrar(?:na)?) (?:\p{L}+ )?(?:bor|är|vistas|lever) (?:\p{L}+ )?(?:hos|i (?:familjehem|fosterhem))(?: (?:sin|sina|barnens|barnets|den andra|en))? (?:mamma\p{L}*|pappa\p{L}*|mor|modern|far|fadern|mormor|farmor|morfar|farfar|släkt\p{L}*|förälder\p{L}*)|\b(?:barn(?:en|et)?|son(?:en)?|dotter(?:n)?) (?:\p{L}+ )?i (?:familjehem|fosterhem)|\b(?:barn(?:en)?|son(?:en)?|dotter(?:n)?|söner|döttrar|pojkar|flickor) (?:till|åt|hos|av) (?:\p{L}*värd\p{L}*|\p{L}*ägar\p{L}*|\p{L}*gran+[en]\p{L}*|ordförand\p{L}*|kassör\p{L}*|oss|mig|vaktmästar\p{L}*|\p{L}*förvaltar\p{L}*)|\bbarn(?:en)?(?: \p{L}+){0,3} (?:grannläg\p{L}*|i (?:huset|trapphuset|trappan|området|kvarteret|föreningen)|på (?:gården|lekplatsen|innergården)|intill|bredvid|vägg i vägg|ovanpå|ovanför|under oss)|(?:any|if there are) children)"
);
pattern!(
    COUNTED,
    concat!(
        r"(?i)(?:^|[^\p{L}\d,.:/-])",
        count!(),
        r"\s+",
        kind!(),
        r"(?:små)?(?:barn(?:en)?\b|skolbarn|child(?:ren)?\b|kids?\b|minderåriga\b|pojk(?:e|ar)\b|flick(?:a|or)\b|nyfödda?\b|nyfött\b|småttingar\b|ungar\b|tonårs(?:son|dotter|söner|döttrar|barn)\b|grabbar\b|telningar\b|söner\b|son\b|döttrar\b|dotter\b|dottrar\b|tonåring(?:ar)?\b|bebis(?:ar)?\b|baby\b|spädbarn|børn\b|barn\b|boys?\b|girls?\b|sons?\b|daughters?\b|datter\b|søn\b)"
    )
);
pattern!(
    BRACKETED,
    concat!(
        r"(?i)\bbarn\p{L}*(?: [^.\n:()]{0,40})?[(][ ]*",
        count!(),
        r"(?:[ ]+(?:st|stycken|barn)\b|[ ]*[),])"
    )
);
// One more beside the first.
pattern!(
    SIBLING,
    r"(?i)(?:\boch|\bsamt|,|&|\band)\s+(?:en|ett|one|an?)\s+(?:\p{L}+\s+)?(?:son|dotter|pojke|flicka|kille|tjej|bebis|baby|tonåring|tonårs(?:son|dotter)|boy|girl|daughter)\b"
);
pattern!(ORDINAL, r"(?i)(andra|tredje|fjärde|femte) barn(?:et)?\b");
// Who are there now and then: `kan vistas varannan vecka: 1`.
pattern!(
    VISITS,
    r"(?i)(?:umgängesbarn|växelvis\p{L}*|varannan vecka|varannan helg|delad vårdnad|deltid)[^.\n:=\d]{0,25}[:=] ?(\d{1,2}|ett|två|tre|fyra)\b"
);
// One child, and no more.
pattern!(
    SINGLE,
    r"(?i)^(?:barnet|sonen|dottern|pojken|flickan|bebisen|ungen|(?:med|har|hennes|hans|deras|sina|sitt|sin|parets|familjens|hyresgästens|her|his|their|the) (?:\p{L}+ )?(?:son|dotter|flicka|pojke|grabb|unge|bebis|tonåring|child|daughter|baby))$"
);
// That children live there.
pattern!(
    LIVE,
    r"(?i)(?:\bfinns (?:\p{L}+ ){0,2}barn\b|\bbarn (?:finns|bor|berörs|vistas|är skrivna|är folkbokförda|i hushållet|i bostaden|i lägenheten|boende|varannan|på heltid|på halvtid)|antas att (?:\p{L}+ )?barn|barnfamilj|\bhar (?:små)?barn\b|ensamstående (?:mamma|mor|pappa|far|trebarns|tvåbarns)\p{L}*|children (?:live|living|are|reside|in the)|mindreårige)"
);
// A child that is mentioned: it may be another's.
pattern!(
    SOME,
    r"(?i)(?:\bsmåbarn\b|\bbarnen\b|\bbarnet\b|\b(?:med|har|hennes|hans|deras|sina|sitt|parets|familjens|hyresgästens) (?:\p{L}+ )?(?:barn|son|dotter|flicka|pojke|grabb|unge|ungar|bebis|tonåring|lilla)\b|\b(?:ungarna|ungen|bebisen|småttingarna)\b|\b(?:sonen|dottern|pojken|flickan|sönerna|döttrarna)\b|(?:her|his|their|the) (?:\p{L}+ )?(?:child|children|kids|son|daughter|baby)\b)"
);
pattern!(
    YEARS,
    r"(?i)(?:\b(?:född|födda|fött|f\.?|födelseår|born(?: in)?|født)\s*:?\s*(?:år )?|\()((?:(?:20[0-3]\d|-\d\d)(?:\s*(?:,|och|&|samt|/|and|respektive|resp\.?|og)\s*)?)+)"
);
pattern!(YEAR, r"20[0-3]\d|-\d\d");
