//! How landlords write in English, Danish and Norwegian, in folded words.

use super::super::pattern::pattern;

pattern!(
    RENT_LATE,
    r"unpaid rent|rent(?:al)? arrears|arrears of rent|rent[^.\n]{0,60}(?:unpaid|overdue|not (?:been )?paid|outstanding|in arrears)|(?:has|have|had|did|does)(?:n't| not) (?:yet )?(?:paid|pay)\b[^.\n]{0,60}|\bowes?\b[^.\n]{0,60}(?:rent|months?)|behind (?:with|on) (?:the |his |her |their )?rent|fail(?:ed|s|ing) to pay\b[^.\n]{0,30}|not paid (?:the |his |her )?rent|(?:ikke|aldri|aldrig) (?:har )?betalt?\b[^.\n]{0,40}husle(?:j|i)e|husle(?:j|i)e[^.\n]{0,40}(?:ikke|ubetal|skyld|restance)|husle(?:j|i)erestance|(?:manglende|uteblitt|udebleven) (?:ind|inn)?betaling\w*[^.\n]{0,20}husle(?:j|i)e|(?:misligholdelse|mislighold)[^.\n]{0,30}husle(?:j|i)e|husleierestanse|skylder[^.\n]{0,40}husle(?:j|i)e|ubetalt husle(?:j|i)e"
);
pattern!(
    TENANT,
    r"\btenant|\blodger|\brent\b|\blease\b|\blejer|\bleier\b|leietaker|husle(?:j|i)e|lejemal"
);
pattern!(
    DISTURBANCE,
    r"disturbance|disturb(?:s|ed|ing) (?:the |his |her |their |its |all |other )*(?:others?\b|neighbou?rs?|tenants?|residents?|house|building)|(?:loud|noisy|violent) (?:quarrel|argument|fight|shouting|tv|voices)\w*|noise (?:from|at|until|all|after)|shouting and|keeps? (?:\w+ ){0,3}awake|anti-?social behaviou?r|loud (?:music|part)|nuisance|noise complaint|complaints?\b[^.\n]{0,40}(?:noise|neighbour|neighbor)|husorden|brak\w* naboer|stojende|forstyrrelser|naboklag"
);
pattern!(
    SUBLET,
    r"(?:illegal|unlawful|unauthori[sz]ed)(?:ly)? sub-?let|sub-?let(?:s|ting)?\b[^.\n]{0,80}\bwithout|rent(?:s|ed|ing)? out[^.\n]{0,120}\bwithout|airbnb[^.\n]{0,60}without|(?:ulovlig|uden tilladelse|uten tillatelse)[^.\n]{0,40}frem(?:leje|leie|utleie)|frem(?:leje|leie|utleie)\w*[^.\n]{0,60}(?:uden|uten|ulovlig)"
);
pattern!(
    ELECTRICITY,
    r"(?:unpaid|outstanding)[^.\n]{0,20}(?:electricity|power bill)|electricity[^.\n]{0,40}(?:unpaid|disconnect|cut off|debt)|(?:supply|power|electricity)[^.\n]{0,40}\b(?:cut off|disconnected|disconnection)|ubetalt strom"
);
