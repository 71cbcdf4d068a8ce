//! Names that people are given at birth, as far as they are common in Sweden: of `Ahlgren Berit` they tell which is the family's.

use super::names::fold;
use super::names::is_particle;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Folded, the common ones.
const GIVEN: &str = "jarl hilmer ejnar eivind birk ellie charlie frank nova siri torkil gullvi ragnvald asbjorn alrik assar ebon einar finn gitt hjordis ingvald jytte kaare lennie merit odin \
abbas abdi abdul abdullah abdulrahman abdirahman abel abraham ada adam adel adele adina adnan adrian agata agda agnes agneta agnieszka \
ahlam ahmad ahmed aida aina aisha aksel alan albert albin aleksander aleksandra alex alexander alexandra alexandru alexis alf alfred algot ali alice \
alicia alina alma alva alvar alvin aman amal amalia amanda amar amelie amer amin amina amir amira ammar amy ana anastasia anders andre andrea andreas \
andrej andrzej andy anders anette angela angelica angelina anika anisa anita anja anki ann anna annabelle anneli annelie annette annica annie annika annmarie anneke \
annelise anne anselm anton antonia antonio anwar arda aren arian arild arlo arman armin arne arnold aron artur arthur arvid arvo asa aslan astrid asta \
assar athena atle august augusta aurora axel aya ayaan ayan ayla ayse aziz azra barbara barbro bashir beata beatrice bedri behnam ben bengt benjamin benny \
berit bernt bert berta berth bertil bessam bianca bilal birger birgit birgitta birgitte bjarne bjorn bo bodil boel bogdan boris borje bosse brita britt britta \
britt-marie bror bruno caesar camilla carin carina carita carl carla carlos carmen carola carolin carolina caroline casper cathrine catharina caterina cecilia celine \
charles charlie charlotta charlotte chris christel christer christian christina christine christoffer christopher claes claire clara claudia colin conny \
conrad cornelia cristina cynthia czeslaw dag daga dagmar dagny daniel daniela danijel danilo danny dariusz dario darko david davor dawit dean deborah deniz dennis derya \
diana diego dilan dina dino dominik donald dora doris dorota dorothea dragan dragana dusan ebba ebbe ebru eddie edgar edith edla edmund eduard edvard edvin \
edward edwin efraim egil egon eila einar eivor ejvind ekaterina elaine eleonor eleonora elena eli elia elias elif elin elina elinor elisa elisabet elisabeth \
elise eliza elizabeth ella ellen ellinor elliot elly elma elmer elof elon elsa elsie elton elvin elvira elvis elwira emanuel embla emelie emil emilia emily emir \
emma emmanuel emmy emre enar enes engla enok enrique eric erica erik erika erland erling ernst ernest esmail esra esther ester estelle ethel eugen eva evelina \
evelyn evert evy ewa fabian fadi fadumo faisal fanny farah farid farhad farouk fares fatemeh fatima fatma fatuma fawzi felicia felix feras ferdinand fernando filip filippa \
fiona flora folke fouad frank franz fredric fredrik freja frej frida fridolf fritiof fritz gabriel gabriella gabrielle georg george gerd gerda gerhard gert gertrud ghazi \
gideon gina gisela gittan goran gordana gosta gottfrid grace greger greta grzegorz gudrun gullan gun gunborg gunda gunhild gunilla gunn gunnar gunnel gunvor gustaf \
gustav gusten gerry habiba hadi hakan hala hampus hamza hamid hana hanan hanif hanna hannah hannele hannes hans harald harriet harry hasan hassan hasse hawa \
hector hedda hedvig heidi heikki helen helena helene helga helge helle helmer helmi hemming henny henriette henrietta henrik henry herman hermine hilda hilding hildur hillevi \
hilma hjalmar hodan holger hong hubert hugo hulda huda husam hussein hussain ibrahim ibtisam ida idris iman ines inga ingalill ingegerd ingela ingemar inger ingmar ingrid \
ingvar ingvor irena irene irina iris irma isa isaac isabel isabella isabelle isak ismail ismet iso issa ivan ivar ivana iva ivo ivona iwona izabela jack jackie jacob \
jacqueline jakob jalal jama jamal james jamila jan jana jane janet janina janne jannike jaroslav jasmin jasmina jasmine jason jawad jean jeanette jelena jennie jennifer \
jenny jens jeremias jerker jerry jerzy jesper jessica jill jim jimmy joakim joanna joar jobb joel johan johanna johanne johannes john johnny jon jonas jonatan jonathan jonny jonna \
jordan jorgen jorg josef josefin josefina josefine joseph josip jovan judit judith julia julian juliana julie juliette julius jurgen just justin justyna kaarina kai kaisa kaj kajsa \
kalle kamal kamil kamilla karim karima karin karina karl karla karlo karolin karolina karsten kasper katarina katarzyna kate katja katrin kazimierz kemal kennet kenneth kenny \
kent kerstin kevin khadija khaled khalid khalil kim kira kjell klara klas klaus knut konrad kristian kristin kristina kristine kristoffer krister kristofer krzysztof kurt \
kyösti lage laila lamin lana lars lasse laszlo latifa laura lea leena leif leila leja lena lennart leo leon leonard leopold leslie leyla lia liam lidia lili lill lillemor lilly \
lily lina linda line linn linna linnea linus lisa lisbet lisbeth lise liselott liselotte lisette liv livia ljiljana lo loa lorentz lotta lottie louise lova love lovisa luca lucas \
lucia lucie ludmila ludvig luis luka lukas luna lydia maciej madeleine madelene magda magdalena maggie magnus mahad mahdi mahmoud mahmud mai maiju maja maj maj-britt maj-lis majken \
makan malek malena malgorzata malik malin malte malva mandana manfred manuel mara marc marcel marcin marco marcus mare margareta margaretha margit margot marguerite maria \
mariam mariana mariann marianne marie marika marika marina mario marion marit marita marius marja marjatta marjan mark marko markus marlene marta martha martin martina marwa marwan mary \
maryam mathias mathilda mathilde mathis matilda mats matt matteo matti mattias maud maurits max maxim maximilian may maya mehdi mehmet melanie melina melinda melissa melker \
melvin mercedes merja mette mia michael michaela michail michal michel michelle mickey mika mikael mikaela mike mikko milan milena milla milo milos milou mina mio mira miranda miriam mirja mirjam \
mirjana mirko miroslav mirza mohamed mohammad mohammed mohamud mohsen moa moje molly mona monica monika monique morgan moritz morten mostafa muhammad muhammed munir murat musa mustafa muna my nabil \
nada nadia nadine nadja naima najib najla nancy naomi nasrin nasser natalia natalie natasa nathalie nazanin neda nela nelly nenad nermin nevena nicholas nicklas niclas nico nicolas nicole \
nicolina nihad niina niklas nikola nikolaj nila nils nima nina ninni nisse njord noa noah noel noelle nora noor nora nour nova nyah oden odd ola olaf olav ole oleksandr olena olga olivia oliver olivier olle olof omar omid \
omran orhan orjan osama oscar oskar osman ossian osvald oswald othilia otilia otto ove paivi pal palle pamela parisa par patric patricia patrick patrik paul paula paulina pauline pavel pawel peder pedro pehr pekka \
pelle per pernilla peter petra petri petronella petter petrus phil philip pia piotr pirjo pontus poul preben priscilla primus putte quang queen rachel radmila radovan rafael ragna ragnar \
ragnhild rahma raija raimo ralf ralph rami ramin ramona rana rania rasmus raul raymond rebecca rebecka reza regina reidar reine reinhold renata renate rene renee ricardo richard rickard rikard riitta rita robert \
roberto robin roffe rodrigo roger roland rolf roma roman ronja ronnie ronny rosa rose rosita rose-marie roy ruben rudolf rune runa ruth saad sabina sabine sabri sadia safia saga sahar said salah salem saleh salim sally salma salomon sam \
samantha sami samir samira samuel sandor sandra sanja sanna santiago sara sarah sasha saskia selim selma semir senad sergej seth setareh severin sharif shirin sibylla siri sievert sigbritt sigfrid sigge signe sigrid sigurd sigvard \
silvia simon simona simone sinan sini sirkka sissel siv sixten slavica slobodan snezana sofia sofie soheila solange solveig solvig sonia sonja sophia sophie soren spela staffan stanislav stefan stefania steffen stella sten stephan stephanie stieg stig stina sture styrbjorn \
sulejman suleiman sune susan susann susanna susanne suzana svante svea sven svetlana svetozar sverker sylve sylvia sylwia tage tahir taina tamara tanja tarek tariq tatiana tatjana tea ted teddy teodor terese teresa \
terje tesfaye thea theo theodor therese theres thomas thor thord thore thorsten thure tilda tilde tim tina tindra tobias tom tomas tomasz tommy tone tony tor torbjorn tord tore torgny torkel torsten torun torvald tova tove tovah trond troy truls tryggve \
tuva tuula tuulikki tyko tyra uffe ulf ulla ulla-britt ulrica ulrik ulrika ulrike uno urban ursula vahid valborg valdemar valentin valentina valeria valerie valter vanessa vanja vendela vera verner vera veronica veronika vesna viggo vidar \
viktor victor victoria viktoria vilda vilgot vilhelm vilhelmina ville vilma vilmer vincent viola violeta virpi viveca viveka vivi vivian vivianne vladimir volodymyr waldemar walter wanda wenche werner wilhelm wilhelmina wiktor william willy wilma wilmer xavier \
yahya yasemin yasin yasir yasmin yasmine yassin ylva yngve yolanda yonas yosef youssef yousef yuki yusuf yvette yvonne zahra zaid zainab zara zdravko zeinab zelda zeynep zlatan zlatko zoe zofia zoran zuzana ake ake åke agot asa åsa östen oystein osten \
aicha aino amelia ann-britt ann-charlotte ann-christin ann-marie anna-karin anna-lena asha bent carl-erik denise dick dmitri dmytro edit eero eino elis \
else estrid eva-lena faruk fredrika gitte gote gotz gull-britt gun-britt halima henning herbert idun ifrah imane inez ing-marie inga-britt inga-lill \
ira isabell jadwiga jan-erik jan-olof jens-olof juha jukka juni karl-erik karl-gustav khadra kicki lars-ake lars-erik lars-goran lars-olof layla lejla \
leonora lilian lise-lotte lovis lykke lynn malika mans mari marica marie-louise marten matts meja micael milica milton minna mirela nadira nellie \
nikita noomi nura oksana olov ottilia owe penny per-erik per-olof pierre pirkko rakel rashid rima roya rut saeed sana sebastian selin senada seppo \
soraya stanislaw stellan sumaya sven-erik sven-olof synnove tapio tekla thorbjorn tiina timo vega viking wojciech yasmina yuri yusra zbigniew";

static KNOWN: LazyLock<HashSet<String>> =
    LazyLock::new(|| GIVEN.split_whitespace().map(fold).collect());

/// Whether a word is a name that people are given; of two joined by a hyphen both are.
pub(in crate::normalize) fn is_given(word: &str) -> bool {
    let word = fold(word);
    !word.is_empty() && word.split('-').all(|part| KNOWN.contains(part))
}

/// A name in the order that it is said: where its first word is nobody's given name and all the others are, that is the family's.
pub(in crate::normalize) fn given_first(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    match words.as_slice() {
        [family, given @ ..]
            if (1..=3).contains(&given.len())
                && !is_given(family)
                && family.chars().count() > 2
                && given.iter().all(|word| is_given(word)) =>
        {
            format!("{} {family}", given.join(" "))
        }
        _ => name.to_owned(),
    }
}

/// Small words that stand before a name and are none.
const BEFORE: &[&str] = &[
    "sitt",
    "sin",
    "sina",
    "själv",
    "hans",
    "hennes",
    "deras",
    "min",
    "mitt",
    "vår",
    "en",
    "ett",
    "hyrs",
    "av",
    "som",
    "person",
    "kallar",
    "sig",
    "heter",
    "är",
    "den",
    "det",
    "nr",
    "pnr",
    "svärson",
    "svärdotter",
    "kusin",
    "kompis",
    "kollega",
    "bekant",
    "granne",
    "medkund",
    "hyresgäst",
    "hyresgästen",
    "hyresgasten",
    "lejeren",
    "leietaker",
    "vuokralainen",
    "vuokralaisemme",
];

/// A name without the words around it that are none: `person som kallar sig Testa Testsson`, `svärson testa testsson`; `None` for what is left without one.
pub(in crate::normalize) fn bare(name: &str) -> Option<String> {
    let words = name.split(' ').filter(|word| !word.is_empty());
    // `Hans Testsson` is called so; `hans Testsson` is his.
    let before = |word: &&str| *word != "Hans" && BEFORE.contains(&word.to_lowercase().as_str());
    let words: Vec<&str> = words.skip_while(before).collect();
    let skipped = words.len() < name.split(' ').filter(|word| !word.is_empty()).count();
    // `al-Testgren` is a name, too.
    let capital = |word: &&str| word.contains(char::is_uppercase);
    let none = |word: &str| BEFORE.contains(&word);
    let kept = if words.iter().any(capital) {
        // `Person som kallar sig Testa Testsson`: the name stands behind the last small word.
        let small = |word: &&str| !capital(word) && !is_particle(word);
        let behind = words.iter().rposition(small).map_or(0, |at| at + 1);
        let words = match words.get(behind..) {
            Some(rest) if behind > 1 && rest.iter().any(capital) => rest,
            _ => &words,
        };
        let from = words.iter().position(|word| capital(word) || is_particle(word))?;
        let to =
            words.iter().rposition(|word| capital(word) && !none(word.to_lowercase().as_str()))?;
        words.get(from..=to)?
    } else if let Some(from) = words.iter().position(|word| is_given(word)) {
        // The family's may stand first: `testgren berit`.
        let from = if from + 1 == words.len() { from.saturating_sub(1) } else { from };
        words.get(from..)?
    } else if skipped || words.iter().any(|word| none(word)) {
        return None;
    } else {
        &words
    };
    (!kept.is_empty()).then(|| given_first(&kept.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::bare;
    use super::given_first;

    #[test]
    fn what_is_no_name_is_left_out() {
        for (written, said) in [
            ("person som kallar sig Berit Testgren", Some("Berit Testgren")),
            ("svärson jimmy testgren", Some("jimmy testgren")),
            ("sitt körkort", None),
            ("Hyrs Av Berit Testgren", Some("Berit Testgren")),
            ("Åse al-Testgren", Some("Åse al-Testgren")),
            ("Adam Testgren nr", Some("Adam Testgren")),
            ("von Testgren Berit", Some("von Testgren Berit")),
        ] {
            assert_eq!(bare(written).as_deref(), said);
        }
    }

    #[test]
    fn the_family_stands_last() {
        for (written, said) in [
            ("Testgren Berit", "Berit Testgren"),
            ("Fiktivsson Jens-Olof Arne", "Jens-Olof Arne Fiktivsson"),
            ("Berit Testgren", "Berit Testgren"),
            ("Karl Johan", "Karl Johan"),
            ("Testa Testsson", "Testa Testsson"),
        ] {
            assert_eq!(given_first(written), said);
        }
    }
}
