//! Who registered a domain, where the register says: name or organisation, mail address, phone. Privacy services, redacted
//! entries and addresses under the domain itself are left out.

use crate::host::registrable;
use crate::sample::{Example, FACTS};
use crate::who::mailbox;
use crate::{Found, Kind, Reads, facts};
use model::{About, Card, Facts, Ownership, Record, Tie};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "registrant",
        about: "was registered by the same person or organisation",
        source: "RFC 9083; ICANN Registration Data Policy (redaction)",
    },
    reads: Reads::FACTS,
    window: None,
    alike: false,
    ownership: Ownership::Shared(Tie { family: "contact", same: 60, copyable: false, floor: 50000, common: &[] }),
    find,
    examples: &[
        Example {
            shows: "a desk that hides nothing",
            record: Record::Facts(&Facts {
                said: &[
                    (About::ContactMail, "Desk@Press.example"),
                    (About::ContactPhone, "+1.5550100123"),
                    (About::Registrant, "Northern Desk LLC"),
                ],
                ..FACTS
            }),
            values: &["+15550100123", "desk@press.example", "northern desk"],
        },
        Example {
            shows: "a privacy service",
            record: Record::Facts(&Facts {
                said: &[
                    (About::ContactMail, "one.example@domainsbyproxy.com"),
                    (About::Registrant, "REDACTED FOR PRIVACY"),
                    (About::ContactMail, "abuse@registrar.example"),
                ],
                ..FACTS
            }),
            values: &[],
        },
    ],
};

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Facts(facts) = record else { return };
    let own = registrable(facts.subject);
    facts::distinct(record, About::ContactMail, |text| mail(text, own), found);
    facts::distinct(record, About::ContactPhone, phone, found);
    facts::distinct(record, About::Registrant, |text| facts::company(text).filter(|n| n.len() > 3), found);
}

fn mail(text: &str, own: &str) -> Option<String> {
    let address = mailbox(text).into_owned();
    let (local, host) = address.split_once('@')?;
    let made = own.split('.').next().is_some_and(|label| label.len() > 3 && local.contains(label));
    let ours = registrable(host) == own || made || facts::hidden(&address);
    let abuse = ["abuse", "hostmaster", "registrar"].iter().any(|word| local.starts_with(word));
    (!local.is_empty() && host.contains('.') && !ours && !abuse).then_some(address)
}

fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let told = digits.trim_start_matches('0').len() >= 8 && digits.len() <= 15 && !facts::hidden(text);
    told.then(|| ["+", &digits].concat())
}
