//! What goes wrong around the gateway while it is being killed: answers that never come, errors after the work is done, mail refused for now.

use crate::support::http1::HttpFault;
use crate::support::lifecare::Operation;
use crate::support::smtp::Fault;

use super::dice::Dice;
use super::scene::Cases;
use super::scene::Scene;

const HTTP: [HttpFault; 6] = [
    HttpFault::ErrorAfterStoring(500),
    HttpFault::ResetAfterStoring,
    HttpFault::ResetBeforeStoring,
    HttpFault::Refuse(503),
    HttpFault::BeforeBody(503),
    HttpFault::HangAfterStoring,
];

const SMTP: [Fault; 4] = [
    Fault::RefuseRecipientForNow,
    Fault::RefuseAfterData,
    Fault::DropAfterData,
    Fault::SilentAfterData,
];

const LIFECARE: [Operation; 5] = [
    Operation::Create,
    Operation::Create,
    Operation::Attach,
    Operation::List,
    Operation::Documents,
];

impl Scene {
    /// Lets some of the next calls fail.
    pub(super) fn disturb(&self, dice: &mut Dice) {
        if dice.percent(60) {
            let fault = dice.pick(&HTTP);
            match &self.cases {
                Cases::Platform(platform) => platform.fail_next(1, fault),
                Cases::Lifecare(lifecare) => lifecare.fail_next(dice.pick(&LIFECARE), 1, fault),
            }
        }
        if let (true, Cases::Platform(platform)) = (dice.percent(20), &self.cases) {
            platform.fail_lookups(1, HttpFault::Refuse(503));
        }
        if dice.percent(60) {
            self.smtp.fail_next(1, dice.pick(&SMTP));
        }
    }

    /// From now on everything around the gateway works.
    pub(super) fn heal(&self) {
        self.smtp.heal();
        match &self.cases {
            Cases::Platform(platform) => platform.heal(),
            Cases::Lifecare(lifecare) => lifecare.heal(),
        }
    }
}
