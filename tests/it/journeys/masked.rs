//! The operations pages in the search for what is planted: every page that a person with all roles reaches is masked.

use std::collections::BTreeSet;

use super::needles;
use super::place::Place;
use super::said::Said;
use super::visitor::Visitor;
use super::visitor::links;

/// Every page that the operations pages lead to, all masked; and what is refused there. What is unmasked on purpose is not searched, but
/// the log of it is.
pub(super) async fn pages(place: &Place, said: &mut Said) {
    let roles = ["--role", "handle", "--role", "administer"];
    let visitor = Visitor::with_account(place, "anna", &roles).await;
    let mut seen = BTreeSet::new();
    let mut ahead = vec!["/ops/".to_owned(), "/ops/notices?lang=sv".to_owned()];
    while let Some(path) = ahead.pop() {
        if seen.len() > 150 || !seen.insert(path.clone()) {
            continue;
        }
        let page = visitor.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        ahead.extend(links(&page.text).into_iter().filter(|link| !link.ends_with(".css")));
        said.hear(path, format!("{:?}\n{}", page.headers, page.text));
    }
    assert!(seen.len() > 40, "{}", seen.len());
    let notice = seen.iter().find_map(|path| path.strip_prefix("/ops/notices/"));
    let notice = notice.and_then(|rest| rest.split('?').next()).expect("a notice");
    for verb in ["unmask", "original"] {
        let form = [("why", "other"), ("words", needles::COMMAND.number)];
        let path = format!("/ops/notices/{notice}/{verb}");
        assert_eq!(visitor.post(&path, &form).await.status, 200);
    }
    for terms in needles::BODY.spellings().into_iter().chain(["Testa Testsson".to_owned()]) {
        let found = visitor.post("/ops/search", &[("terms", &terms)]).await;
        said.hear("a search", format!("{:?}\n{}", found.headers, found.text));
        if found.status == 303 {
            said.hear("what it found", visitor.get(found.to()).await.text);
        }
    }
    let wrong = Visitor::new(place).log_in("Testa Testsson", needles::KEY.number).await;
    said.hear("a wrong log-in", wrong.text);
    let path = format!("/ops/{}?to=/ops/{}", needles::ADDRESS.number, needles::ADDRESS.number);
    for visitor in [&visitor, &Visitor::new(place)] {
        let nowhere = visitor.get(&path).await;
        said.hear("nowhere", format!("{:?}\n{}", nowhere.headers, nowhere.text));
    }
}
