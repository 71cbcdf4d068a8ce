//! The words within labels that nobody foresaw, in Swedish and English, folded and parted by spaces: what each tells of the value beside it.

/// Whose the home is.
pub(super) const PERSON: &str = "tenant hyresgast hyrestagare hg debtor galdenar gald customer kund member medlem resident boende occupant person lessee leaseholder svarande respondent holder innehavare cotenant medhyresgast renter defendant konsument consumer bostadsrattshavare subject part";
/// The other tenant.
pub(super) const SECOND: &str = "co cotenant medhyresgast med medsokande medgaldenar spouse partner second joint make maka sambo mhg";
/// Who writes, lets or only helps.
pub(super) const OTHERS: &str = "landlord hyresvard owner agare fastighetsagare creditor borgenar fordringsagare principal lessor sender avsandare agent ombud issuer handler handlaggare officer clerk company bolag forening brf kontakt contact manager forvaltare uppdragsgivare client klient sokande applicant guarantor borgensman kontor office return invoice faktura child barn barnets kid inspektor kronoinspektor besok besoks besoksadress vaxel kronofogden kronofogdemyndigheten hyresnamnden socialnamnden expedition";
/// The home as the sender counts it.
pub(super) const UNIT: &str =
    "unit enhet object objekt hyresobjekt dwelling home premises rental bostad residence";
/// The apartment.
pub(super) const APARTMENT: &str = "apt apartment lgh lagenhet flat lm lmv lghnr";
/// The postal code.
pub(super) const ZIP: &str = "post zip zipcode postcode postal postnr postnummer";
/// The town.
pub(super) const CITY: &str = "city town ort stad postort locality";
/// A sum.
pub(super) const MONEY: &str = "amount amt belopp summa sum total tot skuld debt arrears saldo balance outstanding owed owing unpaid obetalt obetald fordran overdue kapital capital restbelopp totalt";
/// What is owed in all.
pub(super) const SUM: &str = "total tot totalt skuld debt arrears saldo balance outstanding owed owing unpaid obetalt fordran overdue summa sum restbelopp";
/// Rent and fee.
pub(super) const RENT: &str = "rent hyra avgift fee manadshyra manadsavgift";
/// By the month.
pub(super) const MONTHLY: &str = "monthly month manad man mth pm per";
/// What is no debt of rent.
pub(super) const COSTS: &str = "interest ranta cost kostnad reminder paminnelse inkasso vat moms deposit deposition paid betalt inbetalt credit";
/// The contract was ended.
pub(super) const TERMINATED: &str =
    "terminat uppsag uppsagd uppsagning upps sagt sades notice cancelled";
/// Somebody was served.
pub(super) const SERVED: &str = "served service deliver delgiv delgav delg delgivning";
/// Something was to be paid.
pub(super) const DUE: &str = "due forfall forfallo ffdag forfoll ff";
/// The message was made.
pub(super) const ISSUED: &str = "created issued skapad generated exported sent printed utskriven utfardad upprattad written letter document dokument message meddelande utskick extract utdrag run avser";
/// Kronofogden was asked.
pub(super) const APPLIED: &str = "filed applied application ansok ansokan ingiv ingiven";
/// The eviction is.
pub(super) const STARTS: &str = "evict avhys avhysning scheduled forrattning verkstall removal";
/// Somebody must be out.
pub(super) const LEAVE: &str = "vacat vacate moveout flytta avflytt avflyttning utflytt";
/// Something must be put right.
pub(super) const RECTIFY: &str = "rectif rattelse remedy cure payby deadline";
/// The current is cut.
pub(super) const CUT: &str = "cut cutoff disconnect fransk frankoppl brytning bortkoppl avstang";
/// A month.
pub(super) const PERIOD: &str = "period month manad man avser";
/// Children.
pub(super) const CHILD: &str = "child children kids barn minor minors minderarig minderariga";
/// The sender's own number.
pub(super) const REFERENCE: &str = "ref reference referens case arende ticket contract kontrakt avtal dossier dnr lease account acct kund customer";
