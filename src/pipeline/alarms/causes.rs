//! What each alarm says, in Swedish and English: what is the matter, and what to do. No word of any person.

/// What an alarm says.
pub(super) struct Words {
    /// Its stable code.
    pub(super) cause: &'static str,
    /// What is the matter, in Swedish and English.
    pub(super) title: (&'static str, &'static str),
    /// What to do.
    pub(super) next: (&'static str, &'static str),
}

/// Whom nobody can be named for; what Kronofogden, the person and senders were not told.
pub(super) static CAUSES: [Words; 11] = [
    Words {
        cause: "confirmation.noCaseworker",
        title: (
            "Bekräftelser till Kronofogden väntar på en ansvarig handläggare",
            "Confirmations to Kronofogden wait for a responsible caseworker",
        ),
        next: (
            "Fyll i jourlistan, eller ange en handläggare: kvittens unconfirmed visar vilka det gäller.",
            "Fill the duty roster, or name a caseworker: kvittens unconfirmed shows which ones.",
        ),
    },
    Words {
        cause: "confirmation.notSent",
        title: (
            "Bekräftelser till Kronofogden har inte gått ut",
            "Confirmations to Kronofogden have not gone out",
        ),
        next: (
            "Se efter vad som hindrar (kvittens check), eller bekräfta på annat sätt i dag: kvittens unconfirmed skriver ut listan.",
            "See what is in the way (kvittens check), or confirm another way today: kvittens unconfirmed prints the list.",
        ),
    },
    Words {
        cause: "copy.notSent",
        title: (
            "Kopior till den som en avhysning gäller har inte gått ut",
            "Copies to persons whom an eviction concerns have not gone out",
        ),
        next: (
            "Skicka dem i dag och anteckna hur (kvittens copy --sent), eller godkänn dem: kvittens copies visar vilka det gäller.",
            "Send them today and put on record how (kvittens copy --sent), or approve them: kvittens copies shows which ones.",
        ),
    },
    Words {
        cause: super::COPY_PROTECTED,
        title: (
            "Kopior till någon med skyddade personuppgifter ska skickas för hand",
            "Copies to persons with protected identity must be sent by hand",
        ),
        next: (
            "Skicka dem i dag genom Skatteverkets förmedling eller för hand och anteckna hur: kvittens copies --protected visar vilka det gäller.",
            "Send them today by Skatteverket's forwarding or by hand, and put on record how: kvittens copies --protected shows which ones.",
        ),
    },
    Words {
        cause: super::COPY_CUTOFF,
        title: (
            "Kopior som väntar på godkännande hinner snart inte med dagens post",
            "Copies that wait for approval are about to miss today's post",
        ),
        next: (
            "Godkänn dem före sista hämtningen, eller skicka på annat sätt: kvittens copies visar vilka det gäller och vad som ska kontrolleras.",
            "Approve them before the last collection, or send them another way: kvittens copies shows which ones and what to make sure of.",
        ),
    },
    Words {
        cause: "offer.notSent",
        title: (
            "Brev som erbjuder hjälp efter en hyresvärds underrättelse har inte gått ut",
            "Letters that offer help after a landlord's notice have not gone out",
        ),
        next: (
            "Godkänn dem, skicka dem på annat sätt, eller bestäm att de inte ska skickas: kvittens copies --offers visar vilka det gäller. Ingen lag kräver dem.",
            "Approve them, send them another way, or decide that they are not to go: kvittens copies --offers shows which ones. No statute demands them.",
        ),
    },
    Words {
        cause: super::OFFER_PROTECTED,
        title: (
            "Erbjudanden om hjälp till någon med skyddade personuppgifter väntar på beslut",
            "Offers of help to persons with protected identity wait for a decision",
        ),
        next: (
            "Inget brev görs. Nå personen på ett säkert sätt och anteckna hur, eller anteckna att inget skickas: kvittens copies --offers --protected visar vilka det gäller.",
            "No letter is made. Reach the person in a safe way and put on record how, or that nothing is sent: kvittens copies --offers --protected shows which ones.",
        ),
    },
    Words {
        cause: super::ROSTER,
        title: (
            "Jourlistan har luckor de närmaste 14 dagarna",
            "The duty roster has holes within the next 14 days",
        ),
        next: (
            "Fyll i jourlistan; kvittens check visar var luckorna är.",
            "Fill the duty roster; kvittens check shows where the holes are.",
        ),
    },
    Words {
        cause: super::NOT_ENCLOSED,
        title: (
            "Det som skickats har inte kunnat läggas i ärendet",
            "What was sent could not be put with its case",
        ),
        next: (
            "Lägg det där för hand och säg till, eller försök igen: kvittens enclose visar vilka det gäller.",
            "Put it there by hand and say so, or try again: kvittens enclose shows which ones.",
        ),
    },
    Words {
        cause: super::RECEIVER_GONE,
        title: (
            "Mottagaren av larm har svarat att den är borta (410): den får inga larm",
            "The receiver of alarms has answered that it is gone (410): it gets no alarms",
        ),
        next: (
            "Fråga dem som har hand om den. Är den tillbaka: kvittens way alarms on. Har den flyttat: ändra [alarms.webhook].",
            "Ask those who run it. If it is back: kvittens way alarms on. If it has moved: change [alarms.webhook].",
        ),
    },
    Words {
        cause: "receipt.notSent",
        title: (
            "Kvittenser till avsändare har inte gått ut",
            "Receipts to senders have not gone out",
        ),
        next: (
            "Se efter om e-postservern svarar (kvittens check); de skickas av sig själva när den gör det.",
            "See whether the mail server answers (kvittens check); they go by themselves when it does.",
        ),
    },
];
