//! Who is named: the open case's caseworker, and whoever is on duty where there is none, where it is not known surely, or where nobody answers.

use super::Concerned;
use super::OfOpenCase;
use super::OnDuty;
use super::Responsible;
use crate::case_system::CaseSystem;
use crate::case_system::Found;
use crate::case_system::HandOver;
use crate::case_system::OpenCase;
use crate::case_system::Step;
use crate::clock::Clock;
use crate::domain::caseworker::Caseworker;
use crate::domain::failure::Failure;
use crate::domain::notice::Notice;
use crate::domain::reference::Prefix;
use crate::domain::reference::Reference;
use jiff::civil::Date;
use jiff::civil::date;
use std::sync::Arc;
use std::sync::Mutex;

/// Knows one person's case, fails for another's, and counts who asks.
#[derive(Default)]
struct Told(Mutex<Vec<String>>);

#[async_trait::async_trait]
impl CaseSystem for Told {
    fn target(&self) -> &'static str {
        "told"
    }

    async fn step(&self, _: &HandOver) -> Result<Step, Failure> {
        Err(Failure::Permanent("not here".to_owned()))
    }

    async fn find(&self, _: &HandOver) -> Result<Found, Failure> {
        Ok(Found::Nothing)
    }

    async fn open_case(&self, number: &str, _: Date) -> Result<Option<OpenCase>, Failure> {
        self.0.lock().expect("asked").push(number.to_owned());
        match number {
            "198501012390" => Ok(Some(named("Anna Exempel"))),
            "199001022384" => Ok(Some(named("Borta Exempel"))),
            "197801022398" => Err(Failure::Transient("down".to_owned())),
            _ => Ok(None),
        }
    }

    async fn probe(&self) -> Result<(), Failure> {
        Ok(())
    }
}

fn named(name: &str) -> OpenCase {
    OpenCase { name: name.to_owned(), telephone: None, unit: None }
}

fn caseworker(name: &str, because: &str) -> Caseworker {
    Caseworker {
        id: "x".to_owned(),
        name: name.to_owned(),
        unit: "IFO".to_owned(),
        telephone: "040-1".to_owned(),
        because: because.to_owned(),
    }
}

fn notice(numbers: &[&str], confidence: Option<f64>) -> Notice {
    let persons: Vec<_> = numbers
        .iter()
        .map(|number| {
            serde_json::json!({ "role": "tenant", "identity": { "kind": "personalIdentityNumber", "value": number } })
        })
        .collect();
    let mut notice = serde_json::json!({ "schemaVersion": "1.0", "type": "evictionScheduled", "persons": persons });
    if let Some(confidence) = confidence {
        notice["evidence"] = serde_json::json!({ "/persons/0/identity/value": { "source": "body", "quote": "x", "confidence": confidence } });
    }
    serde_json::from_value(notice).expect("a notice")
}

#[tokio::test]
async fn the_open_case_goes_before_the_roster_and_never_holds_anything_up() {
    let told = Arc::new(Told::default());
    let clock = Clock::fixed("2026-11-22T08:00:00Z".parse().expect("a time"));
    let on_duty: OnDuty = Arc::new(|_, _| Some(caseworker("Bo Exempel", "onDuty")));
    let of_case: OfOpenCase = Arc::new(|case, _, _| {
        (case.name != "Borta Exempel").then(|| caseworker(&case.name, "openCase"))
    });
    let asking = Some((Arc::clone(&told) as Arc<dyn CaseSystem>, of_case));
    let responsible = Responsible::new(on_duty, asking, clock.clone());
    let prefix = Prefix::parse("AVH").expect("a prefix");
    let reference = |n: u8| Reference::compose(&prefix, [n; 7]);
    let name = async |n: u8, numbers: &[&str], confidence, least| {
        let (reference, notice) = (reference(n), notice(numbers, confidence));
        let on = date(2026, 11, 22);
        let concerned = Concerned { reference: &reference, notice: &notice, unit: "u", on, least };
        responsible.named(concerned).await.map(|it| it.name).unwrap_or_default()
    };
    assert_eq!(name(1, &["198501012390"], None, None).await, "Anna Exempel");
    // The second respondent's case counts where the first has none, or whose caseworker is away.
    assert_eq!(name(2, &["198501012382", "198501012390"], None, None).await, "Anna Exempel");
    assert_eq!(name(3, &["199001022384", "198501012390"], None, None).await, "Anna Exempel");
    assert_eq!(name(4, &["199001022384"], None, None).await, "Bo Exempel");
    // A number that may be misread asks for nobody's case.
    assert_eq!(name(5, &["198501012390"], Some(0.94), None).await, "Bo Exempel");
    assert_eq!(name(6, &["198501012390"], Some(0.95), None).await, "Anna Exempel");
    assert_eq!(name(7, &["198501012390"], Some(0.95), Some(0.97)).await, "Bo Exempel");
    let asked = |told: &Told| told.0.lock().expect("asked").len();
    // Nobody named: not asked at each look.
    let before = asked(&told);
    assert_eq!(name(4, &["199001022384"], None, None).await, "Bo Exempel");
    assert_eq!(asked(&told), before);
    // A system that fails is left alone for all, for a while.
    assert_eq!(name(8, &["197801022398"], None, None).await, "Bo Exempel");
    assert_eq!(name(9, &["198501012390"], None, None).await, "Bo Exempel");
    assert_eq!(asked(&told), before + 1);
    clock.set("2026-11-22T08:01:01Z".parse().expect("a time"));
    assert_eq!(name(9, &["198501012390"], None, None).await, "Anna Exempel");
}
